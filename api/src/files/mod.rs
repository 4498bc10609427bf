//! Files that people upload: how a stranger's file is made fit to be served ([`preparer`]), what it is called ([`name`]), and where it
//! lies ([`storage`]).

pub mod name;
pub mod preparer;
pub mod storage;

use std::fs::File;
use std::path::PathBuf;

pub use name::FileName;
pub use preparer::Preparer;
pub use storage::Storage;

/// A file that came with a request and lies on disk, as it came.
#[derive(Debug)]
pub struct Spooled {
    /// The file.
    pub file: File,
}

/// All that there is to files.
#[derive(Clone, Debug)]
pub struct Files {
    /// Where they lie.
    pub storage: Storage,
    /// What makes them fit.
    pub preparer: Preparer,
}

impl Files {
    /// Files in a folder, made fit by our own program.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { storage: Storage::in_folder(folder), preparer: Preparer::ourselves() }
    }
}
