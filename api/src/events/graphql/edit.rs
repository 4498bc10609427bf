//! What mutations of events are given.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::{MediaId, OrganisationId, ProgrammeId};

use super::edit_parts::{
    AgendaItemInput, ContactInput, EventAccessibilityInput, EventHostInput, EventTextInput, PlaceInput, PlacePatch, PriceInput,
    ScheduleInput,
};
use super::edit_policy::{RegistrationPolicyInput, RegistrationPolicyPatch};
use super::words::{EventCategory, Visibility};
use crate::events::ops::edit::{Edit, PlaceEdit};
use crate::gql::input::{self, or_left_out, patch_list, patch_of, patch_within, removed, web_addresses};
use crate::gql::scalars::{Locale, WebUrl};
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Patch, Slug, Why};

/// An event to be announced. The first of `texts` is the original; the first of `hosts` answers for it.
#[derive(Clone, Debug, InputObject)]
pub struct EventCreateInput {
    /// Who holds it, the one answerable for it first; up to 50.
    hosts: Vec<EventHostInput>,
    /// Its texts, one for each language, the original first.
    texts: Vec<EventTextInput>,
    /// When it is.
    schedule: ScheduleInput,
    /// What sort of event it is.
    #[graphql(default_with = "EventCategory::Other")]
    category: EventCategory,
    /// Who may see it once it is published.
    #[graphql(default_with = "Visibility::Public")]
    visibility: Visibility,
    /// Readable part of its address; made of its title where left out.
    slug: Option<String>,
    /// Where it is.
    place: Option<PlaceInput>,
    /// Programme that it belongs to.
    programme_id: Option<ID>,
    /// What happens in its course, up to 100 points.
    agenda: Option<Vec<AgendaItemInput>>,
    /// Who can take part.
    accessibility: Option<EventAccessibilityInput>,
    /// What it costs.
    price: Option<PriceInput>,
    /// How one registers; just come where left out.
    registration_policy: Option<RegistrationPolicyInput>,
    /// Whom to ask.
    contact: Option<ContactInput>,
    /// Its own site.
    website: Option<WebUrl>,
    /// Names or slugs of its topics, up to 20; those that are not there yet are made.
    tags: Option<Vec<String>>,
    /// Where its facts were found, up to 50.
    sources: Option<Vec<WebUrl>>,
    /// The picture above it, as it was uploaded.
    cover_id: Option<ID>,
}

/// A change of an event. What is left out stays, null clears; lists, `schedule` and `price` are replaced whole.
#[derive(Clone, Debug, Default, InputObject)]
pub struct EventUpdateInput {
    /// Who holds it, the one answerable for it first; up to 50.
    hosts: MaybeUndefined<Vec<EventHostInput>>,
    /// Texts that are added, or replace those of their languages.
    texts: Option<Vec<EventTextInput>>,
    /// Languages whose texts go.
    remove_locales: Option<Vec<Locale>>,
    /// Language of the text that the others translate.
    original_locale: MaybeUndefined<Locale>,
    /// When it is.
    schedule: MaybeUndefined<ScheduleInput>,
    /// What sort of event it is.
    category: MaybeUndefined<EventCategory>,
    /// Who may see it once it is published.
    visibility: MaybeUndefined<Visibility>,
    /// Readable part of its address; the present one leads to it for ever.
    slug: MaybeUndefined<String>,
    /// Where it is; its dates go along that are not elsewhere by themselves.
    place: MaybeUndefined<PlacePatch>,
    /// Programme that it belongs to.
    programme_id: MaybeUndefined<ID>,
    /// What happens in its course, up to 100 points.
    agenda: MaybeUndefined<Vec<AgendaItemInput>>,
    /// Who can take part, field by field.
    accessibility: MaybeUndefined<EventAccessibilityInput>,
    /// What it costs.
    price: MaybeUndefined<PriceInput>,
    /// How one registers, field by field.
    registration_policy: MaybeUndefined<RegistrationPolicyPatch>,
    /// Whom to ask, field by field.
    contact: MaybeUndefined<ContactInput>,
    /// Its own site.
    website: MaybeUndefined<WebUrl>,
    /// Names or slugs of its topics, up to 20; those that are not there yet are made.
    tags: MaybeUndefined<Vec<String>>,
    /// Where its facts were found, up to 50.
    sources: MaybeUndefined<Vec<WebUrl>>,
    /// The picture above it, as it was uploaded.
    cover_id: MaybeUndefined<ID>,
}

impl EventCreateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Edit {
        let given = |place: PlaceInput| place.into_patch();
        let change = EventUpdateInput {
            hosts: MaybeUndefined::Value(self.hosts),
            texts: Some(self.texts),
            remove_locales: None,
            original_locale: MaybeUndefined::Undefined,
            schedule: MaybeUndefined::Value(self.schedule),
            category: MaybeUndefined::Value(self.category),
            visibility: MaybeUndefined::Value(self.visibility),
            slug: or_left_out(self.slug),
            place: or_left_out(self.place.map(given)),
            programme_id: or_left_out(self.programme_id),
            agenda: or_left_out(self.agenda),
            accessibility: or_left_out(self.accessibility),
            price: or_left_out(self.price),
            registration_policy: or_left_out(self.registration_policy.map(RegistrationPolicyInput::into_patch)),
            contact: or_left_out(self.contact),
            website: or_left_out(self.website),
            tags: or_left_out(self.tags),
            sources: or_left_out(self.sources),
            cover_id: or_left_out(self.cover_id),
        };
        change.read()
    }
}

impl EventUpdateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Edit {
        let mut findings = Findings::of_input();
        let of = &mut findings;
        let texts = input::texts(of, self.texts, EventTextInput::read);
        let hosts = patch_list(of, "hosts", self.hosts, 50, |findings, host: EventHostInput| {
            let id = findings.take("organisationId", input::id::<OrganisationId>(&host.organisation_id))?;
            Some((id, host.role.into()))
        });
        let schedule = patch_within(of, "schedule", self.schedule, ScheduleInput::read);
        let place =
            patch_within(of, "place", self.place, |place: PlacePatch, findings: &mut Findings| Some::<PlaceEdit>(place.read(findings)));
        let slug = input::patch(self.slug).read(|slug| slug.parse::<Slug>().map_err(|_| Why::Invalid(Expected::Slug)));
        let website = input::patch(self.website).read(|url| input::web_address(&url.0));
        Edit {
            hosts,
            texts,
            remove_locales: removed(self.remove_locales),
            original_locale: input::patch(self.original_locale)
                .read(|locale| locale.0.parse().map_err(|_| Why::Invalid(Expected::Locale)))
                .unwrap_or_default(),
            schedule,
            category: patch_of(self.category),
            visibility: patch_of(self.visibility),
            slug: of.take("slug", slug).unwrap_or_default(),
            place,
            programme: of.take("programmeId", input::patch(self.programme_id).read(|id| input::id::<ProgrammeId>(&id))).unwrap_or_default(),
            agenda: patch_list(of, "agenda", self.agenda, 100, AgendaItemInput::read),
            accessibility: patch_within(of, "accessibility", self.accessibility, EventAccessibilityInput::read),
            price: patch_within(of, "price", self.price, PriceInput::read),
            policy: patch_within(of, "registrationPolicy", self.registration_policy, RegistrationPolicyPatch::read),
            contact: patch_within(of, "contact", self.contact, ContactInput::read),
            website: of.take("website", website).unwrap_or_default(),
            tags: patch_list(of, "tags", self.tags, 20, |findings, tag: String| {
                findings.take_at(&[], crate::kernel::text::required_line(&tag, 80))
            }),
            cover: input::patch_id::<MediaId>(of, "coverId", self.cover_id),
            sources: match input::patch(self.sources) {
                Patch::Set(sources) => web_addresses(of, "sources", sources).map_or(Patch::Keep, Patch::Set),
                Patch::Clear => Patch::Clear,
                Patch::Keep => Patch::Keep,
            },
            findings,
        }
    }
}
