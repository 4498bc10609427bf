//! A post in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::id::PostId;
use entity::{post, post_text};

use super::loaders::{Events, Heads, Mentions, Tags, Texts};
use super::words::{Contributor, PostKind, PostStatus};
use crate::access::Action;
use crate::events::graphql::Event;
use crate::events::graphql::loaders::Listed;
use crate::gql::id::Global;
use crate::gql::scalars::{DateTime, Html, Locale, Markdown, WebUrl};
use crate::gql::{ContextExt, or_code};
use crate::media::graphql::{Audio, Image, Media};
use crate::organisations::graphql::Organisation;
use crate::posts::rules;
use crate::posts::store::parts::Head;
use crate::programmes::graphql::Programme;
use crate::tags::graphql::Tag;

/// News, a report, an interview, a statement, or a broadcast.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Post {
    /// Global id.
    pub id: ID,
    /// Raised by every change.
    revision: i32,
    /// Readable part of its address; earlier ones lead to it, too.
    slug: String,
    /// What sort of text it is.
    kind: PostKind,
    /// How far it is on its way to readers.
    status: PostStatus,
    /// As printed under the title, e.g. `MiSO e. V.`.
    byline: String,
    /// Who made it.
    contributors: Vec<Contributor>,
    /// Where its facts were found.
    sources: Vec<WebUrl>,
    /// When it was published; null before.
    published_at: Option<DateTime>,
    /// When it is to be published; null where that is not decided.
    scheduled_for: Option<DateTime>,
    /// When it was begun.
    created_at: DateTime,
    /// When it was last changed.
    updated_at: DateTime,
    /// The row.
    #[graphql(skip)]
    pub row: Arc<post::Model>,
}

impl From<post::Model> for Post {
    fn from(row: post::Model) -> Self {
        Self {
            id: row.id.to_global(),
            revision: row.revision,
            slug: row.slug.clone(),
            kind: row.kind.into(),
            status: row.status.into(),
            byline: row.byline.clone(),
            contributors: row.contributors.0.iter().cloned().map(Contributor::from).collect(),
            sources: row.sources.0.iter().cloned().map(WebUrl::from).collect(),
            published_at: row.published_at.map(DateTime::utc),
            scheduled_for: row.scheduled_for.map(DateTime::utc),
            created_at: DateTime::utc(row.created_at),
            updated_at: DateTime::utc(row.updated_at),
            row: Arc::new(row),
        }
    }
}

#[ComplexObject]
impl Post {
    /// Its page.
    async fn url(&self, ctx: &Context<'_>) -> WebUrl {
        WebUrl(ctx.cx().app.url(&format!("/posts/{}", self.slug)))
    }

    /// Title.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.head(ctx).await?.map(|head| head.title).unwrap_or_default())
    }

    /// A sentence or two that lead into it.
    async fn teaser(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.head(ctx).await?.map(|head| head.teaser).unwrap_or_default())
    }

    /// The text.
    async fn body(&self, ctx: &Context<'_>) -> Result<Html> {
        Ok(Html(self.text(ctx).await?.map(|text| text.body_html).unwrap_or_default()))
    }

    /// The text as it was written.
    async fn body_markdown(&self, ctx: &Context<'_>) -> Result<Markdown> {
        Ok(Markdown(self.text(ctx).await?.map(|text| text.body_markdown).unwrap_or_default()))
    }

    /// In easy words (Einfache Sprache), where written.
    async fn plain_summary(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.text(ctx).await?.and_then(|text| text.plain_summary))
    }

    /// As its editor gave it, else computed: minutes to read the body at 200 words a minute, rounded up, at least 1.
    async fn reading_minutes(&self, ctx: &Context<'_>) -> Result<i32> {
        let words = self.head(ctx).await?.map_or(0, |head| head.body_words);
        Ok(rules::reading_minutes(self.row.reading_minutes, words))
    }

    /// Language of its texts here.
    async fn locale(&self, ctx: &Context<'_>) -> Result<Locale> {
        Ok(self.head(ctx).await?.map_or_else(|| self.row.original_locale.clone(), |head| head.locale).into())
    }

    /// Languages that it is in.
    async fn locales(&self, ctx: &Context<'_>) -> Result<Vec<Locale>> {
        Ok(ctx.load(Heads(self.key())).await?.unwrap_or_default().iter().map(|head| head.locale.clone().into()).collect())
    }

    /// The whole text in one language; null where there is none.
    async fn translation(&self, ctx: &Context<'_>, #[graphql(desc = "The language.")] locale: Locale) -> Result<Option<PostText>> {
        let texts = ctx.load(Texts(self.key())).await?.unwrap_or_default();
        Ok(texts.iter().find(|text| text.locale == locale.0).cloned().map(PostText::from))
    }

    /// The picture above it.
    async fn cover(&self, ctx: &Context<'_>) -> Result<Option<Image>> {
        Media::image(ctx, self.row.cover_id).await
    }

    /// The recording that is played in it.
    async fn audio(&self, ctx: &Context<'_>) -> Result<Option<Audio>> {
        Media::audio(ctx, self.row.audio_id).await
    }

    /// Whose post it is.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        ctx.load_sure(self.row.organisation_id).await
    }

    /// Organisations that it speaks of.
    async fn mentions(&self, ctx: &Context<'_>) -> Result<Vec<Organisation>> {
        Ok(ctx.load(Mentions(self.key())).await?.unwrap_or_default().iter().cloned().map(Organisation::from).collect())
    }

    /// Programme that it belongs to.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Programme>> {
        match self.row.programme_id {
            Some(id) => ctx.load(id).await,
            None => Ok(None),
        }
    }

    /// Topics.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<Tag>> {
        Ok(ctx.load(Tags(self.key())).await?.unwrap_or_default().iter().cloned().map(Tag::from).collect())
    }

    /// Events that it speaks of.
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<Event>> {
        let ids = ctx.load(Events(self.key())).await?.unwrap_or_default();
        let listed = ctx.load_all(ids.iter().copied().map(Listed).collect()).await?;
        Ok(listed.iter().map(|event| Event::clone(event)).collect())
    }

    /// From the review (its editors).
    async fn review_note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let cx = ctx.cx();
        cx.authorise(&Action::EditPost(self.row.organisation_id)).map_err(|refused| or_code(cx, &refused.into()))?;
        Ok(self.row.review_note.clone())
    }

    /// What the viewer may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> PostPermissions {
        let edits = ctx.cx().may(&Action::EditPost(self.row.organisation_id)).is_allowed();
        PostPermissions { update: edits, publish: edits, delete: edits }
    }
}

impl Post {
    /// Its key.
    #[must_use]
    pub fn key(&self) -> PostId {
        self.row.id
    }

    async fn head(&self, ctx: &Context<'_>) -> Result<Option<Head>> {
        let heads = ctx.load(Heads(self.key())).await?.unwrap_or_default();
        Ok(ctx.cx().wanted.pick(&self.row.original_locale, &heads, |head| &head.locale).cloned())
    }

    async fn text(&self, ctx: &Context<'_>) -> Result<Option<post_text::Model>> {
        let texts = ctx.load(Texts(self.key())).await?.unwrap_or_default();
        Ok(ctx.cx().wanted.pick(&self.row.original_locale, &texts, |text| &text.locale).cloned())
    }
}

/// A post in one language.
#[derive(Clone, Debug, SimpleObject)]
pub struct PostText {
    /// The language.
    locale: Locale,
    /// Title.
    title: String,
    /// A sentence or two that lead into it.
    teaser: String,
    /// The text.
    body: Html,
    /// The text as it was written.
    body_markdown: Markdown,
    /// In easy words, where written.
    plain_summary: Option<String>,
}

impl From<post_text::Model> for PostText {
    fn from(row: post_text::Model) -> Self {
        Self {
            locale: row.locale.into(),
            title: row.title,
            teaser: row.teaser,
            body: Html(row.body_html),
            body_markdown: Markdown(row.body_markdown),
            plain_summary: row.plain_summary,
        }
    }
}

/// What the viewer may do with a post.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct PostPermissions {
    /// Change it.
    update: bool,
    /// Publish it, or hand it to review.
    publish: bool,
    /// Delete it.
    delete: bool,
}
