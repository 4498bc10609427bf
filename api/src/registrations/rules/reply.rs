//! What a person's calendar answers to an invitation (RFC 5546 section 3.2.3).

use ics::{Component, parse};

/// Longest calendar that is read.
const LONGEST: usize = 256 * 1024;

/// An answer to an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Of which entry.
    pub uid: String,
    /// Of which of its dates, as it was written; none for all.
    pub recurrence_id: Option<String>,
    /// Which state of the invitation is answered.
    pub sequence: u32,
    /// To whom: the address, in small letters.
    pub organizer: String,
    /// Who answers: the address, in small letters.
    pub attendee: String,
    /// What.
    pub says: Says,
}

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// They come.
    Accepted,
    /// They do not.
    Declined,
    /// Neither.
    SomethingElse,
}

/// The answers in a calendar; none in one that is no reply.
#[must_use]
pub fn answers(text: &str) -> Vec<Answer> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let components = parse(text).unwrap_or_default();
    let replies = components.iter().filter(|calendar| {
        let method = calendar.text("METHOD").unwrap_or_default();
        calendar.name == "VCALENDAR" && method.trim().eq_ignore_ascii_case("REPLY")
    });
    replies.flat_map(|calendar| calendar.children_named("VEVENT").filter_map(answer)).collect()
}

fn answer(entry: &Component) -> Option<Answer> {
    // A reply has one attendee: who answers.
    let mut attendees = entry.properties.iter().filter(|property| property.name == "ATTENDEE");
    let (attendee, None) = (attendees.next()?, attendees.next()) else { return None };
    let says = match attendee.param("PARTSTAT")?.to_uppercase().as_str() {
        "ACCEPTED" => Says::Accepted,
        "DECLINED" => Says::Declined,
        _ => Says::SomethingElse,
    };
    Some(Answer {
        uid: entry.text("UID")?,
        recurrence_id: entry.property("RECURRENCE-ID").map(|property| property.value.trim().to_owned()),
        sequence: entry.text("SEQUENCE").and_then(|number| number.trim().parse().ok()).unwrap_or(0),
        organizer: address(&entry.property("ORGANIZER")?.value)?,
        attendee: address(&attendee.value)?,
        says,
    })
}

fn address(value: &str) -> Option<String> {
    let value = value.trim().to_lowercase();
    value.strip_prefix("mailto:").map(str::to_owned)
}

/// Whether an answer is to the invitation as it stands: to this entry, and to no earlier state of it. One to a single date of several
/// is none.
#[must_use]
pub fn is_present(answer: &Answer, invitation: &str) -> bool {
    let calendars = parse(invitation).unwrap_or_default();
    let entries: Vec<&Component> = calendars.iter().flat_map(|calendar| calendar.children_named("VEVENT")).collect();
    let own: Vec<&&Component> = entries.iter().filter(|entry| entry.text("UID").as_deref() == Some(answer.uid.as_str())).collect();
    let sequence = own.iter().filter_map(|entry| entry.text("SEQUENCE")?.trim().parse::<u32>().ok()).max();
    let is_of_one = answer.recurrence_id.is_some() && own.iter().any(|entry| entry.property("RECURRENCE-ID").is_none());
    sequence.is_some_and(|sequence| answer.sequence >= sequence) && !is_of_one
}

/// The secret in an address that carries one, `mailbox+secret@host`.
#[must_use]
pub fn secret_in(address: &str) -> Option<&str> {
    address.split_once('@')?.0.rsplit_once('+').map(|(_, secret)| secret)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REPLY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1@example.org\r\n\
        SEQUENCE:2\r\nDTSTAMP:20220518T080000Z\r\nORGANIZER;CN=Verein:mailto:Miso+Abc@example.org\r\n\
        ATTENDEE;PARTSTAT=DECLINED;CN=Amal:MAILTO:Amal@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn an_answer_says_who_to_what_and_which_state_of_it() {
        let answer = Answer {
            uid: "1@example.org".into(),
            recurrence_id: None,
            sequence: 2,
            organizer: "miso+abc@example.org".into(),
            attendee: "amal@example.org".into(),
            says: Says::Declined,
        };
        assert_eq!(answers(REPLY), std::slice::from_ref(&answer));
        assert_eq!(secret_in(&answer.organizer), Some("abc"));
        assert_eq!(answers(&REPLY.replace("METHOD:REPLY", "METHOD:REQUEST")), []);
        let two = REPLY.replace("END:VEVENT", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@example.org\r\nEND:VEVENT");
        assert_eq!(answers(&two), []);
        let invitation = |sequence: u32| REPLY.replace("SEQUENCE:2", &format!("SEQUENCE:{sequence}"));
        assert!(is_present(&answer, &invitation(2)) && is_present(&answer, &invitation(1)) && !is_present(&answer, &invitation(3)));
        assert!(!is_present(&Answer { uid: "2@example.org".into(), ..answer.clone() }, &invitation(2)));
        assert!(!is_present(&Answer { recurrence_id: Some("20220601T180000".into()), ..answer }, &invitation(2)));
    }

    proptest! {
        #[test]
        fn no_text_stops_the_program(text in "\\PC{0,200}", line in "[A-Z;:=\r\n -]{0,80}") {
            _ = answers(&text);
            _ = answers(&REPLY.replace("SEQUENCE:2", &line));
        }
    }
}
