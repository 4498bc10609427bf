//! Something to be done later, enqueued in the transaction that asked for it.

use sea_orm::entity::prelude::*;

use crate::id::JobId;

/// A row of `job`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// Not before.
    pub run_at: DateTimeUtc,
    pub attempts: i32,
    /// End of the lease of the worker that has it.
    pub locked_until: Option<DateTimeUtc>,
    /// When it was given up.
    pub failed_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    pub created_at: DateTimeUtc,
    /// Of those that wait with the same kind and key there is one; null from when it was begun.
    #[sea_orm(column_type = "Text", nullable)]
    pub key: Option<String>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
