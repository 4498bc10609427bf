//! `miso worker`: does what is to be done later, and serves nothing.

use super::{Stopped, open, say, stop};
use crate::config::Config;
use crate::worker;

pub(super) async fn run(config: Config) -> Result<(), Stopped> {
    let app = open::open(config).await?;
    say::line(format_args!("miso {} does what is to be done later, {} jobs at once.", env!("CARGO_PKG_VERSION"), app.config.job_slots));
    open::doubt(&app);
    worker::work(app.clone(), stop::asked()).await;
    app.db.close().await.map_err(Stopped::because)
}
