//! Where files lie: in a folder, each under the name of what is in it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use tempfile::TempDir;

use super::FileName;

/// Files on disk. All processes of an installation see the same.
#[derive(Clone, Debug)]
pub struct Storage {
    folder: PathBuf,
}

impl Storage {
    /// Files in this folder, which is made when the first comes.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// A place for what comes in: it has no name, and is gone when nobody has it open any more.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn incoming(&self) -> io::Result<File> {
        tempfile::tempfile_in(self.waiting()?)
    }

    /// A folder for what is made of it, which is gone when it is dropped.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn bench(&self) -> io::Result<TempDir> {
        TempDir::new_in(self.waiting()?)
    }

    /// Keeps files of a folder that was made by [`Storage::bench`]. One that is there already is as good as new from now on.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn keep(&self, from: &Path, names: Vec<FileName>, now: DateTime<Utc>) -> io::Result<()> {
        let (own, from) = (self.clone(), from.to_owned());
        off_the_threads(move || names.iter().try_for_each(|name| own.keep_one(&from, name, now))).await
    }

    fn keep_one(&self, from: &Path, name: &FileName, now: DateTime<Utc>) -> io::Result<()> {
        let (from, to) = (from.join(name.as_str()), self.path_of(name));
        let folder = self.folder.join(name.folder());
        fs::create_dir_all(&folder)?;
        File::options().write(true).open(&from)?.set_modified(now.into())?;
        fs::rename(from, to)?;
        // The name is on disk only once its folder is.
        File::open(folder)?.sync_all()
    }

    /// Where a file lies.
    #[must_use]
    pub fn path_of(&self, name: &FileName) -> PathBuf {
        self.folder.join(name.folder()).join(name.as_str())
    }

    /// The files in one of the 256 folders, `00` to `ff`, that were kept before a moment, and not again since.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn kept_before(&self, folder: u8, moment: DateTime<Utc>) -> io::Result<Vec<FileName>> {
        let folder = self.folder.join(format!("{folder:02x}"));
        off_the_threads(move || {
            let found = entries(&folder)?.into_iter().filter(|(_, modified)| *modified < SystemTime::from(moment));
            Ok(found.filter_map(|(path, _)| path.file_name()?.to_str()?.parse().ok()).collect())
        })
        .await
    }

    /// Deletes a file.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn delete(&self, name: &FileName) -> io::Result<()> {
        let path = self.path_of(name);
        off_the_threads(move || or_gone(fs::remove_file(path))).await
    }

    /// Deletes what a process left behind that was killed before this moment.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn clear(&self, moment: DateTime<Utc>) -> io::Result<()> {
        let waiting = self.waiting()?;
        off_the_threads(move || {
            let left = entries(&waiting)?.into_iter().filter(|(_, modified)| *modified < SystemTime::from(moment));
            left.map(|(path, _)| path).try_for_each(|path| or_gone(fs::remove_dir_all(path)))
        })
        .await
    }

    fn waiting(&self) -> io::Result<PathBuf> {
        let waiting = self.folder.join("incoming");
        fs::create_dir_all(&waiting)?;
        Ok(waiting)
    }
}

/// What lies in a folder, with when it was last changed; nothing where there is none.
fn entries(folder: &Path) -> io::Result<Vec<(PathBuf, SystemTime)>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    entries.map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.metadata()?.modified()?)))).collect()
}

fn or_gone(outcome: io::Result<()>) -> io::Result<()> {
    outcome.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

async fn off_the_threads<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
