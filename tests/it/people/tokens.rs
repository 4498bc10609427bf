//! Access tokens: by which programs act for a person.

use entity::access_token;
use miso_tests::World;
use miso_tests::signing_in::Client;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const AMAL: &str = "amal@example.org";
const MAKE: &str = "mutation($input: AccessTokenCreateInput!) {
    accessTokenCreate(input: $input) { accessToken { id name createdAt lastUsedAt expiresAt } secret errors { code path } }
}";
const REVOKE: &str = "mutation($id: ID!) { accessTokenRevoke(id: $id) { accepted errors { code } } }";

async fn make(client: &Client<'_>, input: Value) -> Value {
    client.graphql(MAKE, json!({ "input": input })).await.at("accessTokenCreate").clone()
}

#[tokio::test]
async fn a_token_cannot_make_another_nor_end_what_its_person_signs_in_by() {
    let world = World::new().await;
    let amal = world.signs_in(AMAL).await;
    let made = make(&amal, json!({ "name": "Webseite" })).await;
    let program = world.with_secret(made["secret"].as_str().unwrap());
    assert_eq!(program.graphql(MAKE, json!({ "input": { "name": "Another" } })).await.codes(), ["FORBIDDEN"]);
    assert_eq!(program.graphql(REVOKE, json!({ "id": made["accessToken"]["id"] })).await.codes(), ["FORBIDDEN"]);
    let session = amal.graphql("{ viewer { sessions { id } } }", json!({})).await.at("viewer.sessions.0.id").clone();
    let end = "mutation($id: ID!) { sessionRevoke(id: $id) { accepted } }";
    assert_eq!(program.graphql(end, json!({ "id": session })).await.codes(), ["FORBIDDEN"]);
    assert_eq!(access_token::Entity::find().all(world.db()).await.unwrap().len(), 1);
    // A secret of programs is no cookie: it does not open the account in a browser.
    let mut browser = world.browser();
    browser.cookie = format!("__Host-miso_session={}", program.secret);
    assert!(browser.graphql("{ viewer { person { email } } }").await.at("viewer").is_null());
}

#[tokio::test]
async fn a_token_ends_when_its_owner_says_so_and_nobody_else_can() {
    let world = World::new().await;
    let (amal, bojan) = (world.signs_in(AMAL).await, world.signs_in("bojan@example.org").await);
    let made = make(&amal, json!({ "name": "Webseite" })).await;
    let id = json!({ "id": made["accessToken"]["id"] });
    assert_eq!(bojan.graphql(REVOKE, id.clone()).await.codes(), ["NOT_FOUND"]);
    assert_eq!(world.graphql(REVOKE, id.clone()).await.codes(), ["NOT_FOUND"]);
    let program = world.with_secret(made["secret"].as_str().unwrap());
    assert_eq!(program.graphql("{ viewer { person { email } } }", json!({})).await.at("viewer.person.email"), AMAL);
    assert_eq!(*amal.graphql(REVOKE, id).await.at("accessTokenRevoke.accepted"), true);
    assert_eq!(program.graphql("{ viewer { person { email } } }", json!({})).await.codes(), ["UNAUTHENTICATED"]);
}
