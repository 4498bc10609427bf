//! A mail server at its worst, and a worker that is killed ten times: everybody ends in the right state, and nobody is lost.

use std::collections::HashMap;
use std::process::Stdio;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::words::{DeliveryStatus, NewsletterIssueStatus, SubscriptionStatus};
use entity::{delivery, job, newsletter_issue, newsletter_subscription, subscriber};
use miso::newsletter::ops::start;
use miso_tests::World;
use miso_tests::process::command;
use miso_tests::smtp::{At, Reaction, Sink};
use miso_tests::world::instant;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// How often the worker is killed.
const KILLS: usize = 10;
/// What a server does to one reader in so many, each to another.
const ONE_IN: usize = 50;

/// How many readers: 1,200, or as many as `READERS` says.
fn many() -> usize {
    std::env::var("READERS").ok().and_then(|many| many.parse().ok()).unwrap_or(1200)
}

fn be_hostile(sink: &Sink, readers: usize) {
    for reader in 0..readers {
        let whom = format!("reader{reader}@example.org");
        let once = |at, reaction| sink.react_times(1, at, &whom, reaction);
        match reader % ONE_IN {
            0 => sink.react(At::Rcpt, &whom, Reaction::say("550 5.1.1 no such user")),
            1 => sink.react(At::Rcpt, &whom, Reaction::say("552 5.2.2 mailbox full")),
            2 => once(At::Rcpt, Reaction::say("451 4.7.1 greylisted")),
            3 => once(At::Rcpt, Reaction::say("421 4.3.2 shutting down")),
            4 => once(At::Content, Reaction::HangUp),
            5 => once(At::Content, Reaction::Wait(Duration::from_millis(300))),
            _ => {}
        }
    }
}

/// Time passes: what was put off is due. Where nobody lives that had taken something, nobody has it any more.
async fn later(world: &World, somebody_lives: bool) {
    let (past, nobody) = (instant("2022-01-01T00:00:00Z"), None::<DateTime<Utc>>);
    let mut lines = delivery::Entity::update_many()
        .col_expr(delivery::Column::NextAt, past.into())
        .col_expr(delivery::Column::LockedUntil, Expr::value(nobody))
        .filter(delivery::Column::Status.is_in([DeliveryStatus::Queued, DeliveryStatus::Deferred]));
    let mut jobs = job::Entity::update_many()
        .col_expr(job::Column::RunAt, past.into())
        .col_expr(job::Column::LockedUntil, Expr::value(nobody))
        .filter(job::Column::Kind.eq("newsletter.deliver"));
    if somebody_lives {
        lines = lines.filter(delivery::Column::LockedUntil.is_null());
        jobs = jobs.filter(job::Column::LockedUntil.is_null());
    }
    for done in [lines.exec(world.db()).await, jobs.exec(world.db()).await] {
        // Both may hold what the other waits for, and then the database lets one of them go: the next look is soon.
        assert!(done.is_ok() || somebody_lives, "{done:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_hostile_server_and_ten_kills_every_reader_ends_in_the_right_state() {
    let readers = many();
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.readers(news.id, readers).await;
    let issue = world.issue("news-1", news.id).await;
    let sink = Sink::start().await.unwrap();
    be_hostile(&sink, readers);
    start(&world.app, &issue).await.unwrap();
    // Workers have clocks of their own: by these the issue has just begun.
    let begun =
        newsletter_issue::Entity::update_many().col_expr(newsletter_issue::Column::StartedAt, instant("2099-01-01T00:00:00Z").into());
    begun.filter(newsletter_issue::Column::Id.eq(issue.id)).exec(world.db()).await.unwrap();
    let worker = || {
        let mut command = command(world.database_url(), &["worker"]);
        command.env("SMTP_URL", sink.url()).env("MISO_JOB_LEASE_SECONDS", "2").env("MISO_PUBLIC_URL", "https://miso.example");
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let is_over = async || {
        let row = newsletter_issue::Entity::find_by_id(issue.id).one(world.db()).await.unwrap().unwrap();
        row.status == NewsletterIssueStatus::Sent
    };
    for kill in 1..=KILLS {
        let mut victim = worker();
        // Somewhere on the way, and not where a batch ends.
        let until = readers * kill / (KILLS + 2) + kill * 7 % 13;
        for look in 0..600 + readers / 10 {
            if sink.mails().len() >= until || is_over().await {
                break;
            }
            if look % 20 == 19 {
                later(&world, true).await;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        victim.kill().unwrap();
        victim.wait().unwrap();
        later(&world, false).await;
    }
    let mut last = worker();
    for look in 0..1200 + readers {
        if is_over().await {
            break;
        }
        if look % 20 == 19 {
            later(&world, true).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    last.kill().unwrap();
    last.wait().unwrap();
    assert!(is_over().await, "it does not end");
    let mut received: HashMap<String, Vec<String>> = HashMap::new();
    for mail in sink.mails() {
        let text = String::from_utf8_lossy(&mail.bytes).into_owned();
        let name = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned();
        mail.to.iter().for_each(|to| received.entry(to.to_string()).or_default().push(name.clone()));
    }
    let people: HashMap<_, _> =
        subscriber::Entity::find().all(world.db()).await.unwrap().into_iter().map(|reader| (reader.id, reader.email)).collect();
    let subscriptions = newsletter_subscription::Entity::find().all(world.db()).await.unwrap();
    let lines: HashMap<_, _> =
        delivery::Entity::find().all(world.db()).await.unwrap().into_iter().map(|line| (line.subscription_id, line.status)).collect();
    let mut repeated = 0;
    for subscription in subscriptions {
        let email = &people[&subscription.subscriber_id];
        let number: usize = email.trim_start_matches("reader").split('@').next().unwrap().parse().unwrap();
        let copies = received.get(email).map(Vec::as_slice).unwrap_or_default();
        assert!(copies.iter().all(|name| *name == copies[0]), "{email} got it under two names");
        let standing = (lines[&subscription.id], subscription.status, copies.is_empty());
        match number % ONE_IN {
            0 => assert_eq!(standing, (DeliveryStatus::Bounced, SubscriptionStatus::Suppressed, true), "{email}"),
            1 => assert_eq!(standing, (DeliveryStatus::Bounced, SubscriptionStatus::Confirmed, true), "{email}"),
            _ => assert_eq!(standing, (DeliveryStatus::Sent, SubscriptionStatus::Confirmed, false), "{email}"),
        }
        // Who hung up after the mail had come is sent it again.
        repeated += copies.len().saturating_sub(if number % ONE_IN == 4 { 2 } else { 1 });
    }
    let delivery = &world.app.config.delivery;
    // One on its way, and one being written down.
    let in_flight = KILLS * 2 * usize::try_from(delivery.lanes * delivery.connections).unwrap();
    assert!(repeated <= in_flight, "{repeated} mails came again, and {in_flight} were in flight at the kills");
}
