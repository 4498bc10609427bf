//! The crate's contents, by name; what it does is told below.
#![doc = include_str!("../README.md")]

mod escape;
mod fold;
mod model;
mod moment;
mod read;
mod recurrence;
mod render;
mod write;
mod zone;

pub use escape::unescape_text;
pub use model::{Attendee, Calendar, Class, Event, Method, Participation, Person, Status};
pub use moment::Moment;
pub use read::{Component, ParseError, Property, parse};
pub use recurrence::{Rule, RuleError, expand};
pub use render::render;
pub use write::Writer;
pub use zone::write_vtimezone;
