//! An invitation to act for an organisation.

use sea_orm::entity::prelude::*;

use crate::id::{InvitationId, OrganisationId};
use crate::words::OrganisationRole;

/// A row of `invitation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    #[sea_orm(unique_key = "address")]
    pub organisation_id: OrganisationId,
    /// The address in small letters.
    #[sea_orm(column_type = "Text", unique_key = "address")]
    pub email: String,
    /// As what.
    pub role: OrganisationRole,
    /// In which the mail is written.
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    /// Hash of the secret in the link; none before the mail is written.
    #[sea_orm(unique, column_type = "Text", nullable)]
    pub token_hash: Option<String>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub accepted_at: Option<DateTimeUtc>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its organisation.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id",
        on_delete = "Cascade"
    )]
    Organisation,
}

impl ActiveModelBehavior for ActiveModel {}
