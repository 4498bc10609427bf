//! Invitations to act for an organisation.
//!
//! An owner invites an address, which is mailed a link. Who opens it gets a page with a button; pressing it, signed in with that very
//! address, joins the organisation in the role that the invitation is for. It can be accepted once, within 14 days.
//!
//! An invitation is bound to its address, so that a mail that is passed on opens nothing. Inviting an address again replaces the
//! earlier invitation; taking one back ends it at once. Nothing tells who invites whether an address has an account. The secret in
//! the link is made when the mail is written, and is kept as a hash; a mail that has to be sent again has another one.

pub mod graphql;
pub mod jobs;
pub mod mail;
pub mod ops;
pub mod rules;
pub mod store;
pub mod work;
