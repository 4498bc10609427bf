//! Signing in and the account on pages, without JavaScript.

use axum::http::{Method, StatusCode};
use entity::person;
use miso_tests::World;
use sea_orm::EntityTrait;

const AMAL: &str = "amal@example.org";

#[tokio::test]
async fn a_person_signs_in_by_the_code_sees_the_account_and_signs_out() {
    let world = World::new().await;
    world.network().await;
    let mut browser = world.browser();
    let asked = browser.fills_in("/sign-in", "request", &[("email", AMAL)]).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text().contains("Wir haben eine Mail mit einem Code und einem Link geschickt"), "{}", asked.text());
    world.run_jobs().await;
    let code = world.code_mailed(AMAL);
    let hidden = asked.hidden_fields("enter");
    let fields = |code| hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain([("code", code)]).collect::<Vec<_>>();
    let wrong = World::other_than(&code);
    let refused = browser.sends("/sign-in", &fields(&wrong)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("href=\"#in-code\"") && refused.text().contains(AMAL), "{}", refused.text());
    assert_eq!(refused.hidden_fields("enter"), hidden, "the code can be typed once more");
    let entered = browser.sends("/sign-in", &fields(&code)).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/account?done=signed_in"));
    let account = browser.opens("/account?done=signed_in").await;
    for shown in ["Sie sind angemeldet.", AMAL, "Dieser Browser", "value=\"sign_out\""] {
        assert!(account.text().contains(shown), "{shown} is not in {}", account.text());
    }
    assert!(browser.opens("/").await.text().contains("href=\"/account\""), "every page leads there");
    let out = browser.fills_in("/account", "sign_out", &[]).await;
    assert_eq!((out.header("location"), browser.cookie.as_str()), ("/sign-in?done=signed_out", ""));
    assert!(browser.opens("/sign-in?done=signed_out").await.text().contains("Sie sind abgemeldet."));
    let closed = browser.opens("/account").await;
    assert!(closed.text().contains("href=\"/sign-in\"") && !closed.text().contains(AMAL), "{}", closed.text());
}

#[tokio::test]
async fn the_mailed_link_shows_a_button_and_only_the_button_signs_in() {
    let world = World::new().await;
    world.network().await;
    world.asks_to_sign_in(AMAL).await;
    let address = format!("/sign-in/{}", world.secret_mailed(AMAL, "/sign-in/"));
    let before = world.dump().await;
    for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
        let reply = world.ask(method, &address, &[("accept", "text/html"), ("accept-language", "de")]).await;
        assert_eq!(reply.header("set-cookie"), "");
    }
    let page = world.get(&address).await;
    assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "no-referrer"));
    let made_up = world.get("/sign-in/made-up").await;
    assert_eq!(
        (made_up.status, made_up.text()),
        (page.status, page.text().replace(&address, "/sign-in/made-up").as_str()),
        "they tell nothing"
    );
    assert_eq!(world.dump().await, before);
    let mut browser = world.browser();
    let entered = browser.fills_in(&address, "open", &[]).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/account?done=signed_in"));
    assert!(browser.opens("/account").await.text().contains(AMAL));
    let again = world.browser().fills_in(&address, "open", &[]).await;
    assert_eq!((again.status, again.header("set-cookie")), (StatusCode::UNPROCESSABLE_ENTITY, ""));
    assert!(again.text().contains("href=\"/sign-in\"") && !again.text().contains("value=\"open\""), "{}", again.text());
}

#[tokio::test]
async fn nothing_in_an_address_leads_away_from_us_after_signing_in() {
    let world = World::new().await;
    world.network().await;
    world.asks_to_sign_in(AMAL).await;
    let address = format!("/sign-in/{}?next=https://evil.example&back=//evil.example&done=x", world.secret_mailed(AMAL, "/sign-in/"));
    let entered = world.browser().fills_in(&address, "open", &[("next", "https://evil.example"), ("back", "//evil.example")]).await;
    assert_eq!(entered.header("location"), "/account?done=signed_in");
}

#[tokio::test]
async fn a_person_says_how_they_are_called_and_takes_it_back() {
    let world = World::new().await;
    world.network().await;
    let mut browser = world.browser_of(AMAL).await;
    for (typed, kept) in [(" Amal  Beispiel ", Some("Amal Beispiel")), ("", None)] {
        let saved = browser.fills_in("/account", "update", &[("name", typed), ("locale", "tr")]).await;
        assert_eq!(saved.header("location"), "/account?done=updated", "{}", saved.text());
        let rows = person::Entity::find().all(world.db()).await.unwrap();
        let row = rows.iter().find(|row| row.email == AMAL).unwrap();
        assert_eq!((row.name.as_deref(), row.locale.as_str()), (kept, "tr"));
    }
}

#[tokio::test]
async fn a_person_ends_another_session_and_a_token_of_their_own_but_nobody_elses() {
    let world = World::new().await;
    world.network().await;
    let other = world.browser_of(AMAL).await;
    other.graphql("mutation { accessTokenCreate(input: { name: \"Webseite\" }) { secret } }").await;
    let mut browser = world.at("2022-05-18T08:01:00Z").browser_of(AMAL).await;
    let hidden = browser.opens("/account").await.hidden_fields("revoke");
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut stranger = world.browser_of("bojan@example.org").await;
    assert_eq!(stranger.sends("/account", &fields).await.status, StatusCode::NOT_FOUND);
    assert!(other.opens("/account").await.text().contains(AMAL));
    assert_eq!(browser.sends("/account", &fields).await.header("location"), "/account?done=revoked");
    assert!(!other.opens("/account").await.text().contains(AMAL));
    assert!(browser.opens("/account").await.text().contains("Webseite"));
    browser.fills_in("/account", "revoke_token", &[]).await;
    assert!(!browser.opens("/account").await.text().contains("Webseite"));
}
