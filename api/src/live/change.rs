//! What can change, as processes tell it to each other.

use entity::id::{EventId, NewsletterIssueId, OccurrenceId, RegistrationId};
use serde::{Deserialize, Serialize};

/// Something that is to be looked at again. It is written as JSON, and a process of another version leaves out what it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A registration was made, changed, cancelled, decided on, or its person let in.
    Registration {
        /// What it is for.
        event: EventId,
        /// Which.
        registration: RegistrationId,
    },
    /// Seats were taken or came free, or more or fewer are offered.
    Seats {
        /// Of what.
        event: EventId,
        /// Of which date; all of them, and the event as a whole, where none is said.
        date: Option<OccurrenceId>,
    },
    /// An issue of a newsletter was sent, stopped, or came further.
    Issue {
        /// Which.
        issue: NewsletterIssueId,
    },
}

/// Bytes that one notification of PostgreSQL carries, with room to spare.
const NOTE: usize = 7500;

/// Changes as texts that go into notifications.
pub(super) fn write(changes: &[Change]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for change in changes.iter().filter_map(|change| serde_json::to_string(change).ok()) {
        match notes.last_mut() {
            Some(note) if note.len() + change.len() < NOTE => {
                note.push('\n');
                note.push_str(&change);
            }
            _ => notes.push(change),
        }
    }
    notes
}

/// The changes of a notification, as far as we know them.
pub(super) fn read(note: &str) -> impl Iterator<Item = Change> {
    note.lines().filter_map(|change| serde_json::from_str(change).ok())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_thousand_changes_go_into_notifications_and_come_out_again() {
        let changed = |at: u128| match at % 2 {
            0 => Change::Registration { event: EventId(Uuid::from_u128(at)), registration: RegistrationId(Uuid::max()) },
            _ => Change::Seats { event: EventId(Uuid::max()), date: Some(OccurrenceId(Uuid::from_u128(at))) },
        };
        let changes: Vec<Change> = (0..1000).map(changed).collect();
        let notes = write(&changes);
        assert!(notes.len() > 1 && notes.iter().all(|note| note.len() < 8000), "{}", notes.len());
        assert_eq!(notes.iter().flat_map(|note| read(note)).collect::<Vec<_>>(), changes);
    }

    #[test]
    fn what_another_version_tells_is_left_out() {
        let known = Change::Seats { event: EventId(Uuid::nil()), date: None };
        let note = format!("{{\"weather\":\"rain\"}}\n{}\nrain", write(&[known]).remove(0));
        assert_eq!(read(&note).collect::<Vec<_>>(), [known]);
    }
}
