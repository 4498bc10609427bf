//! Venues in GraphQL.

pub mod edit;
pub mod mutation;

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use entity::id::VenueId;
use entity::{venue, venue_feature};

use super::store;
use crate::events::graphql::connection::{EventConnection, Parent as EventParent};
use crate::events::graphql::input::EventWhere;
use crate::gql::connection::wants_total;
use crate::gql::id::Global;
use crate::gql::loader::{objects, parts};
use crate::gql::scalars::WebUrl;
use crate::gql::{ContextExt, bounded, connection, or_code};
use crate::kernel::{Fault, Page};
use crate::organisations::graphql::{GeoPoint, Organisation, PostalAddress};

pub use mutation::VenueMutation;

/// A place where events happen.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Venue {
    /// Global id.
    pub id: ID,
    /// Raised by every change.
    revision: i32,
    /// Name.
    name: String,
    /// Where it is, as far as known.
    address: PostalAddress,
    /// Where it is on the map; null where not known.
    location: Option<GeoPoint>,
    /// Its rooms.
    rooms: Vec<String>,
    /// How to find it.
    directions: Option<String>,
    /// Its own site.
    website: Option<WebUrl>,
    /// The row.
    #[graphql(skip)]
    pub row: Arc<venue::Model>,
}

impl From<venue::Model> for Venue {
    fn from(row: venue::Model) -> Self {
        Self {
            id: row.id.to_global(),
            revision: row.revision,
            name: row.name.clone(),
            address: PostalAddress::from(&row),
            location: GeoPoint::of(row.latitude, row.longitude),
            rooms: row.rooms.0.clone(),
            directions: row.directions.clone(),
            website: row.website.clone().map(WebUrl::from),
            row: Arc::new(row),
        }
    }
}

#[ComplexObject]
impl Venue {
    /// What is known of its accessibility; a feature that is not listed has not been stated.
    async fn features(&self, ctx: &Context<'_>) -> Result<Vec<AccessibilityFact>> {
        let facts = ctx.load(Features(self.row.id)).await?.unwrap_or_default();
        Ok(facts.iter().map(|row| AccessibilityFact::new(row.feature, row.is_available, row.note.as_deref())).collect())
    }

    /// Whose place it is; null where it is nobody's that is known here.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        match self.row.organisation_id {
            Some(id) => ctx.load(id).await,
            None => Ok(None),
        }
    }

    /// Events with a date there, ordered by the first such date in the range asked for.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "What they are narrowed to.")] filter: Option<EventWhere>,
    ) -> Result<EventConnection> {
        EventConnection::of(ctx, EventParent::Venue(self.row.id), Page { first, after, last, before }, filter).await
    }
}

/// Something that was stated of accessibility.
#[derive(Clone, Debug, SimpleObject)]
pub struct AccessibilityFact {
    /// The feature.
    pub feature: AccessibilityFeature,
    /// Whether it is there.
    available: bool,
    /// Said beside it.
    note: Option<String>,
}

impl AccessibilityFact {
    /// A fact.
    #[must_use]
    pub fn new(feature: entity::words::AccessibilityFeature, available: bool, note: Option<&str>) -> Self {
        Self { feature: feature.into(), available, note: note.map(str::to_owned) }
    }
}

/// A feature of accessibility that can be stated to be there or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::words::AccessibilityFeature")]
pub enum AccessibilityFeature {
    /// No steps on the way in.
    StepFree,
    /// A toilet for people in wheelchairs.
    AccessibleToilet,
    /// An induction loop for hearing aids.
    InductionLoop,
    /// Interpretation into a sign language.
    SignLanguage,
    /// What is said can be read.
    Subtitles,
    /// A room to withdraw to.
    QuietRoom,
    /// Assistance dogs are welcome.
    AssistanceDogs,
    /// In easy words.
    PlainLanguage,
    /// One can take part from afar.
    RemoteParticipation,
}

connection! {
    /// A page of venues.
    VenueConnection, VenueEdge, Venue
}

/// Queries of venues.
#[derive(Debug, Default)]
pub struct VenueQuery;

#[Object]
impl VenueQuery {
    /// Places where events happen, by name.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn venues(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Words in their names, addresses and rooms, up to 200 characters; all must occur.")] search: Option<String>,
    ) -> Result<VenueConnection> {
        let cx = ctx.cx();
        let load = async {
            let page = Page { first, after, last, before }.parse("venues")?;
            let search = bounded(search, 200)?;
            Ok::<_, Fault>(store::page(cx.db(), search.as_deref(), &page, wants_total(ctx)).await?)
        };
        Ok(load.await.map_err(|fault| or_code(cx, &fault))?.map(Venue::from).into())
    }
}

objects! {
    VenueId => Venue = |cx, ids| store::by_ids(cx.db(), ids);
}

parts! {
    /// What is known of a venue's accessibility.
    Features(VenueId) => Vec<venue_feature::Model> = |cx, ids| store::features(cx.db(), ids);
}
