//! SQL of what came from elsewhere.

use entity::imported::{Column, Entity, Model};
use entity::words::ImportedKind;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IntoActiveModel};

/// As what something is known here that came in before.
///
/// # Errors
/// Where the database fails.
pub async fn known(tx: &impl ConnectionTrait, kind: ImportedKind, source: &str, source_id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((kind, source.to_owned(), source_id.to_owned())).one(tx).await
}

/// Remembers as what something is known here.
///
/// # Errors
/// Where the database fails.
pub async fn remember(tx: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let again = OnConflict::columns([Column::Kind, Column::Source, Column::SourceId])
        .update_columns([
            Column::TargetId,
            Column::Fingerprint,
            Column::Revision,
            Column::UpdatedAt,
            Column::Fields,
            Column::SeenIn,
            Column::MissingSince,
            Column::WithdrawnAt,
        ])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}
