//! A person with an account.

use sea_orm::entity::prelude::*;

use crate::id::PersonId;
use crate::words::NetworkRole;

/// A row of `person`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    /// Lower case.
    #[sea_orm(unique, column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    pub network_role: Option<NetworkRole>,
    pub created_at: DateTimeUtc,
    pub last_signed_in_at: Option<DateTimeUtc>,
    /// Of the secret addresses of their calendars; raised to end those given before.
    pub calendar_version: i32,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
