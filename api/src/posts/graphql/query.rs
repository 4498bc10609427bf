//! Queries of posts.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::id::{OrganisationId, ProgrammeId};

use super::Post;
use super::connection::{ORDER, PostConnection};
use super::loaders::{Heads, Tags};
use super::words::{PostKind, PostStatus};
use crate::gql::connection::{wants_of_items, wants_total};
use crate::gql::id::Global;
use crate::gql::range::DateTimeRange;
use crate::gql::{ContextExt, bounded, or_code};
use crate::kernel::{Fault, Page};
use crate::posts::store;
use crate::posts::store::list::Filter;

/// What posts are narrowed to. All that is given must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PostWhere {
    /// What sort of text.
    kind: Option<PostKind>,
    /// Whose.
    organisation_id: Option<ID>,
    /// Of which programme.
    programme_id: Option<ID>,
    /// Slug of a topic.
    tag: Option<String>,
    /// How far on its way; others than PUBLISHED show to their editors alone.
    status: Option<PostStatus>,
    /// When published.
    published_at: Option<DateTimeRange>,
    /// Words in titles, texts and topics, up to 200 characters; all must occur.
    search: Option<String>,
}

/// Queries of posts.
#[derive(Debug, Default)]
pub struct PostQuery;

#[Object]
impl PostQuery {
    /// The post with this slug, now or before.
    async fn post(&self, ctx: &Context<'_>, #[graphql(desc = "Readable part of its address.")] slug: String) -> Result<Option<Post>> {
        let cx = ctx.cx();
        let found = store::by_slug(cx.db(), &cx.viewer, &slug).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(found.map(Post::from))
    }

    /// Posts, newest first.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "What they are narrowed to.")] filter: Option<PostWhere>,
    ) -> Result<PostConnection> {
        let cx = ctx.cx();
        let load = async {
            let page = Page { first, after, last, before }.parse(ORDER)?;
            let filter = filter.unwrap_or_default().parse()?;
            Ok::<_, Fault>(store::list::page(cx.db(), &cx.viewer, &filter, &page, wants_total(ctx)).await?)
        };
        let slice = load.await.map_err(|fault| or_code(cx, &fault))?.map(Post::from);
        let posts = || slice.items.iter().map(|(_, post)| post);
        ctx.preload(posts().map(|post| Heads(post.key())).collect()).await?;
        if wants_of_items(ctx, &["organisation"]) {
            ctx.preload(posts().map(|post| post.row.organisation_id).collect()).await?;
        }
        if wants_of_items(ctx, &["tags"]) {
            ctx.preload(posts().map(|post| Tags(post.key())).collect()).await?;
        }
        Ok(slice.into())
    }
}

impl PostWhere {
    fn parse(self) -> Result<Filter, Fault> {
        let (from, until) = self.published_at.unwrap_or_default().parse()?;
        Ok(Filter {
            kind: self.kind.map(Into::into),
            organisation_id: self.organisation_id.as_ref().map(OrganisationId::from_global).transpose()?,
            programme_id: self.programme_id.as_ref().map(ProgrammeId::from_global).transpose()?,
            tag: bounded(self.tag, 200)?,
            status: self.status.map(Into::into),
            from,
            until,
            search: bounded(self.search, 200)?,
        })
    }
}
