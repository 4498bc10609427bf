//! Registering for a date, or for an event as a whole.
//!
//! Who can be turned away is, by what is written already; all others wait for the round ([`round`]) in which everybody who wants the
//! same seats at the same moment is served together.

mod round;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::id::{EventId, OccurrenceId};
use entity::words::{RegistrationMode, RegistrationStatus};
use entity::{event, occurrence, registration_receipt};
use sea_orm::ConnectionTrait;

use crate::access::Viewer;
use crate::app::Cx;
use crate::db::together::Together;
use crate::events::store::seats;
use crate::kernel::refusal::Expected;
use crate::kernel::{EmailAddress, FULL_BUCKET, Fault, Findings, Locale, PersonName, Refusal, Why};
use crate::registrations::rules::admission::{self, admit};
use crate::registrations::rules::answers::{self, Answered, Given};
use crate::registrations::store::receipts;
use crate::registrations::store::target::{Chosen, Target, choose};

/// Who wants what. What could not be read is noted in the findings, so that it is told together with what is found out here.
#[derive(Clone, Debug)]
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

/// Whose seats are wanted: those of a date, or those of an event as a whole. They are given in one round at a time.
type Wanted = (EventId, Option<OccurrenceId>);

/// Where people stand in line for seats in this process.
type Desk = Together<Wanted, Asking, Result<Receipt, Fault>>;

/// What is wanted, and how many of its seats are taken.
struct Seen {
    chosen: Chosen,
    taken: i32,
}

/// Where visitors who want the same at the same moment look it up together.
type Board = Together<Target, (), Looked>;
type Looked = Result<Result<Arc<Seen>, Why>, Fault>;

/// Somebody in line at the desk.
#[derive(Debug)]
struct Asking {
    cx: Cx,
    command: Create,
    /// What was named, by now as exactly as it can be.
    target: Target,
}

/// A request that was read and found sound.
struct Sound {
    name: String,
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
pub async fn create(cx: &Cx, command: Create) -> Result<Receipt, Fault> {
    cx.slow_down(FULL_BUCKET / cx.app.config.limits.registrations_per_client.max(1))?;
    let Some(target) = command.target else { return Err(command.findings.into()) };
    let seen = look(cx, target).await?.map_err(|why| Refusal::at(&command.path_of_target(), why))?;
    let chosen = &seen.chosen;
    if let Err(refused) = command.check(chosen, seen.taken, cx.now()) {
        return command.answered_before(cx.db(), chosen).await?.unwrap_or(Err(refused));
    }
    let wanted = seen.wanted();
    let target = wanted.1.map_or(target, Target::Date);
    let asking = Asking { cx: cx.clone(), command, target };
    let app = cx.app.clone();
    let answer = cx.app.shared::<Desk>().ask(wanted, asking, move |asking| round::serve(app.clone(), wanted, asking)).await;
    answer.unwrap_or_else(|| Err(Fault::Broken("a round of registrations broke down".to_owned())))
}

/// What the viewer named, as it is written after they asked.
async fn look(cx: &Cx, target: Target) -> Looked {
    if cx.viewer != Viewer::Visitor {
        return look_up(cx.db(), &cx.viewer, target).await;
    }
    let db = cx.db().clone();
    let look_up = move |asked: Vec<()>| {
        let db = db.clone();
        async move { vec![look_up(&db, &Viewer::Visitor, target).await; asked.len()] }
    };
    let looked = cx.app.shared::<Board>().ask(target, (), look_up).await;
    looked.unwrap_or_else(|| Err(Fault::Broken("what is registered for could not be looked up".to_owned())))
}

async fn look_up(db: &impl ConnectionTrait, viewer: &Viewer, target: Target) -> Looked {
    let chosen = match choose(db, viewer, target).await? {
        Ok(chosen) => chosen,
        Err(why) => return Ok(Err(why)),
    };
    let mut seen = Seen { chosen, taken: 0 };
    let (event, date) = seen.wanted();
    seen.taken = seats::taken(db, event, date).await?;
    Ok(Ok(Arc::new(seen)))
}

impl Seen {
    fn wanted(&self) -> Wanted {
        (self.chosen.event.id, self.chosen.date.as_ref().map(|date| date.id))
    }
}

impl Create {
    fn path_of_target(&self) -> [&'static str; 3] {
        let field = match self.target {
            Some(Target::Event(_)) => "eventId",
            Some(Target::Date(_)) | None => "occurrenceId",
        };
        ["input", "for", field]
    }

    /// The request as it can be accepted where so many seats are taken; or all that is wrong about it.
    fn check(&self, chosen: &Chosen, taken: i32, now: DateTime<Utc>) -> Result<Sound, Fault> {
        let event = &chosen.event;
        let mut findings = self.findings.clone();
        let answers = answers::read(&event.questions.0, &self.answers, &mut findings);
        let admitted = self.seats.and_then(|seats| {
            let request = admission::Request {
                seats,
                most: u32::try_from(event.max_seats).unwrap_or(1),
                needs_approval: event.registration_mode == RegistrationMode::Approval,
                pending_holds_seats: event.pending_holds_seats,
            };
            let field = |why| if matches!(why, Why::TooManySeats(_)) { "seats" } else { "for" };
            let admitted = admit(&chosen.offer, u32::try_from(taken).unwrap_or(0), &request, now);
            admitted.map_err(|why| findings.refuse(&[field(why)], why)).ok()
        });
        let seats = self.seats.and_then(|seats| i32::try_from(seats).ok());
        match (&self.name, &self.email, seats, admitted) {
            (Some(name), Some(email), Some(seats), Some(status)) if findings.is_empty() => {
                Ok(Sound { name: name.to_string(), email: email.as_str().to_lowercase(), seats, answers, status })
            }
            _ => Err(findings.into()),
        }
    }

    /// The same key with the same input gets the same answer again, whatever became of the seats since.
    async fn answered_before(&self, db: &impl ConnectionTrait, chosen: &Chosen) -> Result<Option<Result<Receipt, Fault>>, Fault> {
        let Some(key) = &self.key else { return Ok(None) };
        Ok(receipts::by_keys(db, vec![&key.text]).await?.get(&key.text).map(|kept| key.answer(kept, chosen)))
    }
}

impl Key {
    /// What was answered to the request with this key, where it is the same request.
    fn answer(&self, kept: &registration_receipt::Model, chosen: &Chosen) -> Result<Receipt, Fault> {
        if kept.fingerprint != self.fingerprint {
            return Err(key_is_used().into());
        }
        let (event, date) = (chosen.event.clone(), chosen.date.clone());
        Ok(Receipt { event, date, status: kept.status, seats: kept.seats, waitlist_position: kept.waitlist_position })
    }
}

fn key_is_used() -> Refusal {
    Refusal::at(&["input", "idempotencyKey"], Why::Invalid(Expected::UnusedKey))
}
