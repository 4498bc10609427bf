//! Something that came from elsewhere, and as what it is known there.

use sea_orm::entity::prelude::*;

use crate::lists::TakenFields;
use crate::words::ImportedKind;

/// A row of `imported`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "imported")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: ImportedKind,
    /// Where it came from, e.g. the address of a feed.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub source: String,
    /// What it is called there.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub source_id: String,
    /// What it became here; it may be gone.
    pub target_id: Uuid,
    /// Of what it said when it was last taken over.
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    /// Ours after that: another one shows that it was changed here.
    pub revision: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// Field by field, what it said and what stood here after that; null for what was taken over as a whole.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub fields: Option<TakenFields>,
    /// In which calendar it was seen last: a digest of its address; null for what came from none.
    #[sea_orm(column_type = "Text", nullable)]
    pub seen_in: Option<String>,
    /// Since when it is no longer where it came from.
    pub missing_since: Option<DateTimeUtc>,
    /// When it was cancelled or withdrawn here because it was there.
    pub withdrawn_at: Option<DateTimeUtc>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
