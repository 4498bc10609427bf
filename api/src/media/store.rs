//! SQL of media. Who may see something that shows it may see it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::id::MediaId;
use entity::media::{Column, Entity, Model};
use entity::{event, image_variant, organisation, post};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::{grouping, insert};

/// Those with these ids.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<MediaId>) -> Result<HashMap<MediaId, Model>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(Entity::find().filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The smaller sizes of pictures, ascending.
///
/// # Errors
/// Where the database fails.
pub async fn variants(db: &impl ConnectionTrait, ids: Vec<MediaId>) -> Result<HashMap<MediaId, Vec<image_variant::Model>>, DbErr> {
    use image_variant::{Column, Entity};
    let rows = Entity::find().filter(Column::MediaId.is_in(ids)).order_by_asc(Column::Width).all(db).await?;
    Ok(grouping::by(rows, |row| row.media_id))
}

/// Inserts a picture or a recording, with the smaller sizes of a picture.
///
/// # Errors
/// Where the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: &Model, smaller: Vec<image_variant::Model>) -> Result<(), DbErr> {
    insert::rows::<Entity>(tx, vec![row.clone()]).await?;
    insert::rows::<image_variant::Entity>(tx, smaller).await
}

/// Notes of each whether something shows it, and since when nothing does.
///
/// # Errors
/// Where the database fails.
pub async fn note_use(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let unused = Entity::update_many().col_expr(Column::UnusedSince, Expr::value(now));
    unused.filter(Column::UnusedSince.is_null()).filter(is_shown().not()).exec(tx).await?;
    let used = Entity::update_many().col_expr(Column::UnusedSince, Expr::value(Option::<DateTime<Utc>>::None));
    used.filter(Column::UnusedSince.is_not_null()).filter(is_shown()).exec(tx).await?;
    Ok(())
}

/// Deletes what nothing has shown since a moment; says how many.
///
/// # Errors
/// Where the database fails.
pub async fn forget_unused(tx: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<u64, DbErr> {
    let unused = Entity::delete_many().filter(Column::UnusedSince.lte(since)).filter(is_shown().not());
    Ok(unused.exec(tx).await?.rows_affected)
}

/// Which of these files are somebody's.
///
/// # Errors
/// Where the database fails.
pub async fn named(db: &impl ConnectionTrait, files: Vec<String>) -> Result<HashSet<String>, DbErr> {
    let whole = Entity::find().select_only().column(Column::File).filter(Column::File.is_in(files.clone()));
    let mut named: HashSet<String> = whole.into_tuple().all(db).await?.into_iter().collect();
    let smaller = image_variant::Entity::find().select_only().column(image_variant::Column::File);
    named.extend(smaller.filter(image_variant::Column::File.is_in(files)).into_tuple::<String>().all(db).await?);
    Ok(named)
}

/// That something shows it.
fn is_shown() -> Condition {
    Condition::any()
        .add(shows(organisation::Entity, organisation::Column::LogoId))
        .add(shows(post::Entity, post::Column::CoverId))
        .add(shows(post::Entity, post::Column::AudioId))
        .add(shows(event::Entity, event::Column::CoverId))
}

fn shows<E: EntityTrait>(table: E, column: E::Column) -> SimpleExpr {
    let names_it = Expr::col((table, column)).equals((Entity, Column::Id));
    Expr::exists(Query::select().expr(Expr::val(1)).from(table).and_where(names_it).take())
}
