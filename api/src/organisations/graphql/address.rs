//! Where something is.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use entity::{organisation, venue};

use crate::gql::input::line;
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Why, text};
use crate::organisations::ops::edit::AddressEdit;
use crate::organisations::store::write::NewLocation;

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

/// An address for letters and visitors. What is left out of a change stays, but for the country; null clears.
#[derive(Clone, Debug, InputObject)]
pub struct PostalAddressInput {
    /// Street and number, up to 200 characters.
    street: MaybeUndefined<String>,
    /// Said beside the street, e.g. a floor, up to 200 characters.
    extra: MaybeUndefined<String>,
    /// Postal code, up to 20 characters.
    postal_code: MaybeUndefined<String>,
    /// City, up to 200 characters.
    city: MaybeUndefined<String>,
    /// District of the city, up to 200 characters.
    district: MaybeUndefined<String>,
    /// Country, ISO 3166-1 alpha-2.
    #[graphql(default_with = "String::from(\"DE\")")]
    country_code: String,
}

/// A point on earth, WGS 84.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct GeoPointInput {
    /// Degrees north, −90 to 90.
    latitude: f64,
    /// Degrees east, −180 to 180.
    longitude: f64,
}

impl PostalAddressInput {
    /// What becomes of an address.
    pub fn read(self, findings: &mut Findings) -> Option<AddressEdit> {
        let is_code = self.country_code.len() == 2 && self.country_code.bytes().all(|byte| byte.is_ascii_uppercase());
        let code = if is_code { Ok(self.country_code) } else { Err(Why::Invalid(Expected::CountryCode)) };
        let country_code = findings.take("countryCode", code);
        Some(AddressEdit {
            street: line(findings, "street", self.street, text::TITLE),
            extra: line(findings, "extra", self.extra, text::TITLE),
            postal_code: line(findings, "postalCode", self.postal_code, 20),
            city: line(findings, "city", self.city, text::TITLE),
            district: line(findings, "district", self.district, text::TITLE),
            country_code: country_code?,
        })
    }
}

impl GeoPointInput {
    /// A place on the map.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(self) -> Result<NewLocation, Why> {
        let Self { latitude, longitude } = self;
        let is_on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        if is_on_earth { Ok(NewLocation { latitude, longitude }) } else { Err(Why::Invalid(Expected::Coordinates)) }
    }
}
