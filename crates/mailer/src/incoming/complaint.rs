//! That somebody took a mail of ours for one that they did not want, as their provider reports it (ARF, RFC 5965).

use super::fields::Fields;
use super::original::{Original, bare};

/// A complaint about a mail of ours. Whose it is, providers mostly hide: the secrets in our mail tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Our mail, as far as it is still there.
    pub original: Original,
}

/// What a report says that counts: others tell of forged mails, or that one was wanted after all.
const COUNTS: [&str; 2] = ["abuse", "complaint"];

/// Whether the fields of a report tell of a complaint; and from where the mail said to come.
pub(super) fn by_fields(content: &[u8]) -> Option<Option<String>> {
    let groups = Fields::groups(content);
    let first = groups.first()?;
    let kind = first.get("feedback-type")?.to_ascii_lowercase();
    COUNTS.contains(&kind.as_str()).then(|| first.get("original-mail-from").map(bare).filter(|from| !from.is_empty()))
}
