//! The tiers of "no" that are not data: a request refused by a code, and a fault of ours.
//!
//! The third tier, refusals of a mutation, is data: `errors` in its payload; see [`super::refusal`].

use sea_orm::DbErr;

use super::Locale;
use super::refusal::{Findings, Refusal};

/// Why a request, or a field of it, is not answered. `extensions.code` of the GraphQL error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It needs a person, and nobody is signed in.
    #[error("UNAUTHENTICATED")]
    Unauthenticated,
    /// It is not for this person.
    #[error("FORBIDDEN")]
    Forbidden,
    /// What it names is not there, or not to be seen.
    #[error("NOT_FOUND")]
    NotFound,
    /// The client asks too much at once.
    #[error("RATE_LIMITED")]
    RateLimited,
    /// An argument makes no sense.
    #[error("BAD_USER_INPUT: {0}")]
    BadInput(BadInput),
}

/// What makes no sense about an argument.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadInput {
    /// `first` and `last` together, or one of them out of 0 to 100.
    #[error("first and last go from 0 to 100, and not together")]
    PageSize,
    /// A cursor that was not given by this list in this order.
    #[error("not a cursor of this list")]
    Cursor,
    /// An id that is no id of this type.
    #[error("not an id of this type")]
    Id,
    /// A range that ends before it begins.
    #[error("range ends before it begins")]
    Range,
    /// A text that is longer than the number of characters given.
    #[error("longer than {0} characters")]
    TooLong(usize),
    /// A place outside the earth's coordinates, or a distance that is not positive or over 1,000 km.
    #[error("not a place and a distance of up to 1,000 km")]
    Near,
    /// A query or a mutation where only subscriptions are taken.
    #[error("only subscriptions are taken here")]
    OnlySubscriptions,
    /// More ids, or other items, than the number given.
    #[error("more than {0} items")]
    TooMany(usize),
}

impl Refused {
    /// The code in `extensions.code`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::RateLimited => "RATE_LIMITED",
            Self::BadInput(_) => "BAD_USER_INPUT",
        }
    }

    /// What to tell the person, in German or English.
    #[must_use]
    pub fn message(&self, locale: &Locale) -> String {
        let (de, en) = match self {
            Self::Unauthenticated => ("Bitte zuerst anmelden.".into(), "Please sign in first.".into()),
            Self::Forbidden => ("Das ist für Sie nicht freigegeben.".into(), "This is not open to you.".into()),
            Self::NotFound => ("Das gibt es hier nicht.".into(), "There is no such thing here.".into()),
            Self::RateLimited => (
                "Das war zu viel auf einmal; bitte in einigen Minuten wieder versuchen.".into(),
                "That was too much at once; please try again in a few minutes.".into(),
            ),
            Self::BadInput(BadInput::PageSize) => (
                "`first` oder `last` darf von 0 bis 100 gehen, und nur eines von beiden.".into(),
                "`first` or `last` goes from 0 to 100, and only one of the two.".into(),
            ),
            Self::BadInput(BadInput::Cursor) => (
                "Dieser Cursor gehört nicht zu dieser Liste und Reihenfolge; bitte von vorn beginnen.".into(),
                "This cursor does not belong to this list and order; please begin anew.".into(),
            ),
            Self::BadInput(BadInput::Id) => ("Das ist keine Kennung von dieser Art.".into(), "This is not an id of that kind.".into()),
            Self::BadInput(BadInput::Range) => ("Der Zeitraum endet, bevor er beginnt.".into(), "The range ends before it begins.".into()),
            Self::BadInput(BadInput::TooLong(most)) => {
                (format!("Bitte höchstens {most} Zeichen eingeben."), format!("Please enter at most {most} characters."))
            }
            Self::BadInput(BadInput::Near) => (
                "Bitte einen Ort auf der Erde und einen Umkreis von bis zu 1000 km angeben.".into(),
                "Please give a place on earth and a distance of up to 1,000 km.".into(),
            ),
            Self::BadInput(BadInput::OnlySubscriptions) => (
                "Über diese Verbindung gehen nur Abonnements; Abfragen und Änderungen bitte per POST.".into(),
                "This connection takes subscriptions only; please send queries and mutations by POST.".into(),
            ),
            Self::BadInput(BadInput::TooMany(most)) => {
                (format!("Bitte höchstens {most} auf einmal."), format!("Please at most {most} at once."))
            }
        };
        if locale.is_german() { de } else { en }
    }
}

/// What stops a use case: a refusal for the caller, or a fault that only the log shows.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Fault {
    /// The caller can do something about it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The caller can put right what a mutation was given.
    #[error("refused: {0:?}")]
    Refusals(Vec<Refusal>),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// Something that we thought could not be otherwise is otherwise.
    #[error("broken: {0}")]
    Broken(String),
}

impl From<BadInput> for Refused {
    fn from(bad: BadInput) -> Self {
        Self::BadInput(bad)
    }
}

impl From<BadInput> for Fault {
    fn from(bad: BadInput) -> Self {
        Self::Refused(Refused::BadInput(bad))
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refusals(vec![refusal])
    }
}

impl From<Findings> for Fault {
    fn from(findings: Findings) -> Self {
        Self::Refusals(findings.into_refusals())
    }
}
