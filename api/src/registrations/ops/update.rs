//! Changing a registration: who comes, with how many, and what they say.

use entity::{event, registration, seat_pool};

use super::announce::announce;
use super::decide::opened;
use super::find::{By, Hand, Named, find};
use super::move_up::{let_move_up, offer};
use super::note::note;
use super::seats::{count_in, count_out};
use crate::app::{Cx, Writing};
use crate::audit::rules::{Changes, Deed};
use crate::events::offer::Offer;
use crate::events::store::seats;
use crate::kernel::{Fault, Findings, Patch, PersonName, Refusal, Why};
use crate::registrations::jobs::{News, Tell};
use crate::registrations::rules::admission::is_standing;
use crate::registrations::rules::answers::{self, Answered, Given};
use crate::registrations::rules::resize::{self, resize};
use crate::registrations::rules::searched;
use crate::registrations::store::{parts, write};

/// What shall be different; what is left out stays.
#[derive(Debug)]
pub struct Update {
    /// Who.
    pub name: Patch<PersonName>,
    /// How many seats.
    pub seats: Patch<u32>,
    /// What they answer to the event's questions, all of it.
    pub answers: Patch<Vec<Given>>,
    /// What they say beside.
    pub note: Patch<String>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Changes a registration that stands. The person may until it begins, and take more seats while registration is open; organisers
/// may also later. Seats that are given back go to the first in line who fit; where there are too few for more, nothing changes.
/// What organisers change, the person is told.
///
/// # Errors
/// What [`find()`] refuses; refusals of what was given, all at once; [`Why::WrongState`] for what does not stand any more, and for
/// the person once they were let in; [`Why::Closed`] for the person once it has begun.
pub async fn update(cx: &Cx, by: By, command: Update) -> Result<Named, Fault> {
    let named = find(cx, by).await?;
    let (writing, row, event, mut pool) = opened(cx, &named.row).await?;
    let offer = offer(&writing, &event, &pool).await?;
    can_change(cx, &row, offer.as_ref(), named.hand)?;
    let (now, answers) = changed(cx, (&row, named.hand), &event, (&pool, offer.as_ref()), command)?;
    let answers = match answers {
        Some(answers) if !is_known(&writing, &row, &answers).await? => Some(answers),
        _ => None,
    };
    if (&now.name, now.seats, &now.note) == (&row.name, row.seats, &row.note) && answers.is_none() {
        return Ok(Named { row, ..named });
    }
    let now = registration::Model {
        updated_at: cx.now(),
        invitation_sequence: row.invitation_sequence + i32::from(named.hand == Hand::Organiser),
        ..now
    };
    let changes = Changes::none()
        .text("name", &row.name, &now.name)
        .field("seats", &row.seats, &now.seats)
        .text("answers", &false, &answers.is_some())
        .text("note", &row.note, &now.note);
    write::update(&writing, &now, answers).await?;
    count_out(&mut pool, row.status, row.seats, event.pending_holds_seats);
    count_in(&mut pool, now.status, now.seats, event.pending_holds_seats);
    if now.seats < row.seats {
        let_move_up(&cx.app, &writing, &event, &mut pool).await?;
    }
    seats::write_counts(&writing, &pool).await?;
    if named.hand == Hand::Organiser {
        writing.later(&Tell { at: Some(cx.now()), ..Tell::of(row.id, News::Changed) }).await?;
        note(cx, &writing, Deed::RegistrationUpdate, (&row, &event), changes).await?;
    }
    // Who waited with a large party may have moved up with a smaller one.
    let row = write::again(&writing, row.id).await?;
    announce(&writing, &row);
    writing.commit().await?;
    Ok(Named { row, ..named })
}

/// Whether it can be changed at all by now.
fn can_change(cx: &Cx, row: &registration::Model, offer: Option<&Offer>, hand: Hand) -> Result<(), Refusal> {
    if !is_standing(row.status) || row.anonymised_at.is_some() {
        return Err(Refusal::of_state(Why::WrongState));
    }
    if hand == Hand::Organiser {
        return Ok(());
    }
    if row.checked_in_at.is_some() {
        return Err(Refusal::of_state(Why::WrongState));
    }
    // Where an event asks for no registration any more, what was said can still be put right.
    match offer {
        Some(offer) if cx.now() >= offer.starts_at => Err(Refusal::of_state(Why::Closed)),
        _ => Ok(()),
    }
}

/// The registration as it shall be, and its answers where they are given anew.
fn changed(
    cx: &Cx,
    (row, hand): (&registration::Model, Hand),
    event: &event::Model,
    (pool, offer): (&seat_pool::Model, Option<&Offer>),
    command: Update,
) -> Result<(registration::Model, Option<Vec<Answered>>), Fault> {
    let mut findings = command.findings;
    let name = command.name.read(|name| Ok(name.to_string())).and_then(|name| name.over_required(row.name.clone()));
    let name = findings.take("name", name);
    let own_seats = u32::try_from(row.seats).unwrap_or(0);
    let wanted = findings.take("seats", command.seats.over_required(own_seats));
    let answers = match command.answers {
        Patch::Keep => None,
        Patch::Clear => Some(answers::read(&event.questions.0, &[], &mut findings)),
        Patch::Set(given) => Some(answers::read(&event.questions.0, &given, &mut findings)),
    };
    if let Some(wanted) = wanted.filter(|wanted| *wanted > own_seats) {
        let request = resize::Request {
            status: row.status,
            seats: own_seats,
            wanted,
            most: u32::try_from(event.max_seats).unwrap_or(1),
            pending_holds_seats: event.pending_holds_seats,
            is_organiser: hand == Hand::Organiser,
        };
        let taken = u32::try_from(pool.taken).unwrap_or(0);
        let fits = offer.ok_or(Why::Closed).and_then(|offer| resize(offer, taken, &request, cx.now()));
        findings.take("seats", fits);
    }
    match (name, wanted.and_then(|wanted| i32::try_from(wanted).ok())) {
        (Some(name), Some(seats)) if findings.is_empty() => {
            let note = command.note.over(row.note.clone());
            let search_text = searched(&name, &row.email, note.as_deref());
            Ok((registration::Model { name, seats, note, search_text, ..row.clone() }, answers))
        }
        _ => Err(findings.into()),
    }
}

/// Whether these were the answers before.
async fn is_known(writing: &Writing, row: &registration::Model, answers: &[Answered]) -> Result<bool, Fault> {
    let known = parts::answers(&**writing, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let before = known.iter().map(|answer| (&answer.question, &answer.answers.0));
    Ok(before.eq(answers.iter().map(|answer| (&answer.question, &answer.values))))
}
