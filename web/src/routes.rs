//! What is served where.

use std::sync::Arc;

use async_graphql::Executor;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::routing::get;

use crate::answer::{House, Named};
use crate::assets;
use crate::pages::PAGES;
use crate::site::Site;
use crate::templates::Templates;
use crate::visit::Visit;

/// The public pages and what they are made up with. Where nothing is, a page says so: that is the router's fallback.
pub fn router<E: Executor>(executor: E, site: Site) -> Router {
    let house = Arc::new(House { executor, site, templates: Templates::new() });
    let pages = PAGES.iter().fold(Router::new(), |router, page| {
        let open =
            move |State(house): State<Arc<House<E>>>, named: Named, visit: Visit| async move { house.open(page, visit, named).await };
        if page.forms().next().is_none() {
            return router.route(page.path, get(open));
        }
        let post = move |State(house): State<Arc<House<E>>>, named: Named, visit: Visit, body: Body| async move {
            house.post(page, visit, named, body).await
        };
        router.route(page.path, get(open).post(post))
    });
    let missing = |State(house): State<Arc<House<E>>>, visit: Visit| async move { house.missing(visit).await };
    pages.fallback(missing).with_state(house).merge(assets::router())
}
