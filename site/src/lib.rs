//! The public pages of miso, a client of its GraphQL schema alone: `README.md` says how a page is made.

mod assets;
mod dates;
mod language;
mod pages;
mod render;

use std::sync::Arc;

use async_graphql::Executor;
use axum::Router;
use axum::http::{HeaderMap, Uri};
use chrono::{DateTime, Utc};

/// What a page's visitor asked with. It travels with the GraphQL request as data, so that the server finds viewer and language
/// in it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The headers of the request.
    pub headers: HeaderMap,
    /// Its address.
    pub uri: Uri,
}

/// What the pages need to know and the schema does not say.
#[derive(Clone)]
pub struct Site {
    /// Address of the site, without a slash at its end.
    pub public_url: String,
    /// Whether what is shown is the starter data, which is then said on every page.
    pub shows_starter_data: bool,
    /// The present.
    pub now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("public_url", &self.public_url).finish_non_exhaustive()
    }
}

/// All pages, answered by a schema.
pub fn router<E: Executor>(executor: E, site: Site) -> Router {
    pages::router(executor, site).merge(assets::router())
}
