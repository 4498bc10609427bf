//! People with an account, and what makes their rights; how they sign in, and stay so.
//!
//! Nobody has a password. Who wants to sign in gives an address; it is mailed a code of six digits and a link, each of which lets its
//! reader in once, within 15 minutes. The account is made when that happens for the first time, so that everybody who has one has
//! proven their address: whatever goes by address (invitations, registrations) finds them by [`store::by_email`].
//!
//! What nobody learns: whether an address has an account. The same statements run for one that has and one that has not, and the
//! mail is a job. What nobody can do: guess a code. Wrong ones are counted for each address, over all its codes, under the lock of
//! one row ([`rules`]); the link has 256 bits and is not counted, so that who is kept from the code by somebody else's guesses
//! still gets in. A further request does not end an earlier one: who asks twice because the first mail is slow, may use either.
//!
//! A session lasts 30 days from its last use. Its secret is random, goes into a cookie ([`cookie`]) or behind `Bearer`, and is kept as a hash.
//! An access token is the same for a program, with a name and an end; by one nothing can be done that would outlast it.

pub mod cookie;
pub mod graphql;
pub mod jobs;
pub mod mail;
pub mod ops;
pub mod rules;
pub mod store;
pub mod work;
