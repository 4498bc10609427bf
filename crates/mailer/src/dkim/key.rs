//! Keys: made, read from files as openssl and the tools of mail servers write them, and told to the name system.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::RsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Bits of an RSA key that is made here: what everybody takes, and what fits into one answer of the name system.
const BITS: usize = 2048;

/// What stands before the 32 octets of an Ed25519 key in PKCS #8 (RFC 8410 section 7).
const ED25519_PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// "rsaEncryption" without parameters, as it stands before an RSA key (RFC 3279 section 2.3.1).
const RSA_ENCRYPTION: [u8; 15] = [0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

/// By which a mail is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// What every server knows.
    Rsa,
    /// Shorter and faster; servers that do not know it pass it over, so that it is not enough alone (RFC 8463).
    Ed25519,
}

impl Algorithm {
    /// As it is called in a signature.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Rsa => "rsa-sha256",
            Self::Ed25519 => "ed25519-sha256",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa => "RSA",
            Self::Ed25519 => "Ed25519",
        })
    }
}

/// A private key.
pub struct Key(Pair);

enum Pair {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// A file that holds no key that can sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAKey {
    /// It is no PEM file of a private key.
    #[error("this is no private key in PEM (-----BEGIN PRIVATE KEY-----)")]
    Pem,
    /// It is, but nobody can read it without its password.
    #[error("the key is encrypted: decrypt it, as there is nobody to type its password")]
    Encrypted,
    /// An RSA key that is too short for servers to trust, or broken.
    #[error("this is neither an Ed25519 key nor an RSA key of 2048 to 4096 bits")]
    Unfit,
}

/// No key could be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no key could be made: {0}")]
pub struct CannotMake(String);

impl Key {
    /// Makes a key, as the text of a PEM file.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn make(algorithm: Algorithm) -> Result<String, CannotMake> {
        let der = match algorithm {
            Algorithm::Rsa => {
                let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, BITS).map_err(|error| CannotMake(error.to_string()))?;
                let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|error| CannotMake(error.to_string()))?;
                return Ok(pem.to_string());
            }
            Algorithm::Ed25519 => {
                let mut seed = [0; 32];
                SystemRandom::new().fill(&mut seed).map_err(|_| CannotMake("no random bytes".to_owned()))?;
                [&ED25519_PKCS8[..], &seed].concat()
            }
        };
        Ok(format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der)))
    }

    /// Reads the text of a PEM file, in PKCS #8 or PKCS #1.
    ///
    /// # Errors
    /// When it holds no key, or none that can sign.
    pub fn read(pem: &str) -> Result<Self, NotAKey> {
        if pem.contains("ENCRYPTED") {
            return Err(NotAKey::Encrypted);
        }
        let rsa = |read: Result<RsaKeyPair, _>| read.map(|pair| Self(Pair::Rsa(pair))).map_err(|_| NotAKey::Unfit);
        if let Some(der) = inside(pem, "RSA PRIVATE KEY") {
            return rsa(RsaKeyPair::from_der(&der));
        }
        let der = inside(pem, "PRIVATE KEY").ok_or(NotAKey::Pem)?;
        match Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der) {
            Ok(pair) => Ok(Self(Pair::Ed25519(pair))),
            Err(_) => rsa(RsaKeyPair::from_pkcs8(&der)),
        }
    }

    /// By which it signs.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Pair::Rsa(_) => Algorithm::Rsa,
            Pair::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    /// What is told to the name system (RFC 6376 section 3.6.1): the public half.
    #[must_use]
    pub fn record(&self) -> String {
        match &self.0 {
            Pair::Rsa(pair) => format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(rsa_public(pair.public().as_ref()))),
            Pair::Ed25519(pair) => format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(pair.public_key().as_ref())),
        }
    }

    pub(super) fn sign(&self, input: &[u8]) -> Vec<u8> {
        match &self.0 {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                match pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature) {
                    Ok(()) => signature,
                    // The room is that of the key, and a key that could not sign was not read.
                    Err(_) => unreachable!("a key that was read signs"),
                }
            }
            // Over the digest, not over the text itself (RFC 8463 section 3).
            Pair::Ed25519(pair) => pair.sign(&Sha256::digest(input)).as_ref().to_vec(),
        }
    }
}

/// Without anything secret.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Key").field(&self.algorithm()).finish()
    }
}

/// What a PEM file holds under a label (RFC 7468).
fn inside(pem: &str, label: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once(&format!("-----BEGIN {label}-----"))?;
    let (text, _) = rest.split_once(&format!("-----END {label}-----"))?;
    STANDARD.decode(text.split_ascii_whitespace().collect::<String>()).ok()
}

/// An RSA key with its name before it (SubjectPublicKeyInfo): RFC 6376 asks for the key alone, but this is what everybody publishes.
fn rsa_public(key: &[u8]) -> Vec<u8> {
    let bits = element(3, &[&[0], key].concat());
    element(0x30, &[&RSA_ENCRYPTION, &bits[..]].concat())
}

/// An element of DER.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let count = u8::try_from(length.len()).unwrap_or(8);
    let mut out = vec![tag];
    if content.len() >= 128 {
        out.push(0x80 | count);
    }
    out.extend(if length.is_empty() { vec![0] } else { length });
    out.extend(content);
    out
}
