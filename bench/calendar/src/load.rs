//! What a started server gives in a second: a page that does nothing, a calendar that was not changed, and the calendar itself.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Connections at once.
const CONNECTIONS: usize = 32;
/// How long each is measured, after as long to get warm.
const TIME: Duration = Duration::from_secs(4);

/// Prints answers in a second.
pub fn measure(address: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let tag = ask(&mut connect(address)?, &request(address, path, ""))?.tag.ok_or("the calendar has no tag")?;
    let known = format!("If-None-Match: {tag}\r\n");
    let kinds = [
        ("/healthz", 200, request(address, "/healthz", "")),
        ("304 of the calendar", 304, request(address, path, &known)),
        ("200 of the calendar, kept", 200, request(address, path, "")),
        ("the same, gzip", 200, request(address, path, "Accept-Encoding: gzip\r\n")),
    ];
    for (what, status, request) in &kinds {
        run(address, request, *status)?;
        let (answers, bytes) = run(address, request, *status)?;
        let seconds = TIME.as_secs_f64();
        println!("{what}\t{:.0}/s\t{:.1} MB/s", answers as f64 / seconds, bytes as f64 / seconds / 1e6);
    }
    Ok(())
}

fn request(address: &str, path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n")
}

fn connect(address: &str) -> std::io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    Ok(BufReader::with_capacity(1 << 16, stream))
}

fn run(address: &str, request: &str, status: u16) -> Result<(u64, u64), String> {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(|| work(address, request, status))).collect();
        let mut sum = (0, 0);
        for worker in workers {
            let (answers, bytes) = worker.join().map_err(|_| "a connection broke off".to_owned())??;
            sum = (sum.0 + answers, sum.1 + bytes);
        }
        Ok(sum)
    })
}

fn work(address: &str, request: &str, status: u16) -> Result<(u64, u64), String> {
    let mut connection = connect(address).map_err(|error| error.to_string())?;
    let (began, mut answers, mut bytes) = (Instant::now(), 0, 0);
    while began.elapsed() < TIME {
        let answer = ask(&mut connection, request).map_err(|error| error.to_string())?;
        if answer.status != status {
            return Err(format!("{} instead of {status}", answer.status));
        }
        answers += 1;
        bytes += answer.bytes;
    }
    Ok((answers, bytes))
}

struct Answer {
    status: u16,
    tag: Option<String>,
    bytes: u64,
}

fn ask(connection: &mut BufReader<TcpStream>, request: &str) -> Result<Answer, Box<dyn Error>> {
    connection.get_mut().write_all(request.as_bytes())?;
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status = line.split(' ').nth(1).ok_or("no status")?.parse()?;
    let (mut answer, mut length) = (Answer { status, tag: None, bytes: 0 }, 0_u64);
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse()?,
            "etag" => answer.tag = Some(value.to_owned()),
            "transfer-encoding" => return Err("the length is not told ahead".into()),
            _ => {}
        }
    }
    answer.bytes = std::io::copy(&mut Read::by_ref(connection).take(length), &mut std::io::sink())?;
    Ok(answer)
}
