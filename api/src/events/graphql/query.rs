//! Queries of events and their dates.

use async_graphql::{Context, Object, Result};

use super::connection::{EVENTS, EventConnection, OCCURRENCES, OccurrenceConnection};
use super::input::EventWhere;
use super::loaders::{Current, Heads, Hosts, Tags};
use super::{Event, Occurrence};
use crate::events::store;
use crate::gql::connection::{wants_of_items, wants_total};
use crate::gql::{ContextExt, or_code};
use crate::kernel::{Fault, Page};

/// Queries of events and their dates.
#[derive(Debug, Default)]
pub struct EventQuery;

#[Object]
impl EventQuery {
    /// The event with this slug, now or before.
    async fn event(&self, ctx: &Context<'_>, #[graphql(desc = "Readable part of its address.")] slug: String) -> Result<Option<Event>> {
        let cx = ctx.cx();
        let found = store::by_slug(cx.db(), &cx.viewer, &slug).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(found.map(Event::from))
    }

    /// Events that have a date in the range asked for, ordered by the first such date.
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
        let cx = ctx.cx();
        let load = async {
            let (page, filter) = (Page { first, after, last, before }.parse(EVENTS)?, filter.unwrap_or_default().parse()?);
            Ok::<_, Fault>(store::list::page(cx.db(), &cx.viewer, &filter, &page, wants_total(ctx)).await?)
        };
        let slice = load.await.map_err(|fault| or_code(cx, &fault))?.map(Event::from);
        let events: Vec<&Event> = slice.items.iter().map(|(_, event)| event).collect();
        preload(ctx, &events, &[]).await?;
        Ok(slice.into())
    }

    /// What happens when: every date of every event in a range, earliest first.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn occurrences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "What they are narrowed to.")] filter: Option<EventWhere>,
    ) -> Result<OccurrenceConnection> {
        let cx = ctx.cx();
        let load = async {
            let (page, filter) = (Page { first, after, last, before }.parse(OCCURRENCES)?, filter.unwrap_or_default().parse()?);
            Ok::<_, Fault>(store::occurrences::page(cx.db(), &cx.viewer, &filter, &page, wants_total(ctx)).await?)
        };
        let slice = load.await.map_err(|fault| or_code(cx, &fault))?.map(Occurrence::from);
        let ids = slice.items.iter().map(|(_, date)| date.row.event_id).collect();
        ctx.preload(ids).await?;
        let ids = slice.items.iter().map(|(_, date)| date.row.event_id).collect();
        let events: Vec<Event> = ctx.load_all(ids).await?;
        preload(ctx, &events.iter().collect::<Vec<_>>(), &["event"]).await?;
        Ok(slice.into())
    }
}

/// Loads at once what the query asks of events, found below the items by `path`.
async fn preload(ctx: &Context<'_>, events: &[&Event], path: &[&str]) -> Result<()> {
    let wants = |fields: &[&str]| fields.iter().any(|field| wants_of_items(ctx, &[path, &[field]].concat()));
    if wants(&["title", "summary", "locale", "locales"]) {
        ctx.preload(events.iter().map(|event| Heads(event.key())).collect()).await?;
    }
    if wants(&["startsAt", "endsAt", "nextOccurrence"]) {
        ctx.preload(events.iter().map(|event| Current(event.key())).collect()).await?;
    }
    if wants(&["tags"]) {
        ctx.preload(events.iter().map(|event| Tags(event.key())).collect()).await?;
    }
    if wants(&["place"]) {
        ctx.preload(events.iter().filter_map(|event| event.row.venue_id).collect()).await?;
    }
    if wants(&["hosts"]) {
        ctx.preload(events.iter().map(|event| Hosts(event.key())).collect()).await?;
        let hosts = ctx.load_all(events.iter().map(|event| Hosts(event.key())).collect()).await?;
        ctx.preload(hosts.iter().flat_map(|hosts| hosts.iter().map(|host| host.organisation_id)).collect()).await?;
    }
    Ok(())
}
