//! The pages' way into GraphQL: they are a client like any other, in the same process.
//!
//! Their documents are ours, so that the limits of a document do not concern them; what they cost is bounded all the same.
//! Who asks is read from the request that came for the page.

use std::any::TypeId;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Data, Executor, Pos, Request, Response};
use axum::Router;
use axum::http::{HeaderMap, Uri};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use miso_web::{Asked, Site};
use uuid::Uuid;

use super::outcome::Outcome;
use super::viewer::{self, Came, Unknown};
use crate::app::{App, Cx};
use crate::gql::or_code;
use crate::people::cookie;
use crate::schema::{self, Schema};

/// All pages of this installation.
pub fn router(app: &App, schema: &Schema) -> Router {
    let (clock, ids) = (app.clock.clone(), app.clone());
    let site = Site {
        public_url: app.config.public_url.clone(),
        now: Arc::new(move || clock.now()),
        new_key: Arc::new(move || ids.new_id::<Uuid>().simple().to_string()),
        shows_starter_data: app.shows_starter_data,
        session_cookie: cookie::name(&app.config),
    };
    miso_web::router(PageExecutor::new(app.clone(), schema.clone()), site)
}

/// Executes what pages ask.
#[derive(Clone)]
pub struct PageExecutor {
    app: App,
    schema: Schema,
}

impl PageExecutor {
    /// An executor on this installation.
    #[must_use]
    pub fn new(app: App, schema: Schema) -> Self {
        Self { app, schema }
    }

    async fn cx_of(&self, request: &mut Request) -> Result<Cx, Response> {
        let Some(asked) = request.data.get(&TypeId::of::<Asked>()).and_then(|asked| asked.downcast_ref::<Asked>()).cloned() else {
            return Ok(viewer::cx_of_visitor(&self.app, &HeaderMap::new(), &Uri::default()));
        };
        let mut operations = request.parsed_query().ok().into_iter().flat_map(|document| document.operations.iter());
        let may_write = operations.any(|(_, operation)| operation.node.ty == OperationType::Mutation);
        let peer = asked.extensions.get().copied();
        let came = Came { headers: &asked.headers, uri: &asked.uri, peer, may_write };
        let visitor = || viewer::cx_of_visitor(&self.app, &asked.headers, &asked.uri);
        match viewer::cx_of(&self.app, came).await {
            Ok(cx) => Ok(cx),
            // Pages are shown to whoever comes; what is not for visitors they will not see.
            Err(Unknown::Credentials) => Ok(visitor()),
            Err(Unknown::Fault(fault)) => {
                let cx = visitor();
                let error = or_code(&cx, &fault).into_server_error(Pos::default());
                Err(Outcome::of(&cx, Response::from_errors(vec![error])).into_response())
            }
        }
    }
}

impl Executor for PageExecutor {
    async fn execute(&self, mut request: Request) -> Response {
        let cx = match self.cx_of(&mut request).await {
            Ok(cx) => cx,
            Err(response) => return response,
        };
        let response = schema::execute(&self.schema, cx.clone(), request).await;
        Outcome::of(&cx, response).into_response()
    }

    fn execute_stream(&self, request: Request, _session: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let executor = self.clone();
        futures_util::stream::once(async move { executor.execute(request).await }).boxed()
    }
}
