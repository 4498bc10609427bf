//! Registering for a date, or for an event as a whole.

use chrono::TimeDelta;
use entity::words::{RegistrationMode, RegistrationStatus};
use entity::{event, occurrence, registration, registration_receipt, seat_pool};

use super::seats::count_in;
use crate::app::{Cx, Writing};
use crate::events::store::seats;
use crate::kernel::refusal::Expected;
use crate::kernel::{EmailAddress, FULL_BUCKET, Fault, Findings, Locale, PersonName, Refusal, Why};
use crate::registrations::jobs::{News, Tell};
use crate::registrations::rules::admission::{self, admit};
use crate::registrations::rules::answers::{self, Answered, Given};
use crate::registrations::rules::searched;
use crate::registrations::store::target::{Chosen, Target, choose};
use crate::registrations::store::{line, receipts, write};

/// How long nobody is told once more that they are registered, however often it is asked.
const NO_SECOND_MAIL_WITHIN: TimeDelta = TimeDelta::hours(1);

/// Who wants what. What could not be read is noted in the findings, so that it is told together with what is found out here.
#[derive(Debug)]
pub struct Create {
    /// For what.
    pub target: Option<Target>,
    /// Who.
    pub name: Option<PersonName>,
    /// Where they are written to.
    pub email: Option<EmailAddress>,
    /// How many seats.
    pub seats: Option<u32>,
    /// What they answer to the event's questions.
    pub answers: Vec<Given>,
    /// What they say beside.
    pub note: Option<String>,
    /// In which language they are written to.
    pub locale: Locale,
    /// By which the same request is known again.
    pub key: Option<Key>,
    /// What is wrong already.
    pub findings: Findings,
}

/// A key of the client's for its request.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key.
    pub text: String,
    /// Keyed hash of all that was given with it.
    pub fingerprint: String,
}

/// What is told of a registration: what was asked and decided. Nothing in it depends on whether the address was known.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The event.
    pub event: event::Model,
    /// The date; none where one registers for the event as a whole.
    pub date: Option<occurrence::Model>,
    /// What was decided.
    pub status: RegistrationStatus,
    /// Seats asked for.
    pub seats: i32,
    /// 1 for the next in line; none unless waitlisted.
    pub waitlist_position: Option<i32>,
}

/// A request that was read and found sound.
struct Sound {
    name: PersonName,
    email: String,
    seats: i32,
    answers: Vec<Answered>,
    status: RegistrationStatus,
}

/// Registers a person: confirmed, waiting, or pending. Whoever is registered already takes no further seat, gets the answer that
/// anybody would get, and learns by mail how they stand.
///
/// # Errors
/// [`crate::kernel::Refused::RateLimited`]; refusals of what was given, all at once.
pub async fn create(cx: &Cx, mut command: Create) -> Result<Receipt, Fault> {
    cx.slow_down(FULL_BUCKET / cx.app.config.limits.registrations_per_client.max(1))?;
    let Some(target) = command.target else { return Err(command.findings.into()) };
    let writing = cx.begin_write().await?;
    let chosen = named(&writing, cx, target).await?;
    let mut pool = seats::lock(&writing, cx.app.new_id(), chosen.event.id, chosen.date.as_ref().map(|date| date.id)).await?;
    // Somebody may have changed the event while we waited for the lock.
    let chosen = named(&writing, cx, target).await?;
    if let Some(receipt) = answered_before(&writing, &chosen, command.key.as_ref()).await? {
        return Ok(receipt);
    }
    let sound = check(cx, &chosen, &pool, &mut command)?;
    let place = match sound.status {
        RegistrationStatus::Waitlisted => i32::try_from(line::line(&writing, pool.id).await?.len() + 1).ok(),
        _ => None,
    };
    let receipt = Receipt {
        event: chosen.event.clone(),
        date: chosen.date.clone(),
        status: sound.status,
        seats: sound.seats,
        waitlist_position: place,
    };
    match write::standing(&writing, pool.id, &sound.email).await? {
        Some(known) => remind(cx, &writing, &known).await?,
        None => register(cx, &writing, &chosen, &mut pool, sound, &command).await?,
    }
    if let Some(key) = command.key {
        keep(cx, &writing, &receipt, key).await?;
    }
    writing.commit().await?;
    Ok(receipt)
}

async fn named(writing: &Writing, cx: &Cx, target: Target) -> Result<Chosen, Fault> {
    let field = match target {
        Target::Date(_) => "occurrenceId",
        Target::Event(_) => "eventId",
    };
    Ok(choose(&**writing, &cx.viewer, target).await?.map_err(|why| Refusal::at(&["input", "for", field], why))?)
}

/// The same key with the same input gets the same answer again.
async fn answered_before(writing: &Writing, chosen: &Chosen, key: Option<&Key>) -> Result<Option<Receipt>, Fault> {
    let Some(key) = key else { return Ok(None) };
    let Some(kept) = receipts::by_key(&**writing, &key.text).await? else { return Ok(None) };
    if kept.fingerprint != key.fingerprint {
        return Err(key_is_used().into());
    }
    let (event, date) = (chosen.event.clone(), chosen.date.clone());
    Ok(Some(Receipt { event, date, status: kept.status, seats: kept.seats, waitlist_position: kept.waitlist_position }))
}

fn check(cx: &Cx, chosen: &Chosen, pool: &seat_pool::Model, command: &mut Create) -> Result<Sound, Fault> {
    let event = &chosen.event;
    let mut findings = std::mem::replace(&mut command.findings, Findings::of_input());
    let answers = answers::read(&event.questions.0, &command.answers, &mut findings);
    let admitted = command.seats.and_then(|seats| {
        let request = admission::Request {
            seats,
            most: u32::try_from(event.max_seats).unwrap_or(1),
            needs_approval: event.registration_mode == RegistrationMode::Approval,
            pending_holds_seats: event.pending_holds_seats,
        };
        let field = |why| if matches!(why, Why::TooManySeats(_)) { "seats" } else { "for" };
        let admitted = admit(&chosen.offer, u32::try_from(pool.taken).unwrap_or(0), &request, cx.now());
        admitted.map_err(|why| findings.refuse(&[field(why)], why)).ok()
    });
    let seats = command.seats.and_then(|seats| i32::try_from(seats).ok());
    match (command.name.take(), command.email.take(), seats, admitted) {
        (Some(name), Some(email), Some(seats), Some(status)) if findings.is_empty() => {
            Ok(Sound { name, email: email.as_str().to_lowercase(), seats, answers, status })
        }
        _ => Err(findings.into()),
    }
}

async fn register(
    cx: &Cx,
    writing: &Writing,
    chosen: &Chosen,
    pool: &mut seat_pool::Model,
    sound: Sound,
    command: &Create,
) -> Result<(), Fault> {
    let now = cx.now();
    pool.last_number += 1;
    count_in(pool, sound.status, sound.seats, chosen.event.pending_holds_seats);
    let search_text = searched(sound.name.as_str(), &sound.email, command.note.as_deref());
    let row = registration::Model {
        id: cx.app.new_id(),
        seat_pool_id: pool.id,
        event_id: chosen.event.id,
        occurrence_id: chosen.date.as_ref().map(|date| date.id),
        name: sound.name.to_string(),
        email: sound.email,
        seats: sound.seats,
        status: sound.status,
        note: command.note.clone(),
        locale: command.locale.as_str().to_owned(),
        number: pool.last_number,
        secret_version: 0,
        invitation_sequence: 0,
        created_at: now,
        updated_at: now,
        confirmed_at: (sound.status == RegistrationStatus::Confirmed).then_some(now),
        cancelled_at: None,
        checked_in_at: None,
        reminded_at: None,
        anonymised_at: None,
        approved_at: None,
        told_ahead_at: None,
        accepted_at: None,
        decline_reason: None,
        search_text,
    };
    let registration = row.id;
    write::insert(writing, row, sound.answers).await?;
    seats::write_counts(writing, pool).await?;
    Ok(writing.later(&Tell::of(registration, News::Registered)).await?)
}

async fn remind(cx: &Cx, writing: &Writing, known: &registration::Model) -> Result<(), Fault> {
    let now = cx.now();
    if now - known.reminded_at.unwrap_or(known.created_at) < NO_SECOND_MAIL_WITHIN && known.reminded_at.is_some() {
        return Ok(());
    }
    write::note_reminder(writing, known.id, now).await?;
    Ok(writing.later(&Tell::of(known.id, News::Again)).await?)
}

async fn keep(cx: &Cx, writing: &Writing, receipt: &Receipt, key: Key) -> Result<(), Fault> {
    let row = registration_receipt::Model {
        idempotency_key: key.text,
        fingerprint: key.fingerprint,
        event_id: receipt.event.id,
        occurrence_id: receipt.date.as_ref().map(|date| date.id),
        status: receipt.status,
        seats: receipt.seats,
        waitlist_position: receipt.waitlist_position,
        created_at: cx.now(),
    };
    if receipts::keep(&**writing, row).await? { Ok(()) } else { Err(key_is_used().into()) }
}

fn key_is_used() -> Refusal {
    Refusal::at(&["input", "idempotencyKey"], Why::Invalid(Expected::UnusedKey))
}
