//! A mail that came in, as far as a program may act on it.

mod automatic;
mod complaint;
mod fields;
mod original;
mod returned;

use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

pub use self::complaint::Complaint;
pub use self::original::Original;
pub use self::returned::{Returned, Why};
use crate::failure::Blame;
use crate::{Address, Refusal};

/// Addresses that are read of one mail: more than any of ours has.
const MOST_ADDRESSES: usize = 50;

/// Parts of a mail that are looked at.
const MOST_PARTS: usize = 100;

/// What a mail brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// To which addresses it went, in small letters: first that which its server told, then those in its headers.
    pub to: Vec<String>,
    /// Whether a program answered by itself, e.g. as somebody is away (RFC 3834). A calendar's answer is none.
    pub is_auto_reply: bool,
    /// Whether nobody wrote it: a program answered, a list sent it on, a server reports.
    pub is_automatic: bool,
    /// Calendars in it (RFC 6047), each once.
    pub calendars: Vec<String>,
    /// That a mail of ours could not be delivered.
    pub returned: Option<Returned>,
    /// That somebody complained about a mail of ours.
    pub complaint: Option<Complaint>,
}

impl Incoming {
    /// Reads a mail, as far as it is one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let Some(message) = MessageParser::default().parse(bytes) else { return Self::default() };
        Self {
            to: recipients(&message),
            is_auto_reply: automatic::is_reply(&message),
            is_automatic: automatic::is_automatic(&message),
            calendars: calendars(&message),
            returned: returned(&message),
            complaint: complaint(&message),
        }
    }

    /// The same of a mail whose server told to whom it went. Nobody can write that into a header.
    #[must_use]
    pub fn sent_to(mut self, recipient: &Address) -> Self {
        self.to.insert(0, recipient.as_str().to_lowercase());
        self
    }

    /// Whether it brings nothing that a program could act on, to nobody in particular.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.calendars.is_empty()
            && self.complaint.is_none()
            && self.returned.is_none()
            && !self.to.iter().any(|address| address.contains('+'))
    }
}

fn recipients(message: &Message<'_>) -> Vec<String> {
    let mut to = Vec::new();
    for header in ["X-Original-To", "Envelope-To", "Delivered-To", "To", "Cc"] {
        match message.header(header) {
            Some(HeaderValue::Address(addresses)) => {
                to.extend(addresses.iter().filter_map(|person| person.address()).take(MOST_ADDRESSES).map(str::to_lowercase));
            }
            Some(HeaderValue::Text(text)) => to.push(original::bare(text)),
            _ => {}
        }
    }
    to.truncate(MOST_ADDRESSES);
    to
}

fn kind_of(part: &MessagePart<'_>) -> String {
    part.content_type().map_or_else(String::new, |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_lowercase())
}

fn calendars(message: &Message<'_>) -> Vec<String> {
    let mut calendars = Vec::new();
    for part in message.parts.iter().take(MOST_PARTS) {
        let text = match &part.body {
            PartType::Text(text) => text.to_string(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => continue,
        };
        if matches!(kind_of(part).as_str(), "text/calendar" | "application/ics") && !calendars.contains(&text) {
            calendars.push(text);
        }
    }
    calendars
}

/// Our own mail in a report.
fn original(message: &Message<'_>) -> Original {
    let parts = message.parts.iter().skip(1).take(MOST_PARTS);
    parts.filter_map(|part| Original::in_part(part, &kind_of(part))).next().unwrap_or_default()
}

fn returned(message: &Message<'_>) -> Option<Returned> {
    let reports = message.parts.iter().take(MOST_PARTS);
    let mut reports = reports.filter(|part| matches!(kind_of(part).as_str(), "message/delivery-status" | "message/global-delivery-status"));
    if let Some(report) = reports.next() {
        let (why, status) = returned::by_fields(report.contents())?;
        return Some(Returned { why, status, original: original(message) });
    }
    let names_who_failed = message.header("X-Failed-Recipients").is_some();
    if !names_who_failed && !automatic::is_of_daemon(message) {
        return None;
    }
    let text = message.body_text(0).unwrap_or_default();
    let unsaid = names_who_failed.then_some((Why::Refused(Blame::Recipient(Refusal::Unclear)), None));
    let (why, status) = returned::by_words(&text).or(unsaid)?;
    let attached = original(message);
    let original = if attached == Original::default() { quoted(&text) } else { attached };
    Some(Returned { why, status, original })
}

/// Our own mail, where it stands in the text of a report.
fn quoted(text: &str) -> Original {
    const FIRST: [&str; 5] = ["return-path:", "received:", "dkim-signature:", "date:", "message-id:"];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let small = line.get(..line.floor_char_boundary(20)).unwrap_or_default().to_ascii_lowercase();
        if FIRST.iter().any(|name| small.starts_with(name)) {
            return Original::in_text(&text.as_bytes()[start..]);
        }
        start += line.len();
    }
    Original::default()
}

fn complaint(message: &Message<'_>) -> Option<Complaint> {
    let mut parts = message.parts.iter().take(MOST_PARTS);
    if let Some(report) = parts.clone().find(|part| kind_of(part) == "message/feedback-report") {
        let from = complaint::by_fields(report.contents())?;
        let mut original = original(message);
        original.return_path = original.return_path.or(from);
        return Some(Complaint { original });
    }
    // Outlook.com's own form: the mail itself, and in it for whom it was.
    let is_marked = |part: &MessagePart<'_>| match &part.body {
        PartType::Message(inner) => inner.header("X-HmXmrOriginalRecipient").is_some(),
        _ => false,
    };
    parts.any(is_marked).then(|| Complaint { original: original(message) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_mail_brings_is_read_whatever_its_encoding() {
        let mail = "From: Amal <amal@example.org>\r\nTo: miso <Miso+Abc@miso.example>\r\nDelivered-To: miso+abc@miso.example\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNein\r\n\
            --b\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
            QkVHSU46VkNBTEVOREFSDQpFTkQ6VkNBTEVOREFSDQo=\r\n--b--\r\n";
        let incoming = Incoming::read(mail.as_bytes());
        assert_eq!(incoming.to, ["miso+abc@miso.example", "miso+abc@miso.example"]);
        assert_eq!(incoming.calendars, ["BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"]);
        assert!(!incoming.is_auto_reply);
        assert!(Incoming::read(format!("Auto-Submitted: auto-replied (vacation)\r\n{mail}").as_bytes()).is_auto_reply);
    }

    #[test]
    fn what_nobody_wrote_is_told_from_what_somebody_wrote() {
        let is_automatic = |headers: &str| Incoming::read(format!("{headers}\r\nTo: miso+a@miso.example\r\n\r\nx").as_bytes()).is_automatic;
        for headers in [
            "Auto-Submitted: auto-replied (vacation)",
            "In-Reply-To: <1@miso.example>\r\nAuto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: All\r\nAuto-Submitted: auto-generated",
            "X-Autoreply: yes",
            "Precedence: auto_reply",
            "Precedence: Bulk",
            "List-Id: <a.example>",
            "From: MAILER-DAEMON@example.org",
            "Return-Path: <>",
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        ] {
            assert!(is_automatic(headers), "{headers}");
        }
        for headers in ["From: Amal <amal@example.org>", "Auto-Submitted: no", "Auto-Submitted: auto-generated", "Precedence: normal"] {
            assert!(!is_automatic(headers), "{headers}");
        }
    }

    #[test]
    fn who_it_was_for_is_first_what_the_server_told() {
        let mail = Incoming::read(b"To: a@example.org\r\nX-Original-To: <Miso+B@example.org>\r\n\r\n");
        assert_eq!(mail.to, ["miso+b@example.org", "a@example.org"]);
        assert_eq!(mail.sent_to(&Address::parse("Miso+C@example.org").unwrap()).to[0], "miso+c@example.org");
    }

    /// Pieces of reports, in any order and number.
    const PIECES: [&str; 20] = [
        "Content-Type: multipart/report; boundary=b\r\n",
        "Content-Type: message/delivery-status\r\n",
        "Content-Type: message/feedback-report\r\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: text/rfc822-headers\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "From: MAILER-DAEMON\r\n",
        "Return-Path: <>\r\n",
        "X-Failed-Recipients: \r\n",
        "To: <<>>@, \"\r\n",
        "\r\n",
        "--b\r\n",
        "--b--\r\n",
        "Action: failed\r\n",
        "Status: 5.1.1\r\n",
        "Status: 5.99999.1 ü\r\n",
        "Diagnostic-Code: smtp; 550-5.1.1\r\n 550 no\r\n",
        "Feedback-Type: abuse\r\n",
        "List-Unsubscribe: <<mailto:, <https://\r\n",
        " folded: \u{fc}\u{202e}\r\n",
    ];

    proptest! {
        #[test]
        fn nothing_that_comes_in_stops_the_program(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,200}") {
            _ = Incoming::read(&bytes);
            _ = Incoming::read(format!("Content-Type: text/calendar\r\n\r\n{text}").as_bytes());
            _ = Incoming::read(format!("From: mailer-daemon@example.org\r\n\r\n{text}").as_bytes());
        }

        #[test]
        fn no_report_however_broken_stops_the_program(pieces in prop::collection::vec(0..PIECES.len(), 0..40), cut in 0_usize..1000) {
            let mail: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
            _ = Incoming::read(&mail.as_bytes()[..cut.min(mail.len())]);
        }
    }
}
