//! Global ids: the type of a thing and its key as sortable text, e.g. `event_01h455vb4pex5vsknk084sn02q`.

use std::fmt;

use async_graphql::ID;
use entity::id::{
    AccessTokenId, AuditEntryId, EventId, InvitationId, JobId, MediaId, NewsletterId, NewsletterIssueId, OccurrenceId, OrganisationId,
    PersonId, PostId, ProgrammeId, RegistrationId, SessionId, SubscriberId, SubscriptionId, TagId, VenueId,
};
use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

use crate::kernel::fault::BadInput;

/// What the id names, and its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlobalId {
    /// The word in front, e.g. `event`.
    pub kind: &'static str,
    /// The key.
    pub key: Uuid,
}

/// A key that has a global id.
pub trait Global: Into<Uuid> + From<Uuid> {
    /// The word in front of its ids.
    const KIND: &'static str;

    /// Its global id.
    fn to_global(self) -> ID {
        ID(GlobalId { kind: Self::KIND, key: self.into() }.to_string())
    }

    /// Reads an id of this type back.
    ///
    /// # Errors
    /// [`BadInput::Id`] for anything else.
    fn from_global(id: &ID) -> Result<Self, BadInput> {
        match GlobalId::parse(id) {
            Some(GlobalId { kind, key }) if kind == Self::KIND => Ok(key.into()),
            _ => Err(BadInput::Id),
        }
    }
}

macro_rules! global_ids {
    ($($type:ty = $kind:literal),+ $(,)?) => {
        $(impl Global for $type {
            const KIND: &'static str = $kind;
        })+

        const KINDS: &[&str] = &[$($kind),+];
    };
}

global_ids! {
    AccessTokenId = "token",
    AuditEntryId = "audit",
    EventId = "event",
    InvitationId = "invitation",
    JobId = "job",
    MediaId = "media",
    NewsletterId = "newsletter",
    NewsletterIssueId = "issue",
    OccurrenceId = "occurrence",
    OrganisationId = "organisation",
    PersonId = "person",
    PostId = "post",
    ProgrammeId = "programme",
    RegistrationId = "registration",
    SessionId = "session",
    SubscriberId = "subscriber",
    SubscriptionId = "subscription",
    TagId = "tag",
    VenueId = "venue",
}

impl GlobalId {
    /// The id of a thing of this kind.
    #[must_use]
    pub fn of_kind(kind: &str, key: Uuid) -> ID {
        let kind = KINDS.iter().find(|known| **known == kind).copied().unwrap_or("unknown");
        ID(Self { kind, key }.to_string())
    }

    /// Reads an id of any type; none where it is none of ours.
    #[must_use]
    pub fn parse(id: &ID) -> Option<Self> {
        // The library cuts the text by bytes, which a longer letter does not survive.
        let id: TypeSafeId<DynamicType> = id.as_str().is_ascii().then(|| id.parse().ok())??;
        let kind = KINDS.iter().find(|kind| **kind == id.type_prefix())?;
        Some(Self { kind, key: id.uuid() })
    }
}

impl fmt::Display for GlobalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = DynamicType::new(self.kind).map_err(|_| fmt::Error)?;
        write!(f, "{}", TypeSafeId::from_type_and_uuid(kind, self.key))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_id_is_read_back_as_its_own_type_alone(key: u128) {
            let id = EventId(Uuid::from_u128(key)).to_global();
            prop_assert!(id.starts_with("event_"));
            prop_assert_eq!(EventId::from_global(&id), Ok(EventId(Uuid::from_u128(key))));
            prop_assert_eq!(PostId::from_global(&id), Err(BadInput::Id));
        }

        #[test]
        fn no_text_makes_reading_panic(text in "\\PC{0,60}") {
            prop_assert!(GlobalId::parse(&ID(text)).is_none());
        }
    }

    #[test]
    fn ids_sort_as_their_keys_do() {
        let (early, late) = (EventId(Uuid::from_u128(5)).to_global(), EventId(Uuid::from_u128(1 << 100)).to_global());
        assert!(early.as_str() < late.as_str());
    }
}
