//! Whether nobody wrote a mail: programs answer when somebody is away, lists send on, servers report.

use mail_parser::{HeaderValue, Message, MimeHeaders};

/// What a program says in `Precedence`.
const PRECEDENCES: [&str; 5] = ["bulk", "junk", "list", "auto_reply", "auto-reply"];

/// What only programs write.
const SIGNS: [&str; 8] = [
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Reply-From",
    "X-Mail-Autoreply",
    "X-FC-MachineGenerated",
    "X-Failed-Recipients",
    "List-Id",
];

/// Whether a program answered by itself, e.g. as somebody is away (RFC 3834 section 5): a calendar's answer is none.
pub(super) fn is_reply(message: &Message<'_>) -> bool {
    value(message, "Auto-Submitted").is_some_and(|value| value.starts_with("auto-replied"))
}

/// Whether nobody wrote it: for mails that a person must have written to count.
pub(super) fn is_automatic(message: &Message<'_>) -> bool {
    // Mail programs that unsubscribe for somebody may say that they generated that mail: an answer to one of ours is what counts here.
    let is_answer = ["In-Reply-To", "References", "X-Auto-Response-Suppress"].into_iter().any(|name| message.header(name).is_some());
    let is_submitted = value(message, "Auto-Submitted")
        .is_some_and(|value| value.starts_with("auto-replied") || is_answer && !value.is_empty() && !value.starts_with("no"));
    let is_bulk = value(message, "Precedence").is_some_and(|value| PRECEDENCES.contains(&value.as_str()));
    let is_report = message.content_type().is_some_and(|kind| kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report")));
    is_submitted || is_bulk || is_report || is_of_daemon(message) || SIGNS.iter().any(|name| message.header(*name).is_some())
}

/// Whether a mail server wrote it: it has no sender, or a server's name.
pub(super) fn is_of_daemon(message: &Message<'_>) -> bool {
    let has_no_sender = message.header_raw("Return-Path").is_some_and(|path| path.trim() == "<>");
    let from = message.from().and_then(|from| from.first()).and_then(|first| first.address()).unwrap_or_default().to_ascii_lowercase();
    let (name, _) = from.split_once('@').unwrap_or((from.as_str(), ""));
    has_no_sender || matches!(name, "mailer-daemon" | "postmaster" | "mail-daemon" | "mdaemon")
}

fn value(message: &Message<'_>, name: &'static str) -> Option<String> {
    match message.header(name) {
        Some(HeaderValue::Text(text)) => Some(text.trim().to_ascii_lowercase()),
        Some(_) => message.header_raw(name).map(|raw| raw.trim().to_ascii_lowercase()),
        None => None,
    }
}
