//! Databases on a server of PostgreSQL.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use url::Url;

use super::{Contents, template};

/// Held while a template is filled; any number that nothing else on the server uses.
const LOCK: i64 = 0x6d69_736f;

/// A database that is dropped when this is.
#[derive(Debug)]
pub struct OnServer {
    /// Its address.
    pub url: String,
    name: String,
}

impl Drop for OnServer {
    fn drop(&mut self) {
        let name = self.name.clone();
        // On a thread of its own, as the test's runtime cannot wait here.
        let dropped = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                let server = server().await;
                run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
                server.close().await.unwrap();
            });
        });
        if dropped.join().is_err() {
            eprintln!("the database {} could not be dropped", self.name);
        }
    }
}

/// A copy of the template with these contents.
pub async fn fresh(contents: Contents) -> OnServer {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("miso_world_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let server = server().await;
    let template = if contents == Contents::Nothing { "template1".to_owned() } else { filled(&server, contents).await };
    run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    run(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    server.close().await.unwrap();
    OnServer { url: url(&name), name }
}

/// The template, filled by who comes first while the others wait.
async fn filled(server: &DatabaseConnection, contents: Contents) -> String {
    let template = format!("miso_template_{}", template::name(contents));
    if exists(server, &template).await {
        return template;
    }
    run(server, &format!("SELECT pg_advisory_lock({LOCK})")).await;
    if !exists(server, &template).await {
        let unfinished = format!("miso_unfinished_{}", template::name(contents));
        run(server, &format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
        run(server, &format!("CREATE DATABASE {unfinished}")).await;
        let db = miso::db::connect(&url(&unfinished), 1).await.unwrap();
        template::fill(&db, contents).await;
        db.close().await.unwrap();
        run(server, &format!("ALTER DATABASE {unfinished} RENAME TO {template}")).await;
    }
    run(server, &format!("SELECT pg_advisory_unlock({LOCK})")).await;
    template
}

async fn exists(server: &DatabaseConnection, name: &str) -> bool {
    let query = Statement::from_sql_and_values(DbBackend::Postgres, "SELECT 1 FROM pg_database WHERE datname = $1", [name.into()]);
    server.query_one_raw(query).await.unwrap().is_some()
}

/// One connection to the server itself, as a lock belongs to a connection.
async fn server() -> DatabaseConnection {
    miso::db::connect(&server_url(), 1).await.unwrap()
}

async fn run(server: &DatabaseConnection, sql: &str) {
    server.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL")
        .unwrap_or_else(|_| panic!("TEST_POSTGRES_URL says where PostgreSQL is, e.g. postgres://localhost/postgres"))
}

fn url(name: &str) -> String {
    let mut url = Url::parse(&server_url()).unwrap();
    url.set_path(name);
    url.into()
}
