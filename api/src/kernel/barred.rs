//! Why somebody is not let in at the door, and what is told there.

use chrono::NaiveDateTime;

/// Why somebody is not let in at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// They registered for something else.
    Elsewhere,
    /// An organiser has not decided yet.
    Pending,
    /// They wait in line.
    Waitlisted,
    /// An organiser declined the request.
    Declined,
    /// The registration was cancelled.
    Cancelled,
    /// They are in since then, by the clock on the wall.
    AlreadyIn {
        /// When they came in.
        since: NaiveDateTime,
        /// Whether that was today.
        is_today: bool,
    },
}

impl Barred {
    /// What to tell, in German and in English.
    pub(super) fn message(self) -> (String, String) {
        let (de, en) = match self {
            Self::Elsewhere => ("Diese Anmeldung gilt für etwas anderes.", "This registration is for something else."),
            Self::Pending => ("Über diese Anmeldung ist noch nicht entschieden.", "This registration is not decided on yet."),
            Self::Waitlisted => ("Diese Anmeldung steht auf der Warteliste.", "This registration is on the waiting list."),
            Self::Declined => ("Diese Anmeldung wurde abgelehnt.", "This registration was declined."),
            Self::Cancelled => ("Diese Anmeldung ist abgesagt.", "This registration is cancelled."),
            Self::AlreadyIn { since, is_today: true } => {
                return (since.format("Schon eingelassen um %H:%M Uhr.").to_string(), since.format("Already in since %H:%M.").to_string());
            }
            Self::AlreadyIn { since, is_today: false } => {
                let de = since.format("Schon eingelassen am %d.%m.%Y um %H:%M Uhr.");
                return (de.to_string(), since.format("Already in since %Y-%m-%d, %H:%M.").to_string());
            }
        };
        (de.to_owned(), en.to_owned())
    }
}
