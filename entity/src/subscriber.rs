//! A reader: one address, with all that it reads.

use sea_orm::entity::prelude::*;

use crate::id::SubscriberId;

/// A row of `subscriber`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscriber")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SubscriberId,
    /// In small letters.
    #[sea_orm(unique, column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    /// In which the reader is written to.
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    /// Of the secret in every issue.
    pub secret_version: i32,
    /// Of the secret in the latest request to confirm.
    pub confirm_version: i32,
    /// When the address was last sent a request to confirm, or told that there is nothing to.
    pub asked_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
