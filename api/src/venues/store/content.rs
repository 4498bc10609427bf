//! A venue as it was written, read back to be written anew.

use entity::venue::Model;
use sea_orm::{ConnectionTrait, DbErr};

use super::write::{NewFeature, NewVenue};
use crate::db::written::read;
use crate::organisations::store::write::{NewAddress, NewLocation};

/// All that was written of a venue.
///
/// # Errors
/// Where the database fails, or holds what we would not have written.
pub async fn of(tx: &impl ConnectionTrait, row: &Model) -> Result<NewVenue, DbErr> {
    let features = super::features(tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    Ok(NewVenue {
        slug: read("slug", &row.slug)?,
        name: row.name.clone(),
        address: NewAddress {
            street: row.street.clone(),
            extra: row.address_extra.clone(),
            postal_code: row.postal_code.clone(),
            city: row.city.clone(),
            district: row.district.clone(),
            country_code: row.country_code.clone(),
        },
        location: row.latitude.zip(row.longitude).map(|(latitude, longitude)| NewLocation { latitude, longitude }),
        rooms: row.rooms.0.clone(),
        directions: row.directions.clone(),
        website: row.website.as_deref().map(|website| read("address", website)).transpose()?,
        organisation_id: row.organisation_id,
        features: features
            .into_iter()
            .map(|fact| NewFeature { feature: fact.feature, is_available: fact.is_available, note: fact.note })
            .collect(),
    })
}
