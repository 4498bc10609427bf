//! Use cases of invitations.

mod accept;
mod forget;
mod invite;
mod prepare;
mod revoke;

pub use accept::{accept, by_token};
pub use forget::forget;
pub use invite::{Invite, invite};
pub use prepare::{Prepared, prepare};
pub use revoke::revoke;
