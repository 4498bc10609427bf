//! Changing the network, in GraphQL.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::id::OrganisationId;
use entity::lists::OpeningHour;

use super::address::PostalAddressInput;
use super::network::Network;
use super::words::Weekday;
use crate::gql::input::{self, line, patch, patch_list, patch_within};
use crate::gql::scalars::{EmailAddress, Markdown, TimeOfDay, WebUrl};
use crate::gql::{ContextExt, payload};
use crate::kernel::{Findings, Patch, Why, text};
use crate::organisations::ops::network::{NetworkEdit, update_network};

/// A span of a weekday in which the office is open.
#[derive(Clone, Debug, InputObject)]
pub struct OpeningHoursInput {
    /// The day.
    weekday: Weekday,
    /// From when.
    opens_at: TimeOfDay,
    /// Until when, later on that day.
    closes_at: TimeOfDay,
}

/// A change of the network. What is left out stays, null clears; lists are replaced whole.
#[derive(Clone, Debug, Default, InputObject)]
pub struct NetworkUpdateInput {
    /// Name, up to 200 characters.
    name: MaybeUndefined<String>,
    /// Short name, up to 50 characters.
    short_name: MaybeUndefined<String>,
    /// Name as it is registered, up to 200 characters.
    legal_name: MaybeUndefined<String>,
    /// What it is and does, in its own language, up to 100,000 characters.
    description_markdown: MaybeUndefined<Markdown>,
    /// Address of its office, field by field.
    address: MaybeUndefined<PostalAddressInput>,
    /// How to find the office, up to 1,000 characters.
    directions: MaybeUndefined<String>,
    /// Telephone of the office, up to 50 characters.
    phone: MaybeUndefined<String>,
    /// Mailbox of the office.
    email: MaybeUndefined<EmailAddress>,
    /// Its own site.
    website: MaybeUndefined<WebUrl>,
    /// When the office is open, up to 50 spans.
    opening_hours: MaybeUndefined<Vec<OpeningHoursInput>>,
    /// Said beside the opening hours, up to 200 characters.
    opening_hours_note: MaybeUndefined<String>,
    /// Who pays for its work, up to 100.
    funder_ids: MaybeUndefined<Vec<ID>>,
    /// Larger networks of which it is a member, up to 100.
    umbrella_ids: MaybeUndefined<Vec<ID>>,
}

impl NetworkUpdateInput {
    /// What is asked for, with all that is wrong about it.
    fn read(self) -> NetworkEdit {
        let mut findings = Findings::of_input();
        let of = &mut findings;
        let required = |given| patch(given).read(|name: String| text::required_line(&name, text::TITLE));
        let (name, legal_name) = (required(self.name), required(self.legal_name));
        let description = patch(self.description_markdown).read(|markdown| input::markdown(&markdown));
        let email = patch(self.email).read(|email| input::email(&email.0));
        let website = patch(self.website).read(|url| input::web_address(&url.0));
        NetworkEdit {
            name: of.take("name", name).unwrap_or_default(),
            short_name: line(of, "shortName", self.short_name, 50),
            legal_name: of.take("legalName", legal_name).unwrap_or_default(),
            description: of.take("descriptionMarkdown", description).unwrap_or_default(),
            address: patch_within(of, "address", self.address, PostalAddressInput::read),
            directions: line(of, "directions", self.directions, text::SUMMARY),
            phone: line(of, "phone", self.phone, 50),
            email: of.take("email", email).unwrap_or_default(),
            website: of.take("website", website).unwrap_or_default(),
            opening_hours: patch_list(of, "openingHours", self.opening_hours, 50, OpeningHoursInput::read),
            opening_hours_note: line(of, "openingHoursNote", self.opening_hours_note, text::TITLE),
            funders: organisations(of, "funderIds", self.funder_ids),
            umbrellas: organisations(of, "umbrellaIds", self.umbrella_ids),
            findings,
        }
    }
}

fn organisations(findings: &mut Findings, field: &str, given: MaybeUndefined<Vec<ID>>) -> Patch<Vec<OrganisationId>> {
    patch_list(findings, field, given, 100, |findings, id: ID| findings.take_at(&[], input::id(&id)))
}

impl OpeningHoursInput {
    fn read(findings: &mut Findings, given: Self) -> Option<OpeningHour> {
        if given.closes_at.0 <= given.opens_at.0 {
            findings.refuse(&["closesAt"], Why::EndsBeforeStart);
            return None;
        }
        Some(OpeningHour { weekday: given.weekday.into(), opens_at: given.opens_at.0, closes_at: given.closes_at.0 })
    }
}

payload! {
    /// The network as it now is, or what to put right.
    NetworkPayload {
        /// As it now is; null where it was refused.
        network: Network
    }
}

/// Mutations of the network itself.
#[derive(Debug, Default)]
pub struct NetworkMutation;

#[Object]
impl NetworkMutation {
    /// Changes what the network says of itself (administrators).
    async fn network_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What is left out stays; null clears.")] input: NetworkUpdateInput,
    ) -> Result<NetworkPayload> {
        NetworkPayload::of(ctx, update_network(ctx.cx(), expected_revision, input.read()).await)
    }
}
