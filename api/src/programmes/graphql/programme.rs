//! A programme in GraphQL.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::id::{OrganisationId, ProgrammeId};
use entity::{programme, programme_text};

use super::loaders::{Funders, Texts};
use crate::events::graphql::connection::{EventConnection, Parent as EventParent};
use crate::events::graphql::input::EventWhere;
use crate::gql::ContextExt;
use crate::gql::id::Global;
use crate::gql::scalars::{Html, Markdown, PartialDate, WebUrl};
use crate::kernel::Page;
use crate::organisations::graphql::Organisation;
use crate::posts::graphql::connection::{Parent as PostParent, PostConnection};

/// A lasting piece of the network's work, e.g. its radio show `MiSO on air`, or a funded project.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Programme {
    /// Global id.
    pub id: ID,
    /// Raised by every change.
    revision: i32,
    /// Readable part of its address; earlier ones lead to it, too.
    slug: String,
    /// Whether its posts are broadcasts.
    is_broadcast: bool,
    /// When it began, as precisely as known.
    started_on: Option<PartialDate>,
    /// When it ended, as precisely as known; null while it goes on.
    ended_on: Option<PartialDate>,
    #[graphql(skip)]
    key: ProgrammeId,
    #[graphql(skip)]
    organisation_id: OrganisationId,
    #[graphql(skip)]
    original_locale: String,
}

impl From<programme::Model> for Programme {
    fn from(row: programme::Model) -> Self {
        Self {
            id: row.id.to_global(),
            revision: row.revision,
            slug: row.slug,
            is_broadcast: row.is_broadcast,
            started_on: row.started_on.map(PartialDate::from),
            ended_on: row.ended_on.map(PartialDate::from),
            key: row.id,
            organisation_id: row.organisation_id,
            original_locale: row.original_locale,
        }
    }
}

#[ComplexObject]
impl Programme {
    /// Its page.
    async fn url(&self, ctx: &Context<'_>) -> WebUrl {
        WebUrl(ctx.cx().app.url(&format!("/programmes/{}", self.slug)))
    }

    /// Its podcast, RSS 2.0 with its recordings, for podcast programs; null where it does not broadcast.
    async fn podcast_url(&self, ctx: &Context<'_>) -> Option<WebUrl> {
        self.is_broadcast.then(|| WebUrl(ctx.cx().app.url(&format!("/programmes/{}/podcast.xml", self.slug))))
    }

    /// Name, in the reader's language where there is one.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.text(ctx).await?.map(|text| text.name).unwrap_or_default())
    }

    /// What it is.
    async fn description(&self, ctx: &Context<'_>) -> Result<Html> {
        Ok(Html(self.text(ctx).await?.map(|text| text.description_html).unwrap_or_default()))
    }

    /// What it is, as it was written.
    async fn description_markdown(&self, ctx: &Context<'_>) -> Result<Markdown> {
        Ok(Markdown(self.text(ctx).await?.map(|text| text.description_markdown).unwrap_or_default()))
    }

    /// Whose work it is.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        ctx.load_sure(self.organisation_id).await
    }

    /// Who pays for it.
    async fn funders(&self, ctx: &Context<'_>) -> Result<Vec<Organisation>> {
        let ids = ctx.load(Funders(self.key)).await?.unwrap_or_default();
        ctx.load_all(ids.to_vec()).await
    }

    /// Its posts, newest first.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<PostConnection> {
        PostConnection::of(ctx, PostParent::Programme(self.key), Page { first, after, last, before }).await
    }

    /// Its events, ordered by their first date in the range asked for.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "What they are narrowed to.")] filter: Option<EventWhere>,
    ) -> Result<EventConnection> {
        EventConnection::of(ctx, EventParent::Programme(self.key), Page { first, after, last, before }, filter).await
    }
}

impl Programme {
    async fn text(&self, ctx: &Context<'_>) -> Result<Option<programme_text::Model>> {
        let texts = ctx.load(Texts(self.key)).await?.unwrap_or_default();
        Ok(ctx.cx().wanted.pick(&self.original_locale, &texts, |text| &text.locale).cloned())
    }
}
