//! Nobody's mailbox is flooded, and no client asks without end.

use axum::http::Method;
use miso_tests::World;
use miso_tests::world::FROM;
use serde_json::{Value, json};

const AMAL: &str = "amal@example.org";
const ASK: &str = "mutation($email: EmailAddress!) { signInRequest(email: $email) { accepted errors { code } } }";

async fn ask(world: &World, client: &str, email: &str) -> Value {
    let body = json!({ "query": ASK, "variables": { "email": email } });
    world.post_graphql(&[(FROM, client)], &body).await.json()
}

fn mails_to(world: &World, email: &str) -> usize {
    world.app.mailer.sent().iter().filter(|mail| mail.envelope.to.to_string() == email).count()
}

#[tokio::test]
async fn who_asks_a_thousand_times_for_one_address_is_answered_alike_and_five_mails_go_out() {
    let world = World::new().await;
    let first = ask(&world, "192.0.2.1", AMAL).await;
    assert_eq!(first["data"]["signInRequest"], json!({ "accepted": true, "errors": [] }));
    for time in 1..1000 {
        // From one client, which writes it in many ways.
        let email = if time % 2 == 0 { AMAL } else { "Amal@Example.ORG" };
        assert_eq!(ask(&world, "192.0.2.1", email).await, first, "the {time}th time");
    }
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(mails_to(&world, AMAL), 5);
    // The hour of the first five is over.
    world.at("2022-05-18T09:00:00Z").asks_to_sign_in(AMAL).await;
    assert_eq!(mails_to(&world, AMAL), 6);
}

#[tokio::test]
async fn a_client_that_asks_for_many_addresses_is_slowed_down_and_no_other_is() {
    let world = World::new().await;
    let mut taken = 0;
    for number in 0..80 {
        let answer = ask(&world, "192.0.2.1", &format!("reader-{number}@example.org")).await;
        if answer["data"]["signInRequest"]["accepted"] == true {
            taken += 1;
        } else {
            assert_eq!(answer["errors"][0]["extensions"]["code"], "RATE_LIMITED");
        }
    }
    assert_eq!(taken, 60);
    assert_eq!(ask(&world, "192.0.2.2", AMAL).await["data"]["signInRequest"]["accepted"], true);
    // Half an hour later it may ask again.
    world.at("2022-05-18T08:30:00Z");
    assert_eq!(ask(&world, "192.0.2.1", "later@example.org").await["data"]["signInRequest"]["accepted"], true);
}

#[tokio::test]
async fn a_client_that_tries_codes_of_many_addresses_is_slowed_down_on_pages_too() {
    let world = World::new().await;
    world.network().await;
    let mut statuses = Vec::new();
    for number in 0..80 {
        let body = format!("form=enter&email=reader-{number}%40example.org&code=123456");
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin"), (FROM, "192.0.2.1")];
        statuses.push(world.send(Method::POST, "/sign-in", &headers, body).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 60);
    assert!(statuses[60..].iter().all(|status| *status == 429), "{statuses:?}");
}
