//! What mutations of programmes are given.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::OrganisationId;

use crate::gql::input::{self, or_left_out, patch, patch_list, removed};
use crate::gql::scalars::{Locale, Markdown, PartialDate};
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Patch, Why, text, translations};
use crate::programmes::ops::Edit;
use crate::programmes::store::write::NewProgrammeText;

/// A programme in one language.
#[derive(Clone, Debug, InputObject)]
pub struct ProgrammeTextInput {
    /// The language.
    locale: Locale,
    /// Name, up to 200 characters.
    name: String,
    /// What it is, up to 100,000 characters.
    description_markdown: Markdown,
}

/// A programme to be entered. The first of `texts` is the original.
#[derive(Clone, Debug, InputObject)]
pub struct ProgrammeCreateInput {
    /// Whose work it is.
    organisation_id: ID,
    /// What it is called and does, one for each language, the original first.
    texts: Vec<ProgrammeTextInput>,
    /// Readable part of its address; made of its name where left out.
    slug: Option<String>,
    /// Whether its posts are broadcasts.
    #[graphql(default)]
    is_broadcast: bool,
    /// Who pays for it, up to 20.
    funder_ids: Option<Vec<ID>>,
    /// When it began.
    started_on: Option<PartialDate>,
    /// When it ended.
    ended_on: Option<PartialDate>,
}

/// A change of a programme. What is left out stays, null clears; lists are replaced whole.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProgrammeUpdateInput {
    /// Texts that are added, or replace those of their languages.
    texts: Option<Vec<ProgrammeTextInput>>,
    /// Languages whose texts go.
    remove_locales: Option<Vec<Locale>>,
    /// Readable part of its address; the present one leads to it for ever.
    slug: MaybeUndefined<String>,
    /// Whether its posts are broadcasts.
    is_broadcast: MaybeUndefined<bool>,
    /// Who pays for it, up to 20.
    funder_ids: MaybeUndefined<Vec<ID>>,
    /// When it began.
    started_on: MaybeUndefined<PartialDate>,
    /// When it ended.
    ended_on: MaybeUndefined<PartialDate>,
}

impl ProgrammeCreateInput {
    /// Whose work it is, and what is asked for, with all that is wrong about it.
    pub fn read(self) -> (Result<OrganisationId, Why>, Edit) {
        let organisation = input::id(&self.organisation_id);
        let change = ProgrammeUpdateInput {
            texts: Some(self.texts),
            remove_locales: None,
            slug: or_left_out(self.slug),
            is_broadcast: MaybeUndefined::Value(self.is_broadcast),
            funder_ids: or_left_out(self.funder_ids),
            started_on: or_left_out(self.started_on),
            ended_on: or_left_out(self.ended_on),
        };
        (organisation, change.read())
    }
}

impl ProgrammeUpdateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Edit {
        let mut findings = Findings::of_input();
        let of = &mut findings;
        let day = |given| patch(given).read(|day: PartialDate| day.0.parse().map_err(|_| Why::Invalid(Expected::Number)));
        let (started_on, ended_on) = (day(self.started_on), day(self.ended_on));
        let slug = patch(self.slug).read(|slug| input::slug(&slug));
        Edit {
            texts: translations::Change {
                given: input::texts(of, self.texts, ProgrammeTextInput::read),
                removed: removed(self.remove_locales),
                original: Patch::Keep,
            },
            slug: of.take("slug", slug).unwrap_or_default(),
            is_broadcast: patch(self.is_broadcast),
            funders: patch_list(of, "funderIds", self.funder_ids, 20, |findings, id: ID| findings.take_at(&[], input::id(&id))),
            started_on: of.take("startedOn", started_on).unwrap_or_default(),
            ended_on: of.take("endedOn", ended_on).unwrap_or_default(),
            findings,
        }
    }
}

impl ProgrammeTextInput {
    fn read(findings: &mut Findings, given: Self) -> Option<NewProgrammeText> {
        let locale = findings.take("locale", input::locale(&given.locale));
        let name = findings.take("name", text::required_line(&given.name, text::TITLE));
        let description = findings.take("descriptionMarkdown", input::markdown(&given.description_markdown));
        Some(NewProgrammeText { locale: locale?, name: name?, description: description? })
    }
}
