//! Use cases of the backlog.

use entity::id::JobId;
use jobs::Counts;

use crate::access::Action;
use crate::app::Cx;
use crate::kernel::{Fault, Refused};

/// How many jobs wait, run, and failed.
///
/// # Errors
/// [`Refused::Forbidden`] to others than administrators.
pub async fn counts(cx: &Cx) -> Result<Counts, Fault> {
    cx.authorise(&Action::AdministerJobs)?;
    Ok(cx.app.queue.counts(cx.db()).await?)
}

/// Puts a dead letter back, to be tried as if it never had been.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such dead letter.
pub async fn retry(cx: &Cx, id: JobId) -> Result<(), Fault> {
    cx.authorise(&Action::AdministerJobs)?;
    let writing = cx.begin_write().await?;
    let found = cx.app.queue.retry(&*writing, id).await?;
    writing.commit().await?;
    if found { Ok(()) } else { Err(Refused::NotFound.into()) }
}

/// Does without a dead letter.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such dead letter.
pub async fn discard(cx: &Cx, id: JobId) -> Result<(), Fault> {
    cx.authorise(&Action::AdministerJobs)?;
    let writing = cx.begin_write().await?;
    let found = cx.app.queue.discard(&*writing, id).await?;
    writing.commit().await?;
    if found { Ok(()) } else { Err(Refused::NotFound.into()) }
}
