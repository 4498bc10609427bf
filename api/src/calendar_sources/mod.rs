//! Calendars that associations keep elsewhere: each is fetched on a schedule, and its events are taken over and followed.
//!
//! - **When**: every four hours, later after a failure, at once when its address is set. Who fetches takes the turn in a transaction, asks
//!   the other server without one, and takes over what it said event by event.
//! - **What**: an event that is new waits in review, with the organisation as its host. What changes there changes here, field by field;
//!   a field that was changed here stays as it is here. Single dates are followed like fields, by the ids of the dates they became.
//!   What is private there, or over or cancelled before it came, is left out.
//! - **Whose**: events are known by their UID within their organisation's calendar, so that no calendar can touch what came from another.
//!   An event that is held by somebody else by now is left alone. One that comes by another UID at the same time under the same title is the
//!   one that it was: some programs invent UIDs whenever they are asked.
//! - **What ends**: what is cancelled there is cancelled here. What vanishes there is withdrawn here once it has been missing for three
//!   hours; where more than half of what is ahead vanishes together, after three days; and where the calendar says nothing at all, never. What
//!   is over stays. A calendar that is not whole changes nothing. What comes back is reinstated, unless it was changed here meanwhile.

pub mod graphql;
pub mod jobs;
pub mod ops;
pub mod rules;
pub mod store;
pub mod work;
