//! Organisations: the associations of the network, those it works with and is paid by, and the network itself, which is an
//! organisation among them.
//!
//! Membership is dated: an organisation applies, is admitted from a day on, and may leave. Dates are as precise as they are
//! known ([`crate::kernel::PartialDate`]); the number of members is counted for a day, never kept.
//!
//! Who acts for one has a role in it. Whoever edits for it changes its page; its people are a matter of its owners, of whom one is
//! always left. What it is to the network, and whether it is reviewed, administrators say.

pub mod graphql;
pub mod jobs;
pub mod letters;
pub mod ops;
pub mod rules;
pub mod store;
