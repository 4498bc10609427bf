//! Tags in GraphQL.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::tag;

use super::store;
use crate::gql::id::Global;
use crate::gql::{ContextExt, or_code};

/// A topic.
#[derive(Clone, Debug, SimpleObject)]
pub struct Tag {
    /// Global id.
    pub id: ID,
    /// Its stable name in filters and addresses.
    slug: String,
    /// Name to show.
    name: String,
}

impl From<tag::Model> for Tag {
    fn from(row: tag::Model) -> Self {
        Self { id: row.id.to_global(), slug: row.slug, name: row.name }
    }
}

/// Queries of tags.
#[derive(Debug, Default)]
pub struct TagQuery;

#[Object]
impl TagQuery {
    /// Every topic, by name.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<Tag>> {
        let tags = store::all(ctx.cx().db()).await.map_err(|error| or_code(ctx.cx(), &error.into()))?;
        Ok(tags.into_iter().map(Tag::from).collect())
    }
}

crate::gql::loader::objects! {
    entity::id::TagId => Tag = |cx, ids| store::by_ids(cx.db(), ids);
}
