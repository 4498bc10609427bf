//! `miso serve`: everything, in one process.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Stopped, open, say, seed, stop, store};
use crate::config::Config;
use crate::{http, schema, worker};

/// In which time those who watch must have been told to go on elsewhere.
const FAREWELL: Duration = Duration::from_secs(5);

pub(super) async fn serve(config: Config) -> Result<(), Stopped> {
    let listen = config.listen;
    let listener = TcpListener::bind(listen).await.map_err(|error| Stopped::because(format_args!("listen on {listen}: {error}")))?;
    let mut app = open::open(config).await?;
    if app.config.seeds() && store::is_empty(&app.db).await.map_err(Stopped::because)? {
        seed::fill(&app).await?;
    }
    app.shows_starter_data = store::has_starter_data(&app.db).await.map_err(Stopped::because)?;
    let schema = schema::build(&app.config.limits);
    let router = http::everything(app.clone(), schema);
    say::welcome(&app);
    open::doubt(&app);
    let (not_stopping, stopping) = watch::channel(());
    let stopping = || {
        let mut stopping = stopping.clone();
        async move { while stopping.changed().await.is_ok() {} }
    };
    let serving = http::listener::serve(listener, router, app.config.limits.connections, stopping());
    let working = async {
        if app.config.serve_jobs {
            worker::work(app.clone(), stopping()).await;
        }
    };
    let ending = async {
        stop::asked().await;
        // Who watches goes on at another process.
        app.live.interrupt();
        drop(not_stopping);
    };
    tokio::join!(serving, working, ending);
    // Sockets are no requests that the listener would wait for.
    _ = tokio::time::timeout(FAREWELL, app.live.until_all_have_gone()).await;
    app.db.close().await.map_err(Stopped::because)
}
