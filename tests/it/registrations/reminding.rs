//! Who comes is reminded once, the day before, in the morning.

use entity::words::RegistrationScope;
use miso::gql::id::Global;
use miso::registrations::jobs::RemindAhead;
use miso_tests::World;
use miso_tests::registering::who;
use serde_json::json;

/// What the schedule does at a moment, and to whom mails went that remind, since the beginning.
async fn at(world: &World, moment: &str) -> Vec<String> {
    world.at(moment);
    let writing = world.app.begin_write().await.unwrap();
    writing.later(&RemindAhead {}).await.unwrap();
    writing.commit().await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    let letters = world.app.mailer.sent().into_iter().map(|composed| composed.letter());
    let mut names: Vec<String> = letters
        .filter(|letter| letter.subject.starts_with("Morgen: "))
        .map(|letter| letter.to.split(' ').next().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn who_is_confirmed_is_reminded_once_the_day_before_at_ten() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 2).make().await;
    let date = &world.dates_of(&event).await[0];
    for name in ["Amal", "Bojan", "Chi"] {
        world.register(&who(name, date)).await;
    }
    assert_eq!(at(&world, "2022-05-31T07:59:00Z").await, [""; 0]);
    // By the clock on the wall it is ten.
    assert_eq!(at(&world, "2022-05-31T08:00:00Z").await, ["Amal", "Bojan"]);
    assert_eq!(at(&world, "2022-05-31T08:15:00Z").await, ["Amal", "Bojan"]);
    let letter = world.app.mailer.sent().pop().unwrap().letter();
    assert!(letter.parts.iter().all(|part| part.media_type == "image/png"), "it brings the code, and no calendar");
    // Who moves up the day before has just been told.
    let cancel = json!({ "by": { "token": world.token_of("amal@example.org").await } });
    world.visitor().changes_registration("registrationCancel", cancel).await.unwrap();
    assert_eq!(world.standing_of("chi@example.org").await, "CONFIRMED");
    assert_eq!(at(&world, "2022-05-31T20:00:00Z").await, ["Amal", "Bojan"]);
}

#[tokio::test]
async fn nobody_is_reminded_of_what_does_not_take_place_or_is_today() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let gone = world.open_event("gone", host.id, 5).make().await;
    let off = world.open_event("off", host.id, 5).with_dates(|date| date.is_cancelled = true).make().await;
    let late = world.open_event("late", host.id, 5).make().await;
    for (name, event) in [("Amal", &gone), ("Bojan", &late)] {
        world.register(&who(name, &world.dates_of(event).await[0])).await;
    }
    world.register(&who("Chi", &world.dates_of(&off).await[0])).await;
    world.administrator().changes_event("eventCancel", json!({ "id": gone.id.to_global().0 })).await.unwrap();
    // The process was down all the day before.
    assert_eq!(at(&world, "2022-06-01T06:00:00Z").await, [""; 0]);
    assert_eq!(at(&world, "2022-05-31T12:00:00Z").await, ["Bojan"]);
}

#[tokio::test]
async fn who_registered_for_the_whole_is_reminded_of_its_first_date_alone() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let two = world.open_event("kurs", host.id, 5).on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z");
    let event = two.with(|row| row.registration_scope = RegistrationScope::WholeEvent).make().await;
    let input = json!({ "for": { "eventId": event.id.to_global().0 }, "name": "Amal", "email": "amal@example.org" });
    assert_eq!(world.place_of(&input).await, "CONFIRMED");
    assert_eq!(at(&world, "2022-05-31T09:00:00Z").await, ["Amal"]);
    assert_eq!(at(&world, "2022-06-07T09:00:00Z").await, ["Amal"]);
}
