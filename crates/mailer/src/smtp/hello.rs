//! The few words before a connection is encrypted. lettre would say them too, but it would keep what a stranger on the way
//! adds to the last of the server's answers, and take it for an encrypted one.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Server;
use crate::{Cause, Failure, Stage};

/// What is longer is no answer.
const LONGEST_ANSWER: usize = 16 * 1024;

/// What came of it.
pub(super) enum Hello {
    /// The server waits for the handshake.
    ReadyForTls(TcpStream),
    /// The server does not offer it.
    NoTls(TcpStream),
}

/// Greets the server, and asks for an encrypted connection if it offers one.
pub(super) async fn start_tls(server: &Server, mut stream: TcpStream) -> Result<Hello, Failure> {
    listen(server, &mut stream, Stage::Greeting).await?;
    let offers = say(server, &mut stream, &format!("EHLO {}\r\n", server.hello), Stage::Greeting).await?;
    let offers_tls = offers.lines().any(|line| line.get(4..).is_some_and(|word| word.trim().eq_ignore_ascii_case("STARTTLS")));
    if !offers_tls {
        return Ok(Hello::NoTls(stream));
    }
    say(server, &mut stream, "STARTTLS\r\n", Stage::StartTls).await?;
    Ok(Hello::ReadyForTls(stream))
}

async fn say(server: &Server, stream: &mut TcpStream, command: &str, stage: Stage) -> Result<String, Failure> {
    stream.write_all(command.as_bytes()).await.map_err(|_| lost(stage))?;
    listen(server, stream, stage).await
}

/// Reads one answer, and refuses whatever is more.
async fn listen(server: &Server, stream: &mut TcpStream, stage: Stage) -> Result<String, Failure> {
    let mut said = Vec::new();
    let reading = async {
        while !is_whole(&said) {
            if said.len() > LONGEST_ANSWER || stream.read_buf(&mut said).await.map_err(|_| lost(stage))? == 0 {
                return Err(lost(stage));
            }
        }
        Ok(())
    };
    timeout(server.patience, reading).await.map_err(|_| Failure::Unreachable { cause: Cause::TooSlow(stage) })??;

    let said: String = said.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect();
    let ends = said.lines().filter(|line| is_last(line.as_bytes())).count();
    let code = said.get(..3).and_then(|code| code.parse::<u16>().ok());
    match code {
        Some(200..=299) if ends == 1 => Ok(said),
        Some(code @ 400..=599) if ends == 1 => {
            let words: Vec<&str> = said.lines().filter_map(|line| line.get(4..)).collect();
            Err(Failure::answered(stage, code, words.join(" ")))
        }
        _ => Err(lost(stage)),
    }
}

/// Whether the last line of an answer has come.
fn is_whole(said: &[u8]) -> bool {
    said.ends_with(b"\n") && said.split(|byte| *byte == b'\n').any(is_last)
}

/// Whether a line is the last of an answer: a code, and no hyphen after it.
fn is_last(line: &[u8]) -> bool {
    let is_code = line.get(..3).is_some_and(|code| code.iter().all(u8::is_ascii_digit));
    is_code && matches!(line.get(3), None | Some(b' ' | b'\r'))
}

const fn lost(stage: Stage) -> Failure {
    Failure::Unreachable { cause: Cause::Lost(stage) }
}
