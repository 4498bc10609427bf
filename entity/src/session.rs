//! Somebody who is signed in, somewhere.

use sea_orm::entity::prelude::*;

use crate::id::{PersonId, SessionId};

/// A row of `session`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub person_id: PersonId,
    /// Hash of its secret.
    #[sea_orm(unique, column_type = "Text")]
    pub secret_hash: String,
    pub created_at: DateTimeUtc,
    /// To the hour.
    pub last_used_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its person.
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id", on_delete = "Cascade")]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}
