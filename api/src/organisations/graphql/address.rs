//! Where something is.

use async_graphql::SimpleObject;
use entity::{organisation, venue};

/// An address for letters and visitors.
#[derive(Clone, Debug, SimpleObject)]
pub struct PostalAddress {
    /// Street and number.
    pub street: Option<String>,
    /// Said beside the street, e.g. a floor.
    pub extra: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// District of the city.
    pub district: Option<String>,
    /// Country, ISO 3166-1 alpha-2.
    pub country_code: String,
}

/// A point on earth, WGS 84.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct GeoPoint {
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
}

impl GeoPoint {
    /// A point, where both its coordinates are known.
    #[must_use]
    pub fn of(latitude: Option<f64>, longitude: Option<f64>) -> Option<Self> {
        Some(Self { latitude: latitude?, longitude: longitude? })
    }
}

impl From<&organisation::Model> for PostalAddress {
    fn from(row: &organisation::Model) -> Self {
        Self {
            street: row.street.clone(),
            extra: row.address_extra.clone(),
            postal_code: row.postal_code.clone(),
            city: row.city.clone(),
            district: row.district.clone(),
            country_code: row.country_code.clone(),
        }
    }
}

impl From<&venue::Model> for PostalAddress {
    fn from(row: &venue::Model) -> Self {
        Self {
            street: row.street.clone(),
            extra: row.address_extra.clone(),
            postal_code: row.postal_code.clone(),
            city: row.city.clone(),
            district: row.district.clone(),
            country_code: row.country_code.clone(),
        }
    }
}
