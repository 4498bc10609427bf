//! A mailbox for tests: it holds mails, and gives them over IMAP as far as [`Inbox`](crate::Inbox) asks.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A mailbox on this machine, on a port of its own, until it is dropped.
#[derive(Debug)]
pub struct Letterbox {
    address: SocketAddr,
    mails: Mails,
    task: JoinHandle<()>,
}

/// The mails in their order; none where one was taken away. Their places are their UIDs, from 1.
type Mails = Arc<Mutex<Vec<Option<Mail>>>>;

#[derive(Debug)]
struct Mail {
    bytes: Vec<u8>,
    is_read: bool,
}

impl Letterbox {
    /// Begins.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (address, mails) = (listener.local_addr()?, Mails::default());
        let shared = mails.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Who hangs up has what they wanted.
                drop(hold(stream, &shared).await);
            }
        });
        Ok(Self { address, mails, task })
    }

    /// Where it is, with the password.
    #[must_use]
    pub fn url(&self) -> String {
        format!("imap://miso:secret@{}/INBOX", self.address)
    }

    /// Puts a mail in.
    pub fn put(&self, mail: &[u8]) {
        lock(&self.mails).push(Some(Mail { bytes: mail.to_vec(), is_read: false }));
    }

    /// Takes a mail away, by its place from 0.
    pub fn take_away(&self, place: usize) {
        lock(&self.mails)[place] = None;
    }

    /// The places, from 0, of those that nobody has read.
    #[must_use]
    pub fn unread(&self) -> Vec<usize> {
        let mails = lock(&self.mails);
        mails.iter().enumerate().filter(|(_, mail)| mail.as_ref().is_some_and(|mail| !mail.is_read)).map(|(place, _)| place).collect()
    }
}

impl Drop for Letterbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(mails: &Mails) -> MutexGuard<'_, Vec<Option<Mail>>> {
    mails.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn hold(stream: TcpStream, mails: &Mails) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"* OK letterbox\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let command = line.trim_end().to_owned();
        line.clear();
        let (tag, words) = command.split_once(' ').unwrap_or((&command, ""));
        let said = answer(words, mails);
        stream.write_all(&said.before).await?;
        stream.write_all(format!("{tag} {}\r\n", said.at_last).as_bytes()).await?;
        if words == "LOGOUT" {
            break;
        }
    }
    Ok(())
}

struct Said {
    before: Vec<u8>,
    at_last: &'static str,
}

fn answer(words: &str, mails: &Mails) -> Said {
    let said = |before: Vec<u8>, at_last| Said { before, at_last };
    let mut mails = lock(mails);
    let count = mails.len();
    let uid = words.split(' ').nth(2).and_then(|uid| uid.parse::<usize>().ok()).filter(|uid| (1..=count).contains(uid));
    if words.starts_with("LOGIN") {
        return said(Vec::new(), if words.contains("\"secret\"") { "OK welcome" } else { "NO wrong password" });
    }
    if words.starts_with("SELECT") {
        return said(format!("* {count} EXISTS\r\n* OK [UIDVALIDITY 1] it stays\r\n").into_bytes(), "OK [READ-WRITE] open");
    }
    if words.starts_with("UID SEARCH") {
        let unread = (1..=count).filter(|uid| mails[uid - 1].as_ref().is_some_and(|mail| !mail.is_read)).map(|uid| format!(" {uid}"));
        return said(format!("* SEARCH{}\r\n", unread.collect::<String>()).into_bytes(), "OK searched");
    }
    if words.starts_with("UID FETCH") {
        let Some((uid, mail)) = uid.and_then(|uid| Some((uid, mails[uid - 1].as_ref()?))) else {
            return said(Vec::new(), "OK nothing");
        };
        let mut before = format!("* {uid} FETCH (UID {uid} BODY[]<0> {{{}}}\r\n", mail.bytes.len()).into_bytes();
        before.extend_from_slice(&mail.bytes);
        before.extend_from_slice(b")\r\n");
        return said(before, "OK given");
    }
    if words.starts_with("UID STORE") {
        if let Some(mail) = uid.and_then(|uid| mails[uid - 1].as_mut()) {
            mail.is_read = true;
        }
        return said(Vec::new(), "OK noted");
    }
    said(Vec::new(), if words == "LOGOUT" { "OK farewell" } else { "BAD what?" })
}
