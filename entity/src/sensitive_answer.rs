//! What a person answered to a question whose answers are kept apart: seen by the answerable host alone, and deleted sooner.

use sea_orm::entity::prelude::*;

use crate::id::RegistrationId;
use crate::lists::{Question, Strings};

/// A row of `sensitive_answer`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sensitive_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub registration_id: RegistrationId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// As it was asked then.
    #[sea_orm(column_type = "JsonBinary")]
    pub question: Question,
    #[sea_orm(column_type = "JsonBinary")]
    pub answers: Strings,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its registration.
    #[sea_orm(
        belongs_to = "super::registration::Entity",
        from = "Column::RegistrationId",
        to = "super::registration::Column::Id",
        on_delete = "Cascade"
    )]
    Registration,
}

impl ActiveModelBehavior for ActiveModel {}
