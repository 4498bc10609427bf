//! A digest: an issue that writes itself, of what is new and what comes.

use entity::words::{EventStatus, OrganisationRole, PostStatus, Visibility};
use miso::gql::id::Global;
use miso::newsletter::ops::start;
use miso_tests::World;
use miso_tests::world::instant;
use serde_json::{Value, json};

async fn drafted(world: &World, organisation: entity::id::OrganisationId, variables: Value) -> Result<Value, String> {
    world.person_of(organisation, OrganisationRole::Editor).changes_issue("newsletterIssueDraftDigest", variables).await
}

#[tokio::test]
async fn a_digest_has_what_was_published_since_the_last_issue_and_what_comes_and_nothing_that_is_not_public() {
    let world = World::new().await;
    world.at("2022-06-01T08:00:00Z");
    let (host, other) = (world.organisation("host").make().await, world.organisation("other").make().await);
    let news = world.newsletter("news", host.id).await;
    start(&world.app, &world.issue("news-1", news.id).await).await.unwrap();
    world.run_jobs().await;
    let published = |at: &'static str| move |row: &mut entity::post::Model| row.published_at = Some(instant(at));
    world.post("alt", host.id).with(published("2022-05-20T08:00:00Z")).make().await;
    world.post("neu", host.id).with(published("2022-06-10T08:00:00Z")).make().await;
    world.post("entwurf", host.id).with(|row| row.status = PostStatus::Draft).make().await;
    world.post("anderer", other.id).with(published("2022-06-10T08:00:00Z")).make().await;
    world.event("morgen", host.id).on("2022-06-16T16:00:00Z").on("2022-06-23T16:00:00Z").make().await;
    world.event("bald", host.id).on("2022-06-20T16:00:00Z").make().await;
    world.event("spaeter", host.id).on("2022-09-20T16:00:00Z").make().await;
    world.event("intern", host.id).visibility(Visibility::Members).on("2022-06-21T16:00:00Z").make().await;
    world.event("abgesagt", host.id).status(EventStatus::Cancelled).on("2022-06-21T16:00:00Z").make().await;
    world.event("vorbei", host.id).on("2022-06-05T16:00:00Z").make().await;
    world.at("2022-06-15T08:00:00Z");
    let id = json!(news.id.to_global().0);
    let issue = drafted(&world, host.id, json!({ "newsletterId": id })).await.unwrap();
    assert_eq!(issue["bodyMarkdown"], "## Neues\n\n/posts/neu\n\n## Was kommt\n\n/events/morgen\n\n/events/bald");
    assert_eq!((&issue["status"], &issue["locales"], &issue["preview"]["problems"]), (&json!("DRAFT"), &json!(["de", "en"]), &json!([])));
    let further =
        drafted(&world, host.id, json!({ "newsletterId": id, "since": "2022-05-01T00:00:00Z", "until": "2022-10-01T00:00:00Z" })).await;
    let body = further.unwrap()["bodyMarkdown"].as_str().unwrap().to_owned();
    assert!(body.contains("/posts/alt") && body.contains("/events/spaeter") && !body.contains("intern"), "{body}");
}

#[tokio::test]
async fn a_digest_of_the_network_is_of_everybody_and_there_is_none_where_nothing_is_to_tell() {
    let world = World::new().await;
    world.at("2022-06-01T08:00:00Z");
    let own = world.network().await;
    let member = world.organisation("member").make().await;
    let news = world.newsletter("news", own.id).await;
    let id = json!({ "newsletterId": news.id.to_global().0 });
    assert_eq!(drafted(&world, own.id, id.clone()).await, Err("INVALID at ".to_owned()));
    world.event("fest", member.id).on("2022-06-16T16:00:00Z").make().await;
    let issue = drafted(&world, own.id, id).await.unwrap();
    assert_eq!(issue["bodyMarkdown"], "## Was kommt\n\n/events/fest");
    let backwards = json!({ "newsletterId": news.id.to_global().0, "since": "2022-07-01T00:00:00Z", "until": "2022-06-01T00:00:00Z" });
    assert_eq!(drafted(&world, own.id, backwards).await, Err("ENDS_BEFORE_START at until".to_owned()));
}
