//! Organisations: the associations of the network, those it works with and is paid by, and the network itself, which is an
//! organisation among them.
//!
//! Membership is dated: an organisation applies, is admitted from a day on, and may leave. Dates are as precise as they are
//! known ([`crate::kernel::PartialDate`]); the number of members is counted for a day, never kept.

pub mod graphql;
pub mod imprint;
pub mod rules;
pub mod store;
