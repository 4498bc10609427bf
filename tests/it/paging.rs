//! Lists by pages: every item once, in order, from either end, whatever is asked.

use miso_tests::{Answer, World};
use serde_json::{Value, json};

/// The lists of the root, each with what names an item.
const LISTS: &[(&str, &str)] =
    &[("organisations", "slug"), ("posts", "slug"), ("events", "slug"), ("occurrences", "id"), ("venues", "name")];

async fn stage() -> World {
    let world = World::new().await;
    for at in 0..11 {
        let own = world
            .organisation(&format!("organisation-{at}"))
            .named(if at % 2 == 0 { "Gleicher Name" } else { "Anderer Name" })
            .make()
            .await;
        world.venue(&format!("venue-{at}")).make().await;
        let month = 1 + at % 3;
        world.post(&format!("post-{at}"), own.id).published_at(&format!("2022-0{month}-01T00:00:00Z")).make().await;
        world.event(&format!("event-{at}"), own.id).on(&format!("2022-0{month}-01T16:00:00Z")).make().await;
    }
    world
}

async fn page(world: &World, list: &str, item: &str, arguments: Value) -> Answer {
    let query = format!(
        "query($first: Int, $after: String, $last: Int, $before: String) {{ list: {list}(first: $first, after: $after, last: $last, before: $before) {{
            totalCount edges {{ cursor }} nodes {{ {item} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
        }} }}"
    );
    world.visitor().asks_with(&query, arguments).await
}

#[tokio::test]
async fn pages_meet_without_gap_or_repetition_in_both_directions() {
    let world = stage().await;
    for (list, item) in LISTS {
        let all = page(&world, list, item, json!({"first": 100})).await;
        let names = all.each("list.nodes", item);
        assert_eq!((names.len(), all.at("list.totalCount")), (11, &json!(11)), "{list}");
        let (mut forward, mut after) = (Vec::new(), json!(null));
        loop {
            let one = page(&world, list, item, json!({"first": 3, "after": after})).await;
            assert_eq!(one.at("list.pageInfo.hasPreviousPage"), &json!(!after.is_null()), "{list}");
            forward.extend(one.each("list.nodes", item));
            after = one.at("list.pageInfo.endCursor").clone();
            if one.at("list.pageInfo.hasNextPage") == &json!(false) {
                break;
            }
        }
        assert_eq!(forward, names, "{list} forward");
        let (mut backward, mut before) = (Vec::new(), json!(null));
        loop {
            let one = page(&world, list, item, json!({"last": 3, "before": before})).await;
            let mut part = one.each("list.nodes", item);
            part.append(&mut backward);
            backward = part;
            before = one.at("list.pageInfo.startCursor").clone();
            if one.at("list.pageInfo.hasPreviousPage") == &json!(false) {
                break;
            }
        }
        assert_eq!(backward, names, "{list} backward");
    }
}

#[tokio::test]
async fn a_page_begins_and_ends_with_the_cursors_of_its_items() {
    let world = stage().await;
    for (list, item) in LISTS {
        let answer = page(&world, list, item, json!({"first": 4})).await;
        assert_eq!(answer.at("list.pageInfo.startCursor"), answer.at("list.edges.0.cursor"), "{list}");
        assert_eq!(answer.at("list.pageInfo.endCursor"), answer.at("list.edges.3.cursor"), "{list}");
        let empty = page(&world, list, item, json!({"first": 0})).await;
        assert_eq!(empty.at("list.nodes"), &json!([]), "{list}");
        assert_eq!(empty.at("list.totalCount"), &json!(11), "{list}");
    }
}

#[tokio::test]
async fn too_much_too_little_or_both_at_once_is_an_error_and_never_a_silent_cut() {
    let world = stage().await;
    for (list, item) in LISTS {
        for wrong in [
            json!({"first": 101}),
            json!({"last": 101}),
            json!({"first": -1}),
            json!({"last": -5}),
            json!({"first": 1, "last": 1}),
            json!({"after": "nonsense"}),
            json!({"before": ""}),
            json!({"after": "💥"}),
        ] {
            let answer = page(&world, list, item, wrong.clone()).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{list} {wrong}");
        }
    }
}

#[tokio::test]
async fn a_cursor_is_taken_by_its_own_list_and_order_alone() {
    let world = stage().await;
    for (list, item) in LISTS {
        let cursor = page(&world, list, item, json!({"first": 1})).await.at("list.edges.0.cursor").clone();
        for (other, item) in LISTS.iter().filter(|(other, _)| other != list) {
            assert_eq!(
                page(&world, other, item, json!({"after": cursor})).await.codes(),
                ["BAD_USER_INPUT"],
                "{other} took a cursor of {list}"
            );
        }
    }
    let by_name = world.visitor().asks("{ organisations(first: 1) { edges { cursor } } }").await;
    let query = "query($after: String) { organisations(orderBy: JOINED_ON, after: $after) { totalCount } }";
    let answer = world.visitor().asks_with(query, json!({"after": by_name.at("organisations.edges.0.cursor")})).await;
    assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn twenty_come_where_nothing_is_said() {
    let world = World::new().await;
    for at in 0..21 {
        world.organisation(&format!("o-{at}")).make().await;
    }
    let answer = world.visitor().asks("{ organisations { nodes { slug } pageInfo { hasNextPage } totalCount } }").await;
    assert_eq!(answer.each("organisations.nodes", "slug").len(), 20);
    assert_eq!(answer.at("organisations.pageInfo.hasNextPage"), &json!(true));
    assert_eq!(answer.at("organisations.totalCount"), &json!(21));
}

#[tokio::test]
async fn what_is_not_selected_is_not_counted() {
    let world = stage().await;
    let (_, with) = world.statements(world.visitor().asks("{ posts { nodes { slug } totalCount } }")).await;
    let (_, without) = world.statements(world.visitor().asks("{ posts { nodes { slug } } }")).await;
    assert_eq!(with.len(), without.len() + 1, "{with:#?}");
}
