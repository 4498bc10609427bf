//! The assembly: every feature's queries and mutations in one schema, its limits, and its text.

use std::sync::LazyLock;

use async_graphql::{MergedObject, MergedSubscription, Request, Response, SDLExportOptions};
use futures_util::stream::{self, BoxStream, StreamExt};

use crate::app::Cx;
use crate::audit::graphql::AuditQuery;
use crate::backlog::graphql::{BacklogMutation, BacklogQuery};
use crate::calendar::graphql::CalendarQuery;
use crate::calendar_sources::graphql::CalendarSourceMutation;
use crate::config::Limits;
use crate::events::graphql::{EventMutation, EventQuery, EventSubscription};
use crate::gql::context::with_context;
use crate::gql::shape::{Shape, Types};
use crate::invitations::graphql::{InvitationMutation, InvitationQuery};
use crate::media::graphql::MediaMutation;
use crate::memberships::graphql::MembershipMutation;
use crate::merging::graphql::MergingMutation;
use crate::newsletter::graphql::{NewsletterEditing, NewsletterMutation, NewsletterQuery, NewsletterSubscriptions};
use crate::node::NodeQuery;
use crate::organisations::graphql::{NetworkMutation, OrganisationMutation, OrganisationQuery};
use crate::people::graphql::{PeopleMutation, PeopleQuery, SignInMutation};
use crate::posts::graphql::{PostMutation, PostQuery};
use crate::programmes::graphql::{ProgrammeMutation, ProgrammeQuery};
use crate::registrations::graphql::{RegistrationMutation, RegistrationQuery, RegistrationSubscription};
use crate::review::graphql::ReviewQuery;
use crate::search::graphql::SearchQuery;
use crate::tags::graphql::{TagMutation, TagQuery};
use crate::venues::graphql::{VenueMutation, VenueQuery};

/// What one can ask.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    NodeQuery,
    OrganisationQuery,
    PeopleQuery,
    InvitationQuery,
    TagQuery,
    ProgrammeQuery,
    VenueQuery,
    PostQuery,
    EventQuery,
    RegistrationQuery,
    NewsletterQuery,
    CalendarQuery,
    SearchQuery,
    ReviewQuery,
    AuditQuery,
    BacklogQuery,
);

/// What one can do.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    SignInMutation,
    PeopleMutation,
    OrganisationMutation,
    CalendarSourceMutation,
    InvitationMutation,
    MembershipMutation,
    MediaMutation,
    TagMutation,
    MergingMutation,
    NetworkMutation,
    ProgrammeMutation,
    VenueMutation,
    PostMutation,
    EventMutation,
    RegistrationMutation,
    NewsletterMutation,
    NewsletterEditing,
    BacklogMutation,
);

/// What one can watch.
#[derive(Debug, Default, MergedSubscription)]
pub struct Subscription(EventSubscription, RegistrationSubscription, NewsletterSubscriptions);

/// The schema that clients see.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// Assembles the schema. What its own limits do not cover, the edge checks before it executes anything.
#[must_use]
pub fn build(limits: &Limits) -> Schema {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .limit_complexity(limits.query_cost)
        .limit_directives(limits.directives)
        .limit_recursive_depth(64)
        .disable_suggestions()
        .finish()
}

/// The schema as text, as `schema.graphql` has it.
#[must_use]
pub fn sdl() -> String {
    build(&Limits::default()).sdl_with_options(SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items())
}

/// Executes a request for who asks, and gives the answer its shape. This is the one way into the schema.
pub async fn execute(schema: &Schema, cx: Cx, mut request: Request) -> Response {
    let operation = request.operation_name.clone();
    let shape = request.parsed_query().map(|document| Shape::of(&TYPES, document, operation.as_deref())).unwrap_or_default();
    let (request, batches) = with_context(request, cx);
    let mut response = batches.run(schema.execute(request)).await;
    shape.give_to(&mut response);
    response
}

/// Executes a subscription for who asks: an answer each time something changes, with what is then.
pub fn subscribe(schema: &Schema, cx: Cx, mut request: Request) -> BoxStream<'static, Response> {
    let operation = request.operation_name.clone();
    let shape = request.parsed_query().map(|document| Shape::of(&TYPES, document, operation.as_deref())).unwrap_or_default();
    let (request, batches) = with_context(request, cx);
    let answers = schema.execute_stream(request);
    stream::unfold((answers, batches, shape), async |(mut answers, batches, shape)| {
        batches.forget();
        let mut response = batches.run(answers.next()).await?;
        shape.give_to(&mut response);
        Some((response, (answers, batches, shape)))
    })
    .boxed()
}

static TYPES: LazyLock<Types> = LazyLock::new(|| Types::read(&sdl()));
