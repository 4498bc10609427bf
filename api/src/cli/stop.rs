//! When somebody wants the process to end.

/// Until somebody wants the process to end. Who asks a second time does not want to wait.
pub(super) async fn asked() {
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
