//! Calendars that associations keep elsewhere, in GraphQL.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::calendar_source;
use entity::id::OrganisationId;
use entity::lists::{CalendarRefusal, CalendarReport};

use super::ops::{self, NewSource};
use super::{rules, store};
use crate::access::Action;
use crate::gql::ContextExt;
use crate::gql::input::named;
use crate::gql::loader::parts;
use crate::gql::scalars::{DateTime, Locale, WebUrl};
use crate::imports::read::unreadable::What;
use crate::kernel::{self, Findings};
use crate::organisations::graphql::OrganisationPayload;

/// A calendar that an organisation keeps elsewhere, from which its events are taken over.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrganisationCalendarSource {
    /// Where it is. It may be a secret: null to those of the organisation who do not edit for it.
    address: Option<WebUrl>,
    /// The language that it is in.
    locale: Locale,
    /// When it was last asked for; null before the first time.
    tried_at: Option<DateTime>,
    /// When it was last taken over, or found unchanged; null before the first time.
    taken_over_at: Option<DateTime>,
    /// When it is asked for next.
    due_at: DateTime,
    /// How often it could not be had or read since it was last taken over.
    failures: i32,
    /// What went wrong the last time, in the viewer's language; null where nothing did.
    problem: Option<String>,
    /// What became of its events when it was last taken over; null before the first time.
    report: Option<OrganisationCalendarReport>,
}

/// What became of the events of a calendar that is kept elsewhere.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrganisationCalendarReport {
    /// New here: they wait in review.
    added: u32,
    /// Changed there, and so here.
    changed: u32,
    /// As they were.
    unchanged: u32,
    /// Changed there, and changed here before: that stayed.
    kept: u32,
    /// Not for here: over or cancelled before they came in, private there, or deleted or held by somebody else here.
    left_out: u32,
    /// No longer there, which is not believed yet.
    missing: u32,
    /// No longer there for so long that they were withdrawn here.
    withdrawn: u32,
    /// Not taken over, as something is wrong with them.
    refused: u32,
    /// The first 50 of those.
    refusals: Vec<OrganisationCalendarRefusal>,
}

/// An event of a calendar that is kept elsewhere and was not taken over.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrganisationCalendarRefusal {
    /// The line of the calendar on which it begins.
    line: u32,
    /// What is wrong with it, in the viewer's language.
    reason: String,
}

impl OrganisationCalendarSource {
    /// The calendar of an organisation; none to those who may not see it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn of(ctx: &Context<'_>, id: OrganisationId) -> Result<Option<Self>> {
        if !ctx.cx().may(&Action::SeeCalendarSource(id)).is_allowed() {
            return Ok(None);
        }
        let shows_address = ctx.cx().may(&Action::SeeCalendarAddress(id)).is_allowed();
        Ok(ctx.load(SourceOf(id)).await?.map(|row| Self::told(&row, shows_address, &ctx.cx().spoken())))
    }

    fn told(row: &calendar_source::Model, shows_address: bool, locale: &kernel::Locale) -> Self {
        Self {
            address: shows_address.then(|| WebUrl(row.address.clone())),
            locale: row.locale.clone().into(),
            tried_at: row.tried_at.map(DateTime::utc),
            taken_over_at: row.fetched_at.map(DateTime::utc),
            due_at: DateTime::utc(row.due_at),
            failures: row.failures,
            problem: row.problem.map(|problem| rules::message(problem, row.problem_detail.as_deref(), locale)),
            report: row.report.as_ref().map(|report| OrganisationCalendarReport::told(report, locale)),
        }
    }
}

impl OrganisationCalendarReport {
    fn told(report: &CalendarReport, locale: &kernel::Locale) -> Self {
        Self {
            added: report.added,
            changed: report.changed,
            unchanged: report.unchanged,
            kept: report.kept,
            left_out: report.left_out,
            missing: report.missing,
            withdrawn: report.withdrawn,
            refused: report.refused,
            refusals: report.refusals.iter().map(|refusal| OrganisationCalendarRefusal::told(refusal, locale)).collect(),
        }
    }
}

impl OrganisationCalendarRefusal {
    fn told(refusal: &CalendarRefusal, locale: &kernel::Locale) -> Self {
        let what = What::of_word(&refusal.problem).unwrap_or(What::NotTaken);
        Self { line: refusal.line, reason: what.phrase(refusal.detail.as_deref(), locale) }
    }
}

parts! {
    /// The calendar that an organisation keeps elsewhere.
    SourceOf(OrganisationId) => calendar_source::Model = |cx, ids| store::of(cx.db(), ids);
}

/// Where an organisation keeps its calendar.
#[derive(Clone, Debug, InputObject)]
pub struct OrganisationCalendarSourceInput {
    /// The address of an iCalendar file, with https, http or webcal, without a user and a password. Nothing is fetched but from the
    /// public internet.
    address: String,
    /// The language that it is in; that of the network where left out.
    locale: Option<Locale>,
}

impl OrganisationCalendarSourceInput {
    fn read(self) -> NewSource {
        let mut findings = Findings::of_input();
        let locale = self.locale.and_then(|locale| findings.take("locale", crate::gql::input::locale(&locale)));
        NewSource { address: self.address, locale, findings }
    }
}

/// Mutations of calendars that are kept elsewhere.
#[derive(Debug, Default)]
pub struct CalendarSourceMutation;

#[Object]
impl CalendarSourceMutation {
    /// Says where an organisation keeps its own calendar, and has it fetched at once, also where that was said before (network staff).
    /// Its events wait in review; what changes or is cancelled there follows here, apart from what was changed here.
    async fn organisation_set_calendar_source(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation.")] id: ID,
        #[graphql(desc = "Where.")] input: OrganisationCalendarSourceInput,
    ) -> Result<OrganisationPayload> {
        let id: OrganisationId = named(ctx, &id)?;
        OrganisationPayload::of(ctx, ops::set(ctx.cx(), id, input.read()).await)
    }

    /// Has an organisation's own calendar fetched no more (network staff). What came from it stays as it is.
    async fn organisation_remove_calendar_source(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation.")] id: ID,
    ) -> Result<OrganisationPayload> {
        let id: OrganisationId = named(ctx, &id)?;
        OrganisationPayload::of(ctx, ops::remove(ctx.cx(), id).await)
    }
}
