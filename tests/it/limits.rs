//! What one request may ask for, on the schema as it is: over it, a clear error and no work.

use axum::http::{Method, StatusCode};
use miso_tests::{Reply, World};
use serde_json::json;

async fn post(world: &World, query: &str) -> Reply {
    world.post_graphql(&[], &json!({"query": query})).await
}

/// Fails unless a request was refused as too complex, without a statement to the database.
async fn assert_too_much(world: &World, query: &str) {
    let (reply, statements) = world.statements(post(world, query)).await;
    let shown: String = query.chars().take(80).collect();
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{shown}");
    assert_eq!(reply.json()["errors"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX", "{shown}: {}", reply.text());
    assert_eq!(statements, [""; 0], "{shown}");
}

#[tokio::test]
async fn every_kind_of_too_much_is_refused_before_any_work() {
    let world = World::new().await;
    let repeated = |text: &str, times: usize| text.repeat(times);
    let aliases: String = (0..51).map(|at| format!("a{at}: __typename ")).collect();
    let deep = format!(
        "{{ organisations {{ nodes {} {} }} }}",
        repeated("{ events { nodes { hosts { organisation ", 4),
        "{ slug }".to_owned() + &repeated(" } } } }", 4)
    );
    for query in [
        format!("{{ tags {{ slug {} }} }}", repeated("slug ", 4000)),
        format!("{{ {aliases} }}"),
        repeated("{ a ", 70) + &repeated("}", 70),
        deep,
        "{ organisations(first: 100) { nodes { events(first: 100) { nodes { occurrences(first: 100) { nodes { id } } } } } } }".to_owned(),
        format!("{{ tags {{ slug {} }} }}", repeated("@include(if: true) ", 11)),
        format!("{{ {} }}", (0..26).map(|at| format!("network{{name}} ... on Query {{ x{at}: __typename }} ")).collect::<String>()),
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".to_owned(),
    ] {
        assert_too_much(&world, &query).await;
    }
}

#[tokio::test]
async fn what_a_client_needs_is_within_the_limits() {
    let world = World::seeded().await;
    let home = r#"{ network { name memberCount } posts(first: 10) { nodes { title teaser url organisation { name } tags { name } } }
        occurrences(first: 20) { nodes { startsAt place { venue { name } } event { title url hosts { organisation { name } } } } }
        organisations(first: 100, where: {memberOn: "2022-05-18"}) { totalCount nodes { name url district: address { district } focus { name } } } }"#;
    let reply = post(&world, home).await;
    assert_eq!((reply.status, reply.json().get("errors")), (StatusCode::OK, None), "{}", reply.text());
}

#[tokio::test]
async fn too_many_bytes_are_not_read() {
    let world = World::new().await;
    let large = format!(r#"{{"query":"{{ network {{ name }} }}","x":"{}"}}"#, "x".repeat(1024 * 1024));
    let reply = world.send(Method::POST, "/graphql", &[("content-type", "application/json")], large).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = format!("{{ tags {{ slug }} }} # {}", "x".repeat(64 * 1024));
    assert_too_much(&world, &long).await;
}

#[tokio::test]
async fn arguments_are_bounded() {
    let world = World::new().await;
    let long = "x".repeat(201);
    for query in [
        format!(r#"{{ search(query: "{long}") {{ totalCount }} }}"#),
        format!(r#"{{ events(where: {{search: "{long}"}}) {{ totalCount }} }}"#),
        format!(r#"{{ organisations(where: {{district: "{long}"}}) {{ totalCount }} }}"#),
        r"{ events(where: {near: {latitude: 91, longitude: 0, kilometres: 1}}) { totalCount } }".to_owned(),
        r"{ events(where: {near: {latitude: 0, longitude: 0, kilometres: 0}}) { totalCount } }".to_owned(),
        r#"{ events(where: {startsAt: {from: "2022-06-02T00:00:00Z", until: "2022-06-01T00:00:00Z"}}) { totalCount } }"#.to_owned(),
        r#"{ events(where: {organisationId: "event_00000000000000000000000001"}) { totalCount } }"#.to_owned(),
    ] {
        assert_eq!(world.graphql(&query, json!({})).await.codes(), ["BAD_USER_INPUT"], "{query}");
    }
}

#[tokio::test]
async fn odd_values_in_every_filter_are_answered_and_never_a_fault() {
    let world = World::new().await;
    world.network().await;
    for odd in ["", " ", "\u{0}", "\u{0}x", "💥", "'; DROP TABLE event; --", "%_\\", "\u{202e}", "a\r\nb"] {
        let query = "query($t: String!) { organisation(slug: $t) { id } event(slug: $t) { id } post(slug: $t) { id } programme(slug: $t) { id }
            organisations(where: {district: $t, tag: $t, search: $t}) { totalCount } posts(where: {tag: $t, search: $t}) { totalCount }
            events(where: {district: $t, tag: $t, search: $t}) { totalCount } search(query: $t) { totalCount } venues(search: $t) { totalCount } }";
        let answer = world.graphql(query, json!({"t": odd})).await;
        assert!(answer.codes().iter().all(|code| *code == "BAD_USER_INPUT"), "{odd:?}: {:#?}", answer.errors());
    }
    for moment in
        ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "+262142-12-31T00:00:00Z", "-262142-01-01T00:00:00Z", "2022-02-30T00:00:00Z"]
    {
        let query = "query($at: DateTime) { events(where: {startsAt: {from: $at}}) { totalCount } posts(where: {publishedAt: {until: $at}}) { totalCount } }";
        let answer = world.graphql(query, json!({"at": moment})).await;
        assert!(answer.codes().iter().all(|code| *code == "BAD_USER_INPUT"), "{moment}: {:#?}", answer.errors());
    }
    for day in ["0001-01-01", "9999-12-31", "+262142-12-31", "-262142-01-01"] {
        let query = "query($on: Date) { network { memberCount(on: $on) } organisations(where: {memberOn: $on}) { totalCount } }";
        let answer = world.graphql(query, json!({"on": day})).await;
        assert!(answer.codes().iter().all(|code| *code == "BAD_USER_INPUT"), "{day}: {:#?}", answer.errors());
    }
}
