//! A change of an organisation, and the organisation that comes of it. To enter one is to change an empty one.

use entity::id::MediaId;
use entity::words::OrganisationKind;

use crate::kernel::refusal::Expected;
use crate::kernel::{EmailAddress, Findings, Locale, PartialDate, Patch, Slug, WebAddress, Why, translations};
use crate::organisations::store::write::{NewAddress, NewLocation, NewOrganisation, NewOrganisationText};

/// What becomes of an organisation. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Edit {
    /// Name.
    pub name: Patch<String>,
    /// What it is to the network.
    pub kind: Patch<OrganisationKind>,
    /// What it is called for short.
    pub short_name: Patch<String>,
    /// Readable part of its address.
    pub slug: Patch<Slug>,
    /// Earlier and other spellings.
    pub aliases: Patch<Vec<String>>,
    /// Legal form.
    pub legal_form: Patch<String>,
    /// What it says of itself.
    pub texts: translations::Change<NewOrganisationText>,
    /// Names of its topics.
    pub focus: Patch<Vec<String>>,
    /// Languages that it works in.
    pub languages: Patch<Vec<Locale>>,
    /// Its own site.
    pub website: Patch<WebAddress>,
    /// Its mailbox.
    pub email: Patch<EmailAddress>,
    /// Its telephone.
    pub phone: Patch<String>,
    /// Where it is.
    pub address: Patch<AddressEdit>,
    /// Whether everybody may see where it is.
    pub address_is_public: Patch<bool>,
    /// Where it is on the map.
    pub location: Patch<NewLocation>,
    /// When it was founded.
    pub founded_on: Patch<PartialDate>,
    /// Whether its editors publish without review.
    pub publishes_without_review: Patch<bool>,
    /// Its sign.
    pub logo: Patch<MediaId>,
    /// Where its facts were found.
    pub sources: Patch<Vec<WebAddress>>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Where something is, field by field.
#[derive(Clone, Debug, Default)]
pub struct AddressEdit {
    /// Street and number.
    pub street: Patch<String>,
    /// Floor, or whose door.
    pub extra: Patch<String>,
    /// Postal code.
    pub postal_code: Patch<String>,
    /// City.
    pub city: Patch<String>,
    /// District of the city.
    pub district: Patch<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: String,
}

impl Edit {
    /// The organisation that comes of a change, but for its topics, which are known by their names first. What is wrong with it is
    /// added to the findings.
    pub fn apply(&mut self, mut organisation: NewOrganisation) -> NewOrganisation {
        let findings = &mut self.findings;
        let texts = translations::Change {
            given: std::mem::take(&mut self.texts.given),
            removed: std::mem::take(&mut self.texts.removed),
            original: std::mem::take(&mut self.texts.original),
        };
        translations::apply(&mut organisation.texts, &mut organisation.original_locale, texts, findings);
        required(findings, "name", &mut self.name, &mut organisation.name);
        required(findings, "slug", &mut self.slug, &mut organisation.slug);
        required(findings, "addressIsPublic", &mut self.address_is_public, &mut organisation.address_is_public);
        required(findings, "publishesWithoutReview", &mut self.publishes_without_review, &mut organisation.publishes_without_review);
        let before = organisation.kind;
        required(findings, "kind", &mut self.kind, &mut organisation.kind);
        // The network is one, and stays it.
        if before != organisation.kind && [before, organisation.kind].contains(&OrganisationKind::Network) {
            findings.refuse(&["kind"], Why::Invalid(Expected::Choice));
        }
        organisation.short_name = std::mem::take(&mut self.short_name).over(organisation.short_name);
        organisation.aliases = std::mem::take(&mut self.aliases).over_list(organisation.aliases);
        organisation.legal_form = std::mem::take(&mut self.legal_form).over(organisation.legal_form);
        organisation.languages = std::mem::take(&mut self.languages).over_list(organisation.languages);
        organisation.website = std::mem::take(&mut self.website).over(organisation.website);
        organisation.email = std::mem::take(&mut self.email).over(organisation.email);
        organisation.phone = std::mem::take(&mut self.phone).over(organisation.phone);
        organisation.address = match std::mem::take(&mut self.address) {
            Patch::Keep => organisation.address,
            Patch::Clear => NewAddress::default(),
            Patch::Set(edit) => edit.apply(organisation.address),
        };
        organisation.location = std::mem::take(&mut self.location).over(organisation.location);
        organisation.founded_on = std::mem::take(&mut self.founded_on).over(organisation.founded_on);
        organisation.logo_id = std::mem::take(&mut self.logo).over(organisation.logo_id);
        organisation.sources = std::mem::take(&mut self.sources).over_list(organisation.sources);
        organisation
    }
}

impl AddressEdit {
    /// The address that comes of a change.
    #[must_use]
    pub fn apply(self, address: NewAddress) -> NewAddress {
        NewAddress {
            street: self.street.over(address.street),
            extra: self.extra.over(address.extra),
            postal_code: self.postal_code.over(address.postal_code),
            city: self.city.over(address.city),
            district: self.district.over(address.district),
            country_code: self.country_code,
        }
    }
}

fn required<T: Clone>(findings: &mut Findings, field: &str, patch: &mut Patch<T>, value: &mut T) {
    if let Some(new) = findings.take(field, std::mem::take(patch).over_required(value.clone())) {
        *value = new;
    }
}
