#![doc = include_str!("../README.md")]
//!
//! In reading order: [`site`] is what the pages are told from outside, [`visit`] what a visitor asked with; `pages` is the
//! list of pages, `variables` what their queries are given, `answer` how a question becomes a response, `linked` what a page
//! says to other programs, `forms` what is done where a button was pressed, `templates` the words that templates are written with.

mod answer;
mod assets;
mod dates;
mod forms;
mod language;
mod linked;
mod links;
mod pages;
mod parameters;
mod routes;
pub mod site;
mod templates;
mod variables;
pub mod visit;
mod words;

pub use forms::mutations;
pub use pages::queries;
pub use routes::router;
pub use site::Site;
pub use visit::Asked;

#[cfg(test)]
mod tests;
