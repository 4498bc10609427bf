//! A rush for one date: many people register at the same moment, over HTTP, at the program itself.
//!
//! `bench/registrations/run` builds and calls it; `TEST_DATABASE` and `TEST_POSTGRES_URL` say with which database.
#![recursion_limit = "256"]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be made has failed, and what it shows is its purpose"
)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use miso_tests::World;
use miso_tests::db::is_postgres;
use miso_tests::process::Server;
use miso_tests::registering::who;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

const CREATE: &str = "mutation($input: RegistrationCreateInput!) {
    registrationCreate(input: $input) { receipt { status waitlistPosition } errors { code } }
}";

/// Servers that register alone, and whose one client stands for many.
const SETTINGS: [(&str, &str); 3] =
    [("MISO_SERVE_JOBS", "false"), ("MISO_LIMITS__REGISTRATIONS_PER_CLIENT", "1000000000"), ("MISO_LOG", "warn")];

/// What came of a rush.
struct Rush {
    took: Duration,
    /// Of each request, sorted.
    waited: Vec<Duration>,
}

#[tokio::main]
async fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|argument| argument.parse().unwrap()).collect();
    let [guests, connections, processes] = numbers[..] else { panic!("guests, connections and processes") };
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let seats = i32::try_from(guests).unwrap();
    let open = world.open_event("andrang", host.id, seats).on("2099-06-01T16:00:00Z").make().await;
    let full = world.open_event("voll", host.id, 0).with(|row| row.waitlist = false).on("2099-06-01T16:00:00Z").make().await;
    let (open, full) = (world.dates_of(&open).await.remove(0), world.dates_of(&full).await.remove(0));
    // What slows down flushes slows down the servers' too.
    let slowed = ["LD_PRELOAD", "FLUSH_MS"].map(|name| (name, std::env::var(name).unwrap_or_default()));
    let settings: Vec<(&str, &str)> = SETTINGS.into_iter().chain(slowed.iter().map(|(name, value)| (*name, value.as_str()))).collect();
    let mut servers = Vec::new();
    for _ in 0..processes {
        servers.push(Server::start(world.database_url(), &settings).await);
    }
    let addresses: Vec<SocketAddr> = servers.iter().map(Server::address).collect();
    let database = if is_postgres() { "PostgreSQL" } else { "SQLite" };
    let of = if processes == 1 { format!("{database}, 1 process") } else { format!("{database}, {processes} processes") };
    let registered = rush(&addresses, connections, guests, "\"CONFIRMED\"", |guest| who(&format!("guest{guest}"), &open)).await;
    tell(&format!("miso on {of}"), &registered);
    world.seats_are_sound().await;
    assert_eq!(world.counts_of(&open).await, (i64::from(seats), 0, Some(0)), "what was answered is what is written");
    let refused = rush(&addresses, connections, guests, "\"FULL\"", |guest| who(&format!("guest{guest}"), &full)).await;
    tell(&format!("miso on {of}, sold out"), &refused);
}

fn tell(what: &str, rush: &Rush) {
    let at = |part: usize| rush.waited[(rush.waited.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    let rate = rush.waited.len() as f64 / rush.took.as_secs_f64();
    println!("{what}\t{rate:.0}\t{:.1}\t{:.1}", at(50), at(99));
}

async fn rush(servers: &[SocketAddr], connections: usize, guests: usize, wanted: &'static str, input: impl Fn(usize) -> Value) -> Rush {
    let bodies: Arc<Vec<String>> =
        Arc::new((0..guests).map(|guest| json!({ "query": CREATE, "variables": { "input": input(guest) } }).to_string()).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let mut running = JoinSet::new();
    let mut streams = Vec::new();
    for at in 0..connections {
        let address = servers[at % servers.len()];
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        streams.push((address, BufReader::new(stream)));
    }
    let began = Instant::now();
    for (address, mut stream) in streams {
        let (bodies, next) = (Arc::clone(&bodies), Arc::clone(&next));
        running.spawn(async move {
            let mut waited = Vec::new();
            while let Some(body) = bodies.get(next.fetch_add(1, Ordering::Relaxed)) {
                let asked = Instant::now();
                let answer = post(&mut stream, address, body).await;
                waited.push(asked.elapsed());
                assert!(answer.contains(wanted), "{answer}");
            }
            waited
        });
    }
    let mut waited = running.join_all().await.concat();
    let took = began.elapsed();
    waited.sort();
    Rush { took, waited }
}

async fn post(stream: &mut BufReader<TcpStream>, address: SocketAddr, body: &str) -> String {
    let request = format!(
        "POST /graphql HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.get_mut().write_all(request.as_bytes()).await.unwrap();
    let (mut line, mut length) = (String::new(), 0);
    loop {
        line.clear();
        stream.read_line(&mut line).await.unwrap();
        if line == "\r\n" {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}
