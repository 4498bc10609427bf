//! What mutations of organisations are given.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::MediaId;

use super::address::{GeoPointInput, PostalAddressInput};
use super::words::OrganisationKind;
use crate::gql::input::{self, line, locales, or_left_out, patch, patch_list, patch_of, patch_within, removed};
use crate::gql::scalars::{EmailAddress, Locale, Markdown, PartialDate, WebUrl};
use crate::kernel::refusal::Expected;
use crate::kernel::{self, Findings, Patch, Why, text, translations};
use crate::organisations::ops::edit::Edit;
use crate::organisations::store::write::NewOrganisationText;

/// What an organisation says of itself in one language.
#[derive(Clone, Debug, InputObject)]
pub struct OrganisationTextInput {
    /// The language.
    locale: Locale,
    /// The text, up to 100,000 characters.
    description_markdown: Markdown,
}

/// An organisation to be entered. The first of `texts` is the original.
#[derive(Clone, Debug, InputObject)]
pub struct OrganisationCreateInput {
    /// Name, up to 200 characters.
    name: String,
    /// What it is in the network's life; not another network.
    #[graphql(default_with = "OrganisationKind::Member")]
    kind: OrganisationKind,
    /// Since when it is a member, where it is one; left out where nobody knows.
    joined_on: Option<PartialDate>,
    /// Short name, up to 50 characters.
    short_name: Option<String>,
    /// Readable part of its address; made of its name where left out.
    slug: Option<String>,
    /// Earlier and other spellings of the name, up to 20.
    aliases: Option<Vec<String>>,
    /// Legal form, up to 50 characters.
    legal_form: Option<String>,
    /// What it says of itself, a text for each language, the original first.
    texts: Option<Vec<OrganisationTextInput>>,
    /// Names or slugs of its topics, up to 20; those that are not there yet are made.
    focus: Option<Vec<String>>,
    /// Languages that it works in, up to 20.
    languages: Option<Vec<Locale>>,
    /// Its own site.
    website: Option<WebUrl>,
    /// Its public mailbox.
    email: Option<EmailAddress>,
    /// Its public telephone number, up to 50 characters.
    phone: Option<String>,
    /// Its address.
    address: Option<PostalAddressInput>,
    /// Where it is on the map.
    location: Option<GeoPointInput>,
    /// When it was founded.
    founded_on: Option<PartialDate>,
    /// Whether everybody may see the address; not where left out, as many associations are registered at a private home.
    address_is_public: Option<bool>,
    /// Where its facts were found, up to 50.
    sources: Option<Vec<WebUrl>>,
    /// Its sign, as it was uploaded.
    logo_id: Option<ID>,
}

/// A change of an organisation. What is left out stays, null clears; lists are replaced whole.
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrganisationUpdateInput {
    /// Name, up to 200 characters.
    name: MaybeUndefined<String>,
    /// What it is in the network's life (administrators).
    kind: MaybeUndefined<OrganisationKind>,
    /// Short name, up to 50 characters.
    short_name: MaybeUndefined<String>,
    /// Readable part of its address; the present one leads to it for ever.
    slug: MaybeUndefined<String>,
    /// Earlier and other spellings of the name, up to 20.
    aliases: MaybeUndefined<Vec<String>>,
    /// Legal form, up to 50 characters.
    legal_form: MaybeUndefined<String>,
    /// Texts that are added, or replace those of their languages.
    texts: Option<Vec<OrganisationTextInput>>,
    /// Languages whose texts go.
    remove_locales: Option<Vec<Locale>>,
    /// Language of the text that the others translate.
    original_locale: MaybeUndefined<Locale>,
    /// Whether everybody may see the address.
    address_is_public: MaybeUndefined<bool>,
    /// Where its facts were found, up to 50.
    sources: MaybeUndefined<Vec<WebUrl>>,
    /// Its sign, as it was uploaded.
    logo_id: MaybeUndefined<ID>,
    /// Names or slugs of its topics, up to 20; those that are not there yet are made.
    focus: MaybeUndefined<Vec<String>>,
    /// Languages that it works in, up to 20.
    languages: MaybeUndefined<Vec<Locale>>,
    /// Its own site.
    website: MaybeUndefined<WebUrl>,
    /// Its public mailbox.
    email: MaybeUndefined<EmailAddress>,
    /// Its public telephone number, up to 50 characters.
    phone: MaybeUndefined<String>,
    /// Its address, field by field.
    address: MaybeUndefined<PostalAddressInput>,
    /// Where it is on the map.
    location: MaybeUndefined<GeoPointInput>,
    /// When it was founded.
    founded_on: MaybeUndefined<PartialDate>,
    /// Whether its editors publish without review (administrators).
    publishes_without_review: MaybeUndefined<bool>,
}

impl OrganisationCreateInput {
    /// What is asked for, with all that is wrong about it, and since when it is a member.
    #[must_use]
    pub fn read(self) -> (Edit, Option<kernel::PartialDate>) {
        let joined_on = self.joined_on.and_then(|day| day.0.parse().ok());
        let change = OrganisationUpdateInput {
            name: MaybeUndefined::Value(self.name),
            kind: MaybeUndefined::Value(self.kind),
            short_name: or_left_out(self.short_name),
            slug: or_left_out(self.slug),
            aliases: or_left_out(self.aliases),
            legal_form: or_left_out(self.legal_form),
            texts: self.texts,
            remove_locales: None,
            original_locale: MaybeUndefined::Undefined,
            address_is_public: or_left_out(self.address_is_public),
            sources: or_left_out(self.sources),
            logo_id: or_left_out(self.logo_id),
            focus: or_left_out(self.focus),
            languages: or_left_out(self.languages),
            website: or_left_out(self.website),
            email: or_left_out(self.email),
            phone: or_left_out(self.phone),
            address: or_left_out(self.address),
            location: or_left_out(self.location),
            founded_on: or_left_out(self.founded_on),
            publishes_without_review: MaybeUndefined::Undefined,
        };
        (change.read(), joined_on)
    }
}

impl OrganisationUpdateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Edit {
        let mut findings = Findings::of_input();
        let of = &mut findings;
        let texts = translations::Change {
            given: input::texts(of, self.texts, OrganisationTextInput::read),
            removed: removed(self.remove_locales),
            original: patch(self.original_locale).read(|locale| input::locale(&locale)).unwrap_or_default(),
        };
        let name = patch(self.name).read(|name| text::required_line(&name, text::TITLE));
        let slug = patch(self.slug).read(|slug| input::slug(&slug));
        let website = patch(self.website).read(|url| input::web_address(&url.0));
        let email = patch(self.email).read(|email| input::email(&email.0));
        let location = patch(self.location).read(GeoPointInput::read);
        let founded_on = patch(self.founded_on).read(|day| day.0.parse().map_err(|_| Why::Invalid(Expected::Number)));
        Edit {
            name: of.take("name", name).unwrap_or_default(),
            kind: patch_of(self.kind),
            short_name: line(of, "shortName", self.short_name, 50),
            slug: of.take("slug", slug).unwrap_or_default(),
            aliases: lines(of, "aliases", self.aliases, text::TITLE),
            legal_form: line(of, "legalForm", self.legal_form, 50),
            texts,
            focus: lines(of, "focus", self.focus, 80),
            languages: locales(of, "languages", self.languages),
            website: of.take("website", website).unwrap_or_default(),
            email: of.take("email", email).unwrap_or_default(),
            phone: line(of, "phone", self.phone, 50),
            address: patch_within(of, "address", self.address, PostalAddressInput::read),
            address_is_public: patch(self.address_is_public),
            location: of.take("location", location).unwrap_or_default(),
            founded_on: of.take("foundedOn", founded_on).unwrap_or_default(),
            publishes_without_review: patch(self.publishes_without_review),
            logo: input::patch_id::<MediaId>(of, "logoId", self.logo_id),
            sources: patch_list(of, "sources", self.sources, 50, |findings, url: WebUrl| findings.take_at(&[], input::web_address(&url.0))),
            findings,
        }
    }
}

/// Up to 20 lines.
fn lines(findings: &mut Findings, field: &str, given: MaybeUndefined<Vec<String>>, most: usize) -> Patch<Vec<String>> {
    patch_list(findings, field, given, 20, |findings, line: String| findings.take_at(&[], text::required_line(&line, most)))
}

impl OrganisationTextInput {
    fn read(findings: &mut Findings, given: Self) -> Option<NewOrganisationText> {
        let locale = findings.take("locale", input::locale(&given.locale));
        let description = findings.take("descriptionMarkdown", input::markdown(&given.description_markdown));
        Some(NewOrganisationText { locale: locale?, description: description? })
    }
}
