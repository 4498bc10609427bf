//! A mail that came in, as far as a program may act on it.

use mail_parser::{HeaderValue, MessageParser, MimeHeaders, PartType};

/// What a mail brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// To which addresses it went: those in its headers, in small letters.
    pub to: Vec<String>,
    /// Whether a program answered by itself, e.g. as somebody is away (RFC 3834).
    pub is_auto_reply: bool,
    /// Calendars in it (RFC 6047), each once.
    pub calendars: Vec<String>,
}

impl Incoming {
    /// Reads a mail, as far as it is one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let Some(message) = MessageParser::default().parse(bytes) else { return Self::default() };
        let mut to = Vec::new();
        for header in ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"] {
            match message.header(header) {
                Some(HeaderValue::Address(addresses)) => {
                    to.extend(addresses.iter().filter_map(|person| person.address()).map(str::to_lowercase));
                }
                Some(HeaderValue::Text(text)) => to.push(text.trim().trim_matches(['<', '>']).to_lowercase()),
                _ => {}
            }
        }
        let is_auto_reply = match message.header("Auto-Submitted") {
            Some(HeaderValue::Text(text)) => text.trim().to_lowercase().starts_with("auto-replied"),
            _ => false,
        };
        let mut calendars = Vec::new();
        for part in &message.parts {
            let is_calendar = part.content_type().is_some_and(|kind| {
                let subtype = kind.subtype().unwrap_or_default().to_lowercase();
                matches!((kind.ctype().to_lowercase().as_str(), subtype.as_str()), ("text", "calendar") | ("application", "ics"))
            });
            let text = match &part.body {
                PartType::Text(text) => text.to_string(),
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                _ => continue,
            };
            if is_calendar && !calendars.contains(&text) {
                calendars.push(text);
            }
        }
        Self { to, is_auto_reply, calendars }
    }
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

    proptest! {
        #[test]
        fn nothing_that_comes_in_stops_the_program(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,200}") {
            _ = Incoming::read(&bytes);
            _ = Incoming::read(format!("Content-Type: text/calendar\r\n\r\n{text}").as_bytes());
        }
    }
}
