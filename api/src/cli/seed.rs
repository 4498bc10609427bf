//! `miso seed`, and the starter data of a first start.

use super::{Stopped, open, say};
use crate::app::App;
use crate::config::Config;
use crate::seed;

pub(super) async fn run(config: Config) -> Result<(), Stopped> {
    fill(&open::open(config).await?).await
}

/// Adds what is missing of the starter data.
pub(super) async fn fill(app: &App) -> Result<(), Stopped> {
    say::line(seed::run(app).await.map_err(|error| Stopped::because(format_args!("starter data: {error}")))?);
    Ok(())
}
