//! A secret by which a program acts for a person.

use sea_orm::entity::prelude::*;

use crate::id::{AccessTokenId, PersonId};

/// A row of `access_token`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccessTokenId,
    pub person_id: PersonId,
    /// What it is for, in its owner's words.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Hash of the secret.
    #[sea_orm(unique, column_type = "Text")]
    pub secret_hash: String,
    pub created_at: DateTimeUtc,
    /// To the hour.
    pub last_used_at: Option<DateTimeUtc>,
    pub expires_at: Option<DateTimeUtc>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its person.
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id", on_delete = "Cascade")]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}
