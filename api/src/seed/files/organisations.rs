//! Organisations and the network as they are written.

use chrono::NaiveTime;
use entity::words::OrganisationKind;
use serde::Deserialize;

#[derive(Deserialize)]
pub(in crate::seed) struct Organisation {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) name: String,
    pub(in crate::seed) short_name: String,
    pub(in crate::seed) legal_form: String,
    pub(in crate::seed) city: String,
    pub(in crate::seed) district: String,
    pub(in crate::seed) website: String,
    pub(in crate::seed) focus_de: String,
    pub(in crate::seed) founded_year: String,
    pub(in crate::seed) kind: OrganisationKind,
    pub(in crate::seed) joined_on: String,
    pub(in crate::seed) left_on: String,
    pub(in crate::seed) source_url: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Fact {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) field: String,
    pub(in crate::seed) value_de: String,
    pub(in crate::seed) as_of: String,
    pub(in crate::seed) source_url: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Network {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) name: String,
    pub(in crate::seed) name_variants: Vec<String>,
    pub(in crate::seed) founded_on: String,
    pub(in crate::seed) timezone: String,
    pub(in crate::seed) address: NetworkAddress,
    pub(in crate::seed) phone: String,
    pub(in crate::seed) email: String,
    pub(in crate::seed) opening_hours: Vec<OpeningHours>,
    pub(in crate::seed) opening_hours_note_de: String,
    pub(in crate::seed) funders_footer_2022: Vec<Slugged>,
    pub(in crate::seed) other_funders: Vec<Slugged>,
    pub(in crate::seed) umbrella: Umbrella,
    pub(in crate::seed) membership_history: Vec<Sourced>,
    pub(in crate::seed) membership_events: Vec<MembershipEvent>,
    pub(in crate::seed) partner_organisations: Vec<Partner>,
    pub(in crate::seed) sources: Vec<String>,
}

#[derive(Deserialize)]
pub(in crate::seed) struct NetworkAddress {
    pub(in crate::seed) street: String,
    pub(in crate::seed) addition: String,
    pub(in crate::seed) postal_code: String,
    pub(in crate::seed) city: String,
    pub(in crate::seed) district: String,
    pub(in crate::seed) country: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct OpeningHours {
    pub(in crate::seed) days: Vec<String>,
    pub(in crate::seed) opens: NaiveTime,
    pub(in crate::seed) closes: NaiveTime,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Slugged {
    pub(in crate::seed) slug: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Umbrella {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) founded_on: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Sourced {
    pub(in crate::seed) source: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct MembershipEvent {
    pub(in crate::seed) org: String,
    pub(in crate::seed) source: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Partner {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) name: String,
    pub(in crate::seed) short_name: Option<String>,
    pub(in crate::seed) website: Option<String>,
}
