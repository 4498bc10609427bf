//! What a reader agreed to or withdrew. Nothing in it is ever changed.

use sea_orm::entity::prelude::*;

use crate::id::{ConsentId, ConsentWordingId, NewsletterId, SubscriberId};
use crate::words::{ConsentChannel, ConsentStep};

/// A row of `consent`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentId,
    pub subscriber_id: SubscriberId,
    pub newsletter_id: NewsletterId,
    pub step: ConsentStep,
    pub channel: ConsentChannel,
    /// What was agreed to; none for a withdrawal.
    pub wording_id: Option<ConsentWordingId>,
    pub at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To the reader.
    #[sea_orm(
        belongs_to = "super::subscriber::Entity",
        from = "Column::SubscriberId",
        to = "super::subscriber::Column::Id",
        on_delete = "Cascade"
    )]
    Subscriber,
    /// To the newsletter.
    #[sea_orm(
        belongs_to = "super::newsletter::Entity",
        from = "Column::NewsletterId",
        to = "super::newsletter::Column::Id",
        on_delete = "Restrict"
    )]
    Newsletter,
    /// To the words.
    #[sea_orm(
        belongs_to = "super::consent_wording::Entity",
        from = "Column::WordingId",
        to = "super::consent_wording::Column::Id",
        on_delete = "Restrict"
    )]
    Wording,
}

impl ActiveModelBehavior for ActiveModel {}
