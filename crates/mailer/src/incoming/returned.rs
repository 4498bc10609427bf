//! Mails of servers that could not deliver: by the standard (RFC 3464), and in the words of those that do not keep to it.

use super::fields::Fields;
use super::original::Original;
use crate::failure::Blame;
use crate::{Enhanced, Refusal};

/// That a mail of ours could not be delivered, or not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// What it means.
    pub why: Why,
    /// The code that says so (RFC 3463), where there is one.
    pub status: Option<Enhanced>,
    /// Our mail, as far as it is still there.
    pub original: Original,
}

/// What it means that a mail came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is on its way still, or has arrived after all.
    Underway,
    /// It was tried for as long as its server wanted to, and nobody said that this is for good.
    GivenUp,
    /// It was refused for good.
    Refused(Blame),
}

/// What says in a text, in small letters, that nothing is lost yet.
const NOT_YET: [&str; 7] = [
    "warning: message delayed",
    "has not yet been delivered",
    "delivery attempts will continue",
    "no action is required on your part",
    "still being retried",
    "will be retried",
    "this is a warning message only",
];

/// Where a text ends and the mail that it is about begins, in small letters.
const ENDS: [&str; 8] = [
    "------ this is a copy of",
    "--- this is a copy of",
    "--- below this line is a copy of",
    "--- the header of the original message",
    "--- original message",
    "--- undelivered message follows",
    "original message headers:",
    "return-path: ",
];

/// Longest text that is looked into.
const LONGEST: usize = 32 * 1024;

/// What the fields of a report say (RFC 3464 section 2).
pub(super) fn by_fields(content: &[u8]) -> Option<(Why, Option<Enhanced>)> {
    let told = Fields::groups(content).iter().filter_map(by_group).collect::<Vec<_>>();
    // One mail goes to one person; where it was sent on to several, one of them whom it did not reach is enough.
    told.into_iter().max_by_key(|(why, _)| match why {
        Why::Underway => 0,
        Why::GivenUp => 1,
        Why::Refused(Blame::Sender) => 2,
        Why::Refused(Blame::Recipient(Refusal::Unclear)) => 3,
        Why::Refused(Blame::Recipient(Refusal::Full)) => 4,
        Why::Refused(Blame::Recipient(Refusal::Gone)) => 5,
    })
}

fn by_group(group: &Fields) -> Option<(Why, Option<Enhanced>)> {
    let action = group.get("action").unwrap_or_default().to_ascii_lowercase();
    let told = group.get("status").and_then(|status| Enhanced::parse(status.split_whitespace().next()?));
    // The first group tells of the report itself.
    if action.is_empty() && told.is_none() && group.get("final-recipient").is_none() {
        return None;
    }
    let (code, in_words) = group.untyped("diagnostic-code").map_or((None, None), codes);
    // "5.0.0" says nothing, and what the other server said may say more.
    let status = match (told, in_words) {
        (Some(Enhanced(class, 0, 0)), Some(other)) if other.0 == class => Some(other),
        (None, other) => other,
        (told, _) => told,
    };
    let action = action.split([' ', '(', ';']).next().unwrap_or_default();
    let has_failed = match action {
        "failed" => true,
        "" => status.is_some_and(|status| status.0 == 5),
        _ => false,
    };
    Some((if has_failed { judged(code, status) } else { Why::Underway }, status))
}

/// What a text says that some servers write instead.
pub(super) fn by_words(text: &str) -> Option<(Why, Option<Enhanced>)> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let small = text.to_ascii_lowercase();
    let end = ENDS.iter().filter_map(|end| small.find(end)).min().unwrap_or(text.len());
    if NOT_YET.iter().any(|words| small[..end].contains(words)) {
        return Some((Why::Underway, None));
    }
    let (code, status) = codes(&text[..end]);
    let class = status.map(|status| u16::from(status.0)).or_else(|| code.map(|code| code / 100))?;
    Some((if class == 5 { judged(code, status) } else { Why::Underway }, status))
}

/// What it means that a mail was given up with these codes.
fn judged(code: Option<u16>, status: Option<Enhanced>) -> Why {
    match status {
        Some(Enhanced(4, 2, 2)) => Why::Refused(Blame::Recipient(Refusal::Full)),
        Some(Enhanced(..=4, _, _)) => Why::GivenUp,
        Some(status) => Why::Refused(status.blames().unwrap_or(Blame::Recipient(Refusal::Unclear))),
        None if code.is_some_and(|code| code < 500) => Why::GivenUp,
        None => Why::Refused(Blame::Recipient(Refusal::Unclear)),
    }
}

/// The codes of SMTP and of RFC 3463 in words: of refusals for good, if there are any, else of others.
fn codes(text: &str) -> (Option<u16>, Option<Enhanced>) {
    let is_edge = |letter: char| !letter.is_ascii_alphanumeric();
    let words =
        || text.split(|letter: char| letter.is_whitespace() || "-=,;:()[]<>#\"'".contains(letter)).map(|word| word.trim_matches(is_edge));
    let code_of = |word: &str| word.parse::<u16>().ok().filter(|code| word.len() == 3 && (400..600).contains(code));
    let best = |mut all: Vec<(bool, usize)>| {
        all.sort_by_key(|(is_for_good, at)| (!is_for_good, *at));
        all.first().map(|(_, at)| *at)
    };
    let words: Vec<&str> = words().filter(|word| !word.is_empty()).take(5000).collect();
    let found = |is_for_good: &dyn Fn(&str) -> Option<bool>| {
        best(words.iter().enumerate().filter_map(|(at, word)| Some((is_for_good(word)?, at))).collect())
    };
    let code = found(&|word| code_of(word).map(|code| code >= 500)).and_then(|at| code_of(words[at]));
    let is_status = |word: &str| Enhanced::parse(word).filter(|status| matches!(status.0, 4 | 5));
    let status = found(&|word| is_status(word).map(|status| status.0 == 5)).and_then(|at| is_status(words[at]));
    // Where they do not agree, what looks like the longer code is the number of a version, or part of an address.
    let status = status.filter(|status| code.is_none_or(|code| u16::from(status.0) == code / 100));
    (code, status)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNCLEAR: Why = Why::Refused(Blame::Recipient(Refusal::Unclear));
    const GONE: Why = Why::Refused(Blame::Recipient(Refusal::Gone));

    #[test]
    fn codes_are_found_in_words_and_versions_and_addresses_are_none() {
        for (words, expected) in [
            ("550 5.1.1 <a@example.org>: unknown", (Some(550), Some(Enhanced(5, 1, 1)))),
            ("550-5.1.1 The account", (Some(550), Some(Enhanced(5, 1, 1)))),
            ("Sorry, no mailbox here by that name. (#5.1.1)", (None, Some(Enhanced(5, 1, 1)))),
            ("host mx.example.org [5.1.1.7]: 554 delivery error", (Some(554), None)),
            ("Exim 4.92.3: reason: 550 Requested action not taken", (Some(550), None)),
            ("nothing", (None, None)),
            ("4.4.1 timeout, then 451", (Some(451), Some(Enhanced(4, 4, 1)))),
        ] {
            assert_eq!(codes(words), expected, "{words}");
        }
    }

    #[test]
    fn what_servers_say_is_judged_as_a_refusal_while_sending_is() {
        let of = |fields: &str| by_fields(format!("Reporting-MTA: dns; a.example\r\n\r\n{fields}").as_bytes()).map(|(why, _)| why);
        for (fields, why) in [
            ("Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown", Some(GONE)),
            ("Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 5.2.1 disabled", Some(GONE)),
            ("Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 no", Some(UNCLEAR)),
            ("Action: failed\r\nStatus: 5.2.2", Some(Why::Refused(Blame::Recipient(Refusal::Full)))),
            ("Action: failed\r\nStatus: 4.2.2", Some(Why::Refused(Blame::Recipient(Refusal::Full)))),
            ("Action: failed\r\nStatus: 5.7.26", Some(Why::Refused(Blame::Sender))),
            ("Action: failed\r\nStatus: 4.4.7", Some(Why::GivenUp)),
            ("Action: delayed\r\nStatus: 4.4.1", Some(Why::Underway)),
            ("Action: delayed\r\nStatus: 5.1.1", Some(Why::Underway)),
            ("Action: relayed\r\nStatus: 2.0.0", Some(Why::Underway)),
            ("Status: 5.1.1 (bad\r\n destination)", Some(GONE)),
            ("Action: failed\r\nStatus: 5.4.1\r\n\r\nAction: failed\r\nStatus: 5.1.10", Some(GONE)),
            ("Final-Recipient: rfc822; a@example.org", Some(Why::Underway)),
            ("", None),
        ] {
            assert_eq!(of(fields), why, "{fields}");
        }
        for (words, why) in [
            ("<a@example.org>: 550 unknown user\n--- Below this line is a copy of the message.\n554 5.7.1", Some(UNCLEAR)),
            ("Your message has not yet been delivered. 550", Some(Why::Underway)),
            ("I am on holidays until 3 May.", None),
            ("451 4.2.0 try later", Some(Why::Underway)),
        ] {
            assert_eq!(by_words(words).map(|(why, _)| why), why, "{words}");
        }
    }
}
