//! What mutations of posts are given.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::{EventId, MediaId, OrganisationId, ProgrammeId};
use entity::lists::Contributor;

use super::words::{ContributorRole, PostKind};
use crate::gql::id::Global;
use crate::gql::input::{self, line, optional_line, or_left_out, patch, patch_list, patch_of, removed};
use crate::gql::scalars::{Locale, Markdown, WebUrl};
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Patch, Why, text, translations};
use crate::posts::ops::edit::Edit;
use crate::posts::store::write::NewPostText;

/// A post in one language.
#[derive(Clone, Debug, InputObject)]
pub struct PostTextInput {
    /// The language.
    locale: Locale,
    /// Title, up to 200 characters.
    title: String,
    /// A sentence or two that lead into it, up to 1,000 characters.
    teaser: Option<String>,
    /// The text, up to 100,000 characters.
    body_markdown: Markdown,
    /// In easy words (Einfache Sprache), up to 5,000 characters.
    plain_summary: Option<String>,
}

/// Who made a post, as printed.
#[derive(Clone, Debug, InputObject)]
pub struct ContributorInput {
    /// Name, up to 200 characters.
    name: String,
    /// What they did for it.
    role: ContributorRole,
    /// What they are, e.g. `Vorstand`, up to 200 characters.
    function: Option<String>,
}

/// A post to be written. The first of `texts` is the original.
#[derive(Clone, Debug, InputObject)]
pub struct PostCreateInput {
    /// In whose name.
    organisation_id: ID,
    /// What sort of text it is.
    #[graphql(default_with = "PostKind::News")]
    kind: PostKind,
    /// Its texts, one for each language, the original first.
    texts: Vec<PostTextInput>,
    /// Readable part of its address; made of its title where left out.
    slug: Option<String>,
    /// Minutes to read, from 1 to 600; computed from its words where left out.
    reading_minutes: Option<i32>,
    /// Where its facts were found, up to 50.
    sources: Option<Vec<WebUrl>>,
    /// As printed under the title, up to 200 characters; the organisation's name where left out.
    byline: Option<String>,
    /// Who made it, up to 50.
    contributors: Option<Vec<ContributorInput>>,
    /// Programme that it belongs to.
    programme_id: Option<ID>,
    /// Organisations that it speaks of, up to 50.
    mention_ids: Option<Vec<ID>>,
    /// Events that it speaks of, up to 50.
    event_ids: Option<Vec<ID>>,
    /// Names or slugs of its topics, up to 20; those that are not there yet are made.
    tags: Option<Vec<String>>,
    /// The picture above it, as it was uploaded.
    cover_id: Option<ID>,
    /// The recording that is played in it, as it was uploaded.
    audio_id: Option<ID>,
}

/// A change of a post. What is left out stays, null clears; lists are replaced whole.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PostUpdateInput {
    /// What sort of text it is.
    kind: MaybeUndefined<PostKind>,
    /// Texts that are added, or replace those of their languages.
    texts: Option<Vec<PostTextInput>>,
    /// Languages whose texts go.
    remove_locales: Option<Vec<Locale>>,
    /// Language of the text that the others translate.
    original_locale: MaybeUndefined<Locale>,
    /// Readable part of its address; the present one leads to it for ever.
    slug: MaybeUndefined<String>,
    /// Minutes to read, from 1 to 600; null for computed from its words.
    reading_minutes: MaybeUndefined<i32>,
    /// Where its facts were found, up to 50.
    sources: MaybeUndefined<Vec<WebUrl>>,
    /// As printed under the title, up to 200 characters; null for the organisation's name.
    byline: MaybeUndefined<String>,
    /// Who made it, up to 50.
    contributors: MaybeUndefined<Vec<ContributorInput>>,
    /// Programme that it belongs to.
    programme_id: MaybeUndefined<ID>,
    /// Organisations that it speaks of, up to 50.
    mention_ids: MaybeUndefined<Vec<ID>>,
    /// Events that it speaks of, up to 50.
    event_ids: MaybeUndefined<Vec<ID>>,
    /// Names or slugs of its topics, up to 20; those that are not there yet are made.
    tags: MaybeUndefined<Vec<String>>,
    /// The picture above it, as it was uploaded.
    cover_id: MaybeUndefined<ID>,
    /// The recording that is played in it, as it was uploaded.
    audio_id: MaybeUndefined<ID>,
}

impl PostCreateInput {
    /// In whose name, and what is asked for, with all that is wrong about it.
    pub fn read(self) -> (Result<OrganisationId, Why>, Edit) {
        let organisation = input::id(&self.organisation_id);
        let change = PostUpdateInput {
            kind: MaybeUndefined::Value(self.kind),
            texts: Some(self.texts),
            remove_locales: None,
            original_locale: MaybeUndefined::Undefined,
            slug: or_left_out(self.slug),
            reading_minutes: or_left_out(self.reading_minutes),
            sources: or_left_out(self.sources),
            byline: or_left_out(self.byline),
            contributors: or_left_out(self.contributors),
            programme_id: or_left_out(self.programme_id),
            mention_ids: or_left_out(self.mention_ids),
            event_ids: or_left_out(self.event_ids),
            tags: or_left_out(self.tags),
            cover_id: or_left_out(self.cover_id),
            audio_id: or_left_out(self.audio_id),
        };
        (organisation, change.read())
    }
}

impl PostUpdateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Edit {
        let mut findings = Findings::of_input();
        let of = &mut findings;
        let texts = translations::Change {
            given: input::texts(of, self.texts, PostTextInput::read),
            removed: removed(self.remove_locales),
            original: patch(self.original_locale).read(|locale| input::locale(&locale)).unwrap_or_default(),
        };
        let slug = patch(self.slug).read(|slug| input::slug(&slug));
        let minutes = patch(self.reading_minutes).read(|minutes| match minutes {
            1..=600 => Ok(minutes),
            _ => Err(Why::Invalid(Expected::Positive)),
        });
        let programme = patch(self.programme_id).read(|id| input::id::<ProgrammeId>(&id));
        Edit {
            kind: patch_of(self.kind),
            texts,
            slug: of.take("slug", slug).unwrap_or_default(),
            reading_minutes: of.take("readingMinutes", minutes).unwrap_or_default(),
            sources: patch_list(of, "sources", self.sources, 50, |findings, url: WebUrl| findings.take_at(&[], input::web_address(&url.0))),
            byline: line(of, "byline", self.byline, text::TITLE),
            contributors: patch_list(of, "contributors", self.contributors, 50, ContributorInput::read),
            programme: of.take("programmeId", programme).unwrap_or_default(),
            mentions: ids::<OrganisationId>(of, "mentionIds", self.mention_ids),
            events: ids::<EventId>(of, "eventIds", self.event_ids),
            cover: input::patch_id::<MediaId>(of, "coverId", self.cover_id),
            audio: input::patch_id::<MediaId>(of, "audioId", self.audio_id),
            tags: patch_list(of, "tags", self.tags, 20, |findings, tag: String| findings.take_at(&[], text::required_line(&tag, 80))),
            findings,
        }
    }
}

fn ids<Id: Global>(findings: &mut Findings, field: &str, given: MaybeUndefined<Vec<ID>>) -> Patch<Vec<Id>> {
    patch_list(findings, field, given, 50, |findings, id: ID| findings.take_at(&[], input::id::<Id>(&id)))
}

impl PostTextInput {
    fn read(findings: &mut Findings, given: Self) -> Option<NewPostText> {
        let locale = findings.take("locale", input::locale(&given.locale));
        let title = findings.take("title", text::required_line(&given.title, text::TITLE));
        let teaser = findings.take("teaser", given.teaser.map_or(Ok(None), |teaser| text::lines(&teaser, text::SUMMARY)));
        let body = findings.take("bodyMarkdown", input::markdown(&given.body_markdown));
        let plain = given.plain_summary.map_or(Ok(None), |plain| text::lines(&plain, text::SUMMARY * 5));
        let plain_summary = findings.take("plainSummary", plain);
        Some(NewPostText {
            locale: locale?,
            title: title?,
            teaser: teaser?.unwrap_or_default(),
            body: body?,
            plain_summary: plain_summary?,
        })
    }
}

impl ContributorInput {
    fn read(findings: &mut Findings, given: Self) -> Option<Contributor> {
        let name = findings.take("name", text::required_line(&given.name, text::TITLE));
        let function = optional_line(findings, "function", given.function, text::TITLE);
        Some(Contributor { name: name?, role: given.role.into(), function })
    }
}
