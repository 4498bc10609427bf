//! A round of registrations: all who want the same seats at the same moment, in one transaction, each with an outcome of their own.
//!
//! What is decided about one counts for the next, as if they had come one by one in the order in which they stand in line.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::RegistrationId;
use entity::words::RegistrationStatus;
use entity::{registration, registration_receipt, seat_pool};
use sea_orm::{DbErr, RuntimeErr, sqlx};

use super::{Asking, Create, Key, Receipt, Sound, Wanted, key_is_used};
use crate::access::Viewer;
use crate::app::{App, Cx, Writing};
use crate::events::store::seats;
use crate::kernel::{Fault, Refusal, Why};
use crate::registrations::jobs::{News, Tell};
use crate::registrations::ops::announce::announce;
use crate::registrations::ops::seats::count_in;
use crate::registrations::rules::answers::Answered;
use crate::registrations::rules::searched;
use crate::registrations::store::target::{Chosen, Target, choose};
use crate::registrations::store::{line, receipts, write};

/// How long nobody is told once more that they are registered, however often it is asked.
const NO_SECOND_MAIL_WITHIN: TimeDelta = TimeDelta::hours(1);

/// Serves all who ask. Where one of them cannot be served, the others are nevertheless.
pub(super) async fn serve(app: App, wanted: Wanted, asking: Vec<Asking>) -> Vec<Result<Receipt, Fault>> {
    match serve_together(&app, wanted, &asking).await {
        Ok(outcomes) => outcomes,
        Err(fault) if asking.len() == 1 || !may_be_of_one(&fault) => asking.iter().map(|_| Err(fault.clone())).collect(),
        Err(_) => {
            let mut outcomes = Vec::new();
            for one in asking.chunks(1) {
                outcomes.push(serve_together(&app, wanted, one).await.and_then(|mut outcomes| outcomes.remove(0)));
            }
            outcomes
        }
    }
}

/// Whether what one of them asks for may be the reason; an outage of the database is none of that kind.
fn may_be_of_one(fault: &Fault) -> bool {
    match fault {
        Fault::Database(DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) => {
            error.as_database_error().is_some_and(|error| !matches!(error.kind(), sqlx::error::ErrorKind::Other))
        }
        Fault::Refusals(_) => true,
        _ => false,
    }
}

async fn serve_together(app: &App, wanted: Wanted, asking: &[Asking]) -> Result<Vec<Result<Receipt, Fault>>, Fault> {
    let writing = app.begin_write().await?;
    let pool = seats::lock(&writing, app.new_id(), wanted.0, wanted.1).await?;
    // Somebody may have changed the event while we waited for the lock.
    let offers = offers(&writing, asking).await?;
    let mut round = Round::begin(&writing, pool, asking).await?;
    let mut outcomes = Vec::new();
    for (asking, offer) in asking.iter().zip(offers) {
        outcomes.push(match offer {
            Ok(chosen) => round.serve(&asking.cx, &asking.command, &chosen),
            Err(why) => Err(Refusal::at(&asking.command.path_of_target(), why).into()),
        });
    }
    round.end(writing, app.clock.now()).await?;
    Ok(outcomes)
}

/// What each may register for now. What a visitor may is everybody's; the rest depends on who asks.
async fn offers(writing: &Writing, asking: &[Asking]) -> Result<Vec<Result<Chosen, Why>>, Fault> {
    let mut known = Vec::new();
    let mut offers = Vec::new();
    for Asking { cx, target, .. } in asking {
        let mut offer = offer(writing, &mut known, (&Viewer::Visitor, *target)).await?;
        if offer.is_err() && cx.viewer != Viewer::Visitor {
            offer = self::offer(writing, &mut known, (&cx.viewer, *target)).await?;
        }
        offers.push(offer);
    }
    Ok(offers)
}

type Offered<'a> = ((&'a Viewer, Target), Result<Chosen, Why>);

async fn offer<'a>(writing: &Writing, known: &mut Vec<Offered<'a>>, whose: (&'a Viewer, Target)) -> Result<Result<Chosen, Why>, Fault> {
    if let Some((_, offer)) = known.iter().find(|(known, _)| *known == whose) {
        return Ok(offer.clone());
    }
    let (viewer, target) = whose;
    let offer = choose(&**writing, viewer, target).await?;
    known.push((whose, offer.clone()));
    Ok(offer)
}

/// What is known and decided in the course of a round.
struct Round {
    pool: seat_pool::Model,
    /// How many wait.
    line: i32,
    /// What was answered to requests with a key, also in this round.
    receipts: HashMap<String, registration_receipt::Model>,
    /// Whose registrations stand, also since this round: when they were last told so, where they are from before it.
    standing: HashMap<String, Standing>,
    registered: Vec<(registration::Model, Vec<Answered>)>,
    reminded: Vec<RegistrationId>,
    answered: Vec<registration_receipt::Model>,
}

/// A registration that stands.
#[derive(Clone, Copy)]
struct Standing {
    id: RegistrationId,
    /// When its person was last told that it does; none where they were not since they made it.
    reminded_at: Option<DateTime<Utc>>,
}

impl Round {
    async fn begin(writing: &Writing, pool: seat_pool::Model, asking: &[Asking]) -> Result<Self, Fault> {
        let keys = asking.iter().filter_map(|asking| asking.command.key.as_ref()).map(|key| key.text.as_str()).collect();
        let emails: Vec<String> =
            asking.iter().filter_map(|asking| asking.command.email.as_ref()).map(|email| email.as_str().to_lowercase()).collect();
        let standing = write::standing(writing, pool.id, emails.iter().map(String::as_str).collect()).await?;
        Ok(Self {
            line: if pool.waiting > 0 { i32::try_from(line::length(writing, pool.id).await?).unwrap_or(i32::MAX) } else { 0 },
            receipts: receipts::by_keys(&**writing, keys).await?,
            standing: standing.into_iter().map(|row| (row.email, Standing { id: row.id, reminded_at: row.reminded_at })).collect(),
            pool,
            registered: Vec::new(),
            reminded: Vec::new(),
            answered: Vec::new(),
        })
    }

    fn serve(&mut self, cx: &Cx, command: &Create, chosen: &Chosen) -> Result<Receipt, Fault> {
        if let Some(key) = &command.key
            && let Some(kept) = self.receipts.get(&key.text)
        {
            return key.answer(kept, chosen);
        }
        let sound = command.check(chosen, self.pool.taken, cx.now())?;
        let receipt = Receipt {
            event: chosen.event.clone(),
            date: chosen.date.clone(),
            status: sound.status,
            seats: sound.seats,
            waitlist_position: (sound.status == RegistrationStatus::Waitlisted).then_some(self.line + 1),
        };
        match self.standing.get(&sound.email).copied() {
            Some(standing) => self.remind(&sound.email, standing, cx.now()),
            None => self.register(cx, command, chosen, sound),
        }
        if let Some(key) = &command.key {
            self.keep(&receipt, key, cx.now());
        }
        Ok(receipt)
    }

    fn register(&mut self, cx: &Cx, command: &Create, chosen: &Chosen, sound: Sound) {
        let now = cx.now();
        self.pool.last_number += 1;
        count_in(&mut self.pool, sound.status, sound.seats, chosen.event.pending_holds_seats);
        self.line += i32::from(sound.status == RegistrationStatus::Waitlisted);
        let row = registration::Model {
            id: cx.app.new_id(),
            seat_pool_id: self.pool.id,
            event_id: chosen.event.id,
            occurrence_id: chosen.date.as_ref().map(|date| date.id),
            search_text: searched(&sound.name, &sound.email, command.note.as_deref()),
            name: sound.name,
            email: sound.email,
            seats: sound.seats,
            status: sound.status,
            note: command.note.clone(),
            locale: command.locale.as_str().to_owned(),
            number: self.pool.last_number,
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
        };
        self.standing.insert(row.email.clone(), Standing { id: row.id, reminded_at: None });
        self.registered.push((row, sound.answers));
    }

    fn remind(&mut self, email: &str, standing: Standing, now: DateTime<Utc>) {
        if standing.reminded_at.is_none_or(|at| now - at >= NO_SECOND_MAIL_WITHIN) {
            self.standing.insert(email.to_owned(), Standing { reminded_at: Some(now), ..standing });
            self.reminded.push(standing.id);
        }
    }

    fn keep(&mut self, receipt: &Receipt, key: &Key, now: DateTime<Utc>) {
        let kept = registration_receipt::Model {
            idempotency_key: key.text.clone(),
            fingerprint: key.fingerprint.clone(),
            event_id: receipt.event.id,
            occurrence_id: receipt.date.as_ref().map(|date| date.id),
            status: receipt.status,
            seats: receipt.seats,
            waitlist_position: receipt.waitlist_position,
            created_at: now,
        };
        self.receipts.insert(key.text.clone(), kept.clone());
        self.answered.push(kept);
    }

    /// Writes what was decided, and that it is told.
    async fn end(self, writing: Writing, now: DateTime<Utc>) -> Result<(), Fault> {
        if self.registered.is_empty() && self.reminded.is_empty() && self.answered.is_empty() {
            return Ok(writing.undo().await?);
        }
        if !receipts::keep(&*writing, self.answered).await? {
            return Err(key_is_used().into());
        }
        let registered = self.registered.iter().map(|(row, _)| Tell::of(row.id, News::Registered));
        let reminded = self.reminded.iter().map(|id| Tell::of(*id, News::Again));
        writing.all_later(&registered.chain(reminded).collect::<Vec<_>>()).await?;
        self.registered.iter().for_each(|(row, _)| announce(&writing, row));
        if !self.registered.is_empty() {
            write::insert_all(&writing, self.registered).await?;
            seats::write_counts(&writing, &self.pool).await?;
        }
        write::note_reminders(&writing, self.reminded, now).await?;
        Ok(writing.commit().await?)
    }
}
