//! A change of a post, and the post that comes of it. To begin one is to change an empty one.

use entity::id::{EventId, MediaId, OrganisationId, ProgrammeId};
use entity::lists::Contributor;
use entity::words::PostKind;

use crate::kernel::{Findings, Patch, Slug, WebAddress, Why, translations};
use crate::posts::store::write::{NewPost, NewPostText};

/// What becomes of a post. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Edit {
    /// What sort of text it is.
    pub kind: Patch<PostKind>,
    /// Its texts.
    pub texts: translations::Change<NewPostText>,
    /// Readable part of its address.
    pub slug: Patch<Slug>,
    /// Minutes to read.
    pub reading_minutes: Patch<i32>,
    /// Where its facts were found.
    pub sources: Patch<Vec<WebAddress>>,
    /// As printed under the title.
    pub byline: Patch<String>,
    /// Who made it.
    pub contributors: Patch<Vec<Contributor>>,
    /// Programme that it belongs to.
    pub programme: Patch<ProgrammeId>,
    /// Organisations that it speaks of.
    pub mentions: Patch<Vec<OrganisationId>>,
    /// Events that it speaks of.
    pub events: Patch<Vec<EventId>>,
    /// The picture above it.
    pub cover: Patch<MediaId>,
    /// The recording that is played in it.
    pub audio: Patch<MediaId>,
    /// Names of its topics.
    pub tags: Patch<Vec<String>>,
    /// What is wrong already.
    pub findings: Findings,
}

impl Edit {
    /// The post that comes of a change, but for its topics, which are known by their names first. What is wrong with it is added to the
    /// findings. A post without a byline bears the name of its organisation.
    pub fn apply(&mut self, mut post: NewPost, organisation: &str) -> NewPost {
        let findings = &mut self.findings;
        let texts = translations::Change {
            given: std::mem::take(&mut self.texts.given),
            removed: std::mem::take(&mut self.texts.removed),
            original: std::mem::take(&mut self.texts.original),
        };
        translations::apply(&mut post.texts, &mut post.original_locale, texts, findings);
        if post.texts.is_empty() {
            findings.refuse(&["texts"], Why::Required);
        }
        if let Some(kind) = findings.take("kind", std::mem::take(&mut self.kind).over_required(post.kind)) {
            post.kind = kind;
        }
        if let Some(slug) = findings.take("slug", std::mem::take(&mut self.slug).over_required(post.slug.clone())) {
            post.slug = slug;
        }
        post.byline = std::mem::take(&mut self.byline).over(Some(post.byline)).unwrap_or_else(|| organisation.to_owned());
        post.reading_minutes = std::mem::take(&mut self.reading_minutes).over(post.reading_minutes);
        post.contributors = std::mem::take(&mut self.contributors).over_list(post.contributors);
        post.sources = std::mem::take(&mut self.sources).over_list(post.sources);
        post.programme_id = std::mem::take(&mut self.programme).over(post.programme_id);
        post.mentions = std::mem::take(&mut self.mentions).over_list(post.mentions);
        post.cover_id = std::mem::take(&mut self.cover).over(post.cover_id);
        post.audio_id = std::mem::take(&mut self.audio).over(post.audio_id);
        post.events = std::mem::take(&mut self.events).over_list(post.events);
        post
    }
}
