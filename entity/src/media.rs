//! A picture or a recording that an organisation uploaded.

use sea_orm::entity::prelude::*;

use crate::id::{MediaId, OrganisationId, PersonId};
use crate::words::MediaKind;

/// A row of `media`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    pub kind: MediaKind,
    pub organisation_id: OrganisationId,
    pub uploaded_by: Option<PersonId>,
    /// Its name in the storage, made of what is in it.
    #[sea_orm(column_type = "Text")]
    pub file: String,
    #[sea_orm(column_type = "Text")]
    pub media_type: String,
    pub bytes: i64,
    /// What a picture shows, for who does not see it; empty for a recording.
    #[sea_orm(column_type = "Text")]
    pub alt: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub credit: Option<String>,
    /// Pixels of a picture.
    pub width: Option<i32>,
    /// Pixels of a picture.
    pub height: Option<i32>,
    /// How long a recording lasts, where it is known.
    pub duration_seconds: Option<i32>,
    pub created_at: DateTimeUtc,
    /// Since when nothing shows it, as was noted last night.
    pub unused_since: Option<DateTimeUtc>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To whose it is.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id",
        on_delete = "Restrict"
    )]
    Organisation,
    /// To who uploaded it.
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::UploadedBy", to = "super::person::Column::Id", on_delete = "SetNull")]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}
