//! SQL that has everything belong to the other of two.

use chrono::{DateTime, Utc};
use entity::id::{EventId, OrganisationId, PostId, ProgrammeId, TagId, VenueId};
use entity::{
    event, event_tag, former_slug, occurrence, organisation_tag, post, post_tag, programme, programme_funder, tag, venue, venue_feature,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::events::store::telling;

/// Has all that bears a tag bear another, once.
///
/// # Errors
/// Where the database fails.
pub async fn move_tag(tx: &impl ConnectionTrait, from: TagId, into: TagId) -> Result<(), DbErr> {
    macro_rules! links {
        ($($link:ident $owner:ident),+) => {$({
            use $link::{Column, Entity};
            let both = Entity::find().select_only().column(Column::$owner).filter(Column::TagId.eq(into)).into_query();
            // MySQL aside, a table may be asked about itself while it is changed.
            Entity::delete_many().filter(Column::TagId.eq(from)).filter(Column::$owner.in_subquery(both)).exec(tx).await?;
            Entity::update_many().col_expr(Column::TagId, Expr::value(into)).filter(Column::TagId.eq(from)).exec(tx).await?;
        })+};
    }
    links!(organisation_tag OrganisationId, event_tag EventId, post_tag PostId);
    Ok(())
}

/// Has a tag, and whatever was merged into it, lead to another.
///
/// # Errors
/// Where the database fails.
pub async fn lead_tag(tx: &impl ConnectionTrait, from: TagId, into: TagId) -> Result<(), DbErr> {
    let those = tag::Column::Id.eq(from).or(tag::Column::MergedInto.eq(from));
    tag::Entity::update_many().col_expr(tag::Column::MergedInto, Expr::value(into)).filter(those).exec(tx).await?;
    Ok(())
}

/// The tags that lead to another.
///
/// # Errors
/// Where the database fails.
pub async fn tags_into(db: &impl ConnectionTrait, into: TagId) -> Result<Vec<TagId>, DbErr> {
    tag::Entity::find().select_only().column(tag::Column::Id).filter(tag::Column::MergedInto.eq(into)).into_tuple().all(db).await
}

/// What bears a tag.
#[derive(Debug)]
pub struct Tagged {
    /// Organisations.
    pub organisations: Vec<OrganisationId>,
    /// Events.
    pub events: Vec<EventId>,
    /// Posts.
    pub posts: Vec<PostId>,
}

/// What bears a tag.
///
/// # Errors
/// Where the database fails.
pub async fn tagged(db: &impl ConnectionTrait, id: TagId) -> Result<Tagged, DbErr> {
    macro_rules! owners {
        ($link:ident $owner:ident) => {{
            use $link::{Column, Entity};
            Entity::find().select_only().column(Column::$owner).filter(Column::TagId.eq(id)).into_tuple().all(db).await?
        }};
    }
    Ok(Tagged {
        organisations: owners!(organisation_tag OrganisationId),
        events: owners!(event_tag EventId),
        posts: owners!(post_tag PostId),
    })
}

/// Has all that is at a venue be at another; calendars count that where it `is_elsewhere`.
///
/// # Errors
/// Where the database fails.
pub async fn move_venue(
    tx: &impl ConnectionTrait,
    (from, into): (VenueId, VenueId),
    is_elsewhere: bool,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let there = telling::of_venue(tx, from).await?;
    for some in there.chunks(500) {
        let counted = event::Entity::update_many()
            .col_expr(event::Column::RevisedAt, Expr::value(now))
            .col_expr(event::Column::Sequence, Expr::col(event::Column::Sequence).add(i32::from(is_elsewhere)));
        counted.filter(event::Column::Id.is_in(some.iter().copied())).exec(tx).await?;
    }
    event::Entity::update_many()
        .col_expr(event::Column::VenueId, Expr::value(into))
        .filter(event::Column::VenueId.eq(from))
        .exec(tx)
        .await?;
    occurrence::Entity::update_many()
        .col_expr(occurrence::Column::VenueId, Expr::value(into))
        .filter(occurrence::Column::VenueId.eq(from))
        .exec(tx)
        .await?;
    let those = venue::Column::Id.eq(from).or(venue::Column::MergedInto.eq(from));
    venue::Entity::update_many().col_expr(venue::Column::MergedInto, Expr::value(into)).filter(those).exec(tx).await?;
    let stated = Query::select()
        .column(venue_feature::Column::Feature)
        .from(venue_feature::Entity)
        .and_where(venue_feature::Column::VenueId.eq(into))
        .take();
    venue_feature::Entity::update_many()
        .col_expr(venue_feature::Column::VenueId, Expr::value(into))
        .filter(venue_feature::Column::VenueId.eq(from))
        .filter(Expr::col(venue_feature::Column::Feature).not_in_subquery(stated))
        .exec(tx)
        .await?;
    Ok(())
}

/// Has all that belongs to a programme belong to another, and its addresses lead there; the programme itself goes.
///
/// # Errors
/// Where the database fails.
pub async fn move_programme(tx: &impl ConnectionTrait, from: &programme::Model, into: ProgrammeId) -> Result<(), DbErr> {
    post::Entity::update_many()
        .col_expr(post::Column::ProgrammeId, Expr::value(into))
        .filter(post::Column::ProgrammeId.eq(from.id))
        .exec(tx)
        .await?;
    event::Entity::update_many()
        .col_expr(event::Column::ProgrammeId, Expr::value(into))
        .filter(event::Column::ProgrammeId.eq(from.id))
        .exec(tx)
        .await?;
    former_slug::Entity::update_many()
        .col_expr(former_slug::Column::ProgrammeId, Expr::value(into))
        .filter(former_slug::Column::ProgrammeId.eq(from.id))
        .exec(tx)
        .await?;
    programme_funder::Entity::delete_many().filter(programme_funder::Column::ProgrammeId.eq(from.id)).exec(tx).await?;
    programme::Entity::delete_by_id(from.id).exec(tx).await?;
    Ok(())
}
