//! Tags in GraphQL.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use entity::tag;

use super::ops::{self, Edit};
use super::store;
use crate::access::Action;
use crate::gql::id::Global;
use crate::gql::input::{self, named, patch};
use crate::gql::{ContextExt, or_code, payload};
use crate::kernel::{Findings, text};

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
    /// Every topic of what is public, by name (network staff: every one).
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<Tag>> {
        let cx = ctx.cx();
        let tags = store::all(cx.db(), cx.may(&Action::AdministerTags).is_allowed()).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(tags.into_iter().map(Tag::from).collect())
    }
}

crate::gql::loader::objects! {
    entity::id::TagId => Tag = |cx, ids| store::by_ids(cx.db(), ids);
}

payload! {
    /// The topic as it now is, or what to put right.
    TagPayload {
        /// As it now is; null where it was refused.
        tag: Tag
    }
}

/// A change of a topic. What is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct TagUpdateInput {
    /// Name to show, up to 80 characters.
    name: MaybeUndefined<String>,
    /// Its name in filters and addresses; the present one leads to it for ever.
    slug: MaybeUndefined<String>,
}

/// Mutations of tags.
#[derive(Debug, Default)]
pub struct TagMutation;

#[Object]
impl TagMutation {
    /// Changes a topic (network staff). New ones are made by whoever names them in an organisation, a post, or an event.
    async fn tag_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What is left out stays.")] input: TagUpdateInput,
    ) -> Result<TagPayload> {
        let mut findings = Findings::of_input();
        let name = patch(input.name).read(|name| text::required_line(&name, 80));
        let slug = patch(input.slug).read(|slug| input::slug(&slug));
        let edit =
            Edit { name: findings.take("name", name).unwrap_or_default(), slug: findings.take("slug", slug).unwrap_or_default(), findings };
        TagPayload::of(ctx, ops::update(ctx.cx(), named(ctx, &id)?, edit).await)
    }
}
