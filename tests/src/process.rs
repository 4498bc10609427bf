//! The program itself, run as its own process.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Answer;

/// The secret of every process of the tests, as of every world.
pub const SECRET_KEY: &str = "a secret that only these tests use";

/// Where the program is that is built together with the tests, or with what else runs.
///
/// # Panics
/// Where nobody knows what runs.
#[must_use]
pub fn built() -> PathBuf {
    let running = std::env::current_exe().unwrap();
    let folder = running.parent().unwrap();
    let folder = if folder.ends_with("deps") { folder.parent().unwrap() } else { folder };
    folder.join(format!("miso{}", std::env::consts::EXE_SUFFIX))
}

/// The program that was built together with the tests.
///
/// # Panics
/// Where it is not built.
#[must_use]
pub fn program() -> PathBuf {
    let program = built();
    assert!(program.exists(), "the program is not built: run `cargo build`, or the tests of the whole workspace");
    program
}

/// The program with arguments, on a database, in a folder of this test's own.
#[must_use]
pub fn command(url: &str, arguments: &[&str]) -> Command {
    let folder = folder();
    let mut command = Command::new(program());
    command.args(arguments).current_dir(&folder).env_clear().env("DATABASE_URL", url).env("MISO_DATA_DIR", &folder);
    command.env("MISO_SECRET_KEY", SECRET_KEY).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The folder of this test's own.
fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("miso-tests-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A process that serves, and is killed when it is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts one, and waits until it answers.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn start(url: &str, settings: &[(&str, &str)]) -> Self {
        Self::start_logging(url, settings, Stdio::null()).await
    }

    /// The same, with a file that holds what it logs.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn start_with_log(url: &str, settings: &[(&str, &str)]) -> (Self, PathBuf) {
        let path = folder().join("log");
        let log = std::fs::File::create(&path).unwrap();
        (Self::start_logging(url, settings, log.into()).await, path)
    }

    async fn start_logging(url: &str, settings: &[(&str, &str)], log: Stdio) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = command(url, &["serve"]);
        command.env("MISO_LISTEN", address.to_string()).env("MISO_SEED", "false").stdout(Stdio::null()).stderr(log);
        for (name, value) in settings {
            command.env(name, value);
        }
        let mut server = Self { child: command.spawn().unwrap(), address };
        for _ in 0..600 {
            if server.send("GET", "/readyz", "").await.is_some_and(|reply| reply.starts_with("HTTP/1.1 200")) {
                return server;
            }
            assert!(server.child.try_wait().unwrap().is_none(), "the server ended");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server does not answer");
    }

    /// Asks GraphQL.
    ///
    /// # Panics
    /// Where there is no answer.
    pub async fn graphql(&self, query: &str, variables: &Value) -> Answer {
        self.try_graphql(query, variables).await.unwrap()
    }

    /// Asks GraphQL of a process that may be killed meanwhile; none where there is no whole answer.
    pub async fn try_graphql(&self, query: &str, variables: &Value) -> Option<Answer> {
        let reply = self.send("POST", "/graphql", &json!({ "query": query, "variables": variables }).to_string()).await?;
        let (_, body) = reply.split_once("\r\n\r\n")?;
        serde_json::from_str(body).ok().map(Answer)
    }

    /// Opens a page. Gives all that came back.
    ///
    /// # Panics
    /// Where there is no answer.
    pub async fn get(&self, path: &str) -> String {
        self.send("GET", path, "").await.unwrap()
    }

    /// Kills it at once, as `kill -9` does.
    ///
    /// # Panics
    /// Where it cannot be killed.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as a service manager does.
    ///
    /// # Panics
    /// Where it cannot be asked.
    pub fn stop(&self) {
        self.signal("-TERM");
    }

    /// Kills it at once while others still ask it.
    ///
    /// # Panics
    /// Where it cannot be killed.
    pub fn strike(&self) {
        self.signal("-KILL");
    }

    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.id().to_string()]).status().unwrap().success());
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its number with the system.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Posts a body with these headers, and gives the JSON that came back.
    ///
    /// # Panics
    /// Where there is no answer.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Value {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n", self.address);
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).await.unwrap();
        let reply = String::from_utf8(reply).unwrap();
        let (_, body) = reply.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {reply}"))
    }

    async fn send(&self, method: &str, path: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(self.address).await.ok()?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nAccept: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).await.ok()?;
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).await.ok()?;
        String::from_utf8(reply).ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
