//! Moving in: organisations and people from CSV, posts from RSS, Atom and WordPress's export, events from iCalendar.
//!
//! A file is read twice: once whole, so that one that is broken is refused with its line before anything is written, and once thing by
//! thing, each in a transaction of its own. Everything is remembered by what it is called where it came from, so that the same file comes
//! in again without a duplicate: what it says anew is taken over, unless the thing was changed here since. A rehearsal does all of that
//! and takes it back.

pub mod ops;
pub mod read;
pub mod rules;
pub mod store;
