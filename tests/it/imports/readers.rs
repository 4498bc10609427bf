//! Readers of a newsletter whom an association wrote to before.

use entity::words::{ConsentChannel, ConsentStep, SuppressionReason};
use entity::{consent, consent_wording, suppression};
use miso::newsletter::ops::start;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;

use super::Stage;

const BASIS: &str = "Einwilligung auf Papier bei Veranstaltungen von 2019 bis 2021, Bögen im Büro";

#[tokio::test]
async fn readers_are_taken_over_with_how_they_agreed_and_who_left_or_bounced_stays_away() {
    let stage = Stage::new().await;
    let world = &stage.world;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.asks_for(&[&news], "left@example.org").await;
    world.confirms("left@example.org").await;
    let secret = world.secret_mailed("left@example.org", "/subscriptions/confirm/");
    let leave = "mutation($token: String!) { unsubscribe(token: $token) { errors { code } } }";
    assert_eq!(*world.graphql(leave, json!({ "token": secret })).await.at("unsubscribe.errors"), json!([]));
    let hash = world.app.links.keyed_hash("address", "bounced@example.org");
    let row = suppression::Model { email_hash: hash, reason: SuppressionReason::Bounced, at: world.app.clock.now() };
    suppression::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    let table = "email;name;locale;agreed_on\n\
        Amal@Example.org;Amal;ar;2019-05-04\n\
        bojan@example.org;;;04.05.2020\n\
        left@example.org;Left;de;2019-05-04\n\
        bounced@example.org;Bounced;de;2019-05-04\n\
        nobody;;;\n\
        future@example.org;;;2199-01-01\n";
    let file = stage.file("readers.csv", table);
    let more = |also: &[&'static str]| [&["--newsletter", "news", "--basis", BASIS][..], also].concat();
    let counts = json!({ "left out, as the address bounced or complained": 1, "left out, as they left here": 1, "new": 2, "refused": 2 });
    let rehearsed = stage.import("readers", &file, &more(&[])).unwrap();
    assert_eq!(rehearsed["counts"], counts);
    let lines: Vec<i64> = rehearsed["refused"].as_array().unwrap().iter().map(|refused| refused["line"].as_i64().unwrap()).collect();
    assert_eq!(lines, [6, 7]);
    let readers = async || world.administrator().asks("{ newsletter(slug: \"news\") { subscriberCount } }").await;
    assert_eq!(readers().await.at("newsletter.subscriberCount"), 0, "it was rehearsed");
    assert_eq!(stage.import("readers", &file, &more(&["--write"])).unwrap()["counts"], counts);
    assert_eq!(readers().await.at("newsletter.subscriberCount"), 2);
    let again = stage.import("readers", &file, &more(&["--write"])).unwrap();
    assert_eq!((&again["counts"]["unchanged"], &again["counts"]["new"]), (&json!(2), &json!(null)));
    let steps = consent::Entity::find().all(world.db()).await.unwrap();
    let steps: Vec<_> = steps.into_iter().filter(|step| step.channel == ConsentChannel::Import).collect();
    assert_eq!(steps.len(), 2);
    let words = consent_wording::Entity::find_by_id(steps[0].wording_id.unwrap()).one(world.db()).await.unwrap().unwrap();
    assert_eq!((steps[0].step, words.text.as_str()), (ConsentStep::Confirmed, BASIS));
    start(&world.app, &world.issue("news-1", news.id).await).await.unwrap();
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org"), ["Neues"]);
    assert!(world.subjects_to("bounced@example.org").is_empty());
}

#[tokio::test]
async fn nobody_is_taken_over_without_saying_how_they_agreed() {
    let stage = Stage::new().await;
    let host = stage.world.organisation("host").make().await;
    stage.world.newsletter("news", host.id).await;
    let file = stage.file("readers.csv", "email\namal@example.org\n");
    let refused = stage.import("readers", &file, &["--newsletter", "news", "--basis", "ja", "--write"]).unwrap_err();
    assert!(refused.contains("how these people agreed"), "{refused}");
    let unknown = stage.import("readers", &file, &["--newsletter", "nix", "--basis", BASIS]).unwrap_err();
    assert!(unknown.contains("there is no newsletter `nix`"), "{unknown}");
}
