//! Writing events and their dates.

mod new;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::event::{Column, Entity, Model};
use entity::id::{EventId, OccurrenceId, OrganisationId};
use entity::words::{EventStatus, SluggedKind};
use entity::{event_feature, event_host, event_language, event_tag, event_text, former_slug, occurrence};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

pub use self::new::{NewAccessibility, NewContact, NewDate, NewEvent, NewEventText, NewOutcome, NewPlace, NewPrice, NewRegistrationPolicy};
use crate::app::App;
use crate::db::former_slug::Slugged;
use crate::db::insert;
use crate::kernel::{Locale, fold};
use crate::organisations::store::write as organisations;
use crate::programmes::store::write as programmes;
use crate::tags::store::write as tags;
use crate::venues::store::write as venues;

/// What may have the slug of an event.
pub const SLUGGED: Slugged<Entity> =
    Slugged { kind: SluggedKind::Event, own: Column::Slug, id: Column::Id, target: former_slug::Column::EventId };

/// Inserts an event with its dates and all that it is linked to. What is published is so from now on.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn insert(tx: &impl ConnectionTrait, app: &App, new: &NewEvent) -> Result<EventId, DbErr> {
    let (id, now): (EventId, _) = (app.new_id(), app.clock.now());
    let row = row(id, new, search_text(tx, new).await?, now);
    insert::rows::<Entity>(tx, vec![row]).await?;
    insert_parts(tx, id, new).await?;
    let dates = new.dates.iter().map(|date| date_row(app.new_id(), id, &new.place, date, now));
    insert::rows::<occurrence::Entity>(tx, dates.collect()).await?;
    Ok(id)
}

/// Writes an event anew with all that it is linked to, apart from its dates; gives its row. What was decided of it stays: how far it is
/// on its way, and since when.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn replace(tx: &impl ConnectionTrait, app: &App, old: &Model, new: &NewEvent, raises: bool) -> Result<Model, DbErr> {
    let now = app.clock.now();
    let row = Model {
        revision: old.revision + 1,
        outcome_currency: old.outcome_currency.clone(),
        published_at: old.published_at,
        review_note: old.review_note.clone(),
        sequence: old.sequence + i32::from(raises),
        created_at: old.created_at,
        handed_in_at: (new.status == EventStatus::InReview).then(|| old.handed_in_at.unwrap_or(now)),
        ..row(old.id, new, search_text(tx, new).await?, now)
    };
    update(tx, &row).await?;
    event_text::Entity::delete_many().filter(event_text::Column::EventId.eq(old.id)).exec(tx).await?;
    event_host::Entity::delete_many().filter(event_host::Column::EventId.eq(old.id)).exec(tx).await?;
    event_language::Entity::delete_many().filter(event_language::Column::EventId.eq(old.id)).exec(tx).await?;
    event_feature::Entity::delete_many().filter(event_feature::Column::EventId.eq(old.id)).exec(tx).await?;
    event_tag::Entity::delete_many().filter(event_tag::Column::EventId.eq(old.id)).exec(tx).await?;
    insert_parts(tx, old.id, new).await?;
    if old.slug != row.slug {
        let former = former_slug::Model {
            kind: SluggedKind::Event,
            slug: old.slug.clone(),
            organisation_id: None,
            post_id: None,
            event_id: Some(old.id),
            programme_id: None,
            created_at: now,
        };
        SLUGGED.remember(tx, former, &new.slug).await?;
    }
    Ok(row)
}

/// Writes the row of an event.
///
/// # Errors
/// Where the database fails.
pub async fn update(tx: &impl ConnectionTrait, row: &Model) -> Result<(), DbErr> {
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// Deletes an event with all that belongs to it.
///
/// # Errors
/// Where the database fails, or somebody registered for it.
pub async fn delete(tx: &impl ConnectionTrait, id: EventId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

async fn insert_parts(tx: &impl ConnectionTrait, id: EventId, new: &NewEvent) -> Result<(), DbErr> {
    insert::rows::<event_text::Entity>(tx, new.texts.iter().map(|text| text_row(id, text)).collect()).await?;
    let hosts = (0..).zip(&new.hosts).map(|(position, &(organisation_id, role))| event_host::Model {
        event_id: id,
        organisation_id,
        role,
        position,
    });
    insert::rows::<event_host::Entity>(tx, hosts.collect()).await?;
    insert::rows::<event_language::Entity>(tx, language_rows(id, &new.accessibility)).await?;
    let features = new.accessibility.features.iter().map(|fact| event_feature::Model {
        event_id: id,
        feature: fact.feature,
        is_available: fact.is_available,
        note: fact.note.clone(),
    });
    insert::rows::<event_feature::Entity>(tx, features.collect()).await?;
    let tags = (0..).zip(&new.tags).map(|(position, &tag_id)| event_tag::Model { event_id: id, tag_id, position });
    insert::rows::<event_tag::Entity>(tx, tags.collect()).await
}

/// Every event by its slug, and by those that it had before.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(tx: &impl ConnectionTrait) -> Result<HashMap<String, EventId>, DbErr> {
    let former = former_slug::Entity::find().filter(former_slug::Column::Kind.eq(SluggedKind::Event)).all(tx).await?;
    let before = former.into_iter().filter_map(|row| Some((row.slug, row.event_id?)));
    let own: Vec<(String, EventId)> = Entity::find().select_only().columns([Column::Slug, Column::Id]).into_tuple().all(tx).await?;
    Ok(before.chain(own).collect())
}

fn row(id: EventId, new: &NewEvent, search_text: String, now: DateTime<Utc>) -> Model {
    let (schedule, place, policy) = (&new.schedule, &new.place, &new.registration);
    let is_published = matches!(new.status, EventStatus::Published | EventStatus::Postponed | EventStatus::Cancelled);
    Model {
        id,
        revision: 1,
        slug: new.slug.to_string(),
        status: new.status,
        visibility: new.visibility,
        category: new.category,
        original_locale: new.original_locale.to_string(),
        programme_id: new.programme_id,
        starts_at: schedule.starts_at,
        ends_at: schedule.ends_at,
        doors_at: schedule.doors_at,
        is_all_day: schedule.is_all_day,
        time_zone: schedule.zone.name().to_owned(),
        time_note: new.time_note.clone(),
        recurrence: schedule.recurrence.as_ref().map(ToString::to_string),
        except_dates: schedule.except_dates.clone().into(),
        further_dates: schedule.further_dates.clone().into(),
        mode: place.mode,
        venue_id: place.venue_id,
        room: place.room.clone(),
        online_url: place.online_url.as_ref().map(ToString::to_string),
        agenda: new.agenda.clone().into(),
        childcare: new.accessibility.childcare,
        audience: new.accessibility.audience.clone(),
        entry_conditions: new.accessibility.entry_conditions.clone(),
        price_kind: new.price.kind,
        price_tiers: new.price.tiers.clone().into(),
        price_note: new.price.note.clone(),
        registration_mode: policy.mode,
        registration_scope: policy.scope,
        walk_ins_welcome: policy.walk_ins_welcome,
        registration_opens_at: policy.opens_at,
        registration_closes_at: policy.closes_at,
        closes_minutes_before: policy.closes_minutes_before,
        capacity: policy.capacity,
        waitlist: policy.waitlist,
        pending_holds_seats: policy.pending_holds_seats,
        max_seats: policy.max_seats,
        external_url: policy.external_url.as_ref().map(ToString::to_string),
        questions: policy.questions.clone().into(),
        contact_name: new.contact.name.clone(),
        contact_email: new.contact.email.as_ref().map(ToString::to_string),
        contact_phone: new.contact.phone.clone(),
        website: new.website.as_ref().map(ToString::to_string),
        sources: new.sources.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
        cancellation_reason: new.cancellation_reason.clone(),
        outcome_guests: new.outcome.guests,
        outcome_online_guests: new.outcome.online_guests,
        outcome_donations: new.outcome.donations,
        outcome_currency: "EUR".to_owned(),
        outcome_note: new.outcome.note.clone(),
        published_at: is_published.then_some(now),
        scheduled_for: new.scheduled_for,
        review_note: None,
        sequence: 0,
        revised_at: now,
        search_title: fold::for_search(&new.texts.iter().map(|text| text.title.as_str()).collect::<Vec<_>>().join("\n")),
        search_text,
        created_at: now,
        updated_at: now,
        handed_in_at: (new.status == EventStatus::InReview).then_some(now),
        cover_id: new.cover_id,
    }
}

fn text_row(event_id: EventId, text: &NewEventText) -> event_text::Model {
    event_text::Model {
        event_id,
        locale: text.locale.to_string(),
        title: text.title.clone(),
        summary: text.summary.clone(),
        description_markdown: text.description.as_str().to_owned(),
        description_html: text.description.to_html(),
    }
}

fn language_rows(event_id: EventId, accessibility: &NewAccessibility) -> Vec<event_language::Model> {
    let rows = |locales: &[Locale], is_interpretation| -> Vec<event_language::Model> {
        let row = |(position, locale): (i32, &Locale)| event_language::Model {
            event_id,
            locale: locale.to_string(),
            is_interpretation,
            position,
        };
        (0..).zip(locales).map(row).collect()
    };
    [rows(&accessibility.languages, false), rows(&accessibility.interpretation, true)].concat()
}

/// A date, with the event's place where it has none of its own.
#[must_use]
pub fn date_row(id: OccurrenceId, event_id: EventId, of_event: &NewPlace, date: &NewDate, now: DateTime<Utc>) -> occurrence::Model {
    let place = date.place.as_ref().unwrap_or(of_event);
    occurrence::Model {
        id,
        revision: 1,
        event_id,
        starts_at: date.when.starts_at,
        ends_at: date.when.ends_at,
        doors_at: date.when.doors_at,
        original_starts_at: date.original_starts_at,
        over_at: date.when.over_at,
        place_is_own: date.place.is_some(),
        mode: place.mode,
        venue_id: place.venue_id,
        room: place.room.clone(),
        online_url: place.online_url.as_ref().map(ToString::to_string),
        is_cancelled: date.is_cancelled,
        cancellation_reason: date.cancellation_reason.clone(),
        capacity: date.capacity,
        sequence: 0,
        updated_at: now,
    }
}

/// What search reads of an event: its texts, agenda, hosts, venues, programme and topics.
///
/// # Errors
/// Where the database fails.
pub async fn search_text(tx: &impl ConnectionTrait, new: &NewEvent) -> Result<String, DbErr> {
    let mut parts: Vec<String> = Vec::new();
    for text in &new.texts {
        parts.extend([text.title.clone(), text.summary.clone(), text.description.to_plain_text()]);
    }
    for item in &new.agenda {
        parts.push(item.title.clone());
        parts.extend(item.speaker.clone());
    }
    let hosts: Vec<OrganisationId> = new.hosts.iter().map(|(id, _)| *id).collect();
    parts.extend(organisations::names_of(tx, &hosts).await?);
    let mut places: Vec<&NewPlace> = std::iter::once(&new.place).chain(new.dates.iter().filter_map(|date| date.place.as_ref())).collect();
    places.dedup();
    for place in places {
        parts.extend(place.room.clone());
        if let Some(venue) = place.venue_id {
            parts.extend(venues::words_of(tx, venue).await?);
        }
    }
    if let Some(programme) = new.programme_id {
        parts.extend(programmes::names_of(tx, programme).await?);
    }
    parts.extend(tags::names(tx, &new.tags).await?);
    Ok(fold::for_search(&parts.join("\n")))
}
