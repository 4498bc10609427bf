//! A request to sign in: one mail with a code and a link.

use sea_orm::entity::prelude::*;

use crate::id::SignInId;

/// A row of `sign_in`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SignInId,
    /// Keyed hash of the address.
    #[sea_orm(column_type = "Text")]
    pub email_hash: String,
    /// The address in small letters, until it is used.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    /// In which the mail is written.
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    /// Keyed hash of this row's id and the code; none before the mail is written.
    #[sea_orm(column_type = "Text", nullable)]
    pub code_hash: Option<String>,
    /// Hash of the secret in the link.
    #[sea_orm(unique, column_type = "Text", nullable)]
    pub token_hash: Option<String>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
