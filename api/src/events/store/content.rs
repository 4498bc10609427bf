//! An event as it was written, read back to be written anew.

use entity::event::Model;
use entity::{event_feature, event_host, event_language, event_tag, event_text, occurrence};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::write::{NewAccessibility, NewContact, NewDate, NewEvent, NewEventText, NewOutcome, NewPlace, NewPrice, NewRegistrationPolicy};
use crate::db::written::read;
use crate::events::rules::schedule::{PlannedDate, Schedule};
use crate::kernel::{EmailAddress, Locale, Markdown, WebAddress};
use crate::venues::store::write::NewFeature;

/// All that was written of an event, with its dates.
///
/// # Errors
/// Where the database fails, or holds what we would not have written.
pub async fn of(tx: &impl ConnectionTrait, row: &Model) -> Result<NewEvent, DbErr> {
    let texts = event_text::Entity::find().filter(event_text::Column::EventId.eq(row.id)).order_by_asc(event_text::Column::Locale);
    let mut texts: Vec<NewEventText> = texts.all(tx).await?.into_iter().map(text).collect::<Result<_, _>>()?;
    // The original first, as whoever writes gives it.
    texts.sort_by_key(|text| text.locale.as_str() != row.original_locale);
    let hosts = event_host::Entity::find().filter(event_host::Column::EventId.eq(row.id)).order_by_asc(event_host::Column::Position);
    let tags = event_tag::Entity::find().filter(event_tag::Column::EventId.eq(row.id)).order_by_asc(event_tag::Column::Position);
    let dates = occurrence::Entity::find().filter(occurrence::Column::EventId.eq(row.id));
    let dates = dates.order_by_asc(occurrence::Column::OriginalStartsAt).all(tx).await?;
    Ok(NewEvent {
        slug: read("slug", &row.slug)?,
        status: row.status,
        visibility: row.visibility,
        category: row.category,
        original_locale: locale(&row.original_locale)?,
        texts,
        hosts: hosts.all(tx).await?.into_iter().map(|host| (host.organisation_id, host.role)).collect(),
        programme_id: row.programme_id,
        schedule: schedule(row)?,
        time_note: row.time_note.clone(),
        dates: dates.iter().map(date).collect::<Result<_, _>>()?,
        place: place_of_event(row)?,
        agenda: row.agenda.0.clone(),
        accessibility: accessibility(tx, row).await?,
        price: NewPrice { kind: row.price_kind, tiers: row.price_tiers.0.clone(), note: row.price_note.clone() },
        registration: policy(row)?,
        contact: NewContact {
            name: row.contact_name.clone(),
            email: row.contact_email.as_deref().map(|email| read::<EmailAddress>("address", email)).transpose()?,
            phone: row.contact_phone.clone(),
        },
        website: web_address(row.website.as_deref())?,
        tags: tags.all(tx).await?.into_iter().map(|tag| tag.tag_id).collect(),
        sources: row.sources.0.iter().map(|source| read("source", source)).collect::<Result<_, _>>()?,
        cancellation_reason: row.cancellation_reason.clone(),
        outcome: NewOutcome {
            guests: row.outcome_guests,
            online_guests: row.outcome_online_guests,
            donations: row.outcome_donations,
            note: row.outcome_note.clone(),
        },
        cover_id: row.cover_id,
        scheduled_for: row.scheduled_for,
    })
}

/// When an event is, as its editor gave it.
///
/// # Errors
/// Where the row holds what we would not have written.
pub fn schedule(row: &Model) -> Result<Schedule, DbErr> {
    Ok(Schedule {
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        doors_at: row.doors_at,
        is_all_day: row.is_all_day,
        zone: read("zone", &row.time_zone)?,
        recurrence: row.recurrence.as_deref().map(|rule| read("rule", rule)).transpose()?,
        except_dates: row.except_dates.0.clone(),
        further_dates: row.further_dates.0.clone(),
    })
}

/// Where an event is.
///
/// # Errors
/// Where the row holds what we would not have written.
pub fn place_of_event(row: &Model) -> Result<NewPlace, DbErr> {
    Ok(NewPlace { mode: row.mode, venue_id: row.venue_id, room: row.room.clone(), online_url: web_address(row.online_url.as_deref())? })
}

/// Where a date is.
///
/// # Errors
/// Where the row holds what we would not have written.
pub fn place_of_date(row: &occurrence::Model) -> Result<NewPlace, DbErr> {
    Ok(NewPlace { mode: row.mode, venue_id: row.venue_id, room: row.room.clone(), online_url: web_address(row.online_url.as_deref())? })
}

fn date(row: &occurrence::Model) -> Result<NewDate, DbErr> {
    Ok(NewDate {
        when: PlannedDate { starts_at: row.starts_at, ends_at: row.ends_at, doors_at: row.doors_at, over_at: row.over_at },
        original_starts_at: row.original_starts_at,
        place: row.place_is_own.then(|| place_of_date(row)).transpose()?,
        is_cancelled: row.is_cancelled,
        cancellation_reason: row.cancellation_reason.clone(),
        capacity: row.capacity,
    })
}

fn text(row: event_text::Model) -> Result<NewEventText, DbErr> {
    let description = Markdown::new(&row.description_markdown);
    Ok(NewEventText { locale: locale(&row.locale)?, title: row.title, summary: row.summary, description })
}

async fn accessibility(tx: &impl ConnectionTrait, row: &Model) -> Result<NewAccessibility, DbErr> {
    let languages = event_language::Entity::find().filter(event_language::Column::EventId.eq(row.id));
    let languages = languages.order_by_asc(event_language::Column::Position).all(tx).await?;
    let those = |is_interpretation: bool| {
        let rows = languages.iter().filter(move |row| row.is_interpretation == is_interpretation);
        rows.map(|row| locale(&row.locale)).collect::<Result<Vec<_>, _>>()
    };
    let features = event_feature::Entity::find().filter(event_feature::Column::EventId.eq(row.id));
    let features = features.order_by_asc(event_feature::Column::Feature).all(tx).await?;
    let feature = |row: event_feature::Model| NewFeature { feature: row.feature, is_available: row.is_available, note: row.note };
    Ok(NewAccessibility {
        languages: those(false)?,
        interpretation: those(true)?,
        features: features.into_iter().map(feature).collect(),
        childcare: row.childcare,
        audience: row.audience.clone(),
        entry_conditions: row.entry_conditions.clone(),
    })
}

fn policy(row: &Model) -> Result<NewRegistrationPolicy, DbErr> {
    Ok(NewRegistrationPolicy {
        mode: row.registration_mode,
        scope: row.registration_scope,
        walk_ins_welcome: row.walk_ins_welcome,
        opens_at: row.registration_opens_at,
        closes_at: row.registration_closes_at,
        closes_minutes_before: row.closes_minutes_before,
        capacity: row.capacity,
        waitlist: row.waitlist,
        pending_holds_seats: row.pending_holds_seats,
        max_seats: row.max_seats,
        external_url: web_address(row.external_url.as_deref())?,
        questions: row.questions.0.clone(),
    })
}

fn locale(text: &str) -> Result<Locale, DbErr> {
    read("language", text)
}

fn web_address(text: Option<&str>) -> Result<Option<WebAddress>, DbErr> {
    text.map(|text| read("address", text)).transpose()
}
