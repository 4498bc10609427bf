//! A picture in two sizes, and what shows it.

use entity::id::{MediaId, OrganisationId};
use entity::words::MediaKind;
use entity::{event, image_variant, media, organisation, post};
use sea_orm_migration::sea_orm::sea_query::Expr;
use sea_orm_migration::sea_orm::{DatabaseConnection, EntityTrait};

use super::{ID, moment, put, text};

/// Writes them, once what shows them is there.
pub async fn insert(db: &DatabaseConnection) {
    let id = MediaId(ID);
    let picture = media::Model {
        id,
        kind: MediaKind::Image,
        organisation_id: OrganisationId(ID),
        uploaded_by: None,
        file: text("00.jpg"),
        media_type: text("image/jpeg"),
        bytes: 1000,
        alt: text("Ein Saal"),
        credit: None,
        width: Some(640),
        height: Some(480),
        duration_seconds: None,
        created_at: moment(0),
        unused_since: Some(moment(0)),
    };
    put(db, picture).await;
    put(db, image_variant::Model { media_id: id, width: 320, height: 240, file: text("01.jpg"), media_type: text("image/jpeg") }).await;
    organisation::Entity::update_many().col_expr(organisation::Column::LogoId, Expr::value(id)).exec(db).await.unwrap();
    post::Entity::update_many().col_expr(post::Column::CoverId, Expr::value(id)).exec(db).await.unwrap();
    event::Entity::update_many().col_expr(event::Column::CoverId, Expr::value(id)).exec(db).await.unwrap();
}
