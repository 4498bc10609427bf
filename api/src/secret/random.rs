//! Secrets by chance: those of sessions and access tokens, and what is mailed to sign in with. What is stored of them is a hash.
//!
//! One that has 256 bits is looked up by its plain hash: it cannot be guessed, so that the hash cannot be either. How long a
//! comparison of hashes takes tells nothing of what was hashed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};

use crate::kernel::Fault;

/// Codes that there are.
const CODES: u32 = 1_000_000;

/// A secret of 256 bits: 43 letters, digits, `-` and `_`.
///
/// # Errors
/// Where the operating system gives no random bytes.
pub fn token() -> Result<String, Fault> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// A code of six digits, each as likely as any other.
///
/// # Errors
/// Where the operating system gives no random bytes.
pub fn code() -> Result<String, Fault> {
    loop {
        let drawn = u32::from_be_bytes(bytes()?);
        // What is left over at the end would make some codes likelier than others.
        if drawn < u32::MAX - u32::MAX % CODES {
            return Ok(format!("{:06}", drawn % CODES));
        }
    }
}

/// By which a secret of 256 bits is known again.
#[must_use]
pub fn digest(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}

fn bytes<const COUNT: usize>() -> Result<[u8; COUNT], Fault> {
    let mut bytes = [0; COUNT];
    SysRng.try_fill_bytes(&mut bytes).map_err(|error| Fault::Broken(format!("no random bytes: {error}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_secrets_are_alike_and_codes_are_six_digits() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert!(one != other && one.len() == 43);
        assert_ne!(digest(&one), digest(&other));
        for _ in 0..1000 {
            let code = code().unwrap();
            assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
        }
    }
}
