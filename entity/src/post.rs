//! News, a report, an interview, a statement, or a broadcast.

use sea_orm::entity::prelude::*;

use crate::id::{MediaId, OrganisationId, PostId, ProgrammeId};
use crate::lists::{Contributors, Strings};
use crate::words::{PostKind, PostStatus};

/// A row of `post`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PostId,
    pub revision: i32,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    pub kind: PostKind,
    pub status: PostStatus,
    pub organisation_id: OrganisationId,
    pub programme_id: Option<ProgrammeId>,
    #[sea_orm(column_type = "Text")]
    pub original_locale: String,
    #[sea_orm(column_type = "Text")]
    pub byline: String,
    /// As its editor gave it; computed where not.
    pub reading_minutes: Option<i32>,
    #[sea_orm(column_type = "JsonBinary")]
    pub contributors: Contributors,
    #[sea_orm(column_type = "JsonBinary")]
    pub sources: Strings,
    pub published_at: Option<DateTimeUtc>,
    pub scheduled_for: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub review_note: Option<String>,
    /// Titles, folded for search.
    #[sea_orm(column_type = "Text")]
    pub search_title: String,
    /// All that search reads, folded.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// Since when it waits for the office, while it is in review.
    pub handed_in_at: Option<DateTimeUtc>,
    pub cover_id: Option<MediaId>,
    pub audio_id: Option<MediaId>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its organisation.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id",
        on_delete = "Restrict"
    )]
    Organisation,
    /// To its programme.
    #[sea_orm(
        belongs_to = "super::programme::Entity",
        from = "Column::ProgrammeId",
        to = "super::programme::Column::Id",
        on_delete = "Restrict"
    )]
    Programme,
    /// To the picture above it.
    #[sea_orm(belongs_to = "super::media::Entity", from = "Column::CoverId", to = "super::media::Column::Id", on_delete = "Restrict")]
    Cover,
    /// To the recording that is played in it.
    #[sea_orm(belongs_to = "super::media::Entity", from = "Column::AudioId", to = "super::media::Column::Id", on_delete = "Restrict")]
    Audio,
}

impl ActiveModelBehavior for ActiveModel {}
