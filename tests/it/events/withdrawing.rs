//! What calendars tell of events that their public no longer sees: struck out for thirty days, and no word of the text.

use entity::id::OrganisationId;
use entity::words::AccessibilityFeature;
use entity::{event, event_tombstone};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::calendar::fields;
use miso_tests::editing::{course, evening};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const LINES: [&str; 6] = ["UID", "SEQUENCE", "STATUS", "DTSTART", "SUMMARY", "RRULE"];

async fn with_host() -> (World, OrganisationId) {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    (world, host.id)
}

async fn published(world: &World, input: Value) -> Value {
    let event = world.office_editor().drafts(input).await;
    world.office_editor().changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap()
}

async fn withdraw(world: &World, event: &Value) {
    world.office_editor().changes_event("eventUnpublish", json!({ "id": event["id"] })).await.unwrap();
}

async fn told(world: &World, address: &str) -> Vec<String> {
    fields(world.get(address).await.text(), &LINES)
}

async fn uid(world: &World) -> String {
    fields(world.get("/calendar.ics").await.text(), &["UID"]).remove(0)
}

#[tokio::test]
async fn an_event_that_was_withdrawn_is_struck_out_for_thirty_days_even_once_it_is_deleted() {
    let (world, host) = with_host().await;
    let event = published(&world, evening(host, "Vertrauliches")).await;
    let uid = uid(&world).await;
    withdraw(&world, &event).await;
    let struck_out =
        [uid.as_str(), "SEQUENCE:1", "STATUS:CANCELLED", "DTSTART;TZID=Europe/Berlin:20220607T180000", "SUMMARY;LANGUAGE=de:Entfällt"];
    for address in ["/calendar.ics", "/organisations/host/calendar.ics", "/events/vertrauliches/calendar.ics"] {
        assert_eq!(told(&world, address).await, struck_out, "{address}");
    }
    assert!(told(&world, "/calendar.ics?locale=en").await.contains(&"SUMMARY;LANGUAGE=en:Cancelled".to_owned()));
    assert!(!world.get("/calendar.ics").await.text().contains("ertrauliches"));
    world.office_editor().deletes_event(&event["id"]).await.unwrap();
    assert_eq!(told(&world, "/calendar.ics").await, struck_out);
    world.at("2022-06-17T07:59:00Z");
    assert_eq!(told(&world, "/calendar.ics").await, struck_out);
    world.at("2022-06-17T08:01:00Z");
    assert!(told(&world, "/calendar.ics").await.is_empty());
    assert_eq!(world.get("/events/vertrauliches/calendar.ics").await.status, 404);
    miso::events::work::forget_tombstones(world.app.clone(), miso::events::jobs::ForgetTombstones {}).await.unwrap();
    assert!(event_tombstone::Entity::find().all(world.db()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_series_is_struck_out_as_a_whole_and_one_date_that_had_moved_where_it_was() {
    let (world, host) = with_host().await;
    let series = published(&world, course(host, "Kurs")).await;
    let single = published(&world, evening(host, "Abend")).await;
    let date = json!({ "startsAt": "2022-06-08T19:00:00+02:00" });
    world.office_editor().changes_date(&single["occurrences"]["nodes"][0]["id"], date).await.unwrap();
    withdraw(&world, &series).await;
    withdraw(&world, &single).await;
    let calendar = world.get("/calendar.ics").await;
    let mut found = fields(calendar.text(), &["DTSTART", "SEQUENCE"]);
    found.sort();
    assert_eq!(
        found,
        ["DTSTART;TZID=Europe/Berlin:20220607T180000", "DTSTART;TZID=Europe/Berlin:20220608T190000", "SEQUENCE:1", "SEQUENCE:2"]
    );
    assert!(fields(calendar.text(), &["RRULE", "RECURRENCE-ID"]).is_empty());
}

#[tokio::test]
async fn what_is_published_again_is_no_longer_struck_out_and_counts_on() {
    let (world, host) = with_host().await;
    let event = published(&world, evening(host, "Abend")).await;
    let uid = uid(&world).await;
    withdraw(&world, &event).await;
    let at = json!({ "id": event["id"], "at": "2022-05-20T09:00:00Z" });
    world.office_editor().changes_event("eventPublish", at).await.unwrap();
    assert!(told(&world, "/calendar.ics").await.contains(&"STATUS:CANCELLED".to_owned()));
    world.at("2022-05-20T09:00:00Z");
    world.run_jobs().await;
    let again = told(&world, "/calendar.ics").await;
    assert_eq!(again[..3], [uid.as_str(), "SEQUENCE:2", "STATUS:CONFIRMED"]);
    assert_eq!(again.iter().filter(|line| line.starts_with("UID")).count(), 1);
}

#[tokio::test]
async fn an_event_that_becomes_members_own_is_struck_out_for_everybody() {
    let (world, host) = with_host().await;
    let event = published(&world, evening(host, "Abend")).await;
    let change = async |visibility: &str| {
        let input = json!({ "id": event["id"], "input": { "visibility": visibility } });
        world.office_editor().changes_event("eventUpdate", input).await.unwrap();
    };
    change("MEMBERS").await;
    assert_eq!(told(&world, "/calendar.ics").await[1..3], ["SEQUENCE:1", "STATUS:CANCELLED"]);
    assert!(!world.get("/calendar.ics").await.text().contains("Abend"));
    change("PUBLIC").await;
    assert_eq!(told(&world, "/calendar.ics").await[1..3], ["SEQUENCE:2", "STATUS:CONFIRMED"]);
    // What everybody never saw is not struck out for them.
    change("HOSTS").await;
    world.at("2022-06-18T08:00:00Z");
    withdraw(&world, &event).await;
    assert!(told(&world, "/calendar.ics").await.is_empty());
    assert_eq!(world.get("/events/abend/calendar.ics").await.status, 404);
}

#[tokio::test]
async fn only_calendars_that_had_the_event_strike_it_out() {
    let (world, host) = with_host().await;
    world.organisation("other").make().await;
    let venue = world.venue("faust").with(|row| row.district = Some("Linden".to_owned()));
    let venue = venue.feature(AccessibilityFeature::StepFree, true).make().await;
    let there = |row: &mut event::Model| row.venue_id = Some(venue.id);
    let row = world.event("abend", host).with(there).tagged("kultur").held_in("de-simple").make().await;
    withdraw(&world, &json!({ "id": row.id.to_global().0 })).await;
    for query in [
        "",
        "tag=kultur",
        "district=Linden",
        "language=de",
        "language=de-simple",
        "feature=STEP_FREE",
        "organisation=host",
        "category=TALK",
    ] {
        assert_eq!(told(&world, &format!("/calendar.ics?{query}")).await.len(), 5, "{query}");
    }
    for query in ["tag=musik", "district=List", "language=d", "language=fa", "feature=QUIET_ROOM", "organisation=other", "category=FILM"] {
        let calendar = told(&world, &format!("/calendar.ics?{query}")).await;
        assert!(calendar.is_empty(), "{query}: {calendar:?}");
    }
}
