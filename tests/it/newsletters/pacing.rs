//! How fast an issue goes out: within the rates and hours that are set, slowly at first, and not to a domain that puts all off.

use std::time::{Duration, Instant};

use entity::words::{DeliveryStatus, NewsletterIssueStatus, OrganisationRole};
use entity::{delivery, newsletter_issue};
use miso::config::{Config, Delivery};
use miso::gql::id::Global;
use miso::newsletter::ops::start;
use miso_tests::World;
use miso_tests::db::Contents;
use miso_tests::smtp::{At, Reaction, Sink};
use sea_orm::EntityTrait;
use serde_json::json;

/// A world that sends as it is told, with an issue on its way to so many readers.
async fn sending(delivery: Delivery, moment: &str, readers: usize) -> (World, Sink, newsletter_issue::Model) {
    let sink = Sink::start().await.unwrap();
    let world = World::with(Contents::Tables, Config { delivery, ..Config::default() }).await.sending_to(&sink.url());
    world.at(moment);
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.readers(news.id, readers).await;
    let issue = world.issue("news-1", news.id).await;
    start(&world.app, &issue).await.unwrap();
    (world, sink, issue)
}

fn one_connection() -> Delivery {
    Delivery { lanes: 1, connections: 1, ..Delivery::default() }
}

async fn lines(world: &World) -> Vec<delivery::Model> {
    delivery::Entity::find().all(world.db()).await.unwrap()
}

#[tokio::test]
async fn a_domain_that_puts_everybody_off_is_let_alone_until_it_listens_and_the_others_get_theirs() {
    let (world, sink, _) = sending(one_connection(), "2022-06-01T10:00:00Z", 20).await;
    sink.react_times(4, At::Rcpt, "", Reaction::say("451 4.7.1 come again"));
    world.run_jobs().await;
    let tried = |lines: &[delivery::Model]| lines.iter().filter(|line| line.attempts > 0).count();
    let first = lines(&world).await;
    assert_eq!((tried(&first), sink.mails().len()), (3, 0), "after three in a row nobody else is asked");
    assert!(first.iter().all(|line| (line.attempts == 0) == (line.status == DeliveryStatus::Queued)));
    // A minute later one is tried, which is the fourth to be put off, and the domain is let alone again.
    world.at("2022-06-01T10:01:05Z").run_jobs().await;
    assert_eq!(sink.mails().len(), 0);
    world.at("2022-06-01T10:06:30Z").run_jobs().await;
    world.at("2022-06-01T10:12:30Z").run_jobs().await;
    assert_eq!(sink.mails().len(), 20);
    assert!(lines(&world).await.iter().all(|line| line.status == DeliveryStatus::Sent));
}

#[tokio::test]
async fn mails_go_out_in_the_hours_that_are_set() {
    let hours = Delivery { from: "08:00".into(), until: "20:00".into(), ..one_connection() };
    // Half past eight in the evening in Berlin.
    let (world, sink, _) = sending(hours, "2022-06-01T18:30:00Z", 3).await;
    world.run_jobs().await;
    world.at("2022-06-02T05:59:00Z").run_jobs().await;
    assert_eq!(sink.mails().len(), 0);
    world.at("2022-06-02T06:00:01Z").run_jobs().await;
    assert_eq!(sink.mails().len(), 3);
}

#[tokio::test]
async fn a_mail_server_that_nobody_knows_sends_twice_as_many_each_day() {
    let warming = Delivery { warm_up_from: "2022-06-01".into(), warm_up_first: 4, ..one_connection() };
    let (world, sink, _) = sending(warming, "2022-06-01T08:00:00Z", 20).await;
    world.run_jobs().await;
    assert_eq!(sink.mails().len(), 4);
    world.at("2022-06-01T20:00:00Z").run_jobs().await;
    assert_eq!(sink.mails().len(), 4, "the day is not over");
    world.at("2022-06-02T08:00:00Z").run_jobs().await;
    assert_eq!(sink.mails().len(), 12);
    world.at("2022-06-03T08:00:00Z").run_jobs().await;
    assert_eq!(sink.mails().len(), 20);
}

#[tokio::test]
async fn mails_go_out_no_faster_than_is_set_over_all_connections_together() {
    let slow = Delivery { per_second: 50.0, ..Delivery::default() };
    let (world, sink, _) = sending(slow, "2022-06-01T08:00:00Z", 26).await;
    let began = Instant::now();
    world.run_jobs().await;
    assert_eq!(sink.mails().len(), 26);
    assert!(began.elapsed() >= Duration::from_millis(500), "{:?}", began.elapsed());
}

#[tokio::test]
async fn what_is_too_much_for_one_domain_waits_for_its_turn() {
    let narrow = Delivery { per_second_and_domain: 5.0, connections_per_domain: 1, ..Delivery::default() };
    let (world, sink, _) = sending(narrow, "2022-06-01T08:00:00Z", 4).await;
    world.run_jobs().await;
    assert!((1..4).contains(&sink.mails().len()), "{}", sink.mails().len());
    for second in 2..30 {
        tokio::time::sleep(Duration::from_millis(60)).await;
        world.at(&format!("2022-06-01T08:00:{second:02}Z")).run_jobs().await;
    }
    assert_eq!(sink.mails().len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_that_is_stopped_on_its_way_stops_at_once_and_goes_on_where_it_was() {
    let slow = Delivery { per_second: 50.0, ..Delivery::default() };
    let (world, sink, issue) = sending(slow, "2022-06-01T08:00:00Z", 60).await;
    let host = miso::newsletter::store::parts::read_ones(world.db(), vec![issue.newsletter_id]).await.unwrap();
    let editor = world.person_of(host[&issue.newsletter_id].organisation_id, OrganisationRole::Editor);
    let id = json!({ "id": issue.id.to_global().0 });
    let stopping = async {
        while sink.mails().len() < 5 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        editor.changes_issue("newsletterIssuePause", id.clone()).await.unwrap();
    };
    let (_, ()) = tokio::join!(world.run_jobs(), stopping);
    let so_far = sink.mails().len();
    assert!((5..40).contains(&so_far), "{so_far}");
    editor.changes_issue("newsletterIssueResume", id).await.unwrap();
    world.run_jobs().await;
    let mut to: Vec<String> = sink.mails().iter().flat_map(|mail| mail.to.iter().map(ToString::to_string)).collect();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), sink.mails().len()), (60, 60));
    let row = newsletter_issue::Entity::find_by_id(issue.id).one(world.db()).await.unwrap().unwrap();
    assert_eq!(row.status, NewsletterIssueStatus::Sent);
}
