//! Databases that are files of SQLite.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::ConnectionTrait;

use super::{Contents, template};

/// A file that is removed when it is dropped.
#[derive(Debug)]
pub struct File {
    /// Its address.
    pub url: String,
    path: PathBuf,
}

impl Drop for File {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// A copy of the template with these contents.
pub async fn fresh(contents: Contents) -> File {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let folder = folder();
    let path = folder.join(format!("world-{}-{}.db", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    remove(&path);
    if contents != Contents::Nothing {
        fs::copy(filled(&folder, contents).await, &path).unwrap();
    }
    File { url: url(&path), path }
}

/// The template, filled by who comes first while the others wait.
async fn filled(folder: &Path, contents: Contents) -> PathBuf {
    let name = template::name(contents);
    let template = folder.join(format!("template-{name}.db"));
    if template.exists() {
        return template;
    }
    let lock = fs::File::create(folder.join("lock")).unwrap();
    lock.lock().unwrap();
    if !template.exists() {
        let unfinished = folder.join(format!("unfinished-{name}.db"));
        remove(&unfinished);
        let db = miso::db::connect(&url(&unfinished), 1).await.unwrap();
        template::fill(&db, contents).await;
        db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
        db.close().await.unwrap();
        fs::rename(&unfinished, &template).unwrap();
        remove(&unfinished);
    }
    template
}

/// Beside what the compiler makes, so that `cargo clean` takes it away.
fn folder() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let folder = program.ancestors().nth(3).unwrap().join("tmp").join("miso-tests");
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        // It may not be there.
        let _ = fs::remove_file(file);
    }
}
