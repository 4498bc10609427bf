//! SQL of tombstones: what is left, for a while, of events that calendars had and that their public no longer sees.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::event;
use entity::event_tombstone::{Column, Entity, Model};
use entity::id::{EventId, VenueId};
use entity::lists::FoundBy;
use entity::words::{AccessibilityFeature, Visibility};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::filter::Filter;
use super::parts;
use super::whole::Whole;
use crate::db::insert;
use crate::events::ics::is_single;
use crate::venues;

/// Keeps what calendars need of an event, whose rows are still as its public saw them, to strike it out with this SEQUENCE.
///
/// # Errors
/// Where the database fails.
pub async fn keep(tx: &impl ConnectionTrait, event: &event::Model, sequence: i32, now: DateTime<Utc>) -> Result<(), DbErr> {
    let whole = Whole::of(tx, vec![event.clone()]).await?;
    let dates = whole.dates.get(&event.id).map(Vec::as_slice).unwrap_or_default();
    let single = dates.first().filter(|_| is_single(event, dates));
    let row = Model {
        event_id: event.id,
        slug: event.slug.clone(),
        visibility: event.visibility,
        found_by: found_by(tx, event, &whole).await?,
        starts_at: single.map_or(event.starts_at, |date| date.starts_at),
        ends_at: single.map_or(event.ends_at, |date| date.ends_at),
        is_all_day: event.is_all_day,
        time_zone: event.time_zone.clone(),
        sequence: sequence + single.map_or(0, |date| date.sequence),
        withdrawn_at: now,
    };
    lift(tx, event.id, event.visibility).await?;
    insert::rows::<Entity>(tx, vec![row]).await
}

async fn found_by(tx: &impl ConnectionTrait, event: &event::Model, whole: &Whole) -> Result<FoundBy, DbErr> {
    let of_dates = whole.dates.values().flatten().filter_map(|date| date.venue_id);
    let venues: Vec<VenueId> = of_dates.collect::<BTreeSet<_>>().into_iter().collect();
    let languages = parts::languages(tx, vec![event.id]).await?.remove(&event.id).unwrap_or_default();
    let stated = parts::features(tx, vec![event.id]).await?.remove(&event.id).unwrap_or_default();
    let of_venues = venues::store::features(tx, venues.clone()).await?.into_values().flatten();
    let of_venues = of_venues.filter(|fact| fact.is_available && stated.iter().all(|own| own.feature != fact.feature));
    let features: BTreeSet<AccessibilityFeature> =
        stated.iter().filter(|fact| fact.is_available).map(|fact| fact.feature).chain(of_venues.map(|fact| fact.feature)).collect();
    let districts: BTreeSet<String> = venues.iter().filter_map(|id| whole.venues.get(id)?.district.clone()).collect();
    Ok(FoundBy {
        organisations: whole.hosts.get(&event.id).into_iter().flatten().map(|host| host.organisation_id).collect(),
        programme: event.programme_id,
        category: event.category,
        tags: whole.tags.get(&event.id).into_iter().flatten().map(|tag| tag.slug.clone()).collect(),
        districts: districts.into_iter().collect(),
        languages: languages.into_iter().map(|language| language.locale).collect(),
        features: features.into_iter().collect(),
    })
}

/// An event that its public sees again needs none there.
///
/// # Errors
/// Where the database fails.
pub async fn lift(tx: &impl ConnectionTrait, id: EventId, visibility: Visibility) -> Result<(), DbErr> {
    Entity::delete_by_id((id, visibility)).exec(tx).await?;
    Ok(())
}

/// Of events of one visibility that a calendar with this filter had, withdrawn since.
///
/// # Errors
/// Where the database fails.
pub async fn matching(
    db: &impl ConnectionTrait,
    visibility: Visibility,
    filter: &Filter,
    since: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    let kept = Entity::find().filter(Column::WithdrawnAt.gte(since)).filter(Column::Visibility.eq(visibility));
    let kept = kept.order_by_asc(Column::StartsAt).order_by_asc(Column::EventId).all(db).await?;
    Ok(kept.into_iter().filter(|tombstone| was_found(&tombstone.found_by, filter)).collect())
}

/// Of the event that was at this address for everybody, withdrawn since.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str, since: DateTime<Utc>) -> Result<Option<Model>, DbErr> {
    let open = [Visibility::Public, Visibility::Unlisted];
    let kept = Entity::find().filter(Column::Slug.eq(slug)).filter(Column::Visibility.is_in(open));
    kept.filter(Column::WithdrawnAt.gte(since)).order_by_desc(Column::WithdrawnAt).one(db).await
}

/// When the last of those withdrawn `before` had been kept for so long: since then calendars lack it.
///
/// # Errors
/// Where the database fails.
pub async fn left_at(db: &impl ConnectionTrait, before: DateTime<Utc>, kept: TimeDelta) -> Result<Option<DateTime<Utc>>, DbErr> {
    let last = Entity::find().filter(Column::WithdrawnAt.lt(before)).order_by_desc(Column::WithdrawnAt).one(db).await?;
    Ok(last.map(|tombstone| tombstone.withdrawn_at + kept))
}

/// Of these events, each once, withdrawn since.
///
/// # Errors
/// Where the database fails.
pub async fn of_events(db: &impl ConnectionTrait, ids: Vec<EventId>, since: DateTime<Utc>) -> Result<Vec<Model>, DbErr> {
    let kept = Entity::find().filter(Column::EventId.is_in(ids)).filter(Column::WithdrawnAt.gte(since));
    let mut kept = kept.order_by_asc(Column::EventId).order_by_desc(Column::WithdrawnAt).all(db).await?;
    kept.dedup_by_key(|tombstone| tombstone.event_id);
    Ok(kept)
}

/// Deletes those of events withdrawn before.
///
/// # Errors
/// Where the database fails.
pub async fn forget(tx: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::WithdrawnAt.lt(before)).exec(tx).await?;
    Ok(())
}

/// Whether a filter of calendars found it, as [`super::filter`] finds events.
fn was_found(by: &FoundBy, filter: &Filter) -> bool {
    let speaks = |wanted: &String| {
        by.languages
            .iter()
            .any(|language| language.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    };
    filter.organisation_id.is_none_or(|id| by.organisations.contains(&id))
        && filter.programme_id.is_none_or(|id| by.programme == Some(id))
        && filter.category.is_none_or(|category| by.category == category)
        && filter.tag.as_ref().is_none_or(|slug| by.tags.contains(slug))
        && filter.district.as_ref().is_none_or(|district| by.districts.contains(district))
        && filter.language.as_ref().is_none_or(speaks)
        && filter.features.iter().all(|feature| by.features.contains(feature))
}
