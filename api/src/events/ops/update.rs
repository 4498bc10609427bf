//! Changing an event. Whoever is registered is told where its time or its place changes.

use entity::event;
use entity::id::EventId;

use super::edit::Edit;
use super::standing::{Standing, to_edit};
use super::{named, reschedule, tombstone};
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::events::jobs::Reoffered;
use crate::events::rules::course::stage;
use crate::events::store::write::{self, NewEvent};
use crate::events::store::{content, dates};
use crate::kernel::publication::{Stage, changed};
use crate::kernel::{Fault, Findings, Why, revision};
use crate::live::Change;
use crate::tags;

/// Changes an event. One that was approved for later and is changed by an editor who is reviewed goes back to review.
///
/// # Errors
/// What [`to_edit`] refuses; refusals of what was given, all at once.
pub async fn update(cx: &Cx, id: EventId, expected_revision: Option<i32>, mut edit: Edit) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    revision::check(standing.row.revision, expected_revision)?;
    let network = named::network(&writing).await?;
    let names = std::mem::take(&mut edit.tags);
    let old = content::of(&*writing, &standing.row).await?;
    let mut new = edit.apply(old.clone(), network.time_zone.parse().unwrap_or(chrono_tz::UTC));
    if new.hosts.first() != old.hosts.first() {
        named::authorise_host(cx, &new).await?;
    }
    named::check(cx, &writing, (&new, Some(&old)), Some(id.0), &mut edit.findings).await?;
    check_registered(&writing, id, &old, &new, &mut edit.findings).await?;
    edit.findings.or_refuse()?;
    if !names.keeps() {
        new.tags = tags::store::write::of_names(&*writing, &cx.app, &names.over_list(Vec::new())).await?;
    }
    let needs_review = named::needs_review(cx, &writing, standing.host).await?;
    if changed(stage(new.status), needs_review) == Stage::InReview {
        new.status = entity::words::EventStatus::InReview;
    }
    let row = write_anew(cx, &writing, &standing, &old, &new).await?;
    writing.announce(Change::Seats { event: row.id, date: None });
    writing.commit().await?;
    Ok(row)
}

async fn write_anew(cx: &Cx, writing: &Writing, standing: &Standing, old: &NewEvent, new: &NewEvent) -> Result<event::Model, Fault> {
    let is_elsewhen = old.schedule != new.schedule;
    let is_elsewhere = old.place != new.place;
    let raises = is_elsewhen || is_elsewhere || old.visibility != new.visibility;
    let planned = event::Model {
        status: new.status,
        visibility: new.visibility,
        sequence: standing.row.sequence + i32::from(raises),
        ..standing.row.clone()
    };
    tombstone::keep_or_lift(&**writing, &standing.row, &planned, cx.now()).await?;
    let row =
        write::replace(&**writing, &cx.app, &standing.row, new, raises).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    if is_elsewhen || is_elsewhere {
        reschedule::reschedule(cx, writing, &standing.row, &row, (old, new)).await?;
    }
    if old.registration.capacity != new.registration.capacity || old.registration.waitlist != new.registration.waitlist {
        writing.later_once(&row.id.0.to_string(), &Reoffered { event: row.id }).await?;
    }
    let title =
        new.texts.iter().find(|text| text.locale == new.original_locale).map_or(standing.title.as_str(), |text| text.title.as_str());
    audit::ops::record(cx, writing, Deed::EventUpdate, Subject::Event(row.id), title, changes(&standing.row, &row, old, new)).await?;
    Ok(row)
}

/// What people registered by cannot be changed under them.
async fn check_registered(writing: &Writing, id: EventId, old: &NewEvent, new: &NewEvent, findings: &mut Findings) -> Result<(), Fault> {
    let (before, after) = (&old.registration, &new.registration);
    let fields = [("scope", before.scope != after.scope), ("pendingHoldsSeats", before.pending_holds_seats != after.pending_holds_seats)];
    if fields.iter().all(|(_, differs)| !differs) {
        return Ok(());
    }
    let (of_dates, of_whole) = dates::registered_for(&**writing, id).await?;
    for (field, _) in fields.iter().filter(|(_, differs)| *differs && (of_whole || !of_dates.is_empty())) {
        findings.refuse(&["registrationPolicy", field], Why::WrongState);
    }
    Ok(())
}

/// What the log tells: no texts, and nothing of people.
fn changes(before: &event::Model, after: &event::Model, old: &NewEvent, new: &NewEvent) -> Changes {
    let locales = |event: &NewEvent| event.texts.iter().map(|text| text.locale.to_string()).collect::<Vec<_>>();
    let texts = |event: &NewEvent| {
        event.texts.iter().map(|text| (text.title.clone(), text.summary.clone(), text.description.clone())).collect::<Vec<_>>()
    };
    Changes::none()
        .field("status", &before.status, &after.status)
        .field("slug", &before.slug, &after.slug)
        .field("visibility", &before.visibility, &after.visibility)
        .field("category", &before.category, &after.category)
        .field("hosts", &old.hosts, &new.hosts)
        .field("cover", &before.cover_id, &after.cover_id)
        .field("startsAt", &before.starts_at, &after.starts_at)
        .field("endsAt", &before.ends_at, &after.ends_at)
        .field("recurrence", &before.recurrence, &after.recurrence)
        .field("exceptDates", &before.except_dates, &after.except_dates)
        .field("furtherDates", &before.further_dates, &after.further_dates)
        .field("mode", &before.mode, &after.mode)
        .field("venue", &before.venue_id, &after.venue_id)
        .field("room", &before.room, &after.room)
        .field("capacity", &before.capacity, &after.capacity)
        .field("registrationMode", &before.registration_mode, &after.registration_mode)
        .field("locales", &locales(old), &locales(new))
        .text("texts", &texts(old), &texts(new))
        .text("onlineUrl", &before.online_url, &after.online_url)
        .text("contact", &(&before.contact_name, &before.contact_email), &(&after.contact_name, &after.contact_email))
        .text("questions", &before.questions, &after.questions)
}
