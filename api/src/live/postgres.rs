//! Telling the changes of all processes through PostgreSQL (`NOTIFY`, `LISTEN`).

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx;
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::{ConnectionTrait, DbErr};
use tokio::sync::watch;

use super::watching::Watchers;
use super::{Change, change, missed};
use crate::db::notify::notify;

/// The channel.
const CHANNEL: &str = "changed";
/// How long to wait before one listens again.
const PAUSE: Duration = Duration::from_secs(1);

/// Leaves changes to be told to every process that listens, as soon as the transaction is committed. Nothing on another database.
///
/// # Errors
/// Where the database fails.
pub async fn tell(tx: &impl ConnectionTrait, changes: &[Change]) -> Result<(), DbErr> {
    notify(tx, CHANNEL, change::write(changes)).await
}

/// Tells watchers what is heard, through every outage. `hears` says whether anything can be heard at present; what could not be is
/// a gap.
pub(super) async fn listen_for_ever(url: String, watchers: Arc<Watchers>, hears: watch::Sender<bool>, gaps: watch::Sender<u64>) {
    loop {
        let end = listen(&url, &watchers, &hears).await;
        if hears.send_replace(false) {
            missed(&gaps);
        }
        if let Err(error) = end {
            tracing::warn!(%error, "the database that tells of changes does not answer, and is asked again until it does");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Listens until the connection is lost.
async fn listen(url: &str, watchers: &Watchers, hears: &watch::Sender<bool>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    hears.send_replace(true);
    while let Some(note) = listener.try_recv().await? {
        change::read(note.payload()).for_each(|change| watchers.tell(&change));
    }
    Ok(())
}
