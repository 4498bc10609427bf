//! What is wrong with an event of a calendar, in words that can be kept, and told in either language.

use super::Wrong;
use crate::kernel::Locale;

/// What is wrong with an event of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line on which it begins.
    pub line: usize,
    /// What is wrong.
    pub what: What,
    /// What is to be said beside it, e.g. the name of what is missing.
    pub detail: Option<String>,
    /// What the event is called in its calendar, where that can be read.
    pub id: Option<String>,
}

impl Unreadable {
    /// Something wrong with the event on a line.
    #[must_use]
    pub fn at(line: usize, what: What) -> Self {
        Self { line, what, detail: None, id: None }
    }

    /// The same, with what is to be said beside it. What came from elsewhere is cut.
    #[must_use]
    pub fn saying(self, detail: &str) -> Self {
        Self { detail: Some(detail.chars().take(100).collect()), ..self }
    }
}

impl From<Unreadable> for Wrong {
    fn from(unreadable: Unreadable) -> Self {
        Self::at(unreadable.line, unreadable.what.phrase(unreadable.detail.as_deref(), &Locale::english()))
    }
}

macro_rules! whats {
    ($($name:ident = $word:literal, $de:literal, $en:literal;)+) => {
        /// What can be wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum What {$(
            #[doc = $en]
            $name,
        )+}

        impl What {
            /// The word by which it is kept.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {$(Self::$name => $word,)+}
            }

            /// What a word stands for.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                match word {$($word => Some(Self::$name),)+ _ => None}
            }

            fn pattern(self, locale: &Locale) -> &'static str {
                let (de, en) = match self {$(Self::$name => ($de, $en),)+};
                if locale.is_german() { de } else { en }
            }
        }
    };
}

whats! {
    Missing = "MISSING", "Dieser Veranstaltung fehlt {}.", "This event has no {}.";
    NoMoment = "NO_MOMENT",
        "Das ist kein Datum und keine Zeit, die wir kennen: {}. Zeitzonen heißen z. B. Europe/Berlin.",
        "This is no date or time that is known here: {}. Zones have names such as Europe/Berlin.";
    NoDuration = "NO_DURATION", "DURATION ist keine Dauer wie PT1H30M.", "DURATION is none, such as PT1H30M.";
    NoRule = "NO_RULE", "Diese Wiederholung (RRULE) verstehen wir nicht: {}", "RRULE is none that is known here: {}";
    NoDates = "NO_DATES", "Ihre Termine ergeben keinen Sinn: {}", "Its dates make no sense: {}";
    TooLong = "TOO_LONG", "{} ist zu lang.", "{} is too long.";
    Twice = "TWICE", "Diese UID steht schon weiter oben im Kalender.", "This UID stands further up in the calendar already.";
    NotTaken = "NOT_TAKEN", "Das konnte nicht übernommen werden. {}", "This could not be taken over. {}";
}

impl What {
    /// What to tell people.
    #[must_use]
    pub fn phrase(self, detail: Option<&str>, locale: &Locale) -> String {
        self.pattern(locale).replace("{}", detail.unwrap_or_default()).trim_end().to_owned()
    }
}
