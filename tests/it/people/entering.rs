//! Signing in by what was mailed.

use entity::{person, session, sign_in};
use miso_tests::World;
use sea_orm::EntityTrait;
use serde_json::json;

const AMAL: &str = "amal@example.org";

#[tokio::test]
async fn who_signs_in_by_the_mailed_code_for_the_first_time_gets_an_account() {
    let world = World::new().await;
    let accounts = person::Entity::find().all(world.db()).await.unwrap().len();
    assert_eq!(*world.asks_to_sign_in(" Amal@Example.org").await.at("signInRequest"), json!({ "accepted": true, "errors": [] }));
    assert_eq!(person::Entity::find().all(world.db()).await.unwrap().len(), accounts, "asking makes no account");
    let code = world.code_mailed(AMAL);
    let answer = world.tries_code(AMAL, &format!("{} {}", &code[..3], &code[3..])).await;
    assert_eq!(*answer.at("signIn.viewer.person.email"), AMAL);
    assert_eq!(*answer.at("signIn.viewer.person.networkRole"), json!(null));
    assert_eq!(*answer.at("signIn.viewer.sessions.0.isCurrent"), true);
    assert_eq!(*answer.at("signIn.expiresAt"), "2022-06-17T08:00:00Z");
    let amal = world.with_secret(answer.at("signIn.sessionToken").as_str().unwrap());
    assert_eq!(amal.graphql("{ viewer { person { email } } }", json!({})).await.at("viewer.person.email"), AMAL);
    // Signing in again, a minute later, makes no second one.
    world.at("2022-05-18T08:01:00Z");
    let again = world.signs_in(AMAL).await;
    let both = [&amal, &again].map(|client| client.graphql("{ viewer { person { id } sessions { isCurrent } } }", json!({})));
    let [first, second] = futures_util::future::join_all(both).await.try_into().unwrap();
    assert_eq!(first.at("viewer.person"), second.at("viewer.person"));
    assert_eq!(*second.at("viewer.sessions"), json!([{ "isCurrent": true }, { "isCurrent": false }]));
    assert_eq!(*first.at("viewer.sessions"), json!([{ "isCurrent": false }, { "isCurrent": true }]));
}

#[tokio::test]
async fn the_link_signs_in_as_the_code_does_and_each_mail_once() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let (token, code) = (world.secret_mailed(AMAL, "/sign-in/"), world.code_mailed(AMAL));
    assert_eq!(*world.tries_link(&token).await.at("signIn.viewer.person.email"), AMAL);
    let again =
        json!({ "viewer": null, "sessionToken": null, "expiresAt": null, "errors": [{ "code": "EXPIRED", "path": ["by", "token"] }] });
    assert_eq!(*world.tries_link(&token).await.at("signIn"), again);
    assert_eq!(*world.tries_link("made-up").await.at("signIn"), again);
    assert_eq!(*world.tries_code(AMAL, &code).await.at("signIn.errors"), json!([{ "code": "INVALID", "path": ["by", "code", "code"] }]));
    assert_eq!(session::Entity::find().all(world.db()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn of_many_who_bring_the_same_link_at_once_one_is_let_in() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let token = world.secret_mailed(AMAL, "/sign-in/");
    let answers = futures_util::future::join_all((0..10).map(|_| world.tries_link(&token))).await;
    assert_eq!(answers.iter().filter(|answer| answer.at("signIn.errors").as_array().unwrap().is_empty()).count(), 1);
}

#[tokio::test]
async fn code_and_link_are_good_for_a_quarter_of_an_hour() {
    let world = World::new().await;
    for _ in 0..2 {
        world.asks_to_sign_in(AMAL).await;
    }
    let (token, code) = (world.secret_mailed(AMAL, "/sign-in/"), world.code_mailed(AMAL));
    world.at("2022-05-18T08:15:00Z");
    assert_eq!(world.tries_link(&token).await.at("signIn.errors.0.code"), "EXPIRED");
    assert_eq!(world.tries_code(AMAL, &code).await.at("signIn.errors.0.code"), "INVALID");
    world.at("2022-05-18T08:14:59Z");
    assert_eq!(world.tries_link(&token).await.at("signIn.viewer.person.email"), AMAL);
}

#[tokio::test]
async fn an_earlier_mail_is_as_good_as_the_latest() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let first = world.code_mailed(AMAL);
    world.at("2022-05-18T08:05:00Z").asks_to_sign_in(AMAL).await;
    let second = world.code_mailed(AMAL);
    for code in [first, second] {
        assert_eq!(world.tries_code(AMAL, &code).await.at("signIn.viewer.person.email"), AMAL);
    }
}

#[tokio::test]
async fn nothing_that_is_stored_opens_anything_and_the_address_goes_with_the_night() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let (token, code) = (world.secret_mailed(AMAL, "/sign-in/"), world.code_mailed(AMAL));
    let dump = world.dump().await;
    assert!(!dump.iter().any(|row| row.contains(&token) || row.contains(&format!("{code}'"))), "{dump:#?}");
    world.asks_to_sign_in("bojan@example.org").await;
    let signed_in = world.tries_link(&token).await;
    let secret = signed_in.at("signIn.sessionToken").as_str().unwrap();
    assert!(!world.dump().await.iter().any(|row| row.contains(secret)));
    world.at("2022-05-19T03:00:00Z").run_jobs().await;
    assert!(sign_in::Entity::find().all(world.db()).await.unwrap().is_empty());
    assert!(!world.dump().await.iter().any(|row| row.contains("bojan")));
    assert_eq!(session::Entity::find().all(world.db()).await.unwrap().len(), 1);
    world.at("2022-06-19T03:00:00Z").run_jobs().await;
    assert!(session::Entity::find().all(world.db()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_mail_that_has_to_be_sent_again_has_a_code_that_works() {
    use miso_tests::smtp::{At, Reaction, Sink};
    let sink = Sink::start().await.unwrap();
    sink.react_times(1, At::Rcpt, AMAL, Reaction::say("451 4.7.1 greylisted, come again"));
    let world = World::new().await.sending_to(&sink.url());
    let query = "mutation { signInRequest(email: \"amal@example.org\") { accepted } }";
    world.graphql(query, json!({})).await;
    assert_eq!(world.run_jobs().await.failed.len(), 1);
    world.at("2022-05-18T08:20:00Z").run_jobs().await;
    let [mail] = &sink.mails()[..] else { panic!("not one mail") };
    let text = String::from_utf8_lossy(&mail.bytes).replace("=\r\n", "");
    let (_, rest) = text.split_once("/sign-in/").unwrap();
    let token: String = rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect();
    assert_eq!(world.at("2022-05-18T08:30:00Z").tries_link(&token).await.at("signIn.viewer.person.email"), AMAL);
}
