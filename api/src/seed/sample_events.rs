//! Sample events, ahead of the day of the first seeding: at least one of each kind that the schema offers.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use entity::id::VenueId;
use entity::lists::{AgendaItem, PriceTier, Question};

use super::parse::Entry;
use super::sample_file::{Particular, SAMPLES, SampleEvent, SampleRegistration, SampleText};
use super::{SeedError, Seeding, dates, events, samples};
use crate::events::rules::schedule::{Schedule, instant, local};
use crate::events::store::write::{
    NewAccessibility, NewContact, NewDate, NewEvent, NewEventText, NewOutcome, NewPlace, NewPrice, NewRegistrationPolicy,
};
use crate::kernel::{Locale, Markdown};

/// Writes those that are missing.
pub(super) async fn all(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    let now = seeding.app.clock.now();
    for sample in &seeding.samples.events {
        let new = event(seeding, sample, now)?;
        events::insert(seeding, &new).await?;
    }
    Ok(())
}

fn event(seeding: &Seeding<'_>, sample: &SampleEvent, now: DateTime<Utc>) -> Result<NewEvent, SeedError> {
    let (entry, known) = (Entry { file: SAMPLES, slug: &sample.slug }, &seeding.known);
    let schedule = dates::schedule(&entry, sample, now)?;
    let place = place(&entry, sample, &known.venues)?;
    let host =
        |host: &super::sample_file::SampleHost| Ok((entry.find(&known.organisations, "organisation", &host.organisation)?, host.role));
    let point = |point: &super::sample_file::SamplePoint| AgendaItem {
        at: schedule.starts_at + TimeDelta::minutes(point.after_minutes),
        title: point.title.clone(),
        speaker: point.speaker.clone(),
    };
    Ok(NewEvent {
        slug: entry.slug()?,
        status: sample.status,
        visibility: sample.visibility,
        category: sample.category,
        original_locale: original_locale(&entry, &sample.texts)?,
        texts: sample.texts.iter().map(|sample| text(&entry, sample)).collect::<Result<_, _>>()?,
        hosts: sample.hosts.iter().map(host).collect::<Result<_, SeedError>>()?,
        programme_id: None,
        dates: new_dates(seeding, sample, &schedule, &place, now)?,
        time_note: sample.time_note.clone(),
        place,
        agenda: sample.agenda.iter().map(point).collect(),
        accessibility: NewAccessibility {
            languages: entry.parse_all(&sample.languages)?,
            interpretation: entry.parse_all(&sample.interpretation)?,
            features: samples::features(&sample.features),
            childcare: sample.childcare,
            audience: sample.audience.clone(),
            entry_conditions: sample.entry_conditions.clone(),
        },
        price: price(sample),
        registration: registration(&entry, &sample.registration, &schedule, now)?,
        contact: NewContact {
            name: sample.contact.name.clone(),
            email: entry.parse_some(sample.contact.email.as_deref())?,
            phone: sample.contact.phone.clone(),
        },
        website: entry.parse_some(sample.website.as_deref())?,
        tags: entry.find_all(&known.tags, "topic", &sample.tags)?,
        sources: Vec::new(),
        cancellation_reason: sample.cancellation_reason.clone(),
        outcome: NewOutcome::default(),
        cover_id: None,
        scheduled_for: None,
        schedule,
    })
}

fn original_locale(entry: &Entry<'_>, texts: &[SampleText]) -> Result<Locale, SeedError> {
    entry.parse(&texts.first().ok_or_else(|| entry.wrong("it has no text"))?.locale)
}

fn text(entry: &Entry<'_>, text: &SampleText) -> Result<NewEventText, SeedError> {
    Ok(NewEventText {
        locale: entry.parse(&text.locale)?,
        title: text.title.clone(),
        summary: text.summary.clone(),
        description: Markdown::new(&text.description),
    })
}

fn place(entry: &Entry<'_>, sample: &SampleEvent, venues: &HashMap<String, VenueId>) -> Result<NewPlace, SeedError> {
    Ok(NewPlace {
        mode: sample.mode,
        venue_id: sample.venue.as_ref().map(|slug| entry.find(venues, "venue", slug)).transpose()?,
        room: sample.room.clone(),
        online_url: entry.parse_some(sample.online_url.as_deref())?,
    })
}

fn price(sample: &SampleEvent) -> NewPrice {
    let tier =
        |tier: &super::sample_file::SampleTier| PriceTier { name: tier.name.clone(), amount: tier.amount, currency: "EUR".to_owned() };
    NewPrice { kind: sample.price.kind, tiers: sample.price.tiers.iter().map(tier).collect(), note: sample.price.note.clone() }
}

fn new_dates(
    seeding: &Seeding<'_>,
    sample: &SampleEvent,
    schedule: &Schedule,
    of_event: &NewPlace,
    now: DateTime<Utc>,
) -> Result<Vec<NewDate>, SeedError> {
    let entry = Entry { file: SAMPLES, slug: &sample.slug };
    let planned = dates::dates(&entry, schedule, now)?;
    let mut new: Vec<NewDate> = planned.iter().copied().map(NewDate::planned).collect();
    for particular in &sample.dates {
        dates::nth_of(&entry, &planned, particular.date)?;
        change(&entry, &mut new[particular.date - 1], particular, schedule, of_event, &seeding.known.venues)?;
    }
    Ok(new)
}

fn change(
    entry: &Entry<'_>,
    date: &mut NewDate,
    particular: &Particular,
    schedule: &Schedule,
    of_event: &NewPlace,
    venues: &HashMap<String, VenueId>,
) -> Result<(), SeedError> {
    date.when = dates::particular(date.when, particular, schedule.zone);
    if let Some(slug) = &particular.venue {
        let venue_id = Some(entry.find(venues, "venue", slug)?);
        date.place = Some(NewPlace { venue_id, room: particular.room.clone(), ..of_event.clone() });
    }
    date.is_cancelled = particular.cancelled.is_some();
    date.cancellation_reason = particular.cancelled.clone();
    date.capacity = particular.capacity;
    Ok(())
}

fn registration(
    entry: &Entry<'_>,
    sample: &SampleRegistration,
    schedule: &Schedule,
    now: DateTime<Utc>,
) -> Result<NewRegistrationPolicy, SeedError> {
    let usual = NewRegistrationPolicy::default();
    let (today, first_day) = (local(now, schedule.zone).date(), local(schedule.starts_at, schedule.zone).date());
    let midnight = |day: chrono::NaiveDate| instant(day.and_time(NaiveTime::MIN), schedule.zone);
    Ok(NewRegistrationPolicy {
        mode: sample.mode.unwrap_or(usual.mode),
        scope: sample.scope.unwrap_or(usual.scope),
        walk_ins_welcome: sample.walk_ins_welcome,
        opens_at: sample.opens_in_days.map(|days| midnight(today + Days::new(days))),
        closes_at: sample.closes_days_before.map(|days| midnight(first_day - Days::new(days))),
        closes_minutes_before: sample.closes_minutes_before,
        capacity: sample.capacity,
        waitlist: sample.waitlist.unwrap_or(usual.waitlist),
        pending_holds_seats: sample.pending_holds_seats.unwrap_or(usual.pending_holds_seats),
        max_seats: sample.max_seats.unwrap_or(usual.max_seats),
        external_url: entry.parse_some(sample.external_url.as_deref())?,
        questions: sample.questions.iter().map(Question::from).collect(),
    })
}
