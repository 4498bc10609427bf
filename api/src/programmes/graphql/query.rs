//! Queries of programmes.

use async_graphql::{Context, Object, Result};

use super::Programme;
use crate::gql::{ContextExt, or_code};
use crate::programmes::store;

/// Queries of programmes.
#[derive(Debug, Default)]
pub struct ProgrammeQuery;

#[Object]
impl ProgrammeQuery {
    /// The programme with this slug, now or before.
    async fn programme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Readable part of its address.")] slug: String,
    ) -> Result<Option<Programme>> {
        let cx = ctx.cx();
        let found = store::by_slug(cx.db(), &slug).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(found.map(Programme::from))
    }

    /// Every programme.
    async fn programmes(&self, ctx: &Context<'_>) -> Result<Vec<Programme>> {
        all(ctx).await
    }
}

/// Every programme.
///
/// # Errors
/// Where the database fails.
pub async fn all(ctx: &Context<'_>) -> Result<Vec<Programme>> {
    let found = store::all(ctx.cx().db()).await.map_err(|error| or_code(ctx.cx(), &error.into()))?;
    Ok(found.into_iter().map(Programme::from).collect())
}
