//! What editors give of newsletters and issues.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::OrganisationId;

use crate::events::graphql::words::Visibility;
use crate::gql::input::{self, line, optional_line, or_left_out, patch, patch_of};
use crate::gql::scalars::{EmailAddress, Locale, Markdown};
use crate::kernel::{Findings, text};
use crate::newsletter::ops::{Create, edit, issue};
use crate::newsletter::store::write::NewText;

/// A newsletter to be begun.
#[derive(Clone, Debug, InputObject)]
pub struct NewsletterCreateInput {
    /// Who sends it, and answers for its readers' data.
    organisation_id: ID,
    /// Name, up to 200 characters.
    name: String,
    /// Readable part of its address, for good; made of its name where left out.
    slug: Option<String>,
    /// What one gets, and how often, up to 1,000 characters.
    description: Option<String>,
    /// PUBLIC: anyone may subscribe, with a public archive; UNLISTED: whoever has its address; MEMBERS: people of member organisations.
    #[graphql(default_with = "Visibility::Public")]
    visibility: Visibility,
    /// Who gets the answers of readers; its organisation where left out.
    reply_to: Option<EmailAddress>,
}

/// A change of a newsletter; what is left out stays, null clears.
#[derive(Clone, Debug, Default, InputObject)]
pub struct NewsletterUpdateInput {
    /// Name, up to 200 characters.
    name: MaybeUndefined<String>,
    /// What one gets, and how often, up to 1,000 characters.
    description: MaybeUndefined<String>,
    /// For whom; issues keep what they are.
    visibility: MaybeUndefined<Visibility>,
    /// Who gets the answers of readers; null for its organisation.
    reply_to: MaybeUndefined<EmailAddress>,
}

/// An issue in one language.
#[derive(Clone, Debug, InputObject)]
pub struct NewsletterIssueTextInput {
    /// The language.
    locale: Locale,
    /// Its subject, up to 200 characters.
    subject: String,
    /// What programs show beside the subject, up to 200 characters; how it begins where left out.
    preheader: Option<String>,
    /// What it says, up to 100,000 characters. The address of an event or a post of ours alone in a paragraph (`/events/fest`) becomes a
    /// card; a link in bold alone in a paragraph becomes a button; `---` parts. Pictures do not travel along.
    body_markdown: Markdown,
}

/// What an issue is to be. Each reader gets the text in their language, else the first.
#[derive(Clone, Debug, InputObject)]
pub struct NewsletterIssueInput {
    /// Its texts, one for each language, the original first: all that it has.
    texts: Vec<NewsletterIssueTextInput>,
    /// Readable part of its address; made of its subject where left out, and then stays.
    slug: Option<String>,
    /// Its newsletter's, or narrower; its newsletter's where left out, and then stays.
    visibility: Option<Visibility>,
}

impl NewsletterCreateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Create {
        let organisation = input::id::<OrganisationId>(&self.organisation_id);
        let mut edit = NewsletterUpdateInput {
            name: MaybeUndefined::Value(self.name),
            description: or_left_out(self.description),
            visibility: MaybeUndefined::Value(self.visibility),
            reply_to: or_left_out(self.reply_to),
        }
        .read();
        let slug = self.slug.and_then(|slug| edit.findings.take("slug", input::slug(&slug)));
        Create { organisation, slug, edit }
    }
}

impl NewsletterUpdateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> edit::Edit {
        let mut findings = Findings::of_input();
        let of = &mut findings;
        let reply_to = patch(self.reply_to).read(|email| input::email(&email.0).map(|email| email.as_str().to_owned()));
        let description = patch(self.description).read(|said| text::lines(&said, text::SUMMARY).map(Option::unwrap_or_default));
        edit::Edit {
            name: line(of, "name", self.name, text::TITLE),
            description: of.take("description", description).unwrap_or_default(),
            visibility: patch_of(self.visibility),
            reply_to: of.take("replyTo", reply_to).unwrap_or_default(),
            findings,
        }
    }
}

impl NewsletterIssueInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> issue::Edit {
        let mut findings = Findings::of_input();
        let texts = input::texts(&mut findings, Some(self.texts), NewsletterIssueTextInput::read);
        let slug = self.slug.and_then(|slug| findings.take("slug", input::slug(&slug)));
        issue::Edit { texts, slug, visibility: self.visibility.map(Into::into), findings }
    }
}

impl NewsletterIssueTextInput {
    fn read(findings: &mut Findings, given: Self) -> Option<NewText> {
        let locale = findings.take("locale", input::locale(&given.locale));
        let subject = findings.take("subject", text::required_line(&given.subject, text::TITLE));
        let preheader = optional_line(findings, "preheader", given.preheader, text::TITLE);
        let body = findings.take("bodyMarkdown", input::markdown(&given.body_markdown));
        Some(NewText { locale: locale?, subject: subject?, preheader, body: body? })
    }
}
