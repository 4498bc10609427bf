//! Venues that the sources name.

use super::files::{VENUES, Venue};
use super::parse::Entry;
use super::{SeedError, Seeding};
use crate::organisations::store::write::NewAddress;
use crate::venues::store::write::{self, NewVenue};

const KIND: &str = "venues";

/// Writes those that are missing.
pub(super) async fn all(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    for venue in &seeding.files.venues {
        let new = self::venue(seeding, venue)?;
        insert(seeding, &new).await?;
    }
    Ok(())
}

/// Inserts a venue, unless it is there.
pub(super) async fn insert(seeding: &mut Seeding<'_>, new: &NewVenue) -> Result<(), SeedError> {
    if seeding.known.venues.contains_key(new.slug.as_str()) {
        seeding.report.count_present(KIND);
        return Ok(());
    }
    let id = write::insert(seeding.tx, seeding.app, new).await?;
    seeding.known.venues.insert(new.slug.to_string(), id);
    seeding.report.count_added(KIND);
    Ok(())
}

fn venue(seeding: &Seeding<'_>, venue: &Venue) -> Result<NewVenue, SeedError> {
    let (entry, address) = (Entry { file: VENUES, slug: &venue.slug }, &venue.address);
    let owner = |slug: &String| entry.find(&seeding.known.organisations, "organisation", slug);
    let (street, extra) = address.street.as_deref().map_or((None, None), street_and_extra);
    Ok(NewVenue {
        slug: entry.slug()?,
        name: venue.name.clone(),
        address: NewAddress {
            street,
            extra,
            postal_code: address.postal_code.clone(),
            city: address.city.clone(),
            district: address.district.clone(),
            country_code: address.country.clone().unwrap_or_else(|| NewAddress::default().country_code),
        },
        location: None,
        rooms: venue.rooms.clone(),
        directions: venue.note_de.clone(),
        website: None,
        organisation_id: venue.organisation.as_ref().map(owner).transpose()?,
        features: Vec::new(),
    })
}

/// `Mengendamm 12 (4. OG)` is a street and what is said beside it.
fn street_and_extra(street: &str) -> (Option<String>, Option<String>) {
    match street.strip_suffix(')').and_then(|street| street.split_once(" (")) {
        Some((street, extra)) => (Some(street.to_owned()), Some(extra.to_owned())),
        None => (Some(street.to_owned()), None),
    }
}
