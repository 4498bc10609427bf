//! What programs fetch again and again, beside calendars: the podcast of a programme that broadcasts.

pub mod http;
mod podcast;
mod store;
