//! What mutations of venues are given.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::OrganisationId;

use super::AccessibilityFeature;
use crate::gql::input::{self, line, list, optional_line, or_left_out, patch, patch_list, patch_within};
use crate::gql::scalars::WebUrl;
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Patch, Why, text};
use crate::organisations::graphql::{GeoPointInput, PostalAddressInput};
use crate::venues::ops::Edit;
use crate::venues::store::write::NewFeature;

/// A feature of accessibility that is stated to be there, or not to be.
#[derive(Clone, Debug, InputObject)]
pub struct AccessibilityFactInput {
    /// The feature.
    feature: AccessibilityFeature,
    /// Whether it is there.
    available: bool,
    /// Said beside it, up to 200 characters.
    note: Option<String>,
}

/// A venue to be entered.
#[derive(Clone, Debug, InputObject)]
pub struct VenueCreateInput {
    /// Name, up to 200 characters.
    name: String,
    /// Where it is.
    address: PostalAddressInput,
    /// Where it is on the map.
    location: Option<GeoPointInput>,
    /// What is known of its accessibility.
    features: Option<Vec<AccessibilityFactInput>>,
    /// Its rooms, up to 50.
    rooms: Option<Vec<String>>,
    /// How to find it, up to 1,000 characters.
    directions: Option<String>,
    /// Its own site.
    website: Option<WebUrl>,
    /// Whose place it is; left out where it is nobody's in the network.
    organisation_id: Option<ID>,
}

/// A change of a venue. What is left out stays, null clears; lists are replaced whole.
#[derive(Clone, Debug, Default, InputObject)]
pub struct VenueUpdateInput {
    /// Name, up to 200 characters.
    name: MaybeUndefined<String>,
    /// Where it is, field by field.
    address: MaybeUndefined<PostalAddressInput>,
    /// Where it is on the map.
    location: MaybeUndefined<GeoPointInput>,
    /// What is known of its accessibility.
    features: MaybeUndefined<Vec<AccessibilityFactInput>>,
    /// Its rooms, up to 50.
    rooms: MaybeUndefined<Vec<String>>,
    /// How to find it, up to 1,000 characters.
    directions: MaybeUndefined<String>,
    /// Its own site.
    website: MaybeUndefined<WebUrl>,
    /// Whose place it is.
    organisation_id: MaybeUndefined<ID>,
}

impl VenueCreateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Edit {
        let change = VenueUpdateInput {
            name: MaybeUndefined::Value(self.name),
            address: MaybeUndefined::Value(self.address),
            location: or_left_out(self.location),
            features: or_left_out(self.features),
            rooms: or_left_out(self.rooms),
            directions: or_left_out(self.directions),
            website: or_left_out(self.website),
            organisation_id: or_left_out(self.organisation_id),
        };
        change.read()
    }
}

impl VenueUpdateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Edit {
        let mut findings = Findings::of_input();
        let of = &mut findings;
        let name = patch(self.name).read(|name| text::required_line(&name, text::TITLE));
        let location = patch(self.location).read(GeoPointInput::read);
        let website = patch(self.website).read(|url| input::web_address(&url.0));
        let organisation = patch(self.organisation_id).read(|id| input::id::<OrganisationId>(&id));
        Edit {
            name: of.take("name", name).unwrap_or_default(),
            address: patch_within(of, "address", self.address, PostalAddressInput::read),
            location: of.take("location", location).unwrap_or_default(),
            features: stated(of, self.features),
            rooms: patch_list(of, "rooms", self.rooms, 50, |findings, room: String| {
                findings.take_at(&[], text::required_line(&room, text::TITLE))
            }),
            directions: line(of, "directions", self.directions, text::SUMMARY),
            website: of.take("website", website).unwrap_or_default(),
            organisation: of.take("organisationId", organisation).unwrap_or_default(),
            findings,
        }
    }
}

/// What becomes of what is stated of accessibility, each feature once.
pub fn stated(findings: &mut Findings, given: MaybeUndefined<Vec<AccessibilityFactInput>>) -> Patch<Vec<NewFeature>> {
    let facts = match patch(given) {
        Patch::Keep => return Patch::Keep,
        Patch::Clear => return Patch::Clear,
        Patch::Set(facts) => facts,
    };
    let mut known = Vec::new();
    let read = list(findings, "features", facts, 20, |findings, fact: AccessibilityFactInput| {
        let feature = fact.feature.into();
        if known.contains(&feature) {
            findings.refuse(&["feature"], Why::Invalid(Expected::Once));
            return None;
        }
        known.push(feature);
        let note = optional_line(findings, "note", fact.note, text::TITLE);
        Some(NewFeature { feature, is_available: fact.available, note })
    });
    read.map_or(Patch::Keep, Patch::Set)
}
