//! SQL of memberships and of what was written by who applied.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{MembershipId, OrganisationId};
use entity::membership::{Column, Entity, Model};
use entity::membership_application::{self, Column as Written, Entity as Application};
use entity::organisation;
use entity::words::{MembershipDecision, OrganisationKind};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, IntoActiveModel, JoinType, PaginatorTrait, QueryFilter,
    QuerySelect, RelationTrait,
};

use crate::kernel::fold;

/// The membership with this id, and what was written for it.
///
/// # Errors
/// Where the database fails.
pub async fn by_id(db: &impl ConnectionTrait, id: MembershipId) -> Result<Option<(Model, membership_application::Model)>, DbErr> {
    let Some(row) = Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(Application::find_by_id(id).one(db).await?.map(|written| (row, written)))
}

/// What organisations wrote that applied and wait for a decision.
///
/// # Errors
/// Where the database fails.
pub async fn open_applications(
    db: &impl ConnectionTrait,
    ids: Vec<OrganisationId>,
) -> Result<HashMap<OrganisationId, membership_application::Model>, DbErr> {
    let open = Entity::find().filter(Column::OrganisationId.is_in(ids)).filter(Column::Decision.eq(MembershipDecision::Applied));
    let of: HashMap<MembershipId, OrganisationId> = open.all(db).await?.into_iter().map(|row| (row.id, row.organisation_id)).collect();
    let written = Application::find().filter(Written::MembershipId.is_in(of.keys().copied())).all(db).await?;
    Ok(written.into_iter().filter_map(|row| Some((*of.get(&row.membership_id)?, row))).collect())
}

/// The organisation of this name that could apply: one that everybody sees, and that does not wait for a decision.
///
/// # Errors
/// Where the database fails.
pub async fn known_by_name(db: &impl ConnectionTrait, name: &str) -> Result<Option<organisation::Model>, DbErr> {
    use organisation::Column;
    let select = crate::organisations::store::visible_to(&crate::access::Viewer::Visitor);
    select.filter(Column::NameKey.eq(fold::for_sorting(name))).filter(Column::Kind.ne(OrganisationKind::Network)).one(db).await
}

/// Inserts a membership and what was written for it.
///
/// # Errors
/// Where the database fails.
pub async fn insert_application(tx: &impl ConnectionTrait, row: membership_application::Model) -> Result<(), DbErr> {
    Application::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Applications that came from an address since.
///
/// # Errors
/// Where the database fails.
pub async fn count_since(tx: &impl ConnectionTrait, email: &str, since: DateTime<Utc>) -> Result<u64, DbErr> {
    Application::find().filter(Written::Email.eq(email)).filter(Written::CreatedAt.gt(since)).count(tx).await
}

/// Writes a membership anew.
///
/// # Errors
/// Where the database fails.
pub async fn update(tx: &impl ConnectionTrait, row: &Model) -> Result<(), DbErr> {
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// Notes that an application is decided, and why it was declined.
///
/// # Errors
/// Where the database fails.
pub async fn decide(tx: &impl ConnectionTrait, id: MembershipId, reason: Option<String>, now: DateTime<Utc>) -> Result<(), DbErr> {
    Application::update_many()
        .col_expr(Written::DecidedAt, now.into())
        .col_expr(Written::Reason, reason.into())
        .filter(Written::MembershipId.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Has an organisation be one of the network's members, now, before, or applying.
///
/// # Errors
/// Where the database fails.
pub async fn make_member(tx: &impl ConnectionTrait, id: OrganisationId) -> Result<(), DbErr> {
    use organisation::{Column, Entity};
    Entity::update_many().col_expr(Column::Kind, OrganisationKind::Member.into()).filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Declines what waits since before `before`; gives how many.
///
/// # Errors
/// Where the database fails.
pub async fn decline_old(tx: &impl ConnectionTrait, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let old: Vec<MembershipId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .join(JoinType::InnerJoin, membership_application::Relation::Membership.def().rev())
        .filter(Column::Decision.eq(MembershipDecision::Applied))
        .filter(Expr::col((Application, Written::CreatedAt)).lt(before))
        .into_tuple()
        .all(tx)
        .await?;
    let declined = Entity::update_many().col_expr(Column::Decision, MembershipDecision::Declined.into());
    declined.filter(Column::Id.is_in(old.iter().copied())).exec(tx).await?;
    let noted = Application::update_many().col_expr(Written::DecidedAt, now.into());
    noted.filter(Written::MembershipId.is_in(old.iter().copied())).exec(tx).await?;
    Ok(old.len())
}

/// Deletes what was written by those whose application was decided before; gives how many.
///
/// # Errors
/// Where the database fails.
pub async fn forget_decided(tx: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    Ok(Application::delete_many().filter(Written::DecidedAt.lt(before)).exec(tx).await?.rows_affected)
}
