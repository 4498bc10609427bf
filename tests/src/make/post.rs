//! Posts.

use entity::id::{EventId, OrganisationId};
use entity::words::{PostKind, PostStatus};
use entity::{post, post_event, post_mention, post_tag, post_text};
use miso::kernel::Markdown;

use super::{folded, position, texts};
use crate::world::{World, instant};

/// A post to be.
pub struct PostMaker<'w> {
    world: &'w World,
    row: post::Model,
    texts: Vec<[String; 3]>,
    mentions: Vec<OrganisationId>,
    events: Vec<EventId>,
    tags: Vec<String>,
}

impl World {
    /// News of an organisation, published on 10 May 2022, titled in German as its slug.
    #[must_use]
    pub fn post(&self, slug: &str, organisation_id: OrganisationId) -> PostMaker<'_> {
        let now = self.app.clock.now();
        let row = post::Model {
            id: self.app.new_id(),
            revision: 1,
            slug: slug.to_owned(),
            kind: PostKind::News,
            status: PostStatus::Published,
            organisation_id,
            programme_id: None,
            original_locale: "de".to_owned(),
            byline: "MiSO e. V.".to_owned(),
            reading_minutes: None,
            contributors: Vec::new().into(),
            sources: Vec::new().into(),
            published_at: Some(instant("2022-05-10T10:00:00Z")),
            scheduled_for: None,
            review_note: None,
            search_title: String::new(),
            search_text: String::new(),
            created_at: now,
            updated_at: now,
            handed_in_at: None,
            cover_id: None,
            audio_id: None,
        };
        let maker = PostMaker { world: self, row, texts: Vec::new(), mentions: Vec::new(), events: Vec::new(), tags: Vec::new() };
        maker.text("de", slug, "Was geschah.")
    }
}

impl PostMaker<'_> {
    /// Changes the row.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut post::Model)) -> Self {
        change(&mut self.row);
        self
    }

    /// It is as far on its way as this, and was not published unless it is.
    #[must_use]
    pub fn status(self, status: PostStatus) -> Self {
        self.with(|row| {
            row.status = status;
            row.published_at = row.published_at.filter(|_| status == PostStatus::Published);
            row.handed_in_at = (status == PostStatus::InReview).then_some(row.created_at);
            row.scheduled_for = (status == PostStatus::Scheduled).then(|| instant("2030-01-01T09:00:00Z"));
        })
    }

    /// It was published then.
    #[must_use]
    pub fn published_at(self, moment: &str) -> Self {
        self.with(|row| row.published_at = Some(instant(moment)))
    }

    /// Its text in a language.
    #[must_use]
    pub fn text(mut self, locale: &str, title: &str, markdown: &str) -> Self {
        self.texts.retain(|[known, ..]| known != locale);
        self.texts.push([locale, title, markdown].map(str::to_owned));
        self
    }

    /// It speaks of an organisation.
    #[must_use]
    pub fn mentioning(mut self, id: OrganisationId) -> Self {
        self.mentions.push(id);
        self
    }

    /// It speaks of an event.
    #[must_use]
    pub fn about(mut self, id: EventId) -> Self {
        self.events.push(id);
        self
    }

    /// It has this topic.
    #[must_use]
    pub fn tagged(mut self, slug: &str) -> Self {
        self.tags.push(slug.to_owned());
        self
    }

    /// Enters it.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn make(mut self) -> post::Model {
        let id = self.row.id;
        self.row.search_title = folded(self.texts.iter().map(|[_, title, _]| title.as_str()));
        self.row.search_text = folded(self.texts.iter().flat_map(|[_, title, body]| [title.as_str(), body.as_str()]));
        let row = self.world.enter(self.row).await;
        for [locale, title, markdown] in self.texts {
            let body_words = i32::try_from(Markdown::new(&markdown).word_count()).unwrap();
            let (body_markdown, body_html) = texts(&markdown);
            let teaser = "Worum es geht.".to_owned();
            let text = post_text::Model { post_id: id, locale, title, teaser, body_markdown, body_html, body_words, plain_summary: None };
            self.world.enter(text).await;
        }
        for (at, organisation_id) in self.mentions.into_iter().enumerate() {
            self.world.enter(post_mention::Model { post_id: id, organisation_id, position: position(at) }).await;
        }
        for (at, event_id) in self.events.into_iter().enumerate() {
            self.world.enter(post_event::Model { post_id: id, event_id, position: position(at) }).await;
        }
        for (at, slug) in self.tags.iter().enumerate() {
            let tag_id = self.world.tag(slug).await.id;
            self.world.enter(post_tag::Model { post_id: id, tag_id, position: position(at) }).await;
        }
        row
    }
}
