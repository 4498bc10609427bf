//! Every address that the schema gives.

use miso_tests::World;
use miso_tests::world::PUBLIC_URL;
use serde_json::Value;

/// The queries that give addresses of ours, each with the lists that it walks through.
const QUERIES: &[(&str, &[&str])] = &[
    (
        "{ network { organisation { url } calendar { url } programmes { url } } calendar { url } programmes { url organisation { url } } }",
        &[],
    ),
    (
        "query($after: String) { organisations(first: 50, after: $after) { nodes { url calendar { url } } pageInfo { hasNextPage endCursor } } }",
        &["organisations"],
    ),
    ("query($after: String) { events(first: 50, after: $after) { nodes { url icsUrl } pageInfo { hasNextPage endCursor } } }", &["events"]),
    ("query($after: String) { posts(first: 50, after: $after) { nodes { url } pageInfo { hasNextPage endCursor } } }", &["posts"]),
];

/// Every address of ours that the schema gives to a visitor.
pub async fn every_address(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    for (query, lists) in QUERIES {
        let mut after = Value::Null;
        loop {
            let answer = world.visitor().asks_with(query, serde_json::json!({"after": after})).await;
            collect(answer.data(), &mut found);
            let Some(list) = lists.first() else { break };
            let page = &answer.data()[*list]["pageInfo"];
            if page["hasNextPage"] != true {
                break;
            }
            after = page["endCursor"].clone();
        }
    }
    found.sort();
    found.dedup();
    assert!(found.len() > 10, "{found:#?}");
    found
}

/// Every calendar among them.
pub async fn every_calendar(world: &World) -> Vec<String> {
    let of_dates = |address: &String| address.contains(".ics");
    every_address(world).await.into_iter().filter(of_dates).collect()
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with(PUBLIC_URL) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, found)),
        _ => {}
    }
}
