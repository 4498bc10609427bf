//! The calendar that an association keeps elsewhere, and how fetching it goes.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;
use crate::lists::CalendarReport;
use crate::words::CalendarProblem;

/// A row of `calendar_source`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    pub revision: i32,
    /// Where it is; it may be a secret.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// The language that it is in.
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    /// What its server called what it gave last.
    #[sea_orm(column_type = "Text", nullable)]
    pub etag: Option<String>,
    /// When that had changed last, as its server wrote it.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_modified: Option<String>,
    /// When to ask next.
    pub due_at: DateTimeUtc,
    /// When it was asked last.
    pub tried_at: Option<DateTimeUtc>,
    /// When it was last taken over, or found unchanged.
    pub fetched_at: Option<DateTimeUtc>,
    /// How often it has failed since.
    pub failures: i32,
    /// Why, the last time.
    pub problem: Option<CalendarProblem>,
    /// What is to be said beside it, e.g. a status or a line.
    #[sea_orm(column_type = "Text", nullable)]
    pub problem_detail: Option<String>,
    /// What became of what it said when it was last taken over.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub report: Option<CalendarReport>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To whose calendar it is.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id",
        on_delete = "Cascade"
    )]
    Organisation,
}

impl ActiveModelBehavior for ActiveModel {}
