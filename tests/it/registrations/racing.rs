//! Many people want the same seats at the same moment, and change their minds.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use entity::registration;
use entity::words::{OrganisationRole, RegistrationStatus};
use miso::gql::id::Global;
use miso::registrations::ops::let_all_move_up;
use miso::secret::Purpose;
use miso_tests::World;
use miso_tests::db::is_postgres;
use miso_tests::process::Server;
use miso_tests::registering::{CREATE, decided, who};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use tokio::sync::{RwLock, Semaphore};
use tokio::task::JoinSet;

const CANCEL: &str = "mutation($by: RegistrationBy!) { registrationCancel(by: $by) { errors { code } } }";

/// Servers that register only, and whose one client stands for many.
const IN_A_RUSH: [(&str, &str); 2] = [("MISO_SERVE_JOBS", "false"), ("MISO_LIMITS__REGISTRATIONS_PER_CLIENT", "1000000")];

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
        servers.push(Arc::new(Server::start(world.database_url(), &IN_A_RUSH).await));
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_rush_of_coming_leaving_shrinking_and_more_seats_nobody_sits_twice_and_nobody_waits_past_a_seat() {
    const GUESTS: usize = 90;
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("wechsel", host.id, 20).on("2099-06-01T16:00:00Z").make().await;
    let date = world.dates_of(&event).await.remove(0);
    let mut servers = Vec::new();
    for _ in 0..if is_postgres() { 2 } else { 1 } {
        servers.push(Arc::new(Server::start(world.database_url(), &IN_A_RUSH).await));
    }
    let of = |number: usize| Arc::clone(&servers[number % servers.len()]);
    let mut rush = JoinSet::new();
    for number in 0..GUESTS {
        let (server, mut input) = (of(number), who(&format!("guest{number}"), &date));
        input["seats"] = json!(1 + number % 3);
        rush.spawn(async move { decided(&server.graphql(CREATE, &json!({ "input": input })).await) });
    }
    let places = rush.join_all().await;
    assert!(places.iter().all(|place| place == "CONFIRMED" || place.starts_with("WAITLISTED ")), "{places:?}");
    world.seats_are_sound().await;
    // Every third leaves, every third comes with fewer, or with more; meanwhile there are more seats, and then more again.
    let mut tokens = Vec::new();
    for number in 0..GUESTS {
        tokens.push(world.token_of(&format!("guest{number}@example.org")).await);
    }
    let change =
        "mutation($by: RegistrationBy!, $seats: Int!) { registrationUpdate(by: $by, input: { seats: $seats }) { errors { code } } }";
    let mut rush = JoinSet::new();
    for (number, token) in tokens.into_iter().enumerate().filter(|(number, _)| number % 3 != 2) {
        let (server, wanted) = (of(number / 3), 1 + (number / 3) % 4);
        rush.spawn(async move {
            let by = json!({ "token": token });
            let answer = match number % 3 {
                0 => server.graphql(CANCEL, &json!({ "by": by })).await,
                _ => server.graphql(change, &json!({ "by": by, "seats": wanted })).await,
            };
            assert!(answer.codes().is_empty(), "{:?}", answer.codes());
        });
    }
    let administrator = world.administrator();
    for capacity in [24, 30] {
        let input = json!({ "id": event.id.to_global().0, "input": { "registrationPolicy": { "capacity": capacity } } });
        administrator.changes_event("eventUpdate", input).await.unwrap();
    }
    rush.join_all().await;
    assert!(world.run_jobs().await.failed.is_empty());
    world.seats_are_sound().await;
    let rows = registration::Entity::find().all(world.db()).await.unwrap();
    let numbers: BTreeSet<i32> = rows.iter().map(|row| row.number).collect();
    assert_eq!((rows.len(), numbers.len()), (GUESTS, GUESTS));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_in_the_rush_loses_nobody_who_was_answered() {
    const GUESTS: usize = 120;
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("absturz", host.id, 15).on("2099-06-01T16:00:00Z").make().await;
    let date = world.dates_of(&event).await.remove(0);
    let mut doomed = Server::start(world.database_url(), &IN_A_RUSH).await;
    let answered = Mutex::new(Vec::new());
    {
        let guests = (0..GUESTS).map(async |number| {
            let input = who(&format!("guest{number}"), &date);
            let place = decided(&doomed.graphql(CREATE, &json!({ "input": input })).await);
            if number % 4 == 0 {
                let by = json!({ "token": world.token_of(&format!("guest{number}@example.org")).await });
                doomed.graphql(CANCEL, &json!({ "by": by })).await;
            }
            answered.lock().unwrap().push((number, place));
        });
        let enough = async {
            while answered.lock().unwrap().len() < GUESTS / 4 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::select! {
            _ = futures_util::future::join_all(guests) => {}
            () = enough => {}
        }
    }
    doomed.kill();
    world.seats_are_sound().await;
    let answered = answered.into_inner().unwrap();
    assert!(answered.len() >= GUESTS / 4);
    for (number, place) in answered.iter().filter(|(number, _)| number % 4 != 0) {
        let row = world.registration_of(&format!("guest{number}@example.org")).await;
        assert!(place != "CONFIRMED" || row.status == RegistrationStatus::Confirmed, "{number} was told {place}");
    }
    // Their mails are on their way, and those who come after the crash find everything as it was.
    let rows = registration::Entity::find().all(world.db()).await.unwrap().len();
    assert!(world.dump().await.iter().filter(|row| row.starts_with("job ")).count() >= rows);
    let survivor = Server::start(world.database_url(), &IN_A_RUSH).await;
    let last = decided(&survivor.graphql(CREATE, &json!({ "input": who("last", &date) })).await);
    assert!(last == "CONFIRMED" || last.starts_with("WAITLISTED "), "{last}");
    world.seats_are_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_at_once_come_and_go_while_seats_change_and_a_process_is_killed_and_nothing_is_lost_or_given_twice() {
    const GUESTS: usize = 5000;
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").with(|row| row.publishes_without_review = true).make().await;
    // The process goes by the clock on the wall.
    world.at("2099-05-01T08:00:00Z");
    world.account("office@example.org", host.id, OrganisationRole::Owner).await;
    let office = format!("Bearer {}", world.signs_in("office@example.org").await.secret);
    let event = world.open_event("ansturm", host.id, 100).on("2099-06-01T16:00:00Z").make().await;
    let date = world.dates_of(&event).await.remove(0);
    let servers = Arc::new(RwLock::new(Vec::new()));
    for _ in 0..if is_postgres() { 2 } else { 1 } {
        servers.write().await.push(Arc::new(Server::start(world.database_url(), &IN_A_RUSH).await));
    }
    let world = Arc::new(world);
    let answered = Arc::new(Mutex::new(Vec::new()));
    // As many at the same time as a machine has files for.
    let places = Arc::new(Semaphore::new(800));
    let mut rush = JoinSet::new();
    for number in 0..GUESTS {
        let (servers, answered, places) = (Arc::clone(&servers), Arc::clone(&answered), Arc::clone(&places));
        let (links, mut input) = (world.app.links.clone(), who(&format!("guest{number}"), &date));
        input["seats"] = json!(1 + number % 3);
        let db = world.db().clone();
        rush.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let server = async || {
                let servers = servers.read().await;
                Arc::clone(&servers[number % servers.len()])
            };
            // Who gets no answer, as the process was killed, knows nothing.
            let Some(answer) = server().await.try_graphql(CREATE, &json!({ "input": input })).await else { return };
            let place = decided(&answer);
            assert!(place == "CONFIRMED" || place.starts_with("WAITLISTED "), "{place}");
            let mut is_cancelled = Some(false);
            if number % 10 == 0 {
                let of = registration::Column::Email.eq(format!("guest{number}@example.org"));
                let row = registration::Entity::find().filter(of).one(&db).await.unwrap().unwrap();
                let token = links.token(Purpose::Registration, row.id, row.secret_version);
                let answer = server().await.try_graphql(CANCEL, &json!({ "by": { "token": token } })).await;
                is_cancelled = answer.map(|answer| answer.codes().is_empty());
            }
            answered.lock().unwrap().push((number, place, is_cancelled));
        });
    }
    for (done, capacity) in [(GUESTS / 5, 140), (GUESTS / 2, 110), (GUESTS * 4 / 5, 160)] {
        while rush.len() > GUESTS - done {
            rush.join_next().await.unwrap().unwrap();
        }
        let query = "mutation($id: ID!, $seats: Int!) { eventUpdate(id: $id, input: { registrationPolicy: { capacity: $seats } }) { errors { code } } }";
        let body = json!({ "query": query, "variables": { "id": event.id.to_global().0, "seats": capacity } }).to_string();
        let last = Arc::clone(servers.read().await.last().unwrap());
        let answer = last.post("/graphql", &[("Authorization", &office), ("Content-Type", "application/json")], body.as_bytes()).await;
        assert_eq!(answer["data"]["eventUpdate"]["errors"], json!([]), "{answer}");
        if capacity == 110 {
            // Who comes now waits until another has taken its place.
            let mut servers = servers.write().await;
            servers[0].strike();
            servers[0] = Arc::new(Server::start(world.database_url(), &IN_A_RUSH).await);
        }
    }
    rush.join_all().await;
    let_all_move_up(&world.app, event.id).await.unwrap();
    let rows = registration::Entity::find().all(world.db()).await.unwrap();
    let (mut by_email, mut numbers) = (HashMap::new(), BTreeSet::new());
    for row in &rows {
        assert!(by_email.insert(row.email.as_str(), row).is_none() && numbers.insert(row.number), "{row:?}");
    }
    for (number, place, is_cancelled) in answered.lock().unwrap().iter() {
        let row = by_email[format!("guest{number}@example.org").as_str()];
        match is_cancelled {
            Some(true) => assert_eq!(row.status, RegistrationStatus::Cancelled, "{number}"),
            Some(false) if place == "CONFIRMED" => assert_eq!(row.status, RegistrationStatus::Confirmed, "{number}"),
            Some(false) => assert_ne!(row.status, RegistrationStatus::Cancelled, "{number}"),
            None => {}
        }
    }
    assert!(answered.lock().unwrap().len() > GUESTS / 2, "{}", answered.lock().unwrap().len());
    let told = world.dump().await.iter().filter(|row| row.starts_with("job ")).count();
    assert!(told >= rows.len(), "{told} mails for {} registrations", rows.len());
    // Where seats became fewer than were given, nobody is put out; they are given again once there are enough.
    let confirmed: i32 = rows.iter().filter(|row| row.status == RegistrationStatus::Confirmed).map(|row| row.seats).sum();
    assert!((100..=160).contains(&confirmed), "{confirmed}");
    world.seats_are_sound().await;
}
