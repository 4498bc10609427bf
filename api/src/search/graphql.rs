//! Search in GraphQL.

use async_graphql::{Context, Object, Result, Union};

use super::store::{self, Found};
use crate::events::graphql::Event;
use crate::gql::connection::wants_total;
use crate::gql::{ContextExt, bounded, connection, or_code};
use crate::kernel::{Fault, Page, Slice};
use crate::organisations::graphql::Organisation;
use crate::posts::graphql::Post;

/// Something that search finds.
#[derive(Clone, Debug, Union)]
pub enum SearchResult {
    /// A post.
    Post(Post),
    /// An event.
    Event(Event),
    /// An organisation.
    Organisation(Organisation),
}

connection! {
    /// A page of what was found.
    SearchResultConnection, SearchResultEdge, SearchResult
}

/// Search.
#[derive(Debug, Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Posts, events and organisations, best match first; ü finds ue, Arkadas finds Arkadaş, Migrant*innen finds Migrant:innen.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words, up to 200 characters; all must occur, up to eight count.")] query: String,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<SearchResultConnection> {
        let cx = ctx.cx();
        let load = async {
            let page = Page { first, after, last, before }.parse("search")?;
            let query = bounded(Some(query), 200)?.unwrap_or_default();
            let (found, total) = store::page(cx.db(), &cx.viewer, &query, &page, wants_total(ctx)).await?;
            Ok::<_, Fault>(Slice::cut(found, &page, total))
        };
        let slice = load.await.map_err(|fault| or_code(cx, &fault))?;
        let found: Vec<Found> = slice.items.iter().map(|(_, found)| *found).collect();
        ctx.preload(found.iter().filter_map(|one| if let Found::Post(id) = one { Some(*id) } else { None }).collect()).await?;
        ctx.preload(found.iter().filter_map(|one| if let Found::Event(id) = one { Some(*id) } else { None }).collect()).await?;
        ctx.preload(found.iter().filter_map(|one| if let Found::Organisation(id) = one { Some(*id) } else { None }).collect()).await?;
        let mut items = Vec::with_capacity(slice.items.len());
        for (cursor, found) in slice.items {
            let result = match found {
                Found::Post(id) => SearchResult::Post(ctx.load_sure(id).await?),
                Found::Event(id) => SearchResult::Event(ctx.load_sure(id).await?),
                Found::Organisation(id) => SearchResult::Organisation(ctx.load_sure(id).await?),
            };
            items.push((cursor, result));
        }
        Ok(Slice { items, order: slice.order, has_next: slice.has_next, has_previous: slice.has_previous, total: slice.total }.into())
    }
}
