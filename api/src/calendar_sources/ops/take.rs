//! Taking over what a calendar says, event by event, each in transactions of its own.

use std::collections::HashSet;

use entity::lists::{CalendarRefusal, CalendarReport};
use entity::words::{EventStatus, ImportedKind};
use entity::{calendar_source, imported};
use fetch::Address;

use super::{enter, follow, renamed};
use crate::app::{Cx, Writing};
use crate::calendar_sources::store;
use crate::imports;
use crate::imports::ops::announcing::{Into, NotEntered};
use crate::imports::read::calendar::{CalendarEvent, Read};
use crate::imports::read::unreadable::{Unreadable, What};
use crate::imports::rules::fingerprint;
use crate::kernel::{Fault, Locale};
use crate::organisations;

/// Refusals that are kept; the rest is counted.
const SHOWN: usize = 50;

/// Dates of new events that are entered at one look; what goes beyond comes at the next.
const DATES: usize = 20_000;

/// What became of a calendar.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Of its events.
    pub report: CalendarReport,
    /// What is in it, by what it is called there.
    pub there: HashSet<String>,
    /// Whether it says nothing at all.
    pub is_empty: bool,
    /// Whether something is left for the next look.
    pub goes_on: bool,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is new here.
    Added,
    /// It came before.
    Followed {
        /// It said something new, which was taken over.
        changed: bool,
        /// It said something new of what was changed here: that stays.
        kept: bool,
    },
    /// It is not for here.
    LeftOut,
    /// It is new, and comes at the next look.
    Later,
    /// Another address was given meanwhile, or none any more.
    Stopped,
}

/// A calendar from which events are taken over.
pub(super) struct Origin<'a> {
    /// Its row, as it was when it was fetched.
    pub source: &'a calendar_source::Model,
    /// What events become.
    pub into: Into,
    /// The name under which what they are called there is their own.
    pub key: String,
    /// A digest of its address.
    pub seen_in: String,
}

/// The name under which what things are called in the calendar of an organisation is their own.
pub(super) fn key(source: &calendar_source::Model) -> String {
    format!("calendar of {}", source.organisation_id.0)
}

/// A digest of the address of a calendar.
pub(super) fn seen_in(source: &calendar_source::Model) -> String {
    fingerprint(&source.address)
}

/// Takes a whole calendar over; none where another address was given meanwhile.
///
/// # Errors
/// Where the database fails: what was taken over stays so.
pub(super) async fn all(cx: &Cx, source: &calendar_source::Model, read: Read) -> Result<Option<Taken>, Fault> {
    let id = source.organisation_id;
    let Some(organisation) = organisations::store::by_ids(cx.db(), &cx.viewer, vec![id]).await?.remove(&id) else { return Ok(None) };
    let into = Into {
        organisation,
        locale: source.locale.parse().unwrap_or_else(|_| Locale::german()),
        status: EventStatus::InReview,
        venues_of: Some(id),
        source: source.address.parse().ok().and_then(|address: Address| address.origin().parse().ok()),
    };
    let origin = Origin { source, into, key: key(source), seen_in: seen_in(source) };
    let mut came = store::came(cx.db(), &origin.key).await?;
    renamed::adopt(cx, &origin, &read, &mut came).await?;
    let mut left = DATES;
    let mut taken = Taken { is_empty: read.events.is_empty(), ..Taken::default() };
    for event in read.events {
        let event = match event {
            Ok(event) => event,
            Err(unreadable) => {
                taken.there.extend(unreadable.id.clone());
                taken.refuse(&unreadable);
                continue;
            }
        };
        if read.private.contains(&event.id) {
            taken.report.left_out += 1;
            continue;
        }
        if !taken.there.insert(event.id.clone()) {
            taken.refuse(&Unreadable::at(event.line, What::Twice));
            continue;
        }
        // Most of a calendar that goes back for years: nothing is written for it.
        if !came.contains_key(&event.id) {
            match enter::is_left_out(&event, cx.now()) {
                Ok(false) => {}
                Ok(true) => {
                    taken.report.left_out += 1;
                    continue;
                }
                Err(unreadable) => {
                    taken.refuse(&unreadable);
                    continue;
                }
            }
        }
        let said = fingerprint(&format!("{:?}", CalendarEvent { line: 0, ..event.clone() }));
        let is_known = came
            .get(&event.id)
            .is_some_and(|came| came.fingerprint == said && came.seen_in.as_ref() == Some(&origin.seen_in) && came.missing_since.is_none());
        if is_known {
            taken.report.unchanged += 1;
        } else if taken.note(one(cx, &origin, &event, said, &mut left).await)? == Some(Outcome::Stopped) {
            return Ok(None);
        }
    }
    Ok(Some(taken))
}

async fn one(cx: &Cx, origin: &Origin<'_>, event: &CalendarEvent, said: String, left: &mut usize) -> Result<Outcome, NotEntered> {
    let writing = cx.begin_write().await?;
    if !origin.still(&writing).await? {
        return Ok(Outcome::Stopped);
    }
    match imports::store::known(&*writing, ImportedKind::Event, &origin.key, &event.id).await? {
        None => enter::enter(cx, writing, origin, event, (said, left)).await,
        Some(known) => follow::follow(cx, writing, origin, event, (known, said)).await,
    }
}

impl Origin<'_> {
    /// Whether the calendar still is to be taken over. Nobody says otherwise, nor takes it over beside us, before `writing` ends.
    pub async fn still(&self, writing: &Writing) -> Result<bool, Fault> {
        still(writing, self.source).await
    }

    /// The note of an event that came in, as `known` or for the first time.
    pub fn note(&self, known: imported::Model) -> imported::Model {
        imported::Model { source: self.key.clone(), seen_in: Some(self.seen_in.clone()), missing_since: None, ..known }
    }
}

/// Whether a calendar still is as it was when it was fetched.
pub(super) async fn still(writing: &Writing, source: &calendar_source::Model) -> Result<bool, Fault> {
    let now = store::locked(writing, source.organisation_id).await?;
    Ok(now.is_some_and(|now| now.revision == source.revision))
}

impl Taken {
    fn refuse(&mut self, unreadable: &Unreadable) {
        self.report.refused += 1;
        if self.report.refusals.len() < SHOWN {
            self.report.refusals.push(CalendarRefusal {
                line: u32::try_from(unreadable.line).unwrap_or(u32::MAX),
                problem: unreadable.what.word().to_owned(),
                detail: unreadable.detail.clone(),
            });
        }
    }

    fn note(&mut self, outcome: Result<Outcome, NotEntered>) -> Result<Option<Outcome>, Fault> {
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(NotEntered::Unreadable(unreadable)) => {
                self.refuse(&unreadable);
                return Ok(None);
            }
            Err(NotEntered::Fault(fault)) => return Err(fault),
        };
        let report = &mut self.report;
        match outcome {
            Outcome::Added => report.added += 1,
            Outcome::Followed { changed, kept } => {
                report.changed += u32::from(changed);
                report.kept += u32::from(kept);
                report.unchanged += u32::from(!changed && !kept);
            }
            Outcome::LeftOut => report.left_out += 1,
            Outcome::Later => self.goes_on = true,
            Outcome::Stopped => {}
        }
        Ok(Some(outcome))
    }
}
