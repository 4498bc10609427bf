//! Settings: one struct in sections, each with a default that needs no set-up; `miso.toml` over it, the environment over that.
//! `config.example.toml` shows every key.

mod delivery;
mod mails;
pub mod sources;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;
use url::Url;

pub use self::delivery::Delivery;
pub use self::mails::Dkim;
pub use self::sources::ConfigError;

/// What a person who runs miso can set.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `sqlite://…` or `postgres://…`; empty for an SQLite file `miso.db` in the data directory.
    pub database_url: String,
    /// Connections to the database at the most.
    pub database_connections: u32,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Proxies before us, each of which adds to `X-Forwarded-For` whom it was asked by; without any, clients are told apart by who
    /// connects.
    pub trusted_proxies: u32,
    /// The address under which the site is reached, without a slash at its end. Calendar ids and all links are made of it.
    pub public_url: String,
    /// Where files are kept: the database of SQLite, the secret key, and what people upload. All processes must see the same.
    pub data_dir: PathBuf,
    /// The secret that links of mails and calendars are derived from, 32 bytes or more; empty to make one in the data directory.
    pub secret_key: String,
    /// The server that takes our mails, e.g. `smtps://user:password@mail.example.org`; empty to keep them as files in `outbox` in
    /// the data directory.
    pub smtp_url: String,
    /// The address that our mails come from; empty for `miso@` and the host of [`Config::public_url`].
    pub mail_from: String,
    /// The mailbox to which calendars answer; what comes to it, with `+` and a secret behind its name, is for `miso mail receive`. Empty
    /// for [`Config::mail_from`].
    pub mail_replies: String,
    /// The mailbox to which issues of newsletters come back that could not be delivered, in the same way; empty for
    /// [`Config::mail_replies`], and `none` to have them come back to [`Config::mail_from`] as it is.
    pub mail_bounces: String,
    /// A mailbox that is read every five minutes for what comes back, e.g. `imaps://user:password@mail.example.org`, with `/folder` behind
    /// it where it is not the inbox; empty where the mail server pipes mails into `miso mail receive`.
    pub mail_inbox: String,
    /// How mails are signed.
    pub dkim: Dkim,
    /// Whether `miso serve` also does what is to be done later; otherwise `miso worker` must run.
    pub serve_jobs: bool,
    /// Jobs done at the same time by one process.
    pub job_slots: u32,
    /// Seconds after which others take over what a process had begun that is gone.
    pub job_lease_seconds: u32,
    /// Days after which a registration for what is over no longer tells whose it was.
    pub registration_days: u32,
    /// Days after which sensitive answers, e.g. what support somebody needs, for what is over are deleted.
    pub sensitive_answer_days: u32,
    /// Addresses with their ports, e.g. `10.0.0.5:443`, from which calendars may be fetched although they are not of the public
    /// internet.
    pub fetch_from_private: Vec<SocketAddr>,
    /// How much is logged, as `RUST_LOG` has it, e.g. `info` or `miso=debug`.
    pub log: String,
    /// `text` for people, `json` for machines.
    pub log_format: LogFormat,
    /// Whether an empty embedded database is filled with the starter data; every page then says that it shows them.
    pub seed: bool,
    /// How an issue of a newsletter goes out.
    pub delivery: Delivery,
    /// What one request may ask for.
    pub limits: Limits,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line for people.
    Text,
    /// A JSON object.
    Json,
}

/// What one request may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Bytes of a GraphQL document.
    pub query_bytes: usize,
    /// Tokens of a GraphQL document, and its fields once every fragment is written out.
    pub query_tokens: usize,
    /// Fields within fields; introspection is not counted.
    pub query_depth: usize,
    /// Cost of an operation: a field is 1, and a list multiplies what is in it by its size.
    pub query_cost: usize,
    /// Aliases in a GraphQL document.
    pub query_aliases: usize,
    /// Fields of an operation's root; of a mutation's, a fifth of it.
    pub root_fields: usize,
    /// Directives on one field, and five times as many in a document.
    pub directives: usize,
    /// Errors told in one answer.
    pub errors: usize,
    /// Seconds in which a request must have come in whole.
    pub receive_seconds: u64,
    /// Seconds in which it must be answered.
    pub answer_seconds: u64,
    /// Connections that are open at the same time in one process; others wait.
    pub connections: usize,
    /// Sockets that are open at the same time in one process.
    pub sockets: usize,
    /// Registrations that one client may send at once; a used up allowance comes back within 50 minutes.
    pub registrations_per_client: u32,
    /// Bytes of a picture that is uploaded.
    pub image_bytes: u64,
    /// Bytes of a recording that is uploaded.
    pub audio_bytes: u64,
    /// Seconds in which an upload must have come in whole.
    pub upload_seconds: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: String::new(),
            database_connections: 10,
            listen: SocketAddr::from(([127, 0, 0, 1], 8000)),
            trusted_proxies: 0,
            public_url: "http://localhost:8000".to_owned(),
            data_dir: PathBuf::from("./var"),
            secret_key: String::new(),
            smtp_url: String::new(),
            mail_from: String::new(),
            mail_replies: String::new(),
            mail_bounces: String::new(),
            mail_inbox: String::new(),
            dkim: Dkim::default(),
            serve_jobs: true,
            job_slots: 4,
            job_lease_seconds: 60,
            registration_days: 30,
            sensitive_answer_days: 7,
            fetch_from_private: Vec::new(),
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            seed: true,
            delivery: Delivery::default(),
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1024 * 1024,
            query_bytes: 64 * 1024,
            query_tokens: 4000,
            query_depth: 14,
            query_cost: 20_000,
            query_aliases: 50,
            root_fields: 25,
            directives: 10,
            errors: 20,
            receive_seconds: 10,
            answer_seconds: 30,
            connections: 4096,
            sockets: 1000,
            registrations_per_client: 50,
            image_bytes: 15 * 1024 * 1024,
            audio_bytes: 200 * 1024 * 1024,
            upload_seconds: 900,
        }
    }
}

impl Config {
    /// Reads the settings: the file that `MISO_CONFIG` names (else `miso.toml`, where it exists), and the environment over it.
    ///
    /// # Errors
    /// What is wrong, in one line.
    pub fn load() -> Result<Self, ConfigError> {
        sources::read(std::env::vars())
    }

    /// Checks what types cannot.
    ///
    /// # Errors
    /// The first setting that makes no sense.
    pub fn check(&self) -> Result<(), ConfigError> {
        let unsound = |key, problem: &str| Err(ConfigError::Unsound { key, problem: problem.to_owned() });
        match Url::parse(&self.public_url) {
            Ok(url)
                if matches!(url.scheme(), "http" | "https") && url.has_host() && url.origin().ascii_serialization() == self.public_url => {}
            _ => return unsound("public_url", "must be an address such as https://example.org, without a path or a slash at its end"),
        }
        let is_known = |scheme: &&str| self.database_url.starts_with(*scheme);
        if !self.database_url.is_empty() && !["sqlite:", "postgres:", "postgresql:"].iter().any(is_known) {
            return unsound("database_url", "must begin with sqlite:// or postgres://");
        }
        if !self.secret_key.is_empty() && self.secret_key.len() < 32 {
            return unsound("secret_key", "must be 32 bytes or more, e.g. from `openssl rand -hex 32`");
        }
        if !self.smtp_url.is_empty() && !["smtp:", "smtps:"].iter().any(|scheme| self.smtp_url.starts_with(scheme)) {
            return unsound("smtp_url", "must begin with smtp:// or smtps://");
        }
        self.check_mails()?;
        let counts = [
            ("database_connections", self.database_connections),
            ("job_slots", self.job_slots),
            ("job_lease_seconds", self.job_lease_seconds),
        ];
        if let Some((key, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
            return unsound(key, "must be 1 or more");
        }
        if EnvFilter::try_new(&self.log).is_err() {
            return unsound("log", "must be a level such as info, or directives such as warn,miso=debug");
        }
        self.delivery.check()?;
        self.limits.check()
    }

    /// Where the database is.
    #[must_use]
    pub fn database(&self) -> String {
        if self.database_url.is_empty() {
            format!("sqlite://{}", self.data_dir.join("miso.db").display())
        } else {
            self.database_url.clone()
        }
    }

    /// Whether the database is the embedded one, in a file of ours.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.database().starts_with("sqlite:")
    }

    /// Whether the starter data are shown: they are asked for, and the database is the embedded one.
    #[must_use]
    pub fn seeds(&self) -> bool {
        self.seed && self.is_embedded()
    }

    /// The folder of mails where no server takes them.
    #[must_use]
    pub fn outbox(&self) -> PathBuf {
        self.data_dir.join("outbox")
    }

    /// The folder of pictures and recordings.
    #[must_use]
    pub fn media(&self) -> PathBuf {
        self.data_dir.join("media")
    }

    /// The host in [`Config::public_url`], of which calendar ids are made.
    #[must_use]
    pub fn public_host(&self) -> String {
        Url::parse(&self.public_url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }
}

impl Limits {
    fn check(&self) -> Result<(), ConfigError> {
        let numbers = [
            ("limits.body_bytes", self.body_bytes),
            ("limits.query_bytes", self.query_bytes),
            ("limits.query_tokens", self.query_tokens),
            ("limits.query_depth", self.query_depth),
            ("limits.query_cost", self.query_cost),
            ("limits.query_aliases", self.query_aliases),
            ("limits.root_fields", self.root_fields),
            ("limits.directives", self.directives),
            ("limits.errors", self.errors),
            ("limits.receive_seconds", usize::from(self.receive_seconds > 0)),
            ("limits.answer_seconds", usize::from(self.answer_seconds > 0)),
            ("limits.connections", self.connections),
            ("limits.sockets", self.sockets),
            ("limits.registrations_per_client", usize::from(self.registrations_per_client > 0)),
            ("limits.image_bytes", usize::from(self.image_bytes > 0)),
            ("limits.audio_bytes", usize::from(self.audio_bytes > 0)),
            ("limits.upload_seconds", usize::from(self.upload_seconds > 0)),
        ];
        match numbers.into_iter().find(|(_, number)| *number == 0) {
            Some((key, _)) => Err(ConfigError::Unsound { key, problem: "must be 1 or more".to_owned() }),
            None => Ok(()),
        }
    }
}

/// Without what is secret: the address of a database holds its password.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .field("public_url", &self.public_url)
            .field("data_dir", &self.data_dir)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_said_in_one_line() {
        let wrong = |change: fn(&mut Config)| {
            let mut config = Config::default();
            change(&mut config);
            config.check().unwrap_err().to_string()
        };
        assert!(Config::default().check().is_ok());
        assert!(wrong(|config| config.public_url = "miso.example/".into()).starts_with("public_url: must be"));
        assert!(wrong(|config| config.database_url = "mysql://x".into()).starts_with("database_url: must begin"));
        assert!(wrong(|config| config.secret_key = "short".into()).starts_with("secret_key: must be 32"));
        assert!(wrong(|config| config.public_url = "https://miso.example/site".into()).starts_with("public_url: must be"));
        assert!(wrong(|config| config.log = "a=b=c".into()).starts_with("log: must be"));
        assert_eq!(wrong(|config| config.limits.errors = 0), "limits.errors: must be 1 or more");
    }

    #[test]
    fn what_is_secret_is_not_printed() {
        let config = Config { secret_key: "hidden".into(), database_url: "postgres://u:hidden@h".into(), ..Config::default() };
        assert!(!format!("{config:?}").contains("hidden"));
    }
}
