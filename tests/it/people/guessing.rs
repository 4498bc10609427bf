//! Codes cannot be guessed.

use entity::sign_in_address;
use miso_tests::signing_in::SIGN_IN;
use miso_tests::{Reply, World};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const AMAL: &str = "amal@example.org";

fn by_code(code: &str) -> Value {
    json!({ "code": { "email": AMAL, "code": code } })
}

#[tokio::test]
async fn five_wrong_codes_are_judged_for_an_address_however_many_were_mailed() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let first = world.code_mailed(AMAL);
    world.asks_to_sign_in(AMAL).await;
    let (second, token) = (world.code_mailed(AMAL), world.secret_mailed(AMAL, "/sign-in/"));
    let wrong = World::other_than(if World::other_than(&first) == second { &second } else { &first });
    let refused = world.tries_code(AMAL, &wrong).await;
    for email in [AMAL, "AMAL@EXAMPLE.ORG", AMAL, AMAL] {
        assert_eq!(world.tries_code(email, &wrong).await.0, refused.0);
    }
    // From now on a right one is answered as a wrong one.
    for code in [&first, &second, &wrong] {
        assert_eq!(world.tries_code(AMAL, code).await.0, refused.0);
    }
    assert_eq!(*refused.at("signIn.errors"), json!([{ "code": "INVALID", "path": ["by", "code", "code"] }]));
    // Others are not concerned, nor is the link: it is too long to be guessed.
    world.signs_in("bojan@example.org").await;
    assert_eq!(world.tries_link(&token).await.at("signIn.viewer.person.email"), AMAL);
    // A quarter of an hour after the last one, all codes that were good then have ended.
    world.at("2022-05-18T08:15:00Z").signs_in(AMAL).await;
}

#[tokio::test]
async fn of_many_wrong_codes_at_once_five_are_judged() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let code = world.code_mailed(AMAL);
    let wrong = World::other_than(&code);
    futures_util::future::join_all((0..20).map(|_| world.tries_code(AMAL, &wrong))).await;
    let [row] = sign_in_address::Entity::find().all(world.db()).await.unwrap().try_into().unwrap();
    assert_eq!(row.tries, 5);
    assert_eq!(world.tries_code(AMAL, &code).await.at("signIn.errors.0.code"), "INVALID");
}

#[tokio::test]
async fn one_request_is_one_try() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let code = world.code_mailed(AMAL);
    let before = world.dump().await;
    let twice = "mutation($one: SignInBy!, $two: SignInBy!) {
        one: signIn(by: $one) { sessionToken } ... on Mutation { ...Other }
    } fragment Other on Mutation { two: signIn(by: $two) { sessionToken } }";
    let variables = json!({ "one": by_code(&World::other_than(&code)), "two": by_code(&code) });
    assert_eq!(world.graphql(twice, variables).await.codes(), ["QUERY_TOO_COMPLEX"]);
    let one = json!({ "query": SIGN_IN, "variables": { "by": by_code(&code) } });
    let batch = world.post_graphql(&[], &json!([one, one])).await;
    assert_eq!((batch.status.as_u16(), batch.json()["errors"][0]["extensions"]["code"].as_str()), (400, Some("BAD_USER_INPUT")));
    assert_eq!(world.dump().await, before, "nothing of it was tried");
}

#[tokio::test]
async fn asking_and_trying_tell_nothing_of_who_has_an_account() {
    let world = World::new().await;
    world.network().await;
    world.signs_in(AMAL).await;
    world.at("2022-05-18T09:00:00Z");
    let ask = "mutation($email: EmailAddress!) { signInRequest(email: $email) { accepted errors { code path message } } }";
    let without_number = |reply: &Reply| {
        let mut headers = reply.headers.clone();
        headers.remove("x-request-id");
        (reply.status, headers, reply.body.clone())
    };
    let asked = async |email: &str| {
        let body = json!({ "query": ask, "variables": { "email": email } });
        let (reply, statements) = world.statements(world.post_graphql(&[], &body)).await;
        (without_number(&reply), statements)
    };
    assert_eq!(asked(AMAL).await, asked("nobody@example.org").await, "asking");
    let tried = async |email: &str| {
        let body = json!({ "query": SIGN_IN, "variables": { "by": { "code": { "email": email, "code": "000000" } } } });
        let (reply, statements) = world.statements(world.post_graphql(&[], &body)).await;
        (without_number(&reply), statements)
    };
    assert_eq!(tried(AMAL).await, tried("nobody@example.org").await, "trying");
    let page = async |fields: &[(&str, &str)]| {
        let reply = world.post_form("/sign-in", fields).await;
        (reply.status, reply.text().replace(AMAL, "nobody@example.org"))
    };
    for form in ["request", "enter"] {
        let [known, unknown] = [AMAL, "nobody@example.org"].map(|email| [("form", form), ("email", email), ("code", "000000")]);
        assert_eq!(page(&known).await, page(&unknown).await, "{form}");
    }
}
