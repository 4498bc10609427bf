//! The decision: who may do and see what.

use super::action::Action;
use super::viewer::Viewer;
use crate::kernel::Refused;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allowed,
    /// Not to somebody whom we do not know.
    SignInFirst,
    /// Not to this person.
    Forbidden,
}

impl Decision {
    /// Whether it is a yes.
    #[must_use]
    pub fn is_allowed(self) -> bool {
        self == Self::Allowed
    }

    /// Nothing for a yes, and for a no what to answer.
    ///
    /// # Errors
    /// [`Refused::Unauthenticated`] or [`Refused::Forbidden`].
    pub fn or_refuse(self) -> Result<(), Refused> {
        match self {
            Self::Allowed => Ok(()),
            Self::SignInFirst => Err(Refused::Unauthenticated),
            Self::Forbidden => Err(Refused::Forbidden),
        }
    }
}

/// Decides whether `viewer` may do or see what `action` says.
#[must_use]
pub fn decide(viewer: &Viewer, action: &Action<'_>) -> Decision {
    let allowed = match *action {
        Action::UpdateOrganisation(id) => viewer.is_staff() || viewer.owns().contain(id),
        Action::InviteToOrganisation(id) => viewer.owns().contain(id),
        Action::SeeInvitations(id) => viewer.sees_invitations_of().contain(id),
        Action::RemoveFromOrganisation(id, person) => {
            viewer.owns().contain(id) || (viewer.person_id() == Some(person) && viewer.belongs_to().contain(id))
        }
        Action::SeePeople(id) | Action::SeeAddress(id) | Action::SeeCalendarSource(id) => viewer.belongs_to().contain(id),
        Action::CreatePost(id)
        | Action::CreateEvent(id)
        | Action::EditPost(id)
        | Action::UploadMedia(id)
        | Action::EditNewsletter(id)
        | Action::SeeCalendarAddress(id) => viewer.edits().contain(id),
        Action::PublishWithoutReview { organisation_id, is_trusted } => {
            viewer.is_staff() || (is_trusted && viewer.edits().contain(organisation_id))
        }
        Action::EditEvent(host) | Action::SeeRegistrations(host) | Action::EditRegistrations(host) => {
            viewer.is_staff() || host.is_some_and(|id| viewer.edits().contain(id))
        }
        Action::SeeSensitiveAnswers(host) => host.is_some_and(|id| viewer.edits_itself().contain(id)),
        Action::EnterVenue(Some(id)) | Action::EditVenue(Some(id)) => viewer.edits().contain(id),
        Action::EnterVenue(None) => viewer.edits_for_anybody(),
        Action::EditVenue(None) => viewer.is_staff(),
        Action::UseAccount => viewer.person_id().is_some(),
        Action::SeeAccount(id) => viewer.person_id() == Some(id) || viewer.is_administrator(),
        Action::ReviewContent | Action::ListPeople | Action::AdministerTags | Action::SetCalendarSource(_) => viewer.is_staff(),
        Action::EnterOrganisation
        | Action::AdministerOrganisations
        | Action::AdministerNetwork
        | Action::AdministerProgrammes
        | Action::AdministerJobs
        | Action::SeeAuditLog
        | Action::SetNetworkRole => viewer.is_administrator(),
        Action::CountSeats(hosts) | Action::SeeOnlineAddress(hosts) => viewer.is_staff() || viewer.edits().contain_any(hosts),
    };
    match (allowed, viewer) {
        (true, _) => Decision::Allowed,
        (false, Viewer::Visitor) => Decision::SignInFirst,
        (false, Viewer::Person(_)) => Decision::Forbidden,
    }
}

#[cfg(test)]
mod tests {
    use entity::id::{OrganisationId, PersonId};
    use entity::words::{NetworkRole, OrganisationRole};
    use uuid::Uuid;

    use super::*;
    use crate::access::{Affiliation, SignedIn};

    const OURS: OrganisationId = OrganisationId(Uuid::from_u128(1));
    const OTHERS: OrganisationId = OrganisationId(Uuid::from_u128(2));

    fn person(network_role: Option<NetworkRole>, role: Option<OrganisationRole>) -> Viewer {
        let affiliation = |role| Affiliation { organisation_id: OURS, role, is_of_the_network: true };
        Viewer::Person(SignedIn { id: PersonId(Uuid::nil()), network_role, affiliations: role.map(affiliation).into_iter().collect() })
    }

    #[test]
    fn a_visitor_is_asked_to_sign_in_and_a_stranger_is_refused() {
        assert_eq!(decide(&Viewer::Visitor, &Action::EditPost(OURS)), Decision::SignInFirst);
        assert_eq!(decide(&person(None, None), &Action::EditPost(OURS)), Decision::Forbidden);
    }

    #[test]
    fn an_editor_edits_what_is_theirs_and_nothing_else() {
        let editor = person(None, Some(OrganisationRole::Editor));
        assert!(decide(&editor, &Action::EditPost(OURS)).is_allowed());
        assert!(decide(&editor, &Action::EditEvent(Some(OURS))).is_allowed());
        assert_eq!(decide(&editor, &Action::EditPost(OTHERS)), Decision::Forbidden);
        assert_eq!(decide(&editor, &Action::EditEvent(None)), Decision::Forbidden);
        assert_eq!(decide(&editor, &Action::UpdateOrganisation(OURS)), Decision::Forbidden);
        assert!(!decide(&editor, &Action::PublishWithoutReview { organisation_id: OURS, is_trusted: false }).is_allowed());
        assert!(decide(&editor, &Action::PublishWithoutReview { organisation_id: OURS, is_trusted: true }).is_allowed());
    }

    #[test]
    fn a_plain_member_sees_and_changes_nothing() {
        let member = person(None, Some(OrganisationRole::Member));
        assert!(decide(&member, &Action::SeePeople(OURS)).is_allowed());
        assert_eq!(decide(&member, &Action::EditPost(OURS)), Decision::Forbidden);
        assert_eq!(decide(&member, &Action::CountSeats(&[OURS])), Decision::Forbidden);
    }

    #[test]
    fn more_than_a_name_is_for_the_person_and_administrators() {
        let (own, other) = (PersonId(Uuid::nil()), PersonId(Uuid::from_u128(1)));
        let colleague = person(None, Some(OrganisationRole::Owner));
        assert!(decide(&colleague, &Action::SeeAccount(own)).is_allowed());
        assert_eq!(decide(&colleague, &Action::SeeAccount(other)), Decision::Forbidden);
        assert_eq!(decide(&person(Some(NetworkRole::Editor), None), &Action::SeeAccount(other)), Decision::Forbidden);
        assert!(decide(&person(Some(NetworkRole::Admin), None), &Action::SeeAccount(other)).is_allowed());
        assert_eq!(decide(&Viewer::Visitor, &Action::SeeAccount(other)), Decision::SignInFirst);
    }

    #[test]
    fn people_are_a_matter_of_owners_and_administrators_and_everybody_may_leave() {
        let (own, other) = (PersonId(Uuid::nil()), PersonId(Uuid::from_u128(1)));
        for (viewer, manages) in [
            (person(None, Some(OrganisationRole::Owner)), true),
            (person(Some(NetworkRole::Admin), None), true),
            (person(None, Some(OrganisationRole::Editor)), false),
            (person(None, Some(OrganisationRole::Member)), false),
            (person(Some(NetworkRole::Editor), None), false),
        ] {
            assert_eq!(decide(&viewer, &Action::InviteToOrganisation(OURS)).is_allowed(), manages, "{viewer:?}");
            assert_eq!(decide(&viewer, &Action::RemoveFromOrganisation(OURS, other)).is_allowed(), manages, "{viewer:?}");
            assert!(decide(&viewer, &Action::RemoveFromOrganisation(OURS, own)).is_allowed(), "{viewer:?}");
        }
        let owner = person(None, Some(OrganisationRole::Owner));
        assert_eq!(decide(&owner, &Action::InviteToOrganisation(OTHERS)), Decision::Forbidden);
        assert_eq!(decide(&owner, &Action::RemoveFromOrganisation(OTHERS, own)), Decision::Forbidden);
        assert!(decide(&person(Some(NetworkRole::Editor), None), &Action::SeeInvitations(OURS)).is_allowed());
        assert!(!decide(&person(None, Some(OrganisationRole::Editor)), &Action::SeeInvitations(OURS)).is_allowed());
    }

    #[test]
    fn what_is_sensitive_is_for_the_answerable_hosts_own_editors() {
        let editor = person(None, Some(OrganisationRole::Editor));
        assert!(decide(&editor, &Action::SeeSensitiveAnswers(Some(OURS))).is_allowed());
        for (viewer, host) in [
            (editor, Some(OTHERS)),
            (person(None, Some(OrganisationRole::Member)), Some(OURS)),
            (person(Some(NetworkRole::Admin), None), Some(OURS)),
            (person(Some(NetworkRole::Editor), None), None),
        ] {
            assert_eq!(decide(&viewer, &Action::SeeSensitiveAnswers(host)), Decision::Forbidden);
        }
    }

    #[test]
    fn the_office_edits_everything() {
        let staff = person(Some(NetworkRole::Editor), None);
        assert!(decide(&staff, &Action::EditEvent(None)).is_allowed());
        assert!(decide(&staff, &Action::CountSeats(&[])).is_allowed());
    }
}
