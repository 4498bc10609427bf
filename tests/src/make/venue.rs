//! Venues.

use entity::words::AccessibilityFeature;
use entity::{venue, venue_feature};
use miso::kernel::fold;

use super::folded;
use crate::world::World;

/// A venue to be.
pub struct VenueMaker<'w> {
    world: &'w World,
    row: venue::Model,
    features: Vec<(AccessibilityFeature, bool)>,
}

impl World {
    /// A venue in Hannover, named as its slug.
    #[must_use]
    pub fn venue(&self, slug: &str) -> VenueMaker<'_> {
        let now = self.app.clock.now();
        let row = venue::Model {
            id: self.app.new_id(),
            revision: 1,
            slug: slug.to_owned(),
            name: slug.to_owned(),
            name_key: String::new(),
            street: None,
            address_extra: None,
            postal_code: None,
            city: Some("Hannover".to_owned()),
            district: None,
            country_code: "DE".to_owned(),
            latitude: None,
            longitude: None,
            rooms: Vec::new().into(),
            directions: None,
            website: None,
            organisation_id: None,
            search_text: String::new(),
            created_at: now,
            updated_at: now,
            merged_into: None,
        };
        VenueMaker { world: self, row, features: Vec::new() }
    }
}

impl VenueMaker<'_> {
    /// Changes the row.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut venue::Model)) -> Self {
        change(&mut self.row);
        self
    }

    /// It has a feature of accessibility, or has it not.
    #[must_use]
    pub fn feature(mut self, feature: AccessibilityFeature, is_available: bool) -> Self {
        self.features.push((feature, is_available));
        self
    }

    /// Enters it.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn make(mut self) -> venue::Model {
        self.row.name_key = fold::for_sorting(&self.row.name);
        self.row.search_text = folded([self.row.name.as_str(), self.row.district.as_deref().unwrap_or_default()]);
        let row = self.world.enter(self.row).await;
        for (feature, is_available) in self.features {
            self.world.enter(venue_feature::Model { venue_id: row.id, feature, is_available, note: None }).await;
        }
        row
    }
}
