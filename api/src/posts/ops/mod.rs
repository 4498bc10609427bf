//! Use cases of posts, for their editors and the office.

mod create;
mod delete;
pub mod edit;
mod named;
mod publish;
mod retell;
mod standing;
mod update;

pub use create::create;
pub use delete::delete;
pub use publish::{publish, publish_when_due, return_with_note, unpublish};
pub use retell::retell;
pub use update::update;
