//! One connection, as the server sees it.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::script::{At, Reaction};
use super::{Received, State};

const YES: &str = "250 2.0.0 Ok";
const OUT_OF_ORDER: &str = "503 5.5.1 Bad sequence of commands";

/// Speaks until one of both has enough.
pub(super) async fn hold(stream: TcpStream, state: &State) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut conversation = Conversation { stream: BufReader::new(stream), state, mail: None };
    if conversation.answer(At::Greeting, "", "220 sink.example.org ESMTP").await? != Said::Yes {
        return Ok(());
    }
    let mut line = String::new();
    while conversation.stream.read_line(&mut line).await? > 0 {
        let command = line.trim_end().to_owned();
        line.clear();
        let said = conversation.obey(&command).await?;
        state.record().commands.push(command);
        if said == Said::Goodbye {
            break;
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
    Goodbye,
}

struct Conversation<'a> {
    stream: BufReader<TcpStream>,
    state: &'a State,
    /// The mail that is being handed over.
    mail: Option<Received>,
}

impl Conversation<'_> {
    async fn obey(&mut self, command: &str) -> io::Result<Said> {
        let whom = command.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(whom, _)| whom);
        let to = self.mail.as_ref().and_then(|mail| mail.to.first()).cloned();
        match (command.get(..4).unwrap_or_default(), to) {
            ("EHLO", _) => self.say("250-sink.example.org\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN").await,
            ("AUTH", _) => self.say("235 2.7.0 Welcome").await,
            ("RSET", _) => {
                self.mail = None;
                self.say(YES).await
            }
            ("MAIL", _) if self.mail.is_none() => {
                let said = self.answer(At::Mail, whom, YES).await?;
                self.mail = (said == Said::Yes).then(|| Received { from: whom.into(), to: Vec::new(), bytes: Vec::new() });
                Ok(said)
            }
            ("RCPT", _) if self.mail.is_some() => {
                let said = self.answer(At::Rcpt, whom, YES).await?;
                if let Some(mail) = self.mail.as_mut().filter(|_| said == Said::Yes) {
                    mail.to.push(whom.into());
                }
                Ok(said)
            }
            ("DATA", Some(to)) => match self.answer(At::Data, &to, "354 Go on").await? {
                Said::Yes => self.take_content(&to).await,
                said => Ok(said),
            },
            ("QUIT", _) => {
                self.say("221 2.0.0 Bye").await?;
                Ok(Said::Goodbye)
            }
            _ => self.say(OUT_OF_ORDER).await,
        }
    }

    async fn take_content(&mut self, to: &str) -> io::Result<Said> {
        let mut bytes = Vec::new();
        loop {
            let begin = bytes.len();
            if self.stream.read_until(b'\n', &mut bytes).await? == 0 {
                return Ok(Said::Goodbye);
            }
            if &bytes[begin..] == b".\r\n" {
                bytes.truncate(begin);
                break;
            }
            if bytes[begin] == b'.' {
                bytes.remove(begin);
            }
        }
        let reaction = self.state.script().next(At::Content, to);
        let is_refused = matches!(&reaction, Some(Reaction::Say(answer)) if !answer.starts_with('2'));
        if let Some(mail) = self.mail.take().filter(|_| !is_refused) {
            self.state.record().mails.push(Received { bytes, ..mail });
        }
        self.react(reaction, "250 2.0.0 Ok: queued").await
    }

    async fn answer(&mut self, at: At, whom: &str, usual: &str) -> io::Result<Said> {
        let reaction = self.state.script().next(at, whom);
        self.react(reaction, usual).await
    }

    async fn react(&mut self, reaction: Option<Reaction>, usual: &str) -> io::Result<Said> {
        match reaction {
            None => self.say(usual).await,
            Some(Reaction::Say(answer)) => self.say(&answer).await,
            Some(Reaction::HangUp) => Ok(Said::Goodbye),
            Some(Reaction::Wait(time)) => {
                sleep(time).await;
                self.say(usual).await
            }
        }
    }

    async fn say(&mut self, answer: &str) -> io::Result<Said> {
        self.stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        match answer.as_bytes() {
            [b'2' | b'3', ..] => Ok(Said::Yes),
            [b'4', b'2', b'1', ..] => Ok(Said::Goodbye),
            _ => Ok(Said::No),
        }
    }
}
