//! What can be asked for.

use entity::id::{OrganisationId, PersonId};

/// Something that not everybody may do or see, with what the decision needs to know.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// Change an organisation's profile.
    UpdateOrganisation(OrganisationId),
    /// Invite people to an organisation, give them roles, and take invitations back.
    InviteToOrganisation(OrganisationId),
    /// See who is invited to an organisation.
    SeeInvitations(OrganisationId),
    /// Have a person act for an organisation no more: others, or oneself.
    RemoveFromOrganisation(OrganisationId, PersonId),
    /// See who acts for an organisation.
    SeePeople(OrganisationId),
    /// See an address that is not public.
    SeeAddress(OrganisationId),
    /// Write a post in an organisation's name.
    CreatePost(OrganisationId),
    /// Upload pictures and recordings of an organisation, and show them.
    UploadMedia(OrganisationId),
    /// Announce an event in an organisation's name.
    CreateEvent(OrganisationId),
    /// Enter a venue, as the place of an organisation or of nobody in the network.
    EnterVenue(Option<OrganisationId>),
    /// Change a venue: its organisation's editors do, and the office what is nobody's.
    EditVenue(Option<OrganisationId>),
    /// Change what the network says of itself.
    AdministerNetwork,
    /// Say where an organisation keeps its own calendar, from which its events are taken over.
    SetCalendarSource(OrganisationId),
    /// See how fetching it goes.
    SeeCalendarSource(OrganisationId),
    /// See where it is, which may be a secret.
    SeeCalendarAddress(OrganisationId),
    /// Change topics, and make one of two.
    AdministerTags,
    /// Enter and change programmes.
    AdministerProgrammes,
    /// Enter an organisation.
    EnterOrganisation,
    /// Change what an organisation is to the network, and whether it publishes without review.
    AdministerOrganisations,
    /// Return what was handed in.
    ReviewContent,
    /// See who changed what.
    SeeAuditLog,
    /// Publish without the office's review.
    PublishWithoutReview {
        /// In whose name.
        organisation_id: OrganisationId,
        /// Whether the office trusts that organisation to.
        is_trusted: bool,
    },
    /// Change, publish, or delete a post of this organisation.
    EditPost(OrganisationId),
    /// Change, publish, cancel, or delete an event that this organisation answers for; none answers where it is only recorded.
    EditEvent(Option<OrganisationId>),
    /// See who registered, and check them in.
    SeeRegistrations(Option<OrganisationId>),
    /// See what people answered that is kept apart, e.g. what support they need: not even the office does.
    SeeSensitiveAnswers(Option<OrganisationId>),
    /// Decide on registrations, change and cancel them in the person's place, and write to those who are registered.
    EditRegistrations(Option<OrganisationId>),
    /// Write and send an organisation's newsletter, and see how it goes.
    EditNewsletter(OrganisationId),
    /// See and change one's own account.
    UseAccount,
    /// See of a person more than the name.
    SeeAccount(PersonId),
    /// See who has an account.
    ListPeople,
    /// Give a person a part in the network's office, or take it away.
    SetNetworkRole,
    /// See what could not be done, and have it tried again.
    AdministerJobs,
    /// See how many seats are taken and how many people wait: a matter of all hosts.
    CountSeats(&'a [OrganisationId]),
    /// See the address of an online event that asks for registration.
    SeeOnlineAddress(&'a [OrganisationId]),
}
