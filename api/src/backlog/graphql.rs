//! The backlog in GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use entity::id::JobId;
use entity::job;

use super::{ops, store};
use crate::gql::connection::wants_total;
use crate::gql::id::Global;
use crate::gql::scalars::DateTime;
use crate::gql::{AcceptedPayload, ContextExt, connection, or_code};
use crate::kernel::{Fault, Page, Refused};

/// How it stands with what is done later: mails, invitations, what comes every day.
#[derive(Clone, Copy, Debug, SimpleObject)]
#[graphql(complex)]
pub struct JobReport {
    /// Jobs that are due, or whose time comes.
    waiting: u64,
    /// Jobs that are being done.
    running: u64,
    /// Jobs that were given up.
    failed: u64,
}

/// A job that failed as often as it may. It stays until it is put back or discarded.
#[derive(Clone, Debug, SimpleObject)]
pub struct DeadLetter {
    /// What to name it by; it is no node.
    id: ID,
    /// What was to be done, e.g. `registrations.tell`.
    kind: String,
    /// How often it was tried.
    attempts: i32,
    /// Why the last attempt failed.
    error: String,
    /// When it was to be done first.
    created_at: DateTime,
    /// When it was given up.
    failed_at: Option<DateTime>,
}

connection! {
    /// A page of dead letters.
    DeadLetterConnection, DeadLetterEdge, DeadLetter
}

impl From<job::Model> for DeadLetter {
    fn from(row: job::Model) -> Self {
        Self {
            id: row.id.to_global(),
            kind: row.kind,
            attempts: row.attempts,
            error: row.last_error.unwrap_or_default(),
            created_at: DateTime::utc(row.created_at),
            failed_at: row.failed_at.map(DateTime::utc),
        }
    }
}

#[ComplexObject]
impl JobReport {
    /// What was given up, the latest first.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn dead_letters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<DeadLetterConnection> {
        let cx = ctx.cx();
        let load = async {
            let page = Page { first, after, last, before }.parse("dead letters")?;
            Ok::<_, Fault>(store::dead_letters(cx.db(), &page, wants_total(ctx)).await?)
        };
        Ok(load.await.map_err(|fault| or_code(cx, &fault))?.map(DeadLetter::from).into())
    }
}

/// Queries of the backlog.
#[derive(Debug, Default)]
pub struct BacklogQuery;

#[Object]
impl BacklogQuery {
    /// How it stands with what is done later (administrators).
    async fn jobs(&self, ctx: &Context<'_>) -> Result<Option<JobReport>> {
        let counts = ops::counts(ctx.cx()).await.map_err(|fault| or_code(ctx.cx(), &fault))?;
        Ok(Some(JobReport { waiting: counts.waiting, running: counts.running, failed: counts.failed }))
    }
}

/// Mutations of the backlog.
#[derive(Debug, Default)]
pub struct BacklogMutation;

#[Object]
impl BacklogMutation {
    /// Puts a job that was given up back, to be tried at once (administrators).
    async fn job_retry(&self, ctx: &Context<'_>, #[graphql(desc = "Id of a dead letter.")] id: ID) -> Result<AcceptedPayload> {
        let id = parse(ctx, &id)?;
        AcceptedPayload::of(ctx, ops::retry(ctx.cx(), id).await)
    }

    /// Does without a job that was given up: it will never be done (administrators).
    async fn job_discard(&self, ctx: &Context<'_>, #[graphql(desc = "Id of a dead letter.")] id: ID) -> Result<AcceptedPayload> {
        let id = parse(ctx, &id)?;
        AcceptedPayload::of(ctx, ops::discard(ctx.cx(), id).await)
    }
}

fn parse(ctx: &Context<'_>, id: &ID) -> Result<JobId> {
    JobId::from_global(id).map_err(|_| or_code(ctx.cx(), &Refused::NotFound.into()))
}
