//! The `Node` interface: anything by its global id. The one place that names every type.

use async_graphql::{Context, ID, Interface, Object, Result};
use entity::id::{
    AccessTokenId, AuditEntryId, EventId, InvitationId, NewsletterId, NewsletterIssueId, OccurrenceId, OrganisationId, PersonId, PostId,
    ProgrammeId, RegistrationId, SessionId, TagId, VenueId,
};

use crate::audit::graphql::AuditEntry;
use crate::events::graphql::{Event, Occurrence};
use crate::gql::id::{Global, GlobalId};
use crate::gql::{ContextExt, or_code};
use crate::invitations::graphql::Invitation;
use crate::kernel::fault::BadInput;
use crate::newsletter::graphql::{Newsletter, NewsletterIssue, NewsletterSubscription, Subscriber};
use crate::organisations::graphql::Organisation;
use crate::people::graphql::{AccessToken, Person, Session};
use crate::posts::graphql::Post;
use crate::programmes::graphql::Programme;
use crate::registrations::graphql::Registration;
use crate::tags::graphql::Tag;
use crate::venues::graphql::Venue;

/// Something with a global id.
#[derive(Clone, Debug, Interface)]
#[graphql(field(name = "id", ty = "&ID", desc = "Global id: its type and its key, which sorts by the time of its making."))]
pub enum Node {
    /// An organisation.
    Organisation(Organisation),
    /// A programme.
    Programme(Programme),
    /// A venue.
    Venue(Venue),
    /// A tag.
    Tag(Tag),
    /// A post.
    Post(Post),
    /// An event.
    Event(Event),
    /// One date of an event.
    Occurrence(Occurrence),
    /// A person's place at an event.
    Registration(Registration),
    /// A newsletter.
    Newsletter(Newsletter),
    /// An issue of a newsletter.
    NewsletterIssue(NewsletterIssue),
    /// A person with an account.
    Person(Person),
    /// An invitation to act for an organisation.
    Invitation(Invitation),
    /// One of the viewer's own sessions.
    Session(Session),
    /// One of the viewer's own access tokens.
    AccessToken(AccessToken),
    /// An entry of the audit log.
    AuditEntry(AuditEntry),
    /// A reader of newsletters; found by their own secret alone.
    Subscriber(Subscriber),
    /// That a reader gets a newsletter; found by their own secret alone.
    NewsletterSubscription(NewsletterSubscription),
}

/// Queries by global id.
#[derive(Debug, Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// What has this id; null where there is no such thing, or not for the viewer.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "A global id.")] id: ID) -> Result<Option<Node>> {
        load(ctx, &id).await
    }

    /// What has these ids, in their order, up to 100; null for what is not there, or not for the viewer.
    #[graphql(complexity = "ids.len().min(100).saturating_mul(child_complexity).saturating_add(1)")]
    async fn nodes(&self, ctx: &Context<'_>, #[graphql(desc = "Global ids.")] ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        if ids.len() > 100 {
            return Err(or_code(ctx.cx(), &BadInput::TooMany(100).into()));
        }
        futures_util::future::try_join_all(ids.iter().map(|id| load(ctx, id))).await
    }
}

/// What has this id; none where there is no such thing, or not for the viewer.
pub(crate) async fn load(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let Some(GlobalId { kind, key }) = GlobalId::parse(id) else { return Ok(None) };
    Ok(match kind {
        OrganisationId::KIND => ctx.load(OrganisationId(key)).await?.map(Node::Organisation),
        ProgrammeId::KIND => ctx.load(ProgrammeId(key)).await?.map(Node::Programme),
        VenueId::KIND => ctx.load(VenueId(key)).await?.map(Node::Venue),
        TagId::KIND => ctx.load(TagId(key)).await?.map(Node::Tag),
        PostId::KIND => ctx.load(PostId(key)).await?.map(Node::Post),
        EventId::KIND => ctx.load(EventId(key)).await?.map(Node::Event),
        OccurrenceId::KIND => ctx.load(OccurrenceId(key)).await?.map(Node::Occurrence),
        NewsletterId::KIND => ctx.load(NewsletterId(key)).await?.map(Node::Newsletter),
        NewsletterIssueId::KIND => ctx.load(NewsletterIssueId(key)).await?.map(Node::NewsletterIssue),
        RegistrationId::KIND => ctx.load(RegistrationId(key)).await?.map(Node::Registration),
        PersonId::KIND => ctx.load(PersonId(key)).await?.map(Node::Person),
        InvitationId::KIND => ctx.load(InvitationId(key)).await?.map(Node::Invitation),
        SessionId::KIND => ctx.load(SessionId(key)).await?.map(|session| Node::Session(session.seen_from(ctx.cx().caller.session()))),
        AuditEntryId::KIND => ctx.load(AuditEntryId(key)).await?.map(Node::AuditEntry),
        AccessTokenId::KIND => ctx.load(AccessTokenId(key)).await?.map(Node::AccessToken),
        _ => None,
    })
}
