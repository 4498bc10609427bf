//! Registering twice: one address takes its seats once, and no answer tells who is registered.

use miso_tests::World;
use miso_tests::registering::who;
use serde_json::json;

#[tokio::test]
async fn one_address_takes_its_seat_once_however_it_is_spelled() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 5).make().await;
    let date = &world.dates_of(&event).await[0];
    let first = world.register(&who("Amal", date)).await;
    let mut again = who("Amal", date);
    again["email"] = json!(" AMAL@Example.org ");
    assert_eq!(world.register(&again).await, first);
    assert_eq!(world.counts_of(date).await, (1, 0, Some(4)));
}

#[tokio::test]
async fn a_stranger_learns_nothing_from_registering_an_address_that_is_registered() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let full = world.open_event("voll", host.id, 1).make().await;
    let date = &world.dates_of(&full).await[0];
    assert_eq!(world.place_of(&who("Amal", date)).await, "CONFIRMED");
    // To a stranger, the date is full, whichever address they try.
    let known = world.register(&who("Amal", date)).await;
    let unknown = world.register(&who("Bojan", date)).await;
    assert_eq!(known, unknown);
    assert_eq!(world.counts_of(date).await, (1, 1, Some(0)));
}

#[tokio::test]
async fn the_same_key_gets_the_first_answer_again_and_another_input_is_refused() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    let mut input = who("Amal", date);
    input["idempotencyKey"] = json!("a-key");
    let first = world.register(&input).await;
    // The answer stays, also once everything is different.
    world.at("2022-06-02T00:00:00Z");
    assert_eq!(world.register(&input).await, first);
    assert_eq!(world.place_of(&input).await, "CONFIRMED");
    input["name"] = json!("Amalia");
    assert_eq!(world.place_of(&input).await, "INVALID at input.idempotencyKey");
    assert_eq!(world.counts_of(date).await, (1, 0, Some(0)));
}
