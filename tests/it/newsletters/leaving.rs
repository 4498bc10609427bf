//! Leaving with one click, and choosing what one gets.

use std::collections::BTreeSet;

use axum::http::Method;
use entity::subscriber;
use entity::words::OrganisationRole;
use miso::gql::id::Global;
use miso::secret::Purpose;
use miso_tests::World;
use miso_tests::db::Contents;
use miso_tests::editing::{evening, issue_saying};
use miso_tests::world::PUBLIC_URL;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

async fn reader_token(world: &World) -> String {
    let reader = subscriber::Entity::find().one(world.db()).await.unwrap().unwrap();
    world.app.links.token(Purpose::Reader, reader.id, reader.secret_version)
}

async fn stands(world: &World, token: &str) -> Vec<String> {
    let query = "query($token: String!) { subscriberByToken(token: $token) { subscriptions { status newsletter { slug } } } }";
    let answer = world.graphql(query, json!({ "token": token })).await;
    let list = answer.at("subscriberByToken.subscriptions").as_array().unwrap().clone();
    let text = |one: &Value| format!("{} {}", one["newsletter"]["slug"].as_str().unwrap(), one["status"].as_str().unwrap());
    let mut all: Vec<String> = list.iter().map(text).collect();
    all.sort();
    all
}

#[tokio::test]
async fn one_click_leaves_without_cookie_or_redirect_and_only_a_click_does() {
    let world = World::with(Contents::StarterData, miso::config::Config::default()).await;
    let answer = world.graphql("{ newsletter(slug: \"beispiel-newsletter\") { id } network { name } }", json!({})).await;
    let id = answer.at("newsletter.id").as_str().unwrap().to_owned();
    let ask = "mutation($id: ID!) { subscriptionRequest(input: { newsletterIds: [$id], email: \"amal@example.org\" }) { accepted } }";
    world.graphql(ask, json!({ "id": id })).await;
    world.run_jobs().await;
    world.confirms("amal@example.org").await;
    let token = reader_token(&world).await;
    let address = format!("/unsubscribe/{token}/beispiel-newsletter");
    // Mail scanners follow every link.
    assert_eq!(world.get(&address).await.status, 200);
    assert_eq!(stands(&world, &token).await, ["beispiel-newsletter CONFIRMED"]);
    for _ in 0..2 {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let reply = world.send(Method::POST, &address, &headers, "List-Unsubscribe=One-Click").await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(reply.headers.get("set-cookie").is_none() && reply.headers.get("location").is_none());
        assert_eq!(stands(&world, &token).await, ["beispiel-newsletter ENDED"]);
    }
}

/// Every address of ours in the mails that were sent: in heads, texts and HTML.
fn addresses_mailed(world: &World) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    for mail in world.app.mailer.sent() {
        let letter = mail.letter();
        let head = String::from_utf8_lossy(&mail.bytes).split("\r\n\r\n").next().unwrap().replace("\r\n ", "");
        for said in [head, letter.text.unwrap(), letter.html.unwrap().replace("&amp;", "&")] {
            let starts = said.match_indices(PUBLIC_URL).map(|(at, _)| &said[at..]);
            let ends = |rest: &str| rest.split(|one: char| one.is_whitespace() || "<>\"'".contains(one)).next().unwrap().to_owned();
            addresses.extend(starts.map(ends));
        }
    }
    addresses
}

#[tokio::test]
async fn following_every_link_of_every_mail_changes_nothing_until_a_button_is_pressed() {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let office = world.office_editor();
    let fest = office.changes_event("eventCreate", json!({ "input": evening(host.id, "Fest") })).await.unwrap();
    office.changes_event("eventPublish", json!({ "id": fest["id"] })).await.unwrap();
    world.asks_for(&[&news], "amal@example.org").await;
    let mut followed = BTreeSet::new();
    let follow = async |followed: &mut BTreeSet<String>| {
        let before = world.dump().await;
        for address in addresses_mailed(&world) {
            for method in [Method::GET, Method::HEAD] {
                let reply = world.ask(method, &address, &[("accept", "text/html")]).await;
                assert!(reply.status.is_success(), "{address} answers {}", reply.status);
            }
            followed.insert(address);
        }
        assert_eq!(world.dump().await, before);
    };
    follow(&mut followed).await;
    world.confirms("amal@example.org").await;
    let variables = json!({ "newsletterId": news.id.to_global().0, "input": issue_saying("Neues", "Hallo\n\n/events/fest") });
    let issue = editor.changes_issue("newsletterIssueCreate", variables).await.unwrap();
    editor.changes_issue("newsletterIssueSend", json!({ "id": issue["id"] })).await.unwrap();
    world.run_jobs().await;
    follow(&mut followed).await;
    let token = reader_token(&world).await;
    let one_click = format!("{PUBLIC_URL}/unsubscribe/{token}/news");
    for part in ["/subscriptions/confirm/", "/events/fest", "/issues/neues", "/subscriptions/A", &one_click] {
        assert!(followed.iter().any(|address| address.contains(part)), "{part} is not among {followed:?}");
    }
    assert_eq!(stands(&world, &token).await, ["news CONFIRMED"]);
    let bare = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(world.send(Method::POST, &one_click, &bare, "List-Unsubscribe=One-Click").await.status, 200);
    assert_eq!(stands(&world, &token).await, ["news ENDED"]);
}

#[tokio::test]
async fn who_leaves_before_the_mail_is_handed_over_does_not_get_it() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.asks_for(&[&news], "amal@example.org").await;
    world.confirms("amal@example.org").await;
    let issue = world.issue("news-1", news.id).await;
    miso::newsletter::ops::start(&world.app, &issue).await.unwrap();
    let leave = "mutation($token: String!) { unsubscribe(token: $token) { subscriber { email } errors { code } } }";
    world.graphql(leave, json!({ "token": reader_token(&world).await })).await;
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org"), ["Bitte bestätigen: news"]);
    let report = "query($id: ID!) { node(id: $id) { ... on NewsletterIssue { status delivery { recipients sent unsubscribed } } } }";
    let answer = world.administrator().asks_with(report, json!({ "id": issue.id.to_global().0 })).await;
    assert_eq!(*answer.at("node"), json!({ "status": "SENT", "delivery": { "recipients": 1, "sent": 0, "unsubscribed": 1 } }));
}

#[tokio::test]
async fn a_reader_chooses_and_what_is_new_needs_no_second_confirmation() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let (news, dates) = (world.newsletter("news", host.id).await, world.newsletter("dates", host.id).await);
    world.asks_for(&[&news], "amal@example.org").await;
    world.confirms("amal@example.org").await;
    let token = reader_token(&world).await;
    let update = "mutation($token: String!, $input: SubscriberUpdateInput!) {
        subscriberUpdate(token: $token, input: $input) { subscriber { name locale } errors { code path } }
    }";
    let input = json!({ "name": "Amal", "locale": "ar", "newsletterIds": [dates.id.to_global().0] });
    let answer = world.graphql(update, json!({ "token": token, "input": input })).await;
    assert_eq!(*answer.at("subscriberUpdate"), json!({ "subscriber": { "name": "Amal", "locale": "ar" }, "errors": [] }));
    assert_eq!(stands(&world, &token).await, ["dates CONFIRMED", "news ENDED"]);
    // What is left out stays, null clears.
    let answer = world.graphql(update, json!({ "token": token, "input": { "name": null } })).await;
    assert_eq!(*answer.at("subscriberUpdate.subscriber"), json!({ "name": null, "locale": "ar" }));
    assert_eq!(stands(&world, &token).await, ["dates CONFIRMED", "news ENDED"]);
}

#[tokio::test]
async fn a_secret_opens_its_own_reader_and_nothing_else() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.asks_for(&[&news], "amal@example.org").await;
    let confirm = world.secret_mailed("amal@example.org", "/subscriptions/confirm/");
    let show = "query($token: String!) { subscriberByToken(token: $token) { email } }";
    // Before it is confirmed, the secret of the request shows nothing and leaves nothing.
    assert!(world.graphql(show, json!({ "token": confirm })).await.at("subscriberByToken").is_null());
    world.confirms("amal@example.org").await;
    assert_eq!(world.graphql(show, json!({ "token": confirm })).await.at("subscriberByToken.email"), "amal@example.org");
    let leave = "mutation($token: String!) { unsubscribe(token: $token) { errors { code } } }";
    for other in ["", "x", &confirm[1..]] {
        assert!(world.graphql(show, json!({ "token": other })).await.at("subscriberByToken").is_null());
        assert_eq!(world.graphql(leave, json!({ "token": other })).await.codes(), ["NOT_FOUND"]);
    }
}
