//! Those who try to get in, or to be a nuisance, by the door of others.

use axum::http::{Method, StatusCode};
use entity::sign_in;
use miso_tests::signing_in::SIGN_IN;
use miso_tests::{Reply, World};
use sea_orm::EntityTrait;
use serde_json::json;

const AMAL: &str = "amal@example.org";
const REQUEST: &str = "mutation($email: EmailAddress!) { signInRequest(email: $email) { accepted errors { path code } } }";

#[tokio::test]
async fn however_often_an_address_is_asked_for_it_gets_five_mails_an_hour_and_all_are_answered_alike() {
    let world = World::new().await;
    let mut answers = Vec::new();
    for spelling in ["amal@example.org", "AMAL@example.org", " amal@Example.org "] {
        for _ in 0..20 {
            answers.push(world.post_graphql(&[], &json!({ "query": REQUEST, "variables": { "email": spelling } })).await.body);
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    world.run_jobs().await;
    assert_eq!(world.app.mailer.sent().len(), 5);
    world.at("2022-05-18T09:00:01Z").asks_to_sign_in(AMAL).await;
    assert_eq!(world.app.mailer.sent().len(), 6);
}

#[tokio::test]
async fn whoever_asks_at_once_gets_no_more_mails_than_who_asks_in_turn() {
    let world = World::new().await;
    futures_util::future::join_all((0..30).map(|_| world.graphql(REQUEST, json!({ "email": AMAL })))).await;
    assert_eq!(sign_in::Entity::find().all(world.db()).await.unwrap().len(), 5);
}

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
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

#[tokio::test]
async fn five_wrong_codes_are_judged_over_all_mails_and_the_link_still_opens() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let (token, code) = (world.secret_mailed(AMAL, "/sign-in/"), world.code_mailed(AMAL));
    world.asks_to_sign_in(AMAL).await;
    let later = world.code_mailed(AMAL);
    for _ in 0..5 {
        assert_eq!(world.tries_code(AMAL, &World::other_than(&code)).await.at("signIn.errors.0.code"), "INVALID");
    }
    for right in [&code, &later] {
        assert_eq!(world.tries_code(AMAL, right).await.at("signIn.errors.0.code"), "INVALID");
    }
    assert_eq!(world.tries_link(&token).await.at("signIn.viewer.person.email"), AMAL);
    world.at("2022-05-18T08:15:01Z").asks_to_sign_in(AMAL).await;
    assert_eq!(world.tries_code(AMAL, &world.code_mailed(AMAL)).await.at("signIn.viewer.person.email"), AMAL);
}

#[tokio::test]
async fn whoever_tries_many_codes_at_once_has_no_more_than_five_judged() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let code = world.code_mailed(AMAL);
    let wrong = World::other_than(&code);
    futures_util::future::join_all((0..30).map(|_| world.tries_code(AMAL, &wrong))).await;
    assert_eq!(world.tries_code(AMAL, &code).await.at("signIn.errors.0.code"), "INVALID");
    let tries = entity::sign_in_address::Entity::find().one(world.db()).await.unwrap().unwrap().tries;
    assert_eq!(tries, 5);
}

#[tokio::test]
async fn a_document_has_one_try_at_the_most() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let code = world.code_mailed(AMAL);
    let one = |alias: &str| format!("{alias}: signIn(by: {{ code: {{ email: \"{AMAL}\", code: \"{code}\" }} }}) {{ errors {{ code }} }}");
    let two = world.graphql(&format!("mutation {{ {} {} }}", one("a"), one("b")), json!({})).await;
    assert_eq!(two.codes(), ["QUERY_TOO_COMPLEX"], "{two:?}");
    let batch = world.post_graphql(&[], &json!([{ "query": format!("mutation {{ {} }}", one("a")) }])).await;
    assert_eq!(batch.status, StatusCode::BAD_REQUEST);
    assert_eq!(*world.graphql(&format!("mutation {{ {} }}", one("a")), json!({})).await.at("a.errors"), json!([]));
}

#[tokio::test]
async fn opening_the_mailed_address_changes_nothing_until_its_button_is_pressed() {
    let world = World::new().await;
    world.network().await;
    world.asks_to_sign_in(AMAL).await;
    let address = format!("/sign-in/{}", world.secret_mailed(AMAL, "/sign-in/"));
    let before = world.dump().await;
    for method in [Method::GET, Method::HEAD] {
        let page = world.ask(method, &address, &[]).await;
        assert_eq!((page.status, page.header("set-cookie"), page.header("referrer-policy")), (StatusCode::OK, "", "no-referrer"));
    }
    assert_eq!(world.dump().await, before);
    let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let entered = world.send(Method::POST, &address, &form, "form=open").await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/account?done=signed_in"));
    assert!(entered.header("set-cookie").starts_with("__Host-miso_session="), "{:?}", entered.headers);
}
