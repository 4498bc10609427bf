//! A change of a venue, and the venue that comes of it. To enter one is to change an empty one.

use entity::id::OrganisationId;

use crate::kernel::{Findings, Patch, WebAddress};
use crate::organisations::ops::edit::AddressEdit;
use crate::organisations::store::write::{NewAddress, NewLocation};
use crate::venues::store::write::{NewFeature, NewVenue};

/// What becomes of a venue. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Edit {
    /// Name.
    pub name: Patch<String>,
    /// Where it is.
    pub address: Patch<AddressEdit>,
    /// Where it is on the map.
    pub location: Patch<NewLocation>,
    /// What is known of its accessibility.
    pub features: Patch<Vec<NewFeature>>,
    /// Its rooms.
    pub rooms: Patch<Vec<String>>,
    /// How to find it.
    pub directions: Patch<String>,
    /// Its own site.
    pub website: Patch<WebAddress>,
    /// Whose place it is.
    pub organisation: Patch<OrganisationId>,
    /// What is wrong already.
    pub findings: Findings,
}

impl Edit {
    /// The venue that comes of a change. What is wrong with it is added to the findings.
    pub fn apply(&mut self, mut venue: NewVenue) -> NewVenue {
        if let Some(name) = self.findings.take("name", std::mem::take(&mut self.name).over_required(venue.name.clone())) {
            venue.name = name;
        }
        venue.address = match std::mem::take(&mut self.address) {
            Patch::Keep => venue.address,
            Patch::Clear => NewAddress::default(),
            Patch::Set(edit) => edit.apply(venue.address),
        };
        venue.location = std::mem::take(&mut self.location).over(venue.location);
        venue.features = std::mem::take(&mut self.features).over_list(venue.features);
        venue.rooms = std::mem::take(&mut self.rooms).over_list(venue.rooms);
        venue.directions = std::mem::take(&mut self.directions).over(venue.directions);
        venue.website = std::mem::take(&mut self.website).over(venue.website);
        venue.organisation_id = std::mem::take(&mut self.organisation).over(venue.organisation_id);
        venue
    }
}
