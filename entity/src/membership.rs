//! One period of an organisation in the network, from application to end.

use sea_orm::entity::prelude::*;

use crate::id::{MembershipId, OrganisationId};
use crate::words::MembershipDecision;

/// A row of `membership`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MembershipId,
    pub organisation_id: OrganisationId,
    pub decision: MembershipDecision,
    /// Partial date.
    #[sea_orm(column_type = "Text", nullable)]
    pub applied_on: Option<String>,
    /// Partial date; counts from its first day, unknown from the network's founding.
    #[sea_orm(column_type = "Text", nullable)]
    pub joined_on: Option<String>,
    /// Partial date; counts to its last day.
    #[sea_orm(column_type = "Text", nullable)]
    pub left_on: Option<String>,
    pub is_founding: bool,
    pub created_at: DateTimeUtc,
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
