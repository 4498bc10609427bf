//! Use cases of an issue, in the order of its life: it is begun, by hand or as a digest; changed, checked, tried out; sent, now or later;
//! stopped, gone on with, given up.

pub(super) mod begin;
mod cards;
mod check;
mod digest;
mod preview;
mod rehearse;
mod send;
pub(super) mod standing;
mod watch;
mod write;

pub use check::{Found, check};
pub use digest::draft_digest;
pub use preview::preview;
pub use rehearse::rehearse;
pub use send::{cancel, pause, resume, send, send_when_due};
pub use watch::watch;
pub use write::{Edit, create, delete, update};
