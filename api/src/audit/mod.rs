//! The audit log: who changed what, and when.
//!
//! Every use case that changes something for others writes one entry, in the transaction of its change: [`ops::record`]. An entry says
//! what was done ([`rules::Deed`]), to what ([`rules::Subject`]), under which name that went then, and of named fields what they were
//! before and after. Texts are not repeated in it, and nothing of those who register or read is: what it tells of people are
//! their ids, which tell nothing once they are erased.

pub mod graphql;
pub mod ops;
pub mod rules;
pub mod store;
