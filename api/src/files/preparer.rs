//! What makes a stranger's file fit to be served: this program once more, as a process of its own that reads the one file, knows no
//! secret, may use little memory and time, and can fall without harm. One at a time, so that many uploads need no more memory than one.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use prepare::{Bounds, Prepared, Unfit};
use tokio::process::Command;
use tokio::sync::Semaphore;

/// How long it may take; the largest picture takes two seconds.
const PATIENCE: Duration = Duration::from_secs(60);
/// The command by which our program prepares a file: see `cli`.
pub const COMMAND: &str = "prepare";

/// What makes files fit.
#[derive(Clone, Debug)]
pub struct Preparer {
    program: PathBuf,
    turn: Arc<Semaphore>,
}

impl Preparer {
    /// Our own program.
    #[must_use]
    pub fn ourselves() -> Self {
        // A link to the running program, also once its file was replaced by a newer one.
        let running = PathBuf::from("/proc/self/exe");
        let program = if running.exists() { running } else { std::env::current_exe().unwrap_or_default() };
        Self::by(program)
    }

    /// A program that understands [`COMMAND`].
    #[must_use]
    pub fn by(program: PathBuf) -> Self {
        Self { program, turn: Arc::new(Semaphore::new(1)) }
    }

    /// Prepares a file; what comes of it lies in the folder.
    ///
    /// # Errors
    /// Where no process could be started, or it could not read or write.
    pub async fn prepare(&self, file: File, folder: &Path, bounds: &Bounds) -> io::Result<Result<Prepared, Unfit>> {
        let _turn = self.turn.acquire().await.map_err(io::Error::other)?;
        let mut command = Command::new(&self.program);
        command.arg(COMMAND).arg(folder).arg(serde_json::to_string(bounds)?).env_clear().current_dir(folder);
        // The allocator would set a gigabyte aside, which counts against what the process may hold.
        command.env("MIMALLOC_ARENA_RESERVE", "65536");
        command.stdin(Stdio::from(file)).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let Ok(output) = tokio::time::timeout(PATIENCE, command.spawn()?.wait_with_output()).await else {
            tracing::warn!("a file took too long to be prepared");
            return Ok(Err(Unfit::Damaged));
        };
        let output = output?;
        match output.status.code() {
            Some(0) => Ok(serde_json::from_slice(&output.stdout)?),
            Some(1) => Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
            // It fell, over its memory or its time, or over what it read.
            _ => {
                tracing::warn!(status = %output.status, "a file could not be prepared");
                Ok(Err(Unfit::Damaged))
            }
        }
    }
}
