//! Ids: UUIDs version 7 behind a type for each table, so that no id is ever taken for another's.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// Id of an organisation.
    OrganisationId
    /// Id of a membership.
    MembershipId
    /// Id of a tag.
    TagId
    /// Id of a picture or a recording.
    MediaId
    /// Id of a programme.
    ProgrammeId
    /// Id of a venue.
    VenueId
    /// Id of a post.
    PostId
    /// Id of an event.
    EventId
    /// Id of an occurrence.
    OccurrenceId
    /// Id of a seat pool.
    SeatPoolId
    /// Id of a registration.
    RegistrationId
    /// Id of a message to those who are registered.
    RegistrationMessageId
    /// Id of a newsletter.
    NewsletterId
    /// Id of an issue of a newsletter.
    NewsletterIssueId
    /// Id of a reader of newsletters.
    SubscriberId
    /// Id of a subscription to a newsletter.
    SubscriptionId
    /// Id of a wording that readers agree to.
    ConsentWordingId
    /// Id of a step of a reader's consent.
    ConsentId
    /// Id of a person.
    PersonId
    /// Id of an invitation to act for an organisation.
    InvitationId
    /// Id of a request to sign in.
    SignInId
    /// Id of a session.
    SessionId
    /// Id of an access token.
    AccessTokenId
    /// Id of a job.
    JobId
    /// Id of an audit entry.
    AuditEntryId
}
