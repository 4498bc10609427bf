//! Writing venues.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, VenueId};
use entity::venue::{Column, Entity, Model};
use entity::venue_feature;
use entity::words::AccessibilityFeature;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use crate::app::App;
use crate::db::insert;
use crate::kernel::{Slug, WebAddress, fold};
use crate::organisations::store::write::{NewAddress, NewLocation};

/// Something stated of accessibility, to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFeature {
    /// The feature.
    pub feature: AccessibilityFeature,
    /// Whether it is there.
    pub is_available: bool,
    /// Said beside it.
    pub note: Option<String>,
}

/// A venue to be written.
#[derive(Clone, Debug)]
pub struct NewVenue {
    /// Its stable name in imports.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// Where it is.
    pub address: NewAddress,
    /// Where it is on the map.
    pub location: Option<NewLocation>,
    /// Its rooms.
    pub rooms: Vec<String>,
    /// How to find it.
    pub directions: Option<String>,
    /// Its own site.
    pub website: Option<WebAddress>,
    /// Whose place it is.
    pub organisation_id: Option<OrganisationId>,
    /// What is known of its accessibility.
    pub features: Vec<NewFeature>,
}

/// Inserts a venue with what is known of its accessibility.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn insert(tx: &impl ConnectionTrait, app: &App, new: &NewVenue) -> Result<VenueId, DbErr> {
    let id: VenueId = app.new_id();
    insert::rows::<Entity>(tx, vec![row(id, new, app.clock.now())]).await?;
    insert_features(tx, id, &new.features).await?;
    Ok(id)
}

/// Writes a venue anew with what is known of its accessibility; gives its row.
///
/// # Errors
/// Where the database fails.
pub async fn replace(tx: &impl ConnectionTrait, app: &App, old: &Model, new: &NewVenue) -> Result<Model, DbErr> {
    let row = Model { revision: old.revision + 1, created_at: old.created_at, ..row(old.id, new, app.clock.now()) };
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(old.id)).exec(tx).await?;
    venue_feature::Entity::delete_many().filter(venue_feature::Column::VenueId.eq(old.id)).exec(tx).await?;
    insert_features(tx, old.id, &new.features).await?;
    Ok(row)
}

fn row(id: VenueId, new: &NewVenue, now: DateTime<Utc>) -> Model {
    Model {
        id,
        revision: 1,
        slug: new.slug.to_string(),
        name: new.name.clone(),
        name_key: fold::for_sorting(&new.name),
        street: new.address.street.clone(),
        address_extra: new.address.extra.clone(),
        postal_code: new.address.postal_code.clone(),
        city: new.address.city.clone(),
        district: new.address.district.clone(),
        country_code: new.address.country_code.clone(),
        latitude: new.location.map(|location| location.latitude),
        longitude: new.location.map(|location| location.longitude),
        rooms: new.rooms.clone().into(),
        directions: new.directions.clone(),
        website: new.website.as_ref().map(ToString::to_string),
        organisation_id: new.organisation_id,
        search_text: search_text(new),
        created_at: now,
        updated_at: now,
        merged_into: None,
    }
}

async fn insert_features(tx: &impl ConnectionTrait, venue_id: VenueId, features: &[NewFeature]) -> Result<(), DbErr> {
    let features = features.iter().map(|fact| venue_feature::Model {
        venue_id,
        feature: fact.feature,
        is_available: fact.is_available,
        note: fact.note.clone(),
    });
    insert::rows::<venue_feature::Entity>(tx, features.collect()).await
}

/// Whether a slug is taken.
///
/// # Errors
/// Where the database fails.
pub async fn is_taken(tx: &impl ConnectionTrait, slug: &Slug) -> Result<bool, DbErr> {
    Ok(Entity::find().filter(Column::Slug.eq(slug.as_str())).one(tx).await?.is_some())
}

/// Every venue by its slug.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(tx: &impl ConnectionTrait) -> Result<HashMap<String, VenueId>, DbErr> {
    let rows: Vec<(String, VenueId)> = Entity::find().select_only().columns([Column::Slug, Column::Id]).into_tuple().all(tx).await?;
    Ok(rows.into_iter().collect())
}

/// The words under which an event there is found: its name, district, and city.
///
/// # Errors
/// Where the database fails.
pub async fn words_of(tx: &impl ConnectionTrait, id: VenueId) -> Result<Vec<String>, DbErr> {
    let found = Entity::find_by_id(id).one(tx).await?;
    Ok(found.map(|venue| [Some(venue.name), venue.district, venue.city]).into_iter().flatten().flatten().collect())
}

fn search_text(new: &NewVenue) -> String {
    let NewAddress { street, extra, postal_code, city, district, country_code: _ } = &new.address;
    let address = [street, extra, postal_code, city, district].into_iter().flatten();
    let parts: Vec<&str> = std::iter::once(&new.name).chain(address).chain(&new.rooms).map(String::as_str).collect();
    fold::for_search(&parts.join("\n"))
}
