//! Fetching a calendar: the turn is taken in one transaction, the other server asked in none, and what became of it written in another.

use chrono::TimeDelta;
use entity::calendar_source;
use entity::id::OrganisationId;
use entity::lists::CalendarReport;
use entity::words::CalendarProblem;
use fetch::{Address, Fetched, Fetcher, Limits, Validators};

use super::answer::{self, Unfit};
use super::missing::{self, Missing};
use super::take::{self, Taken};
use crate::access::{SignedIn, Viewer};
use crate::app::{App, Caller, Cx};
use crate::calendar_sources::jobs::Fetch;
use crate::calendar_sources::{rules, store};
use crate::kernel::{Fault, Wanted};

/// Bytes of a calendar at the most.
const LARGEST: usize = 5 * 1024 * 1024;
/// For how long who fetches a calendar has the turn.
const TURN: TimeDelta = TimeDelta::minutes(30);
/// Calendars that are given out at one time.
const AT_ONCE: u64 = 100;

/// Has those calendars fetched that are due.
///
/// # Errors
/// Where the database fails.
pub async fn tend(app: &App) -> Result<(), Fault> {
    let due = store::due(&app.db, app.clock.now(), AT_ONCE).await?;
    if due.is_empty() {
        return Ok(());
    }
    let writing = app.begin_write().await?;
    for organisation in due {
        writing.later_once(&organisation.0.to_string(), &Fetch { organisation }).await?;
    }
    Ok(writing.commit().await?)
}

/// Fetches the calendar of an organisation and takes it over, where it is due and nobody else does.
///
/// # Errors
/// Where the database fails. What is wrong with the calendar is written beside it instead.
pub async fn fetch(app: &App, id: OrganisationId) -> Result<(), Fault> {
    let writing = app.begin_write().await?;
    let Some(source) = store::claim(&writing, id, app.clock.now(), app.clock.now() + TURN).await? else { return Ok(()) };
    writing.commit().await?;
    let fetched = ask(app, &source).await?;
    let cx = Cx { app: app.clone(), viewer: Viewer::Person(SignedIn::who_runs_it()), wanted: Wanted::default(), caller: Caller::default() };
    let after = match fetched {
        Err((problem, detail)) => failed(source, problem, detail),
        Ok(Fetched::Unchanged) => unchanged(&cx, source).await?,
        Ok(Fetched::Text { bytes, validators }) => match answer::read(&cx, bytes).await? {
            Err(Unfit(problem, detail)) => failed(source, problem, Some(detail)),
            Ok(read) => {
                let Some(taken) = take::all(&cx, &source, read).await? else { return Ok(()) };
                took(&cx, source, taken, validators).await?
            }
        },
    };
    finish(app, after).await
}

async fn ask(app: &App, source: &calendar_source::Model) -> Result<Result<Fetched, (CalendarProblem, Option<String>)>, Fault> {
    let broken = |error: &dyn std::fmt::Display| Fault::Broken(format!("a calendar cannot be fetched: {error}"));
    let fetcher = Fetcher::new(Limits { bytes: LARGEST, ..Limits::default() }).map_err(|error| broken(&error))?;
    let fetcher = fetcher.allowing(&app.config.fetch_from_private);
    let address: Address = source.address.parse().map_err(|error| broken(&error))?;
    let known = Validators { etag: source.etag.clone(), last_modified: source.last_modified.clone() };
    Ok(fetcher.fetch(&address, &known).await.map_err(rules::problem_of))
}

fn failed(source: calendar_source::Model, problem: CalendarProblem, detail: Option<String>) -> calendar_source::Model {
    calendar_source::Model { failures: source.failures.saturating_add(1), problem: Some(problem), problem_detail: detail, ..source }
}

/// It is as it was: what was missing then is missing still.
async fn unchanged(cx: &Cx, source: calendar_source::Model) -> Result<calendar_source::Model, Fault> {
    let before = source.report.clone().unwrap_or_default();
    let said = CalendarReport { missing: 0, withdrawn: 0, ..before.clone() };
    let missing = missing::tend(cx, &source, None, said == CalendarReport::default()).await?;
    let report = CalendarReport { missing: missing.left, withdrawn: before.withdrawn + missing.withdrawn, ..before };
    Ok(fine(cx, source, report, &missing))
}

async fn took(cx: &Cx, source: calendar_source::Model, taken: Taken, validators: Validators) -> Result<calendar_source::Model, Fault> {
    let missing = missing::tend(cx, &source, Some(&taken.there), taken.is_empty).await?;
    let report = CalendarReport { missing: missing.left, withdrawn: missing.withdrawn, ..taken.report };
    let source = fine(cx, source, report, &missing);
    // What is left for the next look must be sent again then.
    let validators = if taken.goes_on { Validators::default() } else { validators };
    Ok(calendar_source::Model { etag: validators.etag, last_modified: validators.last_modified, ..source })
}

fn fine(cx: &Cx, source: calendar_source::Model, report: CalendarReport, missing: &Missing) -> calendar_source::Model {
    let (problem, problem_detail) = match missing.alarm() {
        Some(detail) => (Some(CalendarProblem::EventsMissing), Some(detail)),
        None => (None, None),
    };
    calendar_source::Model { fetched_at: Some(cx.now()), failures: 0, problem, problem_detail, report: Some(report), ..source }
}

async fn finish(app: &App, source: calendar_source::Model) -> Result<(), Fault> {
    let now = app.clock.now();
    let [.., chance] = *app.new_id::<uuid::Uuid>().as_bytes();
    let due_at = rules::due_after(now, source.failures, chance);
    let organisation = source.organisation_id.0;
    match source.problem {
        None => tracing::info!(%organisation, "a calendar was taken over"),
        Some(problem) => tracing::warn!(%organisation, ?problem, "a calendar was not taken over, or not whole"),
    }
    let writing = app.begin_write().await?;
    store::finish(&writing, calendar_source::Model { due_at, tried_at: Some(now), updated_at: now, ..source }).await?;
    Ok(writing.commit().await?)
}
