//! Over real SMTP: everybody once, whatever becomes of servers and workers.

use std::collections::HashMap;
use std::process::{Child, Stdio};
use std::time::Duration;

use entity::newsletter_issue;
use entity::words::NewsletterIssueStatus;
use miso::newsletter::ops::start;
use miso::newsletter::store::deliveries::{Report, report};
use miso_tests::World;
use miso_tests::process::command;
use miso_tests::smtp::{At, Reaction, Sink};
use sea_orm::EntityTrait;

async fn status(world: &World, issue: &newsletter_issue::Model) -> (NewsletterIssueStatus, Report) {
    let row = newsletter_issue::Entity::find_by_id(issue.id).one(world.db()).await.unwrap().unwrap();
    (row.status, report(world.db(), issue.id).await.unwrap())
}

fn worker(world: &World, sink: &Sink) -> Child {
    let url = sink.url();
    let mut command = command(world.database_url(), &["worker"]);
    command.env("SMTP_URL", url).env("MISO_JOB_LEASE_SECONDS", "2").env("MISO_PUBLIC_URL", "https://miso.example");
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

async fn until(what: &str, mut done: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{what} did not happen within a minute");
}

/// How often each address got the mail, and whether each mail had one name whenever it came.
fn received(sink: &Sink) -> HashMap<String, Vec<String>> {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for mail in sink.mails() {
        let text = String::from_utf8_lossy(&mail.bytes).into_owned();
        let name = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned();
        for to in &mail.to {
            all.entry(to.to_string()).or_default().push(name.clone());
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_readers_get_it_exactly_once() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.readers(news.id, 2000).await;
    let issue = world.issue("news-1", news.id).await;
    let sink = Sink::start().await.unwrap();
    start(&world.app, &issue).await.unwrap();
    let mut workers = [worker(&world, &sink), worker(&world, &sink)];
    until("sending", async || status(&world, &issue).await.0 == NewsletterIssueStatus::Sent).await;
    for worker in &mut workers {
        worker.kill().unwrap();
        worker.wait().unwrap();
    }
    assert_eq!(status(&world, &issue).await.1, Report { recipients: 2000, sent: 2000, ..Report::default() });
    let received = received(&sink);
    assert_eq!(received.len(), 2000);
    assert!(received.values().all(|names| names.len() == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_worker_killed_twice_on_the_way_nobody_is_lost() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.readers(news.id, 600).await;
    let issue = world.issue("news-1", news.id).await;
    let sink = Sink::start().await.unwrap();
    start(&world.app, &issue).await.unwrap();
    for so_far in [100, 300] {
        let mut victim = worker(&world, &sink);
        until("the first mails", async || sink.mails().len() >= so_far).await;
        victim.kill().unwrap();
        victim.wait().unwrap();
        assert_eq!(status(&world, &issue).await.0, NewsletterIssueStatus::Sending);
    }
    let mut last = worker(&world, &sink);
    until("sending", async || status(&world, &issue).await.0 == NewsletterIssueStatus::Sent).await;
    last.kill().unwrap();
    last.wait().unwrap();
    assert_eq!(status(&world, &issue).await.1.sent, 600);
    let received = received(&sink);
    assert_eq!(received.len(), 600);
    // Only what was in flight when it was killed may come again, under the same name.
    let twice = received.values().filter(|names| names.len() > 1);
    let delivery = &world.app.config.delivery;
    let lanes = usize::try_from(delivery.lanes * delivery.connections).unwrap();
    // One on its way, and one being written down.
    assert!(twice.clone().count() <= 2 * 2 * lanes, "{} got it twice", twice.count());
    assert!(received.values().all(|names| names.iter().all(|name| *name == names[0])));
}

#[tokio::test]
async fn who_is_put_off_gets_it_later_who_is_gone_never_again_and_who_refuses_us_stops_it() {
    let sink = Sink::start().await.unwrap();
    let world = World::new().await.sending_to(&sink.url());
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.readers(news.id, 3).await;
    sink.react_times(1, At::Rcpt, "reader0@example.org", Reaction::say("451 4.7.1 greylisted, come again"));
    sink.react(At::Rcpt, "reader1@example.org", Reaction::say("550 5.1.1 no such user reader1@example.org"));
    let issue = world.issue("news-1", news.id).await;
    start(&world.app, &issue).await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    let (now, counts) = status(&world, &issue).await;
    assert_eq!(
        (now, counts),
        (NewsletterIssueStatus::Sending, Report { recipients: 3, sent: 1, deferred: 1, bounced: 1, ..Report::default() })
    );
    world.at("2022-05-18T08:01:30Z").run_jobs().await;
    let (now, counts) = status(&world, &issue).await;
    assert_eq!((now, counts.sent, counts.deferred), (NewsletterIssueStatus::Sent, 2, 0));
    // Nothing that is kept of it names the address in clear.
    assert!(!world.dump().await.iter().any(|row| row.starts_with("delivery ") && row.contains("example.org")));

    let second = world.issue("news-2", news.id).await;
    sink.react(At::Mail, "", Reaction::say("550 5.7.1 we do not know you"));
    start(&world.app, &second).await.unwrap();
    world.run_jobs().await;
    let (now, counts) = status(&world, &second).await;
    assert_eq!((now, counts), (NewsletterIssueStatus::Paused, Report { recipients: 2, queued: 2, ..Report::default() }));
    let row = newsletter_issue::Entity::find_by_id(second.id).one(world.db()).await.unwrap().unwrap();
    assert!(row.problem.unwrap().contains("5.7.1"));
}
