//! The secret of an installation, of which the links of mails and calendars are derived, and that all its processes share.
//!
//! It is a setting, or else a file in the data directory, made on the first start. Its fingerprint lies in the database: a
//! process that came with another secret would send links that no other process opens, so it does not start.

mod base32;
pub mod link;
pub mod random;
mod store;

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use rand::TryRng;
use rand::rngs::SysRng;
use sea_orm::{DatabaseConnection, DbErr};
use sha2::{Digest, Sha256};

use crate::config::Config;

pub use self::link::{Links, Purpose};

/// The name of the file in the data directory.
const FILE: &str = "secret.key";

/// The secret.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(Box<[u8]>);

/// Why there is no secret to work with, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The database was set up with a secret, and there is none here.
    #[error(
        "this database was set up with a secret key, which is not here: set MISO_SECRET_KEY to it, or copy {FILE} of the first process's data directory to {}",
        .0.display()
    )]
    Missing(PathBuf),
    /// The database was set up with another secret.
    #[error(
        "this database was set up with another secret key than that of {0}: give all its processes the same MISO_SECRET_KEY, or the same {FILE}"
    )]
    Another(String),
    /// The file holds too little.
    #[error("{}: a secret key has 32 bytes or more", .0.display())]
    TooShort(PathBuf),
    /// The file cannot be read or made.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The operating system gives no random bytes.
    #[error("no random bytes: {0}")]
    Random(String),
    /// The database does not say.
    #[error("database: {0}")]
    Database(#[from] DbErr),
}

impl SecretKey {
    /// A secret that is given as a text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self(text.as_bytes().into())
    }

    /// The bytes, to derive from.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What tells this secret from others, and does not tell it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::new().chain_update(b"miso key fingerprint").chain_update(&self.0).finalize();
        URL_SAFE_NO_PAD.encode(&digest[..16])
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.fingerprint())
    }
}

/// The secret of this installation. A new one is made only for a database that knows none yet.
///
/// # Errors
/// Where the database knows another one, or none can be read or made.
pub async fn settle(config: &Config, db: &DatabaseConnection, now: DateTime<Utc>) -> Result<SecretKey, SecretError> {
    let path = config.data_dir.join(FILE);
    let given = if config.secret_key.is_empty() {
        read(&path)?.map(|key| (key, path.display().to_string()))
    } else {
        Some((SecretKey::of_text(&config.secret_key), "MISO_SECRET_KEY".to_owned()))
    };
    let known = store::fingerprint(db).await?;
    let (key, source) = match (given, &known) {
        (Some(given), _) => given,
        (None, None) => (make(&path)?, path.display().to_string()),
        (None, Some(_)) => return Err(SecretError::Missing(path)),
    };
    // Of processes that start at the same time, one is first.
    let known = match known {
        Some(known) => known,
        None => store::set_fingerprint(db, key.fingerprint(), now).await?,
    };
    if known == key.fingerprint() { Ok(key) } else { Err(SecretError::Another(source)) }
}

fn read(path: &Path) -> Result<Option<SecretKey>, SecretError> {
    match fs::read_to_string(path) {
        Ok(text) if text.trim().len() < 32 => Err(SecretError::TooShort(path.to_owned())),
        Ok(text) => Ok(Some(SecretKey::of_text(text.trim()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SecretError::File { path: path.to_owned(), error }),
    }
}

/// Makes the file, for its owner alone. It appears whole or not at all; where another process was faster, its secret is taken.
fn make(path: &Path) -> Result<SecretKey, SecretError> {
    let text = random_hex::<32>()?;
    // Processes in containers that share a folder may well have one number.
    let draft = path.with_extension(format!("{}.draft", random_hex::<8>()?));
    let written = write_privately(&draft, &text).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    });
    // Whether it became the secret or not, the draft has served.
    _ = fs::remove_file(&draft);
    written.map_err(|error| SecretError::File { path: path.to_owned(), error })?;
    read(path)?.ok_or_else(|| SecretError::File { path: path.to_owned(), error: io::ErrorKind::NotFound.into() })
}

fn random_hex<const BYTES: usize>() -> Result<String, SecretError> {
    let mut bytes = [0; BYTES];
    SysRng.try_fill_bytes(&mut bytes).map_err(|error| SecretError::Random(error.to_string()))?;
    Ok(bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

/// Writes a line into a new file, for its owner alone.
///
/// # Errors
/// Where there is such a file already, or none can be made.
pub fn write_privately(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Schema};

    use super::*;

    async fn database() -> DatabaseConnection {
        let db = crate::db::connect("sqlite::memory:", 1).await.unwrap();
        let table = Schema::new(db.get_database_backend()).create_table_from_entity(entity::instance::Entity);
        db.execute(&table).await.unwrap();
        db
    }

    fn config(name: &str) -> Config {
        let data_dir = std::env::temp_dir().join(format!("miso-secret-{name}-{}", std::process::id()));
        fs::create_dir_all(&data_dir).unwrap();
        Config { data_dir, ..Config::default() }
    }

    #[tokio::test]
    async fn a_first_start_makes_a_secret_that_later_starts_keep() {
        let (db, config) = (database().await, config("first"));
        let first = settle(&config, &db, DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(settle(&config, &db, DateTime::UNIX_EPOCH).await.unwrap(), first);
        assert_eq!(first.bytes().len(), 64);
        #[cfg(unix)]
        {
            let metadata = fs::metadata(config.data_dir.join(FILE)).unwrap();
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(&config.data_dir).unwrap().count(), 1);
        fs::remove_dir_all(&config.data_dir).unwrap();
    }

    #[tokio::test]
    async fn a_process_with_another_secret_or_none_does_not_start_and_makes_none() {
        let (db, first, second) = (database().await, config("one"), config("two"));
        let key = settle(&first, &db, DateTime::UNIX_EPOCH).await.unwrap();
        assert!(matches!(settle(&second, &db, DateTime::UNIX_EPOCH).await, Err(SecretError::Missing(_))));
        assert!(!second.data_dir.join(FILE).exists());
        let other = Config { secret_key: "x".repeat(32), ..second.clone() };
        let refused = settle(&other, &db, DateTime::UNIX_EPOCH).await.unwrap_err().to_string();
        assert!(refused.contains("another secret key than that of MISO_SECRET_KEY"), "{refused}");
        let same = Config { secret_key: String::from_utf8(key.bytes().to_vec()).unwrap(), ..second.clone() };
        assert_eq!(settle(&same, &db, DateTime::UNIX_EPOCH).await.unwrap(), key);
        fs::remove_dir_all(&first.data_dir).unwrap();
        fs::remove_dir_all(&second.data_dir).unwrap();
    }
}
