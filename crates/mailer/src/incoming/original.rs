//! Our own mail, as far as a report about it still holds it: whole, or its headers, or some of them.

use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, MessagePart, PartType};

/// Longest headers that are looked into.
const LONGEST: usize = 64 * 1024;

/// What a mail of ours that comes back tells of itself. All of it may be made up, but for the secrets in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Original {
    /// Its name in the world, without angle brackets.
    pub message_id: Option<String>,
    /// Where it said that it comes back to, in small letters.
    pub return_path: Option<String>,
    /// The ways to leave that it offered, as they stood there (RFC 2369).
    pub ways_to_leave: Vec<String>,
}

impl Original {
    /// The mail in a part of a report; nothing where the part holds none.
    pub(super) fn in_part(part: &MessagePart<'_>, kind: &str) -> Option<Self> {
        match (&part.body, kind) {
            (PartType::Message(message), _) => Some(Self::of(message)),
            (_, "text/rfc822-headers" | "text/rfc822" | "message/rfc822-headers" | "message/global-headers") => {
                Some(Self::in_text(part.contents()))
            }
            _ => None,
        }
    }

    /// The mail whose headers a text begins with.
    pub(super) fn in_text(text: &[u8]) -> Self {
        let text = &text[..text.len().min(LONGEST)];
        MessageParser::default().parse_headers(text.trim_ascii_start()).map(|message| Self::of(&message)).unwrap_or_default()
    }

    fn of(message: &Message<'_>) -> Self {
        let return_path = match message.header(HeaderName::ReturnPath) {
            Some(HeaderValue::Text(text)) => Some(bare(text)),
            Some(HeaderValue::Address(address)) => address.first().and_then(|first| first.address()).map(bare),
            _ => None,
        };
        let written = message.header_raw("List-Unsubscribe").unwrap_or_default();
        let ways = written.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(way, _)| way.split_whitespace().collect());
        Self {
            message_id: message.message_id().map(str::to_owned),
            return_path: return_path.filter(|path| !path.is_empty()),
            ways_to_leave: ways.take(4).collect(),
        }
    }
}

/// An address without its brackets, in small letters.
pub(super) fn bare(address: &str) -> String {
    address.trim().trim_start_matches('<').trim_end_matches('>').to_lowercase()
}
