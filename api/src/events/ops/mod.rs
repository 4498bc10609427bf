//! Use cases of events, for their editors and the office.

mod clashes;
mod course;
mod create;
mod date;
mod delete;
mod duplicate;
pub mod edit;
mod extend;
mod named;
mod outcome;
mod publish;
mod reschedule;
mod retell;
mod standing;
mod tombstone;
mod update;
mod watch;

pub use clashes::clashes;
pub use course::{cancel, postpone, reinstate};
pub use create::create;
pub use date::{DateEdit, update_date};
pub use delete::delete;
pub use duplicate::duplicate;
pub use extend::extend;
pub use outcome::{Outcome, record_outcome};
pub use publish::{hand_in, publish, publish_when_due, return_with_note, unpublish};
pub use retell::{Told, retell};
pub use tombstone::{KEPT as TOMBSTONES_KEPT, forget as forget_tombstones};
pub use update::update;
pub use watch::watch_seats;
