//! Anything by its global id.

use entity::words::{EventStatus, PostStatus, Visibility};
use miso_tests::World;
use serde_json::{Value, json};

const NODE: &str = "query($id: ID!) { node(id: $id) { __typename id } }";

#[tokio::test]
async fn everything_with_an_id_is_found_by_it() {
    let world = World::new().await;
    let own = world.organisation("own").tagged("kultur").make().await;
    let venue = world.venue("venue").make().await;
    let programme = world.programme("programme", own.id).make().await;
    world.post("post", own.id).make().await;
    world.event("event", own.id).with(|row| (row.venue_id, row.programme_id) = (Some(venue.id), Some(programme.id))).make().await;
    let query = r#"{ organisation(slug: "own") { id focus { id } } post(slug: "post") { id }
        event(slug: "event") { id programme { id } place { venue { id } } nextOccurrence { id } } }"#;
    let ids = world.visitor().asks(query).await;
    for (path, typename) in [
        ("organisation.id", "Organisation"),
        ("organisation.focus.0.id", "Tag"),
        ("post.id", "Post"),
        ("event.id", "Event"),
        ("event.programme.id", "Programme"),
        ("event.place.venue.id", "Venue"),
        ("event.nextOccurrence.id", "Occurrence"),
    ] {
        let id = ids.at(path);
        let prefix = format!("{}_", typename.to_lowercase());
        assert!(id.as_str().unwrap().starts_with(&prefix), "{id} does not begin with {prefix}");
        let answer = world.visitor().asks_with(NODE, json!({"id": id})).await;
        assert_eq!(answer.at("node"), &json!({"__typename": typename, "id": id}));
    }
}

#[tokio::test]
async fn many_are_given_in_the_order_asked_for_and_null_for_what_is_not_there() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    world.post("post", own.id).make().await;
    let ids = world.visitor().asks(r#"{ organisation(slug: "own") { id } post(slug: "post") { id } }"#).await;
    let (organisation, post) = (ids.at("organisation.id").as_str().unwrap(), ids.at("post.id").as_str().unwrap());
    let absent = "event_00000000000000000000000001";
    let asked = json!({"ids": [post, "nonsense", organisation, absent, post, ""]});
    let answer = world.visitor().asks_with("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", asked).await;
    assert_eq!(answer.at("nodes"), &json!([{"id": post}, null, {"id": organisation}, null, {"id": post}, null]));
    let too_many: Vec<&str> = vec![absent; 101];
    let answer = world.visitor().asks_with("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({"ids": too_many})).await;
    assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn what_is_hidden_answers_exactly_as_what_is_absent() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    let applicant = world.organisation("applicant").applicant().make().await;
    world.event("draft", own.id).status(EventStatus::Draft).make().await;
    world.event("board", own.id).visibility(Visibility::Hosts).make().await;
    world.event("members", own.id).visibility(Visibility::Members).make().await;
    world.post("post-draft", own.id).status(PostStatus::Draft).make().await;
    drop(applicant);
    let query = r#"{ a: organisation(slug: "applicant") { id } b: event(slug: "draft") { id occurrences { nodes { id } } }
        c: event(slug: "board") { id occurrences { nodes { id } } } d: event(slug: "members") { id } e: post(slug: "post-draft") { id } }"#;
    let ids = world.administrator().asks(query).await;
    let absent = world.visitor().asks_with(NODE, json!({"id": "event_00000000000000000000000001"})).await;
    assert_eq!(absent.0, json!({"data": {"node": null}}));
    for path in ["a.id", "b.id", "c.id", "d.id", "e.id", "b.occurrences.nodes.0.id", "c.occurrences.nodes.0.id"] {
        assert_ne!(ids.at(path), &Value::Null, "{path}");
        let hidden = world.visitor().asks_with(NODE, json!({"id": ids.at(path)})).await;
        assert_eq!(hidden, absent, "{path}");
    }
}
