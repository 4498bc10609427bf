//! Sample organisations, members in the place of those that the sources do not name, and sample venues.

use entity::words::OrganisationKind;

use super::organisations::{self, member_since_unknown};
use super::parse::Entry;
use super::sample_file::{SAMPLES, SampleAddress, SampleFeature, SampleLocation, SampleOrganisation, SampleVenue};
use super::{SeedError, Seeding, venues};
use crate::kernel::{Locale, Markdown};
use crate::organisations::store::write::{NewAddress, NewLocation, NewOrganisation, NewOrganisationText};
use crate::venues::store::write::{NewFeature, NewVenue};

/// Writes the sample organisations that are missing.
pub(super) async fn organisations(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    for sample in &seeding.samples.organisations {
        let new = organisation(seeding, sample)?;
        organisations::insert(seeding, &new, Some(member_since_unknown())).await?;
    }
    Ok(())
}

/// Writes the sample venues that are missing.
pub(super) async fn venues(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    for sample in &seeding.samples.venues {
        let new = venue(seeding, sample)?;
        venues::insert(seeding, &new).await?;
    }
    Ok(())
}

/// What is stated of accessibility.
pub(super) fn features(samples: &[SampleFeature]) -> Vec<NewFeature> {
    let feature = |fact: &SampleFeature| NewFeature { feature: fact.feature, is_available: fact.available, note: fact.note.clone() };
    samples.iter().map(feature).collect()
}

fn organisation(seeding: &Seeding<'_>, sample: &SampleOrganisation) -> Result<NewOrganisation, SeedError> {
    let entry = Entry { file: SAMPLES, slug: &sample.slug };
    let text = |text: &super::sample_file::SampleDescription| {
        Ok(NewOrganisationText { locale: entry.parse(&text.locale)?, description: Markdown::new(&text.description) })
    };
    Ok(NewOrganisation {
        slug: entry.slug()?,
        name: sample.name.clone(),
        short_name: None,
        aliases: Vec::new(),
        kind: OrganisationKind::Member,
        legal_form: sample.legal_form.clone(),
        original_locale: Locale::german(),
        texts: sample.texts.iter().map(text).collect::<Result<_, SeedError>>()?,
        languages: entry.parse_all(&sample.languages)?,
        tags: entry.find_all(&seeding.known.tags, "topic", &sample.tags)?,
        website: entry.parse_some(sample.website.as_deref())?,
        email: entry.parse_some(sample.email.as_deref())?,
        phone: None,
        address: address(&sample.address),
        address_is_public: sample.address_is_public,
        location: sample.location.map(location),
        founded_on: None,
        logo_id: None,
        publishes_without_review: sample.publishes_without_review,
        sources: Vec::new(),
    })
}

fn venue(seeding: &Seeding<'_>, sample: &SampleVenue) -> Result<NewVenue, SeedError> {
    let entry = Entry { file: SAMPLES, slug: &sample.slug };
    let owner = |slug: &String| entry.find(&seeding.known.organisations, "organisation", slug);
    Ok(NewVenue {
        slug: entry.slug()?,
        name: sample.name.clone(),
        address: address(&sample.address),
        location: sample.location.map(location),
        rooms: sample.rooms.clone(),
        directions: sample.directions.clone(),
        website: entry.parse_some(sample.website.as_deref())?,
        organisation_id: sample.organisation.as_ref().map(owner).transpose()?,
        features: features(&sample.features),
    })
}

fn address(sample: &SampleAddress) -> NewAddress {
    NewAddress {
        street: sample.street.clone(),
        postal_code: sample.postal_code.clone(),
        city: sample.city.clone(),
        district: sample.district.clone(),
        ..NewAddress::default()
    }
}

fn location(sample: SampleLocation) -> NewLocation {
    NewLocation { latitude: sample.latitude, longitude: sample.longitude }
}
