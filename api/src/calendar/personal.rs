//! The calendar of what one person registered for: behind a secret address, with what only they are told.

use chrono::Utc;
use entity::id::EventId;
use entity::words::RegistrationStatus;
use entity::{event, person, registration};
use ics::Status;

use super::feed::{About, Draft, Feed, KEPT};
use super::narrowing::Narrowing;
use super::store::personal;
use crate::app::App;
use crate::events::ics::{Addresses, Facts, Reader, entries, entry_of_date};
use crate::events::ops::TOMBSTONES_KEPT;
use crate::events::rules::course::is_out;
use crate::events::store::tombstones;
use crate::events::store::whole::Whole;
use crate::kernel::{Fault, Locale, Refused, Wanted};
use crate::organisations;

/// All that the person registered for and that is not over for long. What they wait for is there as not certain; what they cancelled,
/// or was declined, is not.
///
/// # Errors
/// Where the database fails.
pub async fn of_registrations(app: &App, person: &person::Model, narrowing: &Narrowing) -> Result<Feed, Fault> {
    let (network, own) = organisations::store::network::the_network(&app.db).await?.ok_or(Refused::NotFound)?;
    let locale = narrowing.locale.clone().or_else(|| person.locale.parse().ok()).unwrap_or_else(Locale::german);
    let is_german = locale.is_german();
    let draft = Draft { app: app.clone(), network, own, is_german, wanted: Wanted::default().led_by(locale) };

    let own_rows = personal::registrations(&app.db, person.id).await?;
    let content = Whole::of(&app.db, personal::events(&app.db, person.id).await?).await?;
    let mut all = Vec::new();
    for event in content.events.iter().filter(|event| is_out(event.status)) {
        let rows: Vec<&registration::Model> = own_rows.iter().filter(|row| row.event_id == event.id && stands(row)).collect();
        all.extend(entries_of(&draft, &content, event, &rows));
    }
    let withdrawn = content.events.iter().filter(|event| !is_out(event.status)).map(|event| event.id);
    let withdrawn: Vec<EventId> = withdrawn.filter(|id| own_rows.iter().any(|row| row.event_id == *id && stands(row))).collect();
    let tombstones = tombstones::of_events(&app.db, withdrawn, app.clock.now() - TOMBSTONES_KEPT).await?;
    all.extend(tombstones.iter().map(|tombstone| draft.struck_out(tombstone)));

    let name = if draft.is_german { "Meine Anmeldungen" } else { "My registrations" };
    let about = About { name: format!("{} – {name}", draft.own.name), page: app.url("/account"), source: None, is_of_one: false };
    let changed = own_rows.iter().map(|row| row.updated_at).max().unwrap_or(person.created_at);
    let feed = draft.finish(about, all, changed, "registrations".to_owned());
    Ok(Feed { last_modified: feed.last_modified.max(changed), ..feed })
}

/// Whether somebody has a seat, or may get one.
fn stands(row: &registration::Model) -> bool {
    match row.status {
        RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted | RegistrationStatus::Pending => true,
        RegistrationStatus::Declined | RegistrationStatus::Cancelled => false,
    }
}

fn entries_of(draft: &Draft, content: &Whole, event: &event::Model, rows: &[&registration::Model]) -> Vec<ics::Event<'static>> {
    let addresses = Addresses::of(&draft.app, content, event);
    let usual = Facts::of(content, event, &draft.wanted, &draft.own, &addresses);
    let since = draft.app.clock.now() - KEPT;
    // Who registered for the event as a whole comes to each of its dates.
    if let Some(row) = rows.iter().find(|row| row.occurrence_id.is_none()) {
        let is_ahead = usual.dates.iter().any(|date| date.over_at >= since);
        let facts = Facts { reader: reader(row, draft.is_german), ..usual };
        let all = if is_ahead { entries(facts) } else { Vec::new() };
        return all.into_iter().map(|entry| as_registered(entry, row)).collect();
    }
    let dates = rows.iter().filter_map(|row| {
        let date = usual.dates.iter().find(|date| Some(date.id) == row.occurrence_id).filter(|date| date.over_at >= since)?;
        let facts = Facts { reader: reader(row, draft.is_german), ..usual };
        Some(as_registered(entry_of_date(facts, date), row))
    });
    dates.collect()
}

/// What somebody should know of their place.
fn reader(row: &registration::Model, is_german: bool) -> Reader<'static> {
    match (row.status, is_german) {
        (RegistrationStatus::Confirmed, _) => Reader::Registered,
        (RegistrationStatus::Waitlisted, true) => Reader::Waiting("Sie stehen auf der Warteliste."),
        (RegistrationStatus::Waitlisted, false) => Reader::Waiting("You are on the waiting list."),
        (_, true) => Reader::Waiting("Ihre Anmeldung ist noch nicht bestätigt."),
        (_, false) => Reader::Waiting("Your registration is not confirmed yet."),
    }
}

/// The entry, as the invitation in the person's mail has it.
fn as_registered(entry: ics::Event<'static>, row: &registration::Model) -> ics::Event<'static> {
    let changed = row.updated_at.with_timezone(&Utc);
    ics::Event {
        sequence: entry.sequence + u32::try_from(row.invitation_sequence).unwrap_or(0),
        stamp: entry.stamp.max(changed),
        last_modified: Some(entry.last_modified.unwrap_or(entry.stamp).max(changed)),
        status: match (entry.status, row.status) {
            (Status::Cancelled, _) => Status::Cancelled,
            (own, RegistrationStatus::Confirmed) => own,
            _ => Status::Tentative,
        },
        ..entry
    }
}
