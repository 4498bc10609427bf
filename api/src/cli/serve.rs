//! `miso serve`: everything, in one process.

use tokio::net::TcpListener;

use super::{Stopped, open, say, seed, store};
use crate::config::Config;
use crate::{http, schema};

pub(super) async fn serve(config: Config) -> Result<(), Stopped> {
    let listen = config.listen;
    let listener = TcpListener::bind(listen).await.map_err(|error| Stopped::because(format_args!("listen on {listen}: {error}")))?;
    let app = open::open(config).await?;
    if app.config.seeds() && store::is_empty(&app.db).await.map_err(Stopped::because)? {
        seed::fill(&app).await?;
    }
    let schema = schema::build(&app.config.limits);
    let router = http::everything(app.clone(), schema);
    say::welcome(&app);
    http::listener::serve(listener, router, stop()).await;
    app.db.close().await.map_err(Stopped::because)
}

/// Until somebody wants the process to end. Who asks a second time does not want to wait.
async fn stop() {
    told_to_stop().await;
    tokio::spawn(async {
        told_to_stop().await;
        std::process::exit(130);
    });
}

async fn told_to_stop() {
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => _ = signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending();
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    };
    tokio::select! {
        () = terminated => {}
        () = interrupted => {}
    }
}
