//! SQL of invitations.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{InvitationId, OrganisationId};
use entity::invitation::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, Select,
};

use crate::access::Viewer;
use crate::access::viewer::Organisations;
use crate::db::grouping;

/// The invitations that a viewer may see: those of organisations whose people they manage; the office sees all.
#[must_use]
pub fn visible_to(viewer: &Viewer) -> Select<Entity> {
    match viewer.sees_invitations_of() {
        Organisations::All => Entity::find(),
        Organisations::These(ids) => Entity::find().filter(Column::OrganisationId.is_in(ids)),
    }
}

/// Those of these ids that the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<InvitationId>) -> Result<HashMap<InvitationId, Model>, DbErr> {
    Ok(visible_to(viewer).filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// Those of organisations that are not accepted yet and that the viewer may see, the latest first.
///
/// # Errors
/// Where the database fails.
pub async fn of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    organisations: Vec<OrganisationId>,
) -> Result<HashMap<OrganisationId, Vec<Model>>, DbErr> {
    let rows = visible_to(viewer).filter(Column::OrganisationId.is_in(organisations)).filter(Column::AcceptedAt.is_null());
    Ok(grouping::by(rows.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).all(db).await?, |row| row.organisation_id))
}

/// The invitation with this id, for whatever is no matter of who sees it.
///
/// # Errors
/// Where the database fails.
pub async fn by_id(db: &impl ConnectionTrait, id: InvitationId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The invitation whose link has this secret, as long as it is remembered.
///
/// # Errors
/// Where the database fails.
pub async fn by_token(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::TokenHash.eq(token_hash)).one(db).await
}

/// How many addresses an organisation has invited that did not accept, apart from this one.
///
/// # Errors
/// Where the database fails.
pub async fn count_others(tx: &impl ConnectionTrait, organisation: OrganisationId, email: &str) -> Result<u64, DbErr> {
    let others = Entity::find().filter(Column::OrganisationId.eq(organisation)).filter(Column::Email.ne(email));
    others.filter(Column::AcceptedAt.is_null()).count(tx).await
}

/// Writes an invitation in place of an earlier one of the same address.
///
/// # Errors
/// Where the database fails.
pub async fn put(tx: &impl ConnectionTrait, new: Model) -> Result<(), DbErr> {
    let earlier = Entity::delete_many().filter(Column::OrganisationId.eq(new.organisation_id)).filter(Column::Email.eq(&new.email));
    earlier.exec(tx).await?;
    Entity::insert(new.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Notes by which secret an invitation is accepted; the one before opens nothing any more.
///
/// # Errors
/// Where the database fails.
pub async fn set_secret(db: &impl ConnectionTrait, id: InvitationId, token_hash: String) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::TokenHash, Expr::value(token_hash)).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Notes that an invitation is accepted; whether it was not before, and is still there.
///
/// # Errors
/// Where the database fails.
pub async fn accept(tx: &impl ConnectionTrait, id: InvitationId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let accepted = Entity::update_many().col_expr(Column::AcceptedAt, Expr::value(now)).filter(Column::Id.eq(id));
    Ok(accepted.filter(Column::AcceptedAt.is_null()).exec(tx).await?.rows_affected > 0)
}

/// Deletes an invitation.
///
/// # Errors
/// Where the database fails.
pub async fn delete(tx: &impl ConnectionTrait, id: InvitationId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Deletes those that were accepted, or were over, before this moment. How many there were.
///
/// # Errors
/// Where the database fails.
pub async fn forget_before(tx: &impl ConnectionTrait, moment: DateTime<Utc>) -> Result<u64, DbErr> {
    let over = Condition::any().add(Column::ExpiresAt.lt(moment)).add(Column::AcceptedAt.lt(moment));
    Ok(Entity::delete_many().filter(over).exec(tx).await?.rows_affected)
}
