//! What is not for everybody shows nowhere: not in lists, counts, search, by id, nested, or in a calendar.

use entity::organisation;
use entity::words::{EventStatus, HostRole, OrganisationRole, PostStatus, Visibility};
use miso_tests::{Actor, World};
use serde_json::{Value, json};

/// Every way to a list of events, posts, or dates; the slugs stand in `slug`.
const EVERYWHERE: &str = r#"{
    events(first: 20) { totalCount nodes { slug posts { slug } } edges { node { slug } } }
    searched: events(where: {search: "secret"}) { totalCount }
    tagged: events(where: {tag: "secret"}) { totalCount }
    occurrences(first: 20) { totalCount nodes { event { slug } } }
    posts(first: 20) { totalCount nodes { slug events { slug } } }
    search(query: "secret") { totalCount nodes { __typename ... on Event { slug } ... on Post { slug } } }
    organisations(first: 5) { nodes { slug events { totalCount nodes { slug } } posts { totalCount nodes { slug } } } }
    programmes { slug events { totalCount nodes { slug } } posts { totalCount nodes { slug } } }
    venues(first: 5) { nodes { events { totalCount nodes { slug occurrences(first: 5) { nodes { startsAt } } } } } }
}"#;

struct Stage {
    world: World,
    host: organisation::Model,
}

/// One public event and post, and one of each that is not, all with the word `secret`, and all joined with the public ones.
async fn stage() -> Stage {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let venue = world.venue("venue").make().await;
    let programme = world.programme("programme", host.id).make().await;
    let place = |row: &mut entity::event::Model| (row.venue_id, row.programme_id) = (Some(venue.id), Some(programme.id));
    let public = world.event("public", host.id).with(place).make().await;
    let open_post = world.post("open-post", host.id).about(public.id).make().await;
    drop(open_post);
    let mut hidden = Vec::new();
    for (slug, visibility) in
        [("secret-unlisted", Visibility::Unlisted), ("secret-members", Visibility::Members), ("secret-hosts", Visibility::Hosts)]
    {
        hidden.push(world.event(slug, host.id).with(place).visibility(visibility).tagged("secret").make().await.id);
    }
    for (slug, status) in
        [("secret-draft", EventStatus::Draft), ("secret-review", EventStatus::InReview), ("secret-scheduled", EventStatus::Scheduled)]
    {
        hidden.push(world.event(slug, host.id).with(place).status(status).tagged("secret").make().await.id);
    }
    let mut about = world.post("post-about", host.id);
    for id in hidden {
        about = about.about(id);
    }
    about.make().await;
    for (slug, status) in
        [("secret-post", PostStatus::Draft), ("secret-post-review", PostStatus::InReview), ("secret-post-ahead", PostStatus::Scheduled)]
    {
        let post = world.post(slug, host.id).status(status).about(public.id).with(|row| row.programme_id = Some(programme.id));
        post.make().await;
    }
    Stage { world, host }
}

/// Every slug that begins with `secret`, wherever it stands in an answer.
fn secrets(value: &Value) -> Vec<String> {
    let mut found = match value {
        Value::String(text) if text.starts_with("secret") => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(secrets).collect(),
        Value::Object(fields) => fields.values().flat_map(secrets).collect(),
        _ => Vec::new(),
    };
    found.sort();
    found.dedup();
    found
}

async fn seen_by(actor: Actor<'_>) -> Vec<String> {
    secrets(actor.asks(EVERYWHERE).await.data())
}

#[tokio::test]
async fn a_visitor_finds_nothing_of_it_by_any_way() {
    let Stage { world, .. } = stage().await;
    let answer = world.visitor().asks(EVERYWHERE).await;
    assert_eq!(secrets(answer.data()), [""; 0], "{:#}", answer.data());
    for count in ["events", "occurrences"] {
        assert_eq!(answer.at(count)["totalCount"], 1, "{count}");
    }
    assert_eq!(answer.at("posts.totalCount"), &json!(2));
    for nothing in ["searched", "tagged", "search"] {
        assert_eq!(answer.at(nothing)["totalCount"], 0, "{nothing}");
    }
    for (owner, events, posts) in [("organisations.nodes.0", 1, 2), ("programmes.0", 1, 0)] {
        assert_eq!(answer.at(owner)["events"]["totalCount"], events, "{owner}");
        assert_eq!(answer.at(owner)["posts"]["totalCount"], posts, "{owner}");
    }
    assert_eq!(answer.at("venues.nodes.0.events.totalCount"), &json!(1));
    let about = answer.at("posts.nodes").as_array().unwrap().iter().find(|post| post["slug"] == "post-about").unwrap();
    assert_eq!(about["events"], json!([]), "what a post speaks of is not shown either");
}

#[tokio::test]
async fn each_kind_of_viewer_finds_what_is_for_them() {
    let Stage { world, host } = stage().await;
    let other = world.organisation("other").make().await;
    assert_eq!(seen_by(world.stranger()).await, [""; 0]);
    assert_eq!(seen_by(world.person_of_outside(other.id, OrganisationRole::Owner)).await, [""; 0]);
    assert_eq!(seen_by(world.person_of(other.id, OrganisationRole::Member)).await, ["secret-members"]);
    assert_eq!(seen_by(world.person_of(host.id, OrganisationRole::Member)).await, ["secret-hosts", "secret-members"]);
    let everything = [
        "secret-draft",
        "secret-hosts",
        "secret-members",
        "secret-post",
        "secret-post-ahead",
        "secret-post-review",
        "secret-review",
        "secret-scheduled",
        "secret-unlisted",
    ];
    for editor in [world.person_of(host.id, OrganisationRole::Editor), world.administrator(), world.office_editor()] {
        assert_eq!(seen_by(editor).await, everything);
    }
}

#[tokio::test]
async fn an_unlisted_event_is_for_who_has_its_address() {
    let Stage { world, .. } = stage().await;
    let query = r#"{ event(slug: "secret-unlisted") { slug id nextOccurrence { id event { slug } } } }"#;
    let answer = world.visitor().asks(query).await;
    assert_eq!(answer.at("event.nextOccurrence.event.slug"), &json!("secret-unlisted"));
}

#[tokio::test]
async fn by_its_slug_a_hidden_thing_answers_exactly_as_an_absent_one() {
    let Stage { world, .. } = stage().await;
    let ask = async |field: &str, slug: &str| {
        let query = format!("query($slug: String!) {{ found: {field}(slug: $slug) {{ slug }} }}");
        let reply = world.post_graphql(&[], &json!({"query": query, "variables": {"slug": slug}})).await;
        (reply.status, reply.body, reply.headers.get("content-type").cloned())
    };
    let absent = ask("event", "never-was").await;
    for slug in ["secret-members", "secret-hosts", "secret-draft", "secret-review", "secret-scheduled"] {
        assert_eq!(ask("event", slug).await, absent, "{slug}");
    }
    let absent = ask("post", "never-was").await;
    for slug in ["secret-post", "secret-post-review", "secret-post-ahead"] {
        assert_eq!(ask("post", slug).await, absent, "{slug}");
    }
}

#[tokio::test]
async fn the_people_of_hosts_and_co_hosts_see_a_meeting_of_the_board_and_those_of_partners_do_not() {
    let world = World::new().await;
    let [host, co_host, partner] = [world.organisation("host"), world.organisation("co-host"), world.organisation("partner")];
    let (host, co_host, partner) = (host.make().await, co_host.make().await, partner.make().await);
    let board = world.event("board", host.id).hosted_by(co_host.id, HostRole::CoHost).hosted_by(partner.id, HostRole::Partner);
    board.visibility(Visibility::Hosts).make().await;
    let sees = async |actor: Actor<'_>| !actor.asks(r#"{ event(slug: "board") { slug } }"#).await.at("event").is_null();
    assert!(sees(world.person_of(host.id, OrganisationRole::Member)).await);
    assert!(sees(world.person_of(co_host.id, OrganisationRole::Member)).await);
    assert!(!sees(world.person_of(partner.id, OrganisationRole::Owner)).await);
    assert!(!sees(world.visitor()).await);
}
