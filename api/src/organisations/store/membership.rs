//! SQL of membership: who is a member on a day, and since when.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::id::OrganisationId;
use entity::membership::{Column, Entity, Model};
use entity::words::MembershipDecision;
use entity::{network, organisation};
use sea_orm::sea_query::{Expr, Func, Query, SelectStatement, SimpleExpr, SubQueryStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::visible_to;
use crate::access::Viewer;
use crate::db::grouping;

/// Whether the organisation of the surrounding query is a member on a day. A partial date counts from its first day as
/// `joined_on` and to its last as `left_on`; an unknown `joined_on` counts from the network's founding.
#[must_use]
pub fn is_member_on(day: NaiveDate) -> SimpleExpr {
    let day = day.to_string();
    let left_on = || Expr::col((Entity, Column::LeftOn));
    let as_precisely = Func::cust("substr").arg(Expr::val(day.as_str())).arg(1).arg(Func::char_length(left_on()));
    Expr::exists(
        admissions()
            .and_where(SimpleExpr::from(joined_on_or_founding()).lte(Expr::val(day.as_str())))
            .and_where(left_on().is_null().or(left_on().gte(as_precisely)))
            .take(),
    )
}

/// Whether the organisation of the surrounding query was ever admitted.
#[must_use]
pub fn was_ever_admitted() -> SimpleExpr {
    Expr::exists(admissions())
}

/// Since when the organisation of the surrounding query is a member, for sorting; who never was one sorts last.
#[must_use]
pub fn first_joined_on() -> SimpleExpr {
    let first = Query::select()
        .expr(Func::min(joined_on_or_founding()))
        .from(Entity)
        .and_where(is_of_outer_organisation())
        .and_where(Column::Decision.eq(MembershipDecision::Admitted))
        .take();
    Func::coalesce([SimpleExpr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(first))), Expr::val("~")]).into()
}

/// Members on a day.
///
/// # Errors
/// Where the database fails.
pub async fn count_on(db: &impl ConnectionTrait, viewer: &Viewer, day: NaiveDate) -> Result<u64, DbErr> {
    visible_to(viewer).filter(is_member_on(day)).count(db).await
}

/// The memberships of organisations, in the order in which they were entered.
///
/// # Errors
/// Where the database fails.
pub async fn of(db: &impl ConnectionTrait, ids: Vec<OrganisationId>) -> Result<HashMap<OrganisationId, Vec<Model>>, DbErr> {
    Ok(grouping::by(Entity::find().filter(Column::OrganisationId.is_in(ids)).order_by_asc(Column::Id).all(db).await?, |row| {
        row.organisation_id
    }))
}

fn admissions() -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(is_of_outer_organisation())
        .and_where(Column::Decision.eq(MembershipDecision::Admitted))
        .take()
}

fn is_of_outer_organisation() -> SimpleExpr {
    Expr::col((Entity, Column::OrganisationId)).eq(Expr::col((organisation::Entity, organisation::Column::Id)))
}

fn joined_on_or_founding() -> sea_orm::sea_query::FunctionCall {
    let founding = Query::select()
        .expr(Expr::col(("the_network", organisation::Column::FoundedOn)))
        .from_as(organisation::Entity, "the_network")
        .inner_join(
            network::Entity,
            Expr::col((network::Entity, network::Column::OrganisationId)).equals(("the_network", organisation::Column::Id)),
        )
        .take();
    Func::coalesce([
        Expr::col((Entity, Column::JoinedOn)),
        SimpleExpr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(founding))),
        Expr::val(""),
    ])
}
