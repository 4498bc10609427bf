//! The lists of who registered, for organisers to take along: all of them, some at a time.

use entity::id::{OccurrenceId, OrganisationId};
use entity::{event, occurrence, registration};

use super::find::answerable;
use crate::access::Action;
use crate::app::Cx;
use crate::events::store::{self as events, occurrences, parts as of_events};
use crate::kernel::{Fault, Refused};
use crate::registrations::store::list::{Filter, next_by_name};
use crate::registrations::store::parts::{self, Answer};

/// Registrations read at once.
const AT_ONCE: u64 = 200;

/// A list that the viewer may have.
#[derive(Clone, Debug)]
pub struct List {
    /// Of whose registrations.
    pub event: event::Model,
    /// How it is called.
    pub title: String,
    /// Its dates, earliest first.
    pub dates: Vec<occurrence::Model>,
    /// What the list is narrowed to.
    pub filter: Filter,
    /// Whether it tells what only the answerable host learns.
    pub with_sensitive: bool,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// The registration.
    pub row: registration::Model,
    /// What was answered, in the order of the questions.
    pub answers: Vec<Answer>,
}

/// The list of an event, by its slug.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] to others than organisers, and for sensitive
/// answers to others than the editors of the answerable host.
pub async fn list(cx: &Cx, slug: &str, filter: Filter, with_sensitive: bool) -> Result<List, Fault> {
    let event = events::by_slug(cx.db(), &cx.viewer, slug).await?.ok_or(Refused::NotFound)?;
    let host: Option<OrganisationId> = answerable(cx, event.id).await?;
    cx.authorise(&Action::SeeRegistrations(host))?;
    if with_sensitive {
        cx.authorise(&Action::SeeSensitiveAnswers(host))?;
    }
    let heads = of_events::heads(cx.db(), vec![event.id]).await?.remove(&event.id).unwrap_or_default();
    let title = cx.wanted.pick(&event.original_locale, &heads, |head| &head.locale).map(|head| head.title.clone()).unwrap_or_default();
    let dates = occurrences::of(cx.db(), vec![event.id]).await?.remove(&event.id).unwrap_or_default();
    if filter.occurrence_id.is_some_and(|id| dates.iter().all(|date| date.id != id)) {
        return Err(Refused::NotFound.into());
    }
    Ok(List { event, title, dates, filter, with_sensitive })
}

impl List {
    /// The next lines behind one, by name; none behind the last.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn next(&self, cx: &Cx, after: Option<&registration::Model>) -> Result<Vec<Line>, Fault> {
        let rows = next_by_name(cx.db(), self.event.id, &self.filter, after, AT_ONCE).await?;
        let mut answers = parts::answers(cx.db(), rows.iter().map(|row| row.id).collect()).await?;
        let told = |answer: &Answer| self.with_sensitive || !answer.question.sensitive;
        let line = |row: registration::Model| {
            let answers = answers.remove(&row.id).unwrap_or_default().into_iter().filter(told).collect();
            Line { row, answers }
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// The date that somebody registered for, or that the list is narrowed to.
    #[must_use]
    pub fn date(&self, id: Option<OccurrenceId>) -> Option<&occurrence::Model> {
        self.dates.iter().find(|date| Some(date.id) == id)
    }
}
