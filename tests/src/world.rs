//! A throw-away installation: database, clock, and the public door.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use chrono::{DateTime, Utc};
use jobs::Drained;
use mailer::Mailer;
use miso::app::App;
use miso::config::Config;
use miso::files::Preparer;
use miso::http::listener::Peer;
use miso::kernel::Clock;
use miso::schema::{self, Schema};
use miso::secret::SecretKey;
use miso::worker;
use sea_orm::DatabaseConnection;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::db::{Contents, Database, Statements};
use crate::graphql::Answer;
use crate::people;

/// The moment at which the clock of a new world stands.
pub const PRESENT: &str = "2022-05-18T08:00:00Z";
/// In place of a header: the address of whoever connects, where it matters.
pub const FROM: &str = "(from)";
/// Under which address a world is reached.
pub const PUBLIC_URL: &str = "https://miso.example";

/// An installation of its own, which is gone when it is dropped.
pub struct World {
    /// What use cases touch.
    pub app: App,
    /// What GraphQL executes on.
    pub schema: Schema,
    door: Router,
    statements: Statements,
    // The last to be dropped, when nothing is connected any more.
    database: Database,
    _folder: TempDir,
}

impl World {
    /// A world with tables and nothing in them.
    pub async fn new() -> Self {
        Self::with(Contents::Tables, Config::default()).await
    }

    /// A world with the starter data, entered on the day of [`PRESENT`].
    pub async fn seeded() -> Self {
        Self::with(Contents::StarterData, Config::default()).await
    }

    /// A world with settings of its own; its address and its database are as in any other.
    pub async fn with(contents: Contents, config: Config) -> Self {
        let database = Database::new(contents).await;
        let statements = Statements::default();
        let db = statements.watch(database.connect().await);
        let folder = tempfile::tempdir().unwrap();
        let app = installation(db, Config { database_url: database.url().to_owned(), data_dir: folder.path().to_owned(), ..config });
        people::enter(&app).await;
        drop(statements.take());
        let schema = schema::build(&app.config.limits);
        let door = door(&app, &schema);
        Self { app, schema, door, statements, database, _folder: folder }
    }

    /// The same world as another process sees it: with a pool of its own.
    pub async fn another_process(&self) -> App {
        installation(self.database.connect().await, Config::clone(&self.app.config))
    }

    /// The same world, with its mails going to a server.
    #[must_use]
    pub fn sending_to(mut self, url: &str) -> Self {
        self.app.mailer = Mailer::smtp(url, "miso.example").unwrap();
        self
    }

    /// Where its database is, for another process.
    #[must_use]
    pub fn database_url(&self) -> &str {
        self.database.url()
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &DatabaseConnection {
        &self.app.db
    }

    /// Moves the clock.
    pub fn at(&self, moment: &str) -> &Self {
        self.app.clock.set(instant(moment));
        self
    }

    /// The SQL statements that something causes, and what it answers.
    pub async fn statements<T>(&self, doing: impl Future<Output = T>) -> (T, Vec<String>) {
        drop(self.statements.take());
        let answer = doing.await;
        (answer, self.statements.take())
    }

    /// Does all that is to be done by now. Says what failed.
    pub async fn run_jobs(&self) -> Drained {
        jobs::drain(self.db(), &self.app.queue, &worker::works(), &self.app).await.unwrap()
    }

    /// All rows of all tables, as text, to compare before with after.
    pub async fn dump(&self) -> Vec<String> {
        crate::db::dump(self.db()).await
    }

    /// Asks an address through the public door.
    pub async fn get(&self, address: &str) -> Reply {
        self.ask(Method::GET, address, &[]).await
    }

    /// Asks an address with a method and headers, without a body.
    pub async fn ask(&self, method: Method, address: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(method, address, headers, Body::empty()).await
    }

    /// Sends a request through the public door. The address may be absolute where it is ours.
    pub async fn send(&self, method: Method, address: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
        let path = address.strip_prefix(PUBLIC_URL).unwrap_or(address);
        let mut request = Request::builder().method(method).uri(if path.is_empty() { "/" } else { path });
        for (name, value) in headers {
            request = match *name {
                // No header that anybody can write: it is who connected.
                FROM => request.extension(Peer(value.parse().unwrap())),
                name => request.header(name, *value),
            };
        }
        let response = self.door.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        Reply { status: parts.status, headers: parts.headers, body: to_bytes(body, usize::MAX).await.unwrap() }
    }

    /// Posts a GraphQL request through the public door, as a visitor.
    pub async fn graphql(&self, query: &str, variables: Value) -> Answer {
        let reply = self.post_graphql(&[], &json!({ "query": query, "variables": variables })).await;
        Answer(reply.json())
    }

    /// Posts a body to GraphQL and gives the whole reply.
    pub async fn post_graphql(&self, headers: &[(&str, &str)], body: &Value) -> Reply {
        let mut all = vec![(CONTENT_TYPE.as_str(), "application/json"), (ACCEPT.as_str(), "application/graphql-response+json")];
        all.retain(|(name, _)| headers.iter().all(|(own, _)| own != name));
        all.extend(headers);
        self.send(Method::POST, "/graphql", &all, body.to_string()).await
    }
}

/// What came back through the public door.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its bytes.
    pub body: Bytes,
}

impl Reply {
    /// Its text.
    ///
    /// # Panics
    /// Where it is none.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// Its JSON.
    ///
    /// # Panics
    /// Where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in: {}", String::from_utf8_lossy(&self.body)))
    }

    /// A header, empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let name: HeaderName = name.parse().unwrap();
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// An instant from its RFC 3339 text.
///
/// # Panics
/// Where it is none.
#[must_use]
pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// An installation on a database, with the clock at [`PRESENT`].
#[must_use]
pub fn installation(db: DatabaseConnection, config: Config) -> App {
    let secret_key = "a secret that only these tests use".to_owned();
    let key = SecretKey::of_text(&secret_key);
    let config = Config { public_url: PUBLIC_URL.to_owned(), secret_key, seed: false, ..config };
    let mut app = App::new(db, config, Clock::standing_at(instant(PRESENT)), key, Mailer::memory());
    // The program of these tests is not the one that prepares files.
    app.files.preparer = Preparer::by(crate::process::built());
    app
}

fn door(app: &App, schema: &Schema) -> Router {
    miso::http::everything(app.clone(), schema.clone())
}
