//! Cancelling by the secret in the mail, and who moves up.

use entity::registration;
use entity::words::AttendanceMode;
use miso_tests::registering::who;
use miso_tests::{Answer, World};
use sea_orm::EntityTrait;
use serde_json::json;

const CANCEL: &str = "mutation($by: RegistrationBy!) {
    registrationCancel(by: $by) { registration { status seats cancelledAt } errors { path code } }
}";

const SHOW: &str = "query($token: String!) {
    registrationByToken(token: $token) { name status seats waitlistPosition event { slug title } occurrence { startsAt } checkInCode }
}";

async fn cancel(world: &World, email: &str) -> Answer {
    world.graphql(CANCEL, json!({ "by": { "token": world.token_of(email).await } })).await
}

#[tokio::test]
async fn a_seat_that_comes_free_goes_to_the_first_in_line_who_fit() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 2).make().await;
    let date = &world.dates_of(&event).await[0];
    let mut party = who("Chi", date);
    party["seats"] = json!(2);
    for input in [who("Amal", date), who("Bojan", date), party, who("Dara", date)] {
        world.register(&input).await;
    }
    assert_eq!(
        (world.standing_of("chi@example.org").await, world.standing_of("dara@example.org").await),
        ("WAITLISTED 1".into(), "WAITLISTED 2".into())
    );
    assert_eq!(cancel(&world, "amal@example.org").await.at("registrationCancel.registration.status"), "CANCELLED");
    assert_eq!(
        (world.standing_of("chi@example.org").await, world.standing_of("dara@example.org").await),
        ("WAITLISTED 1".into(), "CONFIRMED".into())
    );
    assert_eq!(world.counts_of(date).await, (2, 2, Some(0)));
    cancel(&world, "bojan@example.org").await;
    cancel(&world, "dara@example.org").await;
    assert_eq!(world.standing_of("chi@example.org").await, "CONFIRMED");
    assert_eq!(world.counts_of(date).await, (2, 0, Some(0)));
}

#[tokio::test]
async fn who_leaves_the_line_lets_those_behind_move_on() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    for name in ["Amal", "Bojan", "Chi"] {
        world.register(&who(name, date)).await;
    }
    cancel(&world, "bojan@example.org").await;
    assert_eq!(world.standing_of("chi@example.org").await, "WAITLISTED 1");
    assert_eq!(world.counts_of(date).await, (1, 1, Some(0)));
}

#[tokio::test]
async fn cancelling_twice_cancels_once_and_one_may_register_again() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    world.register(&who("Amal", date)).await;
    let first = cancel(&world, "amal@example.org").await;
    let rows = world.dump().await;
    assert_eq!(cancel(&world, "amal@example.org").await, first);
    assert_eq!(world.dump().await, rows);
    assert_eq!(world.place_of(&who("Amal", date)).await, "CONFIRMED");
    assert_eq!(world.counts_of(date).await, (1, 0, Some(0)));
}

#[tokio::test]
async fn nobody_moves_up_once_it_has_begun() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    for name in ["Amal", "Bojan"] {
        world.register(&who(name, date)).await;
    }
    world.at("2022-06-01T16:00:00Z");
    cancel(&world, "amal@example.org").await;
    assert_eq!(world.standing_of("bojan@example.org").await, "WAITLISTED 1");
}

#[tokio::test]
async fn the_secret_of_the_mail_shows_the_registration_and_no_other_text_does() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    world.register(&who("Amal", date)).await;
    let token = world.token_of("amal@example.org").await;
    let shown = world.graphql(SHOW, json!({ "token": token })).await;
    assert_eq!(
        *shown.at("registrationByToken"),
        json!({
            "name": "Amal", "status": "CONFIRMED", "seats": 1, "waitlistPosition": null, "event": { "slug": "abend", "title": "abend" },
            "occurrence": { "startsAt": "2022-06-01T18:00:00+02:00" }, "checkInCode": shown.at("registrationByToken.checkInCode"),
        })
    );
    let code = shown.at("registrationByToken.checkInCode").as_str().unwrap();
    assert_ne!(code, token);
    for other in [code, "", "x", &token[1..], &token.replace(&token[5..6], if &token[5..6] == "A" { "B" } else { "A" })] {
        assert!(world.graphql(SHOW, json!({ "token": other })).await.at("registrationByToken").is_null(), "{other} opens it");
        let refused = world.graphql(CANCEL, json!({ "by": { "token": other } })).await;
        assert_eq!(refused.codes(), ["NOT_FOUND"]);
    }
    // Raising the version ends the links given before.
    let row = registration::Entity::find().one(world.db()).await.unwrap().unwrap();
    let raised = registration::ActiveModel { id: sea_orm::Set(row.id), secret_version: sea_orm::Set(1), ..Default::default() };
    registration::Entity::update(raised).exec(world.db()).await.unwrap();
    assert!(world.graphql(SHOW, json!({ "token": token })).await.at("registrationByToken").is_null());
}

#[tokio::test]
async fn reading_a_registration_changes_nothing() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    world.register(&who("Amal", &world.dates_of(&event).await[0])).await;
    let rows = world.dump().await;
    world.graphql(SHOW, json!({ "token": world.token_of("amal@example.org").await })).await;
    assert_eq!(world.dump().await, rows);
}

#[tokio::test]
async fn the_address_to_take_part_online_is_for_who_has_a_seat() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let online = |row: &mut entity::event::Model| {
        (row.mode, row.online_url) = (AttendanceMode::Online, Some("https://call.example.org/room".to_owned()));
    };
    let event = world.open_event("netz", host.id, 1).with(online).make().await;
    let date = &world.dates_of(&event).await[0];
    for name in ["Amal", "Bojan"] {
        world.register(&who(name, date)).await;
    }
    let query = "query($token: String!) { registrationByToken(token: $token) { occurrence { place { onlineUrl } } event { place { onlineUrl } } } }";
    for (email, address) in [("amal@example.org", json!("https://call.example.org/room")), ("bojan@example.org", json!(null))] {
        let answer = world.graphql(query, json!({ "token": world.token_of(email).await })).await;
        assert_eq!(*answer.at("registrationByToken.occurrence.place.onlineUrl"), address, "{email}");
        assert_eq!(*answer.at("registrationByToken.event.place.onlineUrl"), address, "{email}");
    }
    let answer = world
        .visitor()
        .asks("{ event(slug: \"netz\") { place { onlineUrl } occurrences(first: 1) { nodes { place { onlineUrl } } } } }")
        .await;
    assert!(answer.at("event.place.onlineUrl").is_null() && answer.at("event.occurrences.nodes.0.place.onlineUrl").is_null());
}
