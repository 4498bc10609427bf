//! Who changed what, written in the transaction of the change.

use sea_orm::entity::prelude::*;

use crate::id::{AuditEntryId, PersonId};

/// A row of `audit_entry`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEntryId,
    pub at: DateTimeUtc,
    pub actor_id: Option<PersonId>,
    #[sea_orm(column_type = "Text")]
    pub action: String,
    #[sea_orm(column_type = "Text")]
    pub subject_kind: String,
    pub subject_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    /// Before and after of named fields, without personal data.
    #[sea_orm(column_type = "JsonBinary")]
    pub changes: Json,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its person.
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::ActorId", to = "super::person::Column::Id", on_delete = "SetNull")]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}
