//! Who asks.

use entity::id::{OrganisationId, PersonId};
use entity::words::{NetworkRole, OrganisationRole};

/// Who asks: anybody, or a person who signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody we know.
    #[default]
    Visitor,
    /// A person with an account.
    Person(SignedIn),
}

/// A person with an account, and what makes their rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub id: PersonId,
    /// Their part in the network's office, if any.
    pub network_role: Option<NetworkRole>,
    /// The organisations that they act for.
    pub affiliations: Vec<Affiliation>,
}

/// The part that lets somebody administer the network.
pub const ADMINISTRATOR: NetworkRole = NetworkRole::Admin;

impl SignedIn {
    /// Who runs the program: they have the database and the secret, and so may do what an administrator may.
    #[must_use]
    pub fn who_runs_it() -> Self {
        Self { id: PersonId(uuid::Uuid::nil()), network_role: Some(ADMINISTRATOR), affiliations: Vec::new() }
    }

    /// Somebody of whom nothing else is known than that they belong to a member.
    #[must_use]
    pub fn any_member() -> Self {
        let nobody = uuid::Uuid::nil();
        let belonging = Affiliation { organisation_id: OrganisationId(nobody), role: BELONGING, is_of_the_network: true };
        Self { id: PersonId(nobody), network_role: None, affiliations: vec![belonging] }
    }
}

/// A person's part in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// What they may do for it.
    pub role: OrganisationRole,
    /// Whether it belongs to the network today: is a member, or the network itself.
    pub is_of_the_network: bool,
}

/// The role of who belongs to an organisation, and does nothing for it.
pub const BELONGING: OrganisationRole = OrganisationRole::Member;
/// The role of those who manage an organisation's people.
pub const OWNING: OrganisationRole = OrganisationRole::Owner;

/// The roles of those who edit for an organisation.
pub const EDITING: [OrganisationRole; 2] = [OrganisationRole::Owner, OrganisationRole::Editor];

/// A set of organisations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Organisations {
    /// Every one.
    All,
    /// These.
    These(Vec<OrganisationId>),
}

impl Viewer {
    /// The account of who asks; none of a visitor, nor of who runs the program, who is no person of it.
    #[must_use]
    pub fn account(&self) -> Option<PersonId> {
        self.person_id().filter(|id| !id.0.is_nil())
    }

    /// The person, where it is one.
    #[must_use]
    pub fn person_id(&self) -> Option<PersonId> {
        match self {
            Self::Visitor => None,
            Self::Person(person) => Some(person.id),
        }
    }

    /// Whether they belong to the network's office.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        matches!(self, Self::Person(person) if person.network_role.is_some())
    }

    /// Whether they administer the network.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        matches!(self, Self::Person(person) if person.network_role == Some(ADMINISTRATOR))
    }

    /// Whether what is for members is for them.
    #[must_use]
    pub fn belongs_to_a_member(&self) -> bool {
        self.is_staff() || self.affiliations().iter().any(|affiliation| affiliation.is_of_the_network)
    }

    /// Whose people they are: they see what only hosts see.
    #[must_use]
    pub fn belongs_to(&self) -> Organisations {
        self.those(self.is_staff(), |_| true)
    }

    /// Whose posts and events they edit: they see drafts.
    #[must_use]
    pub fn edits(&self) -> Organisations {
        self.those(self.is_staff(), |affiliation| EDITING.contains(&affiliation.role))
    }

    /// As [`Viewer::edits`], by a part in the organisation itself: that of the office does not count.
    #[must_use]
    pub fn edits_itself(&self) -> Organisations {
        self.those(false, |affiliation| EDITING.contains(&affiliation.role))
    }

    /// Whose people they manage: in the office, that is for administrators.
    #[must_use]
    pub fn owns(&self) -> Organisations {
        self.those(self.is_administrator(), |affiliation| affiliation.role == OWNING)
    }

    /// Whose invitations they see: where they manage people; the office sees all.
    #[must_use]
    pub fn sees_invitations_of(&self) -> Organisations {
        self.those(self.is_staff(), |affiliation| affiliation.role == OWNING)
    }

    /// Whether they edit for any organisation.
    #[must_use]
    pub fn edits_for_anybody(&self) -> bool {
        self.edits() != Organisations::These(Vec::new())
    }

    fn those(&self, all: bool, wanted: impl Fn(&Affiliation) -> bool) -> Organisations {
        if all {
            return Organisations::All;
        }
        Organisations::These(self.affiliations().iter().filter(|one| wanted(one)).map(|one| one.organisation_id).collect())
    }

    fn affiliations(&self) -> &[Affiliation] {
        match self {
            Self::Visitor => &[],
            Self::Person(person) => &person.affiliations,
        }
    }
}

impl Organisations {
    /// Whether `id` is one of them.
    #[must_use]
    pub fn contain(&self, id: OrganisationId) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }

    /// Whether any of `ids` is one of them.
    #[must_use]
    pub fn contain_any(&self, ids: &[OrganisationId]) -> bool {
        ids.iter().any(|id| self.contain(*id))
    }
}
