//! Words that every feature shares. No I/O in here, no clock, no database.

pub mod barred;
pub mod clock;
pub mod email;
pub mod fault;
pub mod fold;
pub mod locale;
pub mod markdown;
pub mod page;
pub mod partial_date;
pub mod patch;
pub mod person_name;
pub mod publication;
pub mod refusal;
pub mod revision;
pub mod slug;
pub mod text;
pub mod throttle;
pub mod translations;
pub mod web_address;

pub use clock::Clock;
pub use email::EmailAddress;
pub use fault::{Fault, Refused};
pub use locale::{Locale, Wanted};
pub use markdown::Markdown;
pub use page::{Cursor, Page, PageRequest, Slice, SortKey};
pub use partial_date::PartialDate;
pub use patch::Patch;
pub use person_name::PersonName;
pub use refusal::{Findings, Refusal, Why};
pub use slug::Slug;
pub use throttle::{Client, FULL_BUCKET, Throttle};
pub use web_address::WebAddress;
