//! What a person can put right: the refusals of a mutation, which its payload tells as data.

use super::Locale;

/// What is wrong with an argument, or with the state of things where it is no argument's fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The argument at fault, from the outermost in, e.g. `input`, `place`, `venueId`; empty where it is no single one.
    pub path: Vec<String>,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is missing.
    Required,
    /// It is not what it should be.
    Invalid(Expected),
    /// A text has more characters than this.
    TooLong(usize),
    /// It is more than this.
    TooLarge(u64),
    /// Somebody else has it.
    Taken,
    /// It names nothing, or nothing that the viewer may see.
    NotFound,
    /// It lies behind us.
    InThePast,
    /// It ends before it starts.
    EndsBeforeStart,
    /// Registration has not begun.
    NotYetOpen,
    /// Registration is over.
    Closed,
    /// All seats are taken, and there is no waiting list.
    Full,
    /// More seats than one registration can have.
    TooManySeats(u32),
    /// Its time is over.
    Expired,
    /// The thing is in a state in which this cannot be done.
    WrongState,
    /// Somebody else changed the thing meanwhile.
    StaleRevision,
    /// A file of a type that we do not take.
    UnsupportedType,
}

/// What an argument should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A name@example.org.
    EmailAddress,
    /// A language tag.
    Locale,
    /// A number of 1 or more.
    Positive,
    /// A whole number.
    Number,
    /// Yes or no.
    YesOrNo,
    /// One of the choices.
    Choice,
    /// One of the event's questions, once.
    Question,
    /// A single value.
    SingleValue,
    /// A date of an event with registration for each date.
    DateOfEvent,
    /// An event with registration as a whole.
    WholeEvent,
    /// A key that was not used with another input.
    UnusedKey,
    /// A text of 1 to 200 characters without control characters.
    Key,
}

/// Refusals collected while an input is read, so that a person is told all at once.
#[derive(Debug)]
pub struct Findings {
    at: Vec<String>,
    found: Vec<Refusal>,
}

impl Refusal {
    /// A refusal that is no single argument's.
    #[must_use]
    pub fn of_state(why: Why) -> Self {
        Self { path: Vec::new(), why }
    }

    /// A refusal of the argument at `path`.
    #[must_use]
    pub fn at(path: &[&str], why: Why) -> Self {
        Self { path: path.iter().map(|part| (*part).to_owned()).collect(), why }
    }
}

impl Findings {
    /// Of the argument `input`.
    #[must_use]
    pub fn of_input() -> Self {
        Self { at: vec!["input".to_owned()], found: Vec::new() }
    }

    /// What was read of a field, or none and a refusal.
    pub fn take<T>(&mut self, field: &str, read: Result<T, Why>) -> Option<T> {
        self.take_at(&[field], read)
    }

    /// What was read of a field within fields, or none and a refusal.
    pub fn take_at<T>(&mut self, fields: &[&str], read: Result<T, Why>) -> Option<T> {
        read.map_err(|why| self.refuse(fields, why)).ok()
    }

    /// Notes a refusal of a field within fields.
    pub fn refuse(&mut self, fields: &[&str], why: Why) {
        let path = self.at.iter().cloned().chain(fields.iter().map(|field| (*field).to_owned())).collect();
        self.found.push(Refusal { path, why });
    }

    /// Whether nothing was refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// What was refused.
    #[must_use]
    pub fn into_refusals(self) -> Vec<Refusal> {
        self.found
    }
}

impl Why {
    /// What to tell the person, in German or English.
    #[must_use]
    pub fn message(&self, locale: &Locale) -> String {
        let (de, en) = match self {
            Self::Required => ("Bitte ausfüllen.".into(), "Please fill this in.".into()),
            Self::Invalid(expected) => {
                let (de, en) = expected.message();
                (de.into(), en.into())
            }
            Self::TooLong(most) => {
                (format!("Bitte höchstens {most} Zeichen eingeben."), format!("Please enter at most {most} characters."))
            }
            Self::TooLarge(most) => (format!("Bitte höchstens {most}."), format!("Please at most {most}.")),
            Self::Taken => ("Das ist schon vergeben.".into(), "This is already taken.".into()),
            Self::NotFound => ("Das gibt es hier nicht.".into(), "There is no such thing here.".into()),
            Self::InThePast => ("Das liegt in der Vergangenheit.".into(), "This is in the past.".into()),
            Self::EndsBeforeStart => ("Das Ende liegt vor dem Anfang.".into(), "The end is before the start.".into()),
            Self::NotYetOpen => ("Die Anmeldung hat noch nicht begonnen.".into(), "Registration is not open yet.".into()),
            Self::Closed => ("Die Anmeldung ist geschlossen.".into(), "Registration is closed.".into()),
            Self::Full => ("Alle Plätze sind vergeben.".into(), "All seats are taken.".into()),
            Self::TooManySeats(most) => {
                (format!("Hier können Sie höchstens {most} Plätze belegen."), format!("You can take {most} seats at most here."))
            }
            Self::Expired => {
                ("Die Zeit dafür ist abgelaufen; bitte noch einmal anfordern.".into(), "This has expired; please ask for it again.".into())
            }
            Self::WrongState => ("Das ist gerade nicht möglich.".into(), "This is not possible in its present state.".into()),
            Self::StaleRevision => (
                "Inzwischen hat jemand anderes das geändert; bitte neu laden und noch einmal versuchen.".into(),
                "Somebody else has changed this meanwhile; please load it again and try once more.".into(),
            ),
            Self::UnsupportedType => ("Diese Art von Datei nehmen wir nicht.".into(), "This type of file is not accepted.".into()),
        };
        if locale.is_german() { de } else { en }
    }
}

impl Expected {
    fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::EmailAddress => {
                ("Bitte eine E-Mail-Adresse wie name@example.org eingeben.", "Please enter an e-mail address such as name@example.org.")
            }
            Self::Locale => ("Bitte ein Sprachkürzel wie `de` angeben.", "Please give a language tag such as `de`."),
            Self::Positive => ("Bitte eine Zahl ab 1 eingeben.", "Please enter a number of 1 or more."),
            Self::Number => ("Bitte eine ganze Zahl eingeben.", "Please enter a whole number."),
            Self::YesOrNo => ("Bitte mit `yes` oder `no` antworten.", "Please answer `yes` or `no`."),
            Self::Choice => ("Bitte eine der Möglichkeiten wählen.", "Please choose from what is offered."),
            Self::Question => ("Diese Frage wird hier nicht oder nur einmal gestellt.", "This is not asked here, or only once."),
            Self::SingleValue => ("Bitte nur eine Antwort geben.", "Please give one answer only."),
            Self::DateOfEvent => (
                "Bitte einen der Termine wählen: Man meldet sich für jeden einzeln an.",
                "Please choose one of the dates: one registers for each of them.",
            ),
            Self::WholeEvent => {
                ("Man meldet sich hier für die ganze Veranstaltung an.", "One registers for this event as a whole, not for single dates.")
            }
            Self::UnusedKey => {
                ("Dieser Schlüssel wurde schon mit anderen Angaben verwendet.", "This key was already used with other input.")
            }
            Self::Key => ("Bitte einen Schlüssel von 1 bis 200 Zeichen angeben.", "Please give a key of 1 to 200 characters."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_is_found_at_once_with_its_path() {
        let mut findings = Findings::of_input();
        assert_eq!(findings.take("seats", Ok::<_, Why>(2)), Some(2));
        assert!(findings.is_empty());
        assert_eq!(findings.take::<u32>("name", Err(Why::Required)), None);
        assert_eq!(findings.take_at::<u32>(&["place", "venueId"], Err(Why::NotFound)), None);
        let found = findings.into_refusals();
        assert_eq!(found, [Refusal::at(&["input", "name"], Why::Required), Refusal::at(&["input", "place", "venueId"], Why::NotFound)]);
    }
}
