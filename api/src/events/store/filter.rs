//! What events and their dates can be narrowed to, in SQL. All conditions are on one date, its event, and its venue.

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, ProgrammeId, VenueId};
use entity::words::{AccessibilityFeature, AttendanceMode, EventCategory, EventStatus, PriceKind, Visibility};
use entity::{event, event_feature, event_language, event_tag, occurrence, tag, venue, venue_feature};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition};

use super::{is_hosted_by, is_listed_to};
use crate::access::Viewer;
use crate::db::like;

/// What events can be narrowed to. All that is given must hold of one and the same date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Dates then or later.
    pub from: Option<DateTime<Utc>>,
    /// Dates before.
    pub until: Option<DateTime<Utc>>,
    /// Dates that are over then or later.
    pub not_over_before: Option<DateTime<Utc>>,
    /// Hosted by this organisation, in any role.
    pub organisation_id: Option<OrganisationId>,
    /// Of this programme.
    pub programme_id: Option<ProgrammeId>,
    /// Dates at this venue.
    pub venue_id: Option<VenueId>,
    /// What sort of event.
    pub category: Option<EventCategory>,
    /// For whom.
    pub visibility: Option<Visibility>,
    /// How far on its way.
    pub status: Option<EventStatus>,
    /// How one takes part.
    pub mode: Option<AttendanceMode>,
    /// A language that it is held in or interpreted into; `de` also finds `de-simple`.
    pub language: Option<String>,
    /// Features of accessibility that were stated to be there, by the event or else by its venue.
    pub features: Vec<AccessibilityFeature>,
    /// Whether there is childcare.
    pub childcare: Option<bool>,
    /// Free of charge; or with a price, a donation being one.
    pub free: Option<bool>,
    /// Dates in this district.
    pub district: Option<String>,
    /// Slug of a topic.
    pub tag: Option<String>,
    /// Dates near a place.
    pub near: Option<Near>,
    /// Words in titles, texts, topics, hosts and places.
    pub search: Option<String>,
}

/// A circle on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius.
    pub kilometres: f64,
}

/// Every date that fits, of events that the viewer finds in lists; selects nothing yet.
#[must_use]
pub fn dates(viewer: &Viewer, filter: &Filter) -> SelectStatement {
    let mut query = Query::select();
    query
        .from(occurrence::Entity)
        .inner_join(event::Entity, of_event(event::Column::Id).eq(of_date(occurrence::Column::EventId)))
        .cond_where(is_listed_to(viewer))
        .cond_where(of_the_date(filter))
        .cond_where(of_the_event(filter));
    if filter.district.is_some() || filter.near.is_some() {
        query.inner_join(venue::Entity, of_venue(venue::Column::Id).eq(of_date(occurrence::Column::VenueId)));
        query.cond_where(of_the_venue(filter));
    }
    query
}

fn of_the_date(filter: &Filter) -> Condition {
    use occurrence::Column;
    Condition::all()
        .add_option(filter.from.map(|from| of_date(Column::StartsAt).gte(from)))
        .add_option(filter.until.map(|until| of_date(Column::StartsAt).lt(until)))
        .add_option(filter.not_over_before.map(|moment| of_date(Column::OverAt).gte(moment)))
        .add_option(filter.venue_id.map(|id| of_date(Column::VenueId).eq(id)))
        .add_option(filter.mode.map(|mode| of_date(Column::Mode).eq(mode)))
}

fn of_the_event(filter: &Filter) -> Condition {
    use event::Column;
    let free = filter.free.map(|free| match free {
        true => of_event(Column::PriceKind).eq(PriceKind::Free),
        false => of_event(Column::PriceKind).is_in([PriceKind::Donation, PriceKind::Paid]),
    });
    let search = filter.search.as_deref().map(|words| like::contains_every_word((event::Entity, Column::SearchText), words));
    let condition = Condition::all()
        .add_option(filter.organisation_id.map(|id| is_hosted_by(vec![id])))
        .add_option(filter.programme_id.map(|id| of_event(Column::ProgrammeId).eq(id)))
        .add_option(filter.category.map(|category| of_event(Column::Category).eq(category)))
        .add_option(filter.visibility.map(|visibility| of_event(Column::Visibility).eq(visibility)))
        .add_option(filter.status.map(|status| of_event(Column::Status).eq(status)))
        .add_option(filter.childcare.map(|childcare| of_event(Column::Childcare).eq(childcare)))
        .add_option(filter.language.as_deref().map(is_in_language))
        .add_option(filter.tag.as_deref().map(is_tagged))
        .add_option(free)
        .add_option(search);
    filter.features.iter().fold(condition, |condition, feature| condition.add(has_feature(*feature)))
}

fn of_the_venue(filter: &Filter) -> Condition {
    use venue::Column;
    Condition::all()
        .add_option(filter.district.as_deref().map(|district| of_venue(Column::District).eq(district)))
        .add_option(filter.near.as_ref().map(is_near))
}

fn is_in_language(language: &str) -> SimpleExpr {
    use event_language::{Column, Entity};
    let variants = format!("{language}-");
    let after_variants = format!("{language}.");
    let locale = || Expr::col((Entity, Column::Locale));
    Expr::exists(
        Query::select()
            .expr(Expr::val(1))
            .from(Entity)
            .and_where(Expr::col((Entity, Column::EventId)).eq(of_event(event::Column::Id)))
            .and_where(locale().eq(language).or(locale().gte(variants).and(locale().lt(after_variants))))
            .take(),
    )
}

fn is_tagged(slug: &str) -> SimpleExpr {
    use event_tag::{Column, Entity};
    Expr::exists(
        Query::select()
            .expr(Expr::val(1))
            .from(Entity)
            .inner_join(tag::Entity, Expr::col((tag::Entity, tag::Column::Id)).equals((Entity, Column::TagId)))
            .and_where(Expr::col((Entity, Column::EventId)).eq(of_event(event::Column::Id)))
            .and_where(crate::tags::store::is_called(slug))
            .take(),
    )
}

/// The event says so; or it says nothing, and the venue of the date does.
fn has_feature(feature: AccessibilityFeature) -> Condition {
    let said_by_event = || {
        use event_feature::{Column, Entity};
        Query::select()
            .expr(Expr::val(1))
            .from(Entity)
            .and_where(Expr::col((Entity, Column::EventId)).eq(of_event(event::Column::Id)))
            .and_where(Column::Feature.eq(feature))
            .take()
    };
    let said_by_venue = {
        use venue_feature::{Column, Entity};
        Query::select()
            .expr(Expr::val(1))
            .from(Entity)
            .and_where(Expr::col((Entity, Column::VenueId)).eq(of_date(occurrence::Column::VenueId)))
            .and_where(Column::Feature.eq(feature))
            .and_where(Column::IsAvailable.eq(true))
            .take()
    };
    let there = said_by_event().and_where(event_feature::Column::IsAvailable.eq(true)).take();
    Condition::any()
        .add(Expr::exists(there))
        .add(Condition::all().add(Expr::exists(said_by_event()).not()).add(Expr::exists(said_by_venue)))
}

/// On a plane that touches the earth at the centre: exact to a hundredth up to 100 km, which circles for visitors do not exceed.
fn is_near(near: &Near) -> Condition {
    use venue::Column;
    const KILOMETRES_PER_DEGREE: f64 = 111.195;
    let degrees = near.kilometres / KILOMETRES_PER_DEGREE;
    let shrink = near.latitude.to_radians().cos().max(0.01);
    let north = || of_venue(Column::Latitude).sub(near.latitude);
    let east = || of_venue(Column::Longitude).sub(near.longitude).mul(shrink);
    Condition::all()
        .add(of_venue(Column::Latitude).between(near.latitude - degrees, near.latitude + degrees))
        .add(of_venue(Column::Longitude).between(near.longitude - degrees / shrink, near.longitude + degrees / shrink))
        .add(north().mul(north()).add(east().mul(east())).lte(degrees * degrees))
}

/// A column of the date.
#[must_use]
pub fn of_date(column: occurrence::Column) -> SimpleExpr {
    Expr::col((occurrence::Entity, column))
}

/// A column of its event.
#[must_use]
pub fn of_event(column: event::Column) -> SimpleExpr {
    Expr::col((event::Entity, column))
}

fn of_venue(column: venue::Column) -> SimpleExpr {
    Expr::col((venue::Entity, column))
}
