//! Lists of things that have pages of their own, and newsletters.

use serde_json::{Value, json};

use super::{each, named};

/// Things that have a page, in their order.
pub fn list(connection: &Value) -> Value {
    items(connection["nodes"].as_array().into_iter().flatten())
}

/// Events by their dates: each once.
pub fn dates(connection: &Value) -> Value {
    let mut events: Vec<&Value> = Vec::new();
    for date in connection["nodes"].as_array().into_iter().flatten() {
        if !events.iter().any(|event| event["url"] == date["event"]["url"]) {
            events.push(&date["event"]);
        }
    }
    items(events.into_iter())
}

fn items<'a>(things: impl Iterator<Item = &'a Value>) -> Value {
    let name = |thing: &Value| thing.get("name").or(thing.get("title")).cloned();
    let items = (1..)
        .zip(things)
        .map(|(position, thing)| json!({ "@type": "ListItem", "position": position, "url": thing["url"], "name": name(thing) }));
    json!({ "@type": "ItemList", "itemListElement": items.collect::<Vec<_>>() })
}

/// A newsletter as its page shows it; none where it is not for everybody.
pub fn newsletter(newsletter: &Value) -> Option<Value> {
    (newsletter["visibility"] == "PUBLIC").then(|| {
        json!({
            "@type": "Periodical", "@id": newsletter["url"], "url": newsletter["url"], "name": newsletter["name"],
            "description": newsletter["description"], "publisher": named(&newsletter["organisation"]),
            "hasPart": each(&newsletter["issues"]["nodes"], |issue| json!({ "@type": "PublicationIssue", "name": issue["subject"], "url": issue["url"], "datePublished": issue["startedAt"] })),
        })
    })
}

/// An issue of a newsletter; none where it is not for everybody.
pub fn issue(issue: &Value) -> Option<Value> {
    (issue["visibility"] == "PUBLIC").then(|| {
        json!({
            "@type": "PublicationIssue", "@id": issue["url"], "url": issue["url"], "name": issue["subject"], "description": issue["preheader"],
            "inLanguage": issue["locale"], "datePublished": issue["startedAt"],
            "isPartOf": { "@type": "Periodical", "name": issue["newsletter"]["name"], "url": issue["newsletter"]["url"] },
        })
    })
}
