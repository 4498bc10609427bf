//! The samples: at least one of each kind that the schema offers, ahead, and plainly marked.

use std::collections::BTreeSet;

use miso_tests::World;
use serde_json::{Value, json};

use super::files::json;

async fn samples(world: &World) -> Vec<Value> {
    let query = r"query($after: String) { events(first: 10, after: $after) {
        nodes {
            slug title summary status visibility category nextOccurrence { startsAt }
            schedule { startsAt endsAt allDay recurrence furtherDates exceptDates } hosts { organisation { slug name } }
            place { mode venue { name } } accessibility { interpretation features { available } childcare } price { kind }
            registrationPolicy { mode scope capacity waitlist questions { key sensitive } walkInsWelcome } seats { state }
            occurrences(first: 20) { nodes { startsAt originalStartsAt cancelled place { venue { name } } } }
        }
        pageInfo { hasNextPage endCursor }
    } }";
    let of_files: BTreeSet<String> =
        json("events.json").as_array().unwrap().iter().map(|event| event["slug"].as_str().unwrap().to_owned()).collect();
    let (mut found, mut after) = (Vec::new(), json!(null));
    loop {
        let page = world.administrator().asks_with(query, json!({"after": after})).await;
        found.extend(
            page.at("events.nodes").as_array().unwrap().iter().filter(|event| !of_files.contains(event["slug"].as_str().unwrap())).cloned(),
        );
        if page.at("events.pageInfo.hasNextPage") == &json!(false) {
            return found;
        }
        after = page.at("events.pageInfo.endCursor").clone();
    }
}

#[tokio::test]
async fn they_lie_ahead_and_are_marked() {
    let world = World::seeded().await;
    let samples = samples(&world).await;
    assert!(samples.len() >= 12, "{}", samples.len());
    for sample in samples {
        assert!(sample["schedule"]["startsAt"].as_str().unwrap() > "2022-05-18", "{sample}");
        let told = format!("{} {}", sample["title"], sample["summary"]);
        assert!(sample["slug"].as_str().unwrap().starts_with("beispiel-"), "{sample}");
        // Some are in Ukrainian or Arabic.
        assert!(["Beispiel", "Приклад", "مثال"].iter().any(|word| told.contains(word)), "not marked as a sample: {told}");
    }
}

#[tokio::test]
async fn there_is_one_of_each_kind() {
    let world = World::seeded().await;
    let samples = samples(&world).await;
    let is = |event: &Value, path: &str, value: Value| *miso_tests::graphql::pick(event, path) == value;
    let has = |event: &Value, path: &str| {
        !matches!(miso_tests::graphql::pick(event, path), Value::Null) && *miso_tests::graphql::pick(event, path) != json!([])
    };
    let dates = |event: &Value| event["occurrences"]["nodes"].as_array().unwrap().clone();
    type Test<'t> = Box<dyn Fn(&Value) -> bool + 't>;
    let kinds: Vec<(&str, Test<'_>)> = vec![
        ("weekly", Box::new(|event| event["schedule"]["recurrence"].as_str().is_some_and(|rule| rule.contains("WEEKLY")))),
        ("at irregular dates", Box::new(|event| has(event, "schedule.furtherDates"))),
        ("all day", Box::new(|event| is(event, "schedule.allDay", json!(true)))),
        ("without an end", Box::new(|event| is(event, "schedule.endsAt", Value::Null))),
        ("online", Box::new(|event| is(event, "place.mode", json!("ONLINE")))),
        ("hybrid", Box::new(|event| is(event, "place.mode", json!("HYBRID")))),
        ("with a date elsewhere", Box::new(|event| dates(event).iter().any(|date| date["place"]["venue"] != event["place"]["venue"]))),
        (
            "with capacity and a waiting list",
            Box::new(|event| has(event, "registrationPolicy.capacity") && is(event, "registrationPolicy.waitlist", json!(true))),
        ),
        ("with questions", Box::new(|event| has(event, "registrationPolicy.questions"))),
        ("registered for as a whole", Box::new(|event| is(event, "registrationPolicy.scope", json!("WHOLE_EVENT")))),
        ("cancelled", Box::new(|event| is(event, "status", json!("CANCELLED")))),
        ("postponed", Box::new(|event| is(event, "status", json!("POSTPONED")))),
        ("interpreted", Box::new(|event| has(event, "accessibility.interpretation"))),
        ("for members only", Box::new(|event| is(event, "visibility", json!("MEMBERS")))),
    ];
    let missing: Vec<&str> = kinds.iter().filter(|(_, test)| !samples.iter().any(test)).map(|(name, _)| *name).collect();
    assert!(missing.is_empty(), "no sample is {missing:?}");
}

#[tokio::test]
async fn nothing_real_is_said_to_hold_a_sample() {
    let world = World::seeded().await;
    for sample in samples(&world).await {
        for host in sample["hosts"].as_array().unwrap() {
            let slug = host["organisation"]["slug"].as_str().unwrap();
            assert!(slug.contains("beispiel") || slug == "miso", "{}: {slug}", sample["slug"]);
        }
    }
}
