//! What a mutation answers: the object it changed, or what the caller can put right.

use async_graphql::{Enum, ID, SimpleObject};

use crate::kernel::refusal::{Refusal, Why};
use crate::kernel::{Fault, Locale};

/// Something that the caller can put right. All else is a GraphQL error with `extensions.code`, one of UNAUTHENTICATED, FORBIDDEN,
/// NOT_FOUND, BAD_USER_INPUT, QUERY_TOO_COMPLEX, RATE_LIMITED, INTERNAL (with an incident number, and nothing of the inside).
#[derive(Clone, Debug, SimpleObject)]
pub struct UserError {
    /// Path of the argument at fault, e.g. `["input", "place", "venueId"]`; empty where it is no single one.
    path: Vec<String>,
    /// What is wrong, for programs.
    code: UserErrorCode,
    /// Ready to be shown, in the request's language.
    message: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum UserErrorCode {
    /// It is missing.
    Required,
    /// It is not what it should be.
    Invalid,
    /// A text has too many characters.
    TooLong,
    /// A number or a file is too large.
    TooLarge,
    /// Somebody else has it.
    Taken,
    /// It names nothing that the viewer may see.
    NotFound,
    /// It lies in the past.
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
    TooManySeats,
    /// Its time is over.
    Expired,
    /// The thing is in a state in which this cannot be done.
    WrongState,
    /// Somebody else changed the thing meanwhile.
    StaleRevision,
    /// A file of a type that is not accepted.
    UnsupportedType,
}

impl UserError {
    /// A refusal, said in a language.
    #[must_use]
    pub fn of(refusal: Refusal, locale: &Locale) -> Self {
        Self { code: UserErrorCode::from(refusal.why), message: refusal.why.message(locale), path: refusal.path }
    }
}

impl From<Why> for UserErrorCode {
    fn from(why: Why) -> Self {
        match why {
            Why::Required => Self::Required,
            Why::Invalid(_) => Self::Invalid,
            Why::TooLong(_) => Self::TooLong,
            Why::TooLarge(_) => Self::TooLarge,
            Why::Taken => Self::Taken,
            Why::NotFound => Self::NotFound,
            Why::InThePast => Self::InThePast,
            Why::EndsBeforeStart => Self::EndsBeforeStart,
            Why::NotYetOpen => Self::NotYetOpen,
            Why::Closed => Self::Closed,
            Why::Full => Self::Full,
            Why::TooManySeats(_) => Self::TooManySeats,
            Why::Expired => Self::Expired,
            Why::WrongState | Why::Barred(_) => Self::WrongState,
            Why::StaleRevision => Self::StaleRevision,
            Why::UnsupportedType => Self::UnsupportedType,
            Why::TooManyBytes(_) | Why::TooWide(_) | Why::TooManyPixels(_) => Self::TooLarge,
        }
    }
}

/// What a use case did, apart from what the caller can put right.
///
/// # Errors
/// What is no refusal of the mutation's arguments.
pub fn done_or_refused<T>(outcome: Result<T, Fault>, locale: &Locale) -> Result<Result<T, Vec<UserError>>, Fault> {
    match outcome {
        Ok(done) => Ok(Ok(done)),
        Err(Fault::Refusals(refusals)) => Ok(Err(refusals.into_iter().map(|refusal| UserError::of(refusal, locale)).collect())),
        Err(fault) => Err(fault),
    }
}

/// Defines the payload of a mutation: its object, null where the mutation was refused, and the errors.
macro_rules! payload {
    ($(#[$doc:meta])* $payload:ident { $(#[$field_doc:meta])* $field:ident: $object:ty }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, async_graphql::SimpleObject)]
        pub struct $payload {
            $(#[$field_doc])*
            pub $field: Option<$object>,
            /// What the caller can put right; empty where all is well.
            pub errors: Vec<$crate::gql::UserError>,
        }

        impl $payload {
            /// The payload of a use case.
            ///
            /// # Errors
            /// What is no refusal of the arguments.
            pub fn of<T: Into<$object>>(
                ctx: &async_graphql::Context<'_>,
                outcome: Result<T, $crate::kernel::Fault>,
            ) -> async_graphql::Result<Self> {
                let cx = $crate::gql::ContextExt::cx(ctx);
                match $crate::gql::user_error::done_or_refused(outcome, &cx.spoken()) {
                    Ok(Ok(done)) => Ok(Self { $field: Some(done.into()), errors: Vec::new() }),
                    Ok(Err(errors)) => Ok(Self { $field: None, errors }),
                    Err(fault) => Err($crate::gql::or_code(cx, &fault)),
                }
            }
        }
    };
}

pub(crate) use payload;

/// Whether what was asked was accepted; nothing else is told.
#[derive(Clone, Debug, SimpleObject)]
pub struct AcceptedPayload {
    /// Whether it was accepted.
    accepted: bool,
    /// What the caller can put right; empty where all is well.
    errors: Vec<UserError>,
}

impl AcceptedPayload {
    /// The payload of a use case.
    ///
    /// # Errors
    /// What is no refusal of the arguments.
    pub fn of(ctx: &async_graphql::Context<'_>, outcome: Result<(), Fault>) -> async_graphql::Result<Self> {
        let cx = super::ContextExt::cx(ctx);
        match done_or_refused(outcome, &cx.spoken()) {
            Ok(Ok(())) => Ok(Self { accepted: true, errors: Vec::new() }),
            Ok(Err(errors)) => Ok(Self { accepted: false, errors }),
            Err(fault) => Err(super::or_code(cx, &fault)),
        }
    }
}

/// What was deleted.
#[derive(Clone, Debug, SimpleObject)]
pub struct DeletePayload {
    /// Its id, which names nothing any more; null where it was refused.
    deleted_id: Option<ID>,
    /// What the caller can put right; empty where all is well.
    errors: Vec<UserError>,
}

impl DeletePayload {
    /// The payload of a use case.
    ///
    /// # Errors
    /// What is no refusal of the arguments.
    pub fn of(ctx: &async_graphql::Context<'_>, id: ID, outcome: Result<(), Fault>) -> async_graphql::Result<Self> {
        let cx = super::ContextExt::cx(ctx);
        match done_or_refused(outcome, &cx.spoken()) {
            Ok(Ok(())) => Ok(Self { deleted_id: Some(id), errors: Vec::new() }),
            Ok(Err(errors)) => Ok(Self { deleted_id: None, errors }),
            Err(fault) => Err(super::or_code(cx, &fault)),
        }
    }
}
