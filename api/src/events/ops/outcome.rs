//! What came of an event.

use entity::event;
use entity::id::EventId;

use super::standing::to_edit;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::rules::course::is_out;
use crate::events::store::{dates, write};
use crate::kernel::{Fault, Findings, Refusal, Why};

/// What came of it; replaces what was recorded before.
#[derive(Debug)]
pub struct Outcome {
    /// Guests who came.
    pub guests: Option<i32>,
    /// Guests from afar.
    pub online_guests: Option<i32>,
    /// What was donated, in the currency's smallest unit.
    pub donations: Option<i64>,
    /// Currency of the donations, ISO 4217.
    pub currency: Option<String>,
    /// Said beside it.
    pub note: Option<String>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Records what came of an event; of one with many dates, once the first of them is over.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for what was not published, or lies ahead.
pub async fn record_outcome(cx: &Cx, id: EventId, outcome: Outcome) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    let is_over = dates::of(&*writing, id).await?.iter().any(|date| date.over_at <= cx.now());
    outcome.findings.or_refuse()?;
    if !is_out(standing.row.status) || !is_over {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    let before = &standing.row;
    let row = event::Model {
        outcome_guests: outcome.guests,
        outcome_online_guests: outcome.online_guests,
        outcome_donations: outcome.donations,
        outcome_currency: outcome.currency.unwrap_or_else(|| before.outcome_currency.clone()),
        outcome_note: outcome.note,
        revision: before.revision + 1,
        updated_at: cx.now(),
        ..before.clone()
    };
    write::update(&*writing, &row).await?;
    let changes = Changes::none()
        .field("guests", &before.outcome_guests, &row.outcome_guests)
        .field("onlineGuests", &before.outcome_online_guests, &row.outcome_online_guests)
        .field("donations", &before.outcome_donations, &row.outcome_donations)
        .text("note", &before.outcome_note, &row.outcome_note);
    audit::ops::record(cx, &writing, Deed::EventRecordOutcome, Subject::Event(id), &standing.title, changes).await?;
    writing.commit().await?;
    Ok(row)
}
