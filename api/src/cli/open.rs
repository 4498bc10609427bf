//! Opening an installation: its folder, its database brought up to date, its secret.

use std::fs::DirBuilder;
use std::time::Duration;

use mailer::Mailer;
use sea_orm::sqlx::Error as SqlxError;
use sea_orm::{DatabaseConnection, DbErr, RuntimeErr};
use tokio::time::Instant;

use super::{Stopped, migrate};
use crate::app::App;
use crate::config::Config;
use crate::kernel::Clock;
use crate::mail::signing::signer;
use crate::{db, secret};

/// How long to wait for a database that does not answer yet: it may start at the same time.
const PATIENCE: Duration = Duration::from_secs(60);

/// Opens an installation.
pub(super) async fn open(config: Config) -> Result<App, Stopped> {
    // What is wrong with the settings is said before anything else is done.
    let mailer = mailer(&config)?;
    let connection = connect(&config).await?;
    migrate::up(&connection).await?;
    let clock = Clock::of_the_machine();
    let key = secret::settle(&config, &connection, clock.now()).await.map_err(Stopped::because)?;
    Ok(App::new(connection, config, clock, key, mailer))
}

/// What sends mails: the server of the settings, or else a folder; and what signs them.
fn mailer(config: &Config) -> Result<Mailer, Stopped> {
    let signer = signer(config)?;
    let mailer = if config.smtp_url.is_empty() {
        Mailer::files(config.outbox())
    } else {
        Mailer::smtp(&config.smtp_url, &config.public_host()).map_err(|error| Stopped::because(format_args!("smtp_url: {error}")))?
    };
    Ok(match signer {
        Some(signer) => mailer.signing(signer),
        None => mailer,
    })
}

/// Logs what is sound in the settings, and yet likely a mistake.
pub(super) fn doubt(app: &App) {
    for doubt in app.config.doubts_about_mails() {
        tracing::warn!("{doubt}");
    }
}

/// Connects to the database, and waits for one that does not answer yet.
pub(super) async fn connect(config: &Config) -> Result<DatabaseConnection, Stopped> {
    let folder = &config.data_dir;
    make_folder(folder).map_err(|error| Stopped::because(format_args!("{}: {error}", folder.display())))?;
    let until = Instant::now() + PATIENCE;
    loop {
        match db::connect(&config.database(), config.database_connections).await {
            Ok(connection) => return Ok(connection),
            Err(error) if is_passing(&error) && Instant::now() < until && !config.is_embedded() => {
                tracing::warn!(%error, "the database does not answer yet");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Err(error) => return Err(Stopped::because(format_args!("database: {error}"))),
        }
    }
}

/// Whether an error may pass by waiting: nobody answers, or somebody who is just starting (57P03). A wrong password stays one.
fn is_passing(error: &DbErr) -> bool {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error)) => match error.as_ref() {
            SqlxError::Database(error) => error.code().is_some_and(|code| code == "57P03"),
            SqlxError::Io(_) | SqlxError::PoolTimedOut => true,
            _ => false,
        },
        _ => false,
    }
}

/// Makes the folder, for its owner alone: it holds the secret and, with SQLite, everything else.
fn make_folder(folder: &std::path::Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
