//! The audit log in GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use entity::audit_entry;
use entity::id::{AuditEntryId, PersonId};
use serde_json::Value;

use super::rules::Deed;
use super::store;
use crate::access::Action;
use crate::app::Cx;
use crate::gql::connection::wants_total;
use crate::gql::id::{Global, GlobalId};
use crate::gql::loader::objects;
use crate::gql::scalars::DateTime;
use crate::gql::{ContextExt, connection, or_code};
use crate::kernel::{Fault, Page};
use crate::node::{self, Node};
use crate::people::graphql::Person;

/// What somebody changed, and when.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct AuditEntry {
    /// Global id.
    pub id: ID,
    /// When.
    at: DateTime,
    /// What was done: the name of the mutation, e.g. `eventPublish`.
    action: String,
    /// What was changed, field by field. Texts and what tells of people are only named.
    changes: Vec<FieldChange>,
    #[graphql(skip)]
    label: String,
    #[graphql(skip)]
    actor_id: Option<PersonId>,
    #[graphql(skip)]
    subject_id: ID,
}

/// What became of one field.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct FieldChange {
    /// Its name, as inputs have it.
    field: String,
    /// What it was, as JSON (RFC 8259); null where the log does not repeat it.
    before: Option<String>,
    /// What it became, as JSON (RFC 8259); null where the log does not repeat it.
    after: Option<String>,
}

connection! {
    /// A page of the audit log.
    AuditEntryConnection, AuditEntryEdge, AuditEntry
}

objects! {
    AuditEntryId => AuditEntry = |cx, ids| async {
        if cx.may(&Action::SeeAuditLog).is_allowed() { store::by_ids(cx.db(), ids).await } else { Ok(std::collections::HashMap::new()) }
    };
}

impl From<audit_entry::Model> for AuditEntry {
    fn from(row: audit_entry::Model) -> Self {
        Self {
            id: row.id.to_global(),
            at: DateTime::utc(row.at),
            action: row.action,
            changes: changes(&row.changes),
            label: row.summary,
            actor_id: row.actor_id,
            subject_id: GlobalId::of_kind(&row.subject_kind, row.subject_id),
        }
    }
}

#[ComplexObject]
impl AuditEntry {
    /// Who did it; null where it happened by itself, by whoever runs the program, or by somebody who is gone.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.actor_id {
            Some(id) => ctx.load(id).await,
            None => Ok(None),
        }
    }

    /// What was changed; null where it is gone, or cannot be asked for by its id.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        node::load(ctx, &self.subject_id).await
    }

    /// What was done, in words, and how what was changed was called then, e.g. `Event cancelled: Summer party`.
    async fn summary(&self, ctx: &Context<'_>) -> String {
        let deed = Deed::ALL.iter().find(|deed| deed.word() == self.action);
        let phrase = deed.map_or(self.action.as_str(), |deed| deed.phrase(&ctx.cx().spoken()));
        if self.label.is_empty() { phrase.to_owned() } else { format!("{phrase}: {}", self.label) }
    }
}

/// Queries of the audit log.
#[derive(Debug, Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Who changed what, the latest first (administrators).
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<AuditEntryConnection>> {
        let cx = ctx.cx();
        let found = page(cx, Page { first, after, last, before }, wants_total(ctx)).await;
        Ok(Some(found.map_err(|fault| or_code(cx, &fault))?))
    }
}

async fn page(cx: &Cx, page: Page, count: bool) -> Result<AuditEntryConnection, Fault> {
    cx.authorise(&Action::SeeAuditLog)?;
    let page = page.parse("audit log")?;
    Ok(store::page(cx.db(), &page, count).await?.map(AuditEntry::from).into())
}

fn changes(kept: &Value) -> Vec<FieldChange> {
    let told = |change: &Value, side: &str| change.get(side).map(ToString::to_string);
    let change = |(field, change): (&String, &Value)| FieldChange {
        field: field.clone(),
        before: told(change, "before"),
        after: told(change, "after"),
    };
    kept.as_object().into_iter().flatten().map(change).collect()
}
