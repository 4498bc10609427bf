//! Nobody fills an event, or a stranger's mailbox, from one place.

use miso_tests::World;
use miso_tests::registering::{CREATE, who};
use miso_tests::world::FROM;
use serde_json::{Value, json};

async fn register(world: &World, client: &str, input: &Value) -> Value {
    world.post_graphql(&[(FROM, client)], &json!({ "query": CREATE, "variables": { "input": input } })).await.json()
}

#[tokio::test]
async fn a_client_registers_as_many_as_an_office_would_and_is_slowed_down_then() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let date = world.dates_of(&world.open_event("abend", host.id, 500).make().await).await.remove(0);
    for at in 0..50 {
        let answer = register(&world, "192.0.2.1", &who(&format!("gast{at}"), &date)).await;
        assert_eq!(answer["data"]["registrationCreate"]["receipt"]["status"], "CONFIRMED", "the {at}th");
    }
    let refused = register(&world, "192.0.2.1", &who("noch-einer", &date)).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    let other = register(&world, "192.0.2.2", &who("andere", &date)).await;
    assert_eq!(other["data"]["registrationCreate"]["receipt"]["status"], "CONFIRMED");
    world.at("2022-05-18T08:01:00Z");
    let later = register(&world, "192.0.2.1", &who("noch-einer", &date)).await;
    assert_eq!(later["data"]["registrationCreate"]["receipt"]["status"], "CONFIRMED", "one a minute");
}

#[tokio::test]
async fn an_address_that_strangers_enter_everywhere_gets_fifty_mails_a_day_and_nobody_is_told_that_it_does() {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    for at in 0..53 {
        let date = world.dates_of(&world.open_event(&format!("abend-{at}"), host.id, 5).make().await).await.remove(0);
        assert_eq!(world.place_of(&who("Amal", &date)).await, "CONFIRMED", "the {at}th");
    }
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(world.app.mailer.sent().len(), 50);
    world.at("2022-05-19T09:00:00Z");
    let date = world.dates_of(&world.open_event("tags-darauf", host.id, 5).make().await).await.remove(0);
    world.register(&who("Amal", &date)).await;
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(world.app.mailer.sent().len(), 51);
}
