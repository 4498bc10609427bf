//! What two things have in common that say the same.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Two things that say the same have the same.
#[must_use]
pub fn fingerprint(said: &str) -> String {
    Sha256::digest(said).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String does not fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}
