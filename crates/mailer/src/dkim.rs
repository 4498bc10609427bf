//! Signing mails, so that whoever gets one can tell that it is ours and whole (DKIM, RFC 6376 and 8463).
//!
//! lettre can sign, too, but reads the machine's clock while it does, so that equal messages would make other bytes, and it keeps one
//! signature alone.

mod canonical;
mod key;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use thiserror::Error;

pub use self::key::{Algorithm, CannotMake, Key, NotAKey};
use crate::Address;

/// What is signed wherever it is there. Each is named once more than it is there, so that nobody can add another.
const SIGNED: [&str; 17] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-language",
    "auto-submitted",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-archive",
    "list-help",
    "feedback-id",
];

/// What nobody may add to a mail that has none.
const NEVER_ADDED: [&str; 2] = ["reply-to", "cc"];

/// Octets of a signature on one line.
const PIECE: usize = 64;

/// Longest line of a header.
const LINE: usize = 78;

/// Who signs, and with which keys: each makes a signature of its own. Clones share them.
#[derive(Clone, Debug)]
pub struct Signer {
    domain: String,
    keys: Arc<Vec<(String, Key)>>,
}

/// Why nothing can be signed so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotASigner {
    /// The domain is none.
    #[error("the domain is none")]
    Domain,
    /// A selector is not one or more parts of a host's name.
    #[error("the selector is not one of letters, digits and -, with dots between its parts")]
    Selector,
    /// Two keys have the same selector: they could not both stand in the name system.
    #[error("two keys cannot have the same selector")]
    SameSelector,
}

impl Signer {
    /// One for a domain, with keys by their selectors.
    ///
    /// # Errors
    /// When the domain or a selector is none, or two selectors are one.
    pub fn new(domain: &str, keys: Vec<(String, Key)>) -> Result<Self, NotASigner> {
        let domain = Address::parse(&format!("a@{domain}")).map_err(|_| NotASigner::Domain)?.domain().to_owned();
        let is_label = |part: &str| {
            (1..=63).contains(&part.len())
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !keys.iter().all(|(selector, _)| selector.len() <= 150 && selector.split('.').all(is_label)) {
            return Err(NotASigner::Selector);
        }
        let is_repeated =
            |(at, (selector, _)): (usize, &(String, Key))| keys[..at].iter().any(|(other, _)| other.eq_ignore_ascii_case(selector));
        if keys.iter().enumerate().any(is_repeated) {
            return Err(NotASigner::SameSelector);
        }
        Ok(Self { domain, keys: Arc::new(keys) })
    }

    /// What must stand in the name system for each key: a name, and the text there.
    #[must_use]
    pub fn records(&self) -> Vec<(String, String)> {
        self.keys.iter().map(|(selector, key)| (format!("{selector}._domainkey.{}", self.domain), key.record())).collect()
    }

    /// The mail with a signature of each key before its headers. It is the same whenever the same mail is signed.
    #[must_use]
    pub(crate) fn sign(&self, mail: &[u8], date: DateTime<Utc>) -> Vec<u8> {
        let (head, body) = canonical::parts(mail);
        let fields = canonical::fields(head);
        let digest = STANDARD.encode(Sha256::digest(canonical::body(body)));
        let mut signed = Vec::with_capacity(mail.len() + 1024);
        for (selector, key) in self.keys.iter() {
            signed.extend_from_slice(self.signature(selector, key, &fields, &digest, date).as_bytes());
        }
        signed.extend_from_slice(mail);
        signed
    }

    fn signature(&self, selector: &str, key: &Key, fields: &[(String, String)], digest: &str, date: DateTime<Utc>) -> String {
        let mut names = Vec::new();
        let mut input = String::new();
        for name in SIGNED {
            let count = fields.iter().filter(|(other, _)| other == name).count();
            // Of several fields of one name, the last counts first (RFC 6376 5.4.2).
            for (name, value) in fields.iter().rev().filter(|(other, _)| other == name) {
                _ = write!(input, "{name}:{value}\r\n");
            }
            names.extend(std::iter::repeat_n(name, if count > 0 { count + 1 } else { 0 }));
        }
        names.extend(NEVER_ADDED.into_iter().filter(|name| fields.iter().all(|(other, _)| other != name)));
        let mut header = format!(
            "DKIM-Signature: v=1; a={}; c=relaxed/relaxed; d={};\r\n s={selector}; t={};\r\n",
            key.algorithm().word(),
            self.domain,
            date.timestamp().max(0)
        );
        fold_names(&mut header, &names);
        _ = write!(header, "\r\n bh={digest};\r\n b=");
        let (name, value) = canonical::field(&header);
        _ = write!(input, "{name}:{value}");
        let signature = STANDARD.encode(key.sign(input.as_bytes()));
        let mut rest = signature.as_str();
        while !rest.is_empty() {
            let (piece, later) = rest.split_at(rest.len().min(PIECE));
            header.push_str(piece);
            header.push_str(if later.is_empty() { "" } else { "\r\n  " });
            rest = later;
        }
        header.push_str("\r\n");
        header
    }
}

fn fold_names(header: &mut String, names: &[&str]) {
    header.push_str(" h=");
    let mut column = 3;
    for (at, name) in names.iter().enumerate() {
        let end = if at + 1 == names.len() { ";" } else { ":" };
        if column + name.len() + end.len() > LINE {
            header.push_str("\r\n  ");
            column = 2;
        }
        header.push_str(name);
        header.push_str(end);
        column += name.len() + end.len();
    }
}
