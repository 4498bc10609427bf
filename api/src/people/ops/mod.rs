//! Use cases of people.

mod account;
mod add;
mod credentials;
mod forget;
mod prepare;
mod recognise;
mod request;
mod role;
mod sign_in;

pub use account::{Change, rotate_calendars, update};
pub use add::{Added, New, add};
pub use credentials::{CreateToken, Created, create_access_token, revoke_access_token, revoke_session, sign_out};
pub use forget::forget;
pub use prepare::{Prepared, prepare};
pub use recognise::{Proof, is_still, recognise};
pub use request::request;
pub use role::set_network_role;
pub use sign_in::{By, SignedIn, sign_in};

use crate::app::{App, Cx};
use crate::kernel::Refused;
use crate::people::rules;

/// By what an address is known without being kept.
fn hash_of(app: &App, email: &str) -> String {
    app.links.keyed_hash("sign-in address", email)
}

/// Slows down a client that asks too much.
fn slow_down(cx: &Cx) -> Result<(), Refused> {
    cx.slow_down(rules::COST_OF_ASKING)
}

/// Counts against a client what would be abuse if it went on: a mail, or a wrong code. What changes nothing any more costs
/// little, so that asking a thousand times for one address is answered alike.
fn charge(cx: &Cx) {
    cx.charge(rules::COST_OF_ABUSE);
}
