//! Collecting what nothing shows.

use std::collections::HashSet;

use chrono::TimeDelta;

use crate::app::App;
use crate::kernel::Fault;
use crate::media::store;

/// How long something is kept that nothing shows: for a draft that is still being written, and for who changes their mind.
const KEPT: TimeDelta = TimeDelta::days(7);
/// How long a process may be at work on what comes in.
const AT_WORK: TimeDelta = TimeDelta::days(1);

/// Notes since when nothing shows something, forgets what nothing has shown for a week, and deletes the files that are nobody's any more.
///
/// # Errors
/// Where the database or the disk fails.
pub async fn collect(app: &App) -> Result<(), Fault> {
    let now = app.clock.now();
    let writing = app.begin_write().await?;
    store::note_use(&*writing, now).await?;
    let forgotten = store::forget_unused(&*writing, now - KEPT).await?;
    writing.commit().await?;
    let storage = &app.files.storage;
    let broken = |error: std::io::Error| Fault::Broken(format!("media: {error}"));
    let mut deleted = 0_u64;
    for folder in 0..=u8::MAX {
        // A file is kept before its row is written, and touched where it is kept once more: what is younger than a week may get one yet.
        for some in storage.kept_before(folder, now - KEPT).await.map_err(broken)?.chunks(500) {
            let known: HashSet<String> = store::named(&app.db, some.iter().map(ToString::to_string).collect()).await?;
            for file in some.iter().filter(|file| !known.contains(file.as_str())) {
                storage.delete(file).await.map_err(broken)?;
                deleted += 1;
            }
        }
    }
    storage.clear(now - AT_WORK).await.map_err(broken)?;
    tracing::info!(forgotten, deleted, "collected pictures and recordings that nothing shows");
    Ok(())
}
