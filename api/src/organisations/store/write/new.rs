//! Organisations, memberships, and the network to be written.

use chrono_tz::Tz;
use entity::id::{MediaId, OrganisationId, TagId};
use entity::lists::OpeningHour;
use entity::words::{MembershipDecision, OrganisationKind};

use crate::kernel::translations::InLanguage;
use crate::kernel::{EmailAddress, Locale, Markdown, PartialDate, Slug, WebAddress};

/// A postal address to be written, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// Street and number.
    pub street: Option<String>,
    /// Floor, or whose door.
    pub extra: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// District of the city.
    pub district: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: String,
}

impl Default for NewAddress {
    fn default() -> Self {
        Self { street: None, extra: None, postal_code: None, city: None, district: None, country_code: "DE".to_owned() }
    }
}

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewLocation {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// What an organisation says of itself in one language, to be written.
#[derive(Clone, Debug)]
pub struct NewOrganisationText {
    /// The language.
    pub locale: Locale,
    /// The text.
    pub description: Markdown,
}

impl InLanguage for NewOrganisationText {
    fn locale(&self) -> &Locale {
        &self.locale
    }
}

/// An organisation to be written.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Readable part of its address.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// What it is called for short.
    pub short_name: Option<String>,
    /// Earlier and other spellings.
    pub aliases: Vec<String>,
    /// What it is to the network.
    pub kind: OrganisationKind,
    /// Legal form, e.g. `e. V.`.
    pub legal_form: Option<String>,
    /// Language of the text that the others translate.
    pub original_locale: Locale,
    /// What it says of itself.
    pub texts: Vec<NewOrganisationText>,
    /// Languages that it works in, in order.
    pub languages: Vec<Locale>,
    /// Topics that it works on, in order.
    pub tags: Vec<TagId>,
    /// Its own site.
    pub website: Option<WebAddress>,
    /// Its mailbox.
    pub email: Option<EmailAddress>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Where it is.
    pub address: NewAddress,
    /// Whether everybody may see where it is.
    pub address_is_public: bool,
    /// Where it is on the map.
    pub location: Option<NewLocation>,
    /// When it was founded.
    pub founded_on: Option<PartialDate>,
    /// Whether its editors publish without review.
    pub publishes_without_review: bool,
    /// Its sign.
    pub logo_id: Option<MediaId>,
    /// Where its facts were found.
    pub sources: Vec<WebAddress>,
}

/// A period in the network, to be written.
#[derive(Clone, Debug)]
pub struct NewMembership {
    /// What was decided.
    pub decision: MembershipDecision,
    /// When it applied.
    pub applied_on: Option<PartialDate>,
    /// From when; unknown counts from the network's founding.
    pub joined_on: Option<PartialDate>,
    /// To when.
    pub left_on: Option<PartialDate>,
    /// Whether it founded the network.
    pub is_founding: bool,
}

/// What the network has beside being an organisation, to be written.
#[derive(Clone, Debug)]
pub struct NewNetwork {
    /// The organisation that it is.
    pub organisation_id: OrganisationId,
    /// Its name in the register.
    pub legal_name: String,
    /// How to find its office.
    pub directions: Option<String>,
    /// When its office is open.
    pub opening_hours: Vec<OpeningHour>,
    /// Said beside the opening hours.
    pub opening_hours_note: Option<String>,
    /// Zone that it lives in.
    pub time_zone: Tz,
    /// Languages of its public life, the default first.
    pub locales: Vec<Locale>,
    /// Who pays for it, in order.
    pub funders: Vec<OrganisationId>,
    /// Larger networks of which it is a member, in order.
    pub umbrellas: Vec<OrganisationId>,
}
