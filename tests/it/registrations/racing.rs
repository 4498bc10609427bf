//! Two hundred people want fifty seats at the same moment.

use std::collections::BTreeSet;
use std::sync::Arc;

use entity::registration;
use miso_tests::World;
use miso_tests::db::is_postgres;
use miso_tests::process::Server;
use miso_tests::registering::{CREATE, decided, who};
use sea_orm::EntityTrait;
use serde_json::json;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_at_once_fifty_get_the_seats_and_the_rest_stand_in_a_gapless_line() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    // The processes go by the clock on the wall.
    let event = world.open_event("andrang", host.id, 50).on("2099-06-01T16:00:00Z").make().await;
    let date = world.dates_of(&event).await.remove(0);
    // On PostgreSQL two processes share the rush; the jobs that it leaves are done by neither.
    let mut servers = Vec::new();
    for _ in 0..if is_postgres() { 2 } else { 1 } {
        servers.push(Arc::new(Server::start(world.database_url(), &[("MISO_SERVE_JOBS", "false")]).await));
    }
    let mut rush = JoinSet::new();
    for number in 0..200 {
        let (server, input) = (Arc::clone(&servers[number % servers.len()]), who(&format!("guest{number}"), &date));
        rush.spawn(async move { decided(&server.graphql(CREATE, &json!({ "input": input })).await) });
    }
    let places = rush.join_all().await;
    let count = |wanted: &str| places.iter().filter(|place| *place == wanted).count();
    assert_eq!(count("CONFIRMED"), 50, "{places:?}");
    let waiting: BTreeSet<&str> = places.iter().filter(|place| *place != "CONFIRMED").map(String::as_str).collect();
    assert_eq!(waiting, (1..=150).map(|place| format!("WAITLISTED {place}")).collect::<Vec<_>>().iter().map(String::as_str).collect());
    assert_eq!(world.counts_of(&date).await, (50, 150, Some(0)));
    // What was answered is what is written, and the line stands in the order in which it was accepted.
    let rows = registration::Entity::find().all(world.db()).await.unwrap();
    let numbers: BTreeSet<i32> = rows.iter().map(|row| row.number).collect();
    assert_eq!((rows.len(), numbers), (200, (1..=200).collect()));
    assert_eq!(world.dump().await.iter().filter(|row| row.starts_with("job ")).count(), 200);
}
