//! The review desk in GraphQL.

use async_graphql::{Context, Object, Result, SimpleObject, Union};

use super::store::{self, Waiting};
use crate::access::Action;
use crate::events::graphql::Event;
use crate::gql::connection::wants_total;
use crate::gql::scalars::DateTime;
use crate::gql::{ContextExt, PageInfo, or_code};
use crate::kernel::{Cursor, Fault, Page, Slice};
use crate::organisations::graphql::Organisation;
use crate::posts::graphql::Post;

/// Something that waits for the network's office.
#[derive(Clone, Debug, Union)]
pub enum ReviewItem {
    /// A post that was handed in.
    Post(Post),
    /// An event that was handed in.
    Event(Event),
    /// An organisation that applied for membership.
    Organisation(Organisation),
}

/// A page of what waits, what waits longest first.
#[derive(Clone, Debug)]
pub struct ReviewItemConnection(Slice<(ReviewItem, chrono::DateTime<chrono::Utc>)>);

/// Something that waits, since when, and its cursor.
#[derive(Clone, Debug, SimpleObject)]
pub struct ReviewItemEdge {
    /// What to give as `after` or `before` to go on from here.
    cursor: String,
    /// Since when it waits.
    waiting_since: DateTime,
    /// What waits.
    node: ReviewItem,
}

/// A page of what waits, what waits longest first.
#[Object]
impl ReviewItemConnection {
    /// What waits, since when, with cursors.
    async fn edges(&self) -> Vec<ReviewItemEdge> {
        let edge = |(cursor, (node, since)): &(Cursor, (ReviewItem, chrono::DateTime<chrono::Utc>))| ReviewItemEdge {
            cursor: cursor.encode(self.0.order),
            waiting_since: DateTime::utc(*since),
            node: node.clone(),
        };
        self.0.items.iter().map(edge).collect()
    }

    /// What waits.
    async fn nodes(&self) -> Vec<&ReviewItem> {
        self.0.items.iter().map(|(_, (node, _))| node).collect()
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo::of(&self.0)
    }

    /// How much waits in all, counted only when asked for.
    async fn total_count(&self) -> u32 {
        self.0.total.and_then(|total| u32::try_from(total).ok()).unwrap_or(0)
    }
}

/// Queries of the review desk.
#[derive(Debug, Default)]
pub struct ReviewQuery;

#[Object]
impl ReviewQuery {
    /// What waits for the network's office: posts and events in review, applications for membership; what waits longest first (network
    /// staff).
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn review_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<ReviewItemConnection>> {
        let cx = ctx.cx();
        let load = async {
            cx.authorise(&Action::ReviewContent)?;
            let page = Page { first, after, last, before }.parse("review queue")?;
            let (found, total) = store::page(cx.db(), &page, wants_total(ctx)).await?;
            Ok::<_, Fault>((page, found, total))
        };
        let (page, found, total) = load.await.map_err(|fault| or_code(cx, &fault))?;
        let items = found.into_iter().map(async |(cursor, (waiting, since))| {
            let item = match waiting {
                Waiting::Post(id) => ctx.load(id).await?.map(ReviewItem::Post),
                Waiting::Event(id) => ctx.load(id).await?.map(ReviewItem::Event),
                Waiting::Organisation(id) => ctx.load(id).await?.map(ReviewItem::Organisation),
            };
            Ok::<_, async_graphql::Error>(item.map(|item| (cursor, (item, since))))
        });
        let items = futures_util::future::try_join_all(items).await?;
        Ok(Some(ReviewItemConnection(Slice::cut(items.into_iter().flatten().collect(), &page, total))))
    }
}
