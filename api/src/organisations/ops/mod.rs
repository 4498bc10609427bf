//! Use cases of organisations.

mod create;
pub mod edit;
pub mod network;
mod people;
mod retell;
mod update;

pub use create::create;
pub use people::{remove_person, set_role};
pub use retell::retell;
pub use update::update;
