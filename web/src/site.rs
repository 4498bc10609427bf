//! What the pages are told from outside: all that they need and the schema does not say.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Makes a new key that nobody guesses and that was never made before.
pub type Keys = Arc<dyn Fn() -> String + Send + Sync>;

/// What the shell of a page needs and the schema does not say.
#[derive(Clone)]
pub struct Site {
    /// Origin of its addresses, e.g. `https://miso.example`, without a slash at its end.
    pub public_url: String,
    /// Tells the time.
    pub now: Clock,
    /// Makes the key that a form carries along, by which the server knows again that it has done what it is asked for.
    pub new_key: Keys,
    /// Whether what it shows is the starter data, which every page then says at its foot.
    pub shows_starter_data: bool,
    /// Name of the cookie that a browser has whose person signed in.
    pub session_cookie: &'static str,
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { public_url, now: _, new_key: _, shows_starter_data, session_cookie: _ } = self;
        f.debug_struct("Site").field("public_url", public_url).field("shows_starter_data", shows_starter_data).finish_non_exhaustive()
    }
}
