//! Mails as files: written whole or not at all.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::{Accepted, Cause, Composed, Failure};

/// Tells apart what several sessions of a process are writing.
static DRAFTS: AtomicU64 = AtomicU64::new(0);

/// Writes a mail to a file that is named by when it was written and by what it holds: the names sort by time, tell nothing of
/// anybody, and are the same only for the same mail.
pub(crate) async fn write(folder: &Path, date: DateTime<Utc>, composed: &Composed) -> Result<Accepted, Failure> {
    let envelope = format!("{}\n{}\n", composed.envelope.from, composed.envelope.to);
    let digest = Sha256::new().chain_update(envelope).chain_update(&composed.bytes).finalize();
    let digits: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("{}-{digits}.eml", date.format("%Y%m%dT%H%M%S%3fZ"));

    // A reader of the folder sees the name only once the file is whole.
    let draft = folder.join(format!(".{name}.{}-{}.draft", std::process::id(), DRAFTS.fetch_add(1, Ordering::Relaxed)));
    let written = async {
        tokio::fs::create_dir_all(folder).await?;
        tokio::fs::write(&draft, &composed.bytes).await?;
        tokio::fs::rename(&draft, folder.join(&name)).await
    };
    match written.await {
        Ok(()) => Ok(Accepted { receipt: name }),
        Err(error) => Err(Failure::Unreachable { cause: Cause::Folder(error.kind()) }),
    }
}
