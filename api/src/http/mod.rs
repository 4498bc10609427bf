//! The edge to HTTP: what is served where, and what every answer goes through.
//!
//! `/graphql` ([`graphql`], within [`limits`]; [`socket`] for subscriptions, [`graphiql`] for a browser), `/schema.graphql`, `/healthz` and `/readyz`; the
//! pages and the calendars are merged in from outside. Around all of them, from the outside in: [`trace`], [`security`],
//! [`encoding`], [`plain`], [`panics`], and a limit of time. [`known`] is for doors of features
//! that are for particular people, [`conditional`] for whoever has answers that a client may keep.

pub mod asked;
pub mod conditional;
pub mod cors;
pub mod encoding;
pub mod graphiql;
pub mod graphql;
pub mod health;
pub mod known;
pub mod limits;
pub mod listener;
pub mod negotiation;
pub mod outbox;
pub mod outcome;
pub mod pages;
pub mod panics;
pub mod patience;
pub mod plain;
pub mod receive;
pub mod rejection;
pub mod schema_text;
pub mod security;
pub mod socket;
pub mod trace;
pub mod upload;
pub mod viewer;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;
use tower::ServiceBuilder;

use crate::app::App;
use crate::schema::Schema;

/// What handlers of the edge share.
#[derive(Clone)]
pub struct Edge {
    /// The installation.
    pub app: App,
    /// What GraphQL executes on.
    pub schema: Schema,
    /// Places for open sockets.
    pub sockets: Arc<Semaphore>,
    /// Since when what lies in the code has been as it is.
    pub began: DateTime<Utc>,
}

/// Everything that an installation serves: GraphQL, the pages, and the calendars.
pub fn everything(app: App, schema: Schema) -> Router {
    let pages = pages::router(&app, &schema);
    let calendars = crate::calendar::http::router(app.clone(), pages.clone());
    let mut others = pages.merge(calendars).merge(crate::media::http::router(app.clone()));
    others = others.merge(crate::feeds::http::router(app.clone()));
    let lists = crate::registrations::http::router().layer(from_fn_with_state(app.clone(), known::known));
    others = others.merge(lists);
    if let Some(folder) = app.mailer.folder().filter(|_| outbox::may_be_shown(&app.config.public_url)) {
        others = others.merge(outbox::router(folder.clone()));
    }
    router(app, schema, others)
}

/// All that is served. `others` are the addresses that are not GraphQL: pages, calendars; what they take in a body is
/// received whole, within the same limits, before it reaches them.
pub fn router(app: App, schema: Schema, others: Router) -> Router {
    let limits = app.config.limits.clone();
    let sockets = Arc::new(Semaphore::new(limits.sockets));
    let edge = Edge { began: app.clock.now(), app: app.clone(), schema, sockets };
    let api = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post).options(cors::preflight))
        .route("/schema.graphql", get(schema_text::get))
        .layer(from_fn(cors::open_to_all));
    let own = Router::new()
        .route("/graphql/assets/{name}", get(graphiql::asset))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz));
    let around = ServiceBuilder::new()
        .layer(from_fn_with_state(app.clone(), trace::traced))
        .layer(from_fn_with_state(app.clone(), security::headers))
        .layer(from_fn(encoding::tagged))
        .layer(encoding::compression())
        .layer(from_fn(plain::spoken))
        .layer(from_fn_with_state(app, panics::caught))
        .layer(from_fn_with_state(limits.clone(), patience::bounded));
    api.merge(own).with_state(edge).merge(others.layer(from_fn_with_state(limits, receive::only_whole))).layer(around)
}

#[cfg(test)]
mod tests;
