//! What all pages have in common: escaping, links, variables, assets.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::answers::full;
use super::fake::World;
use super::pages::ADDRESSES;

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror='x'>{{ 7*7 }}";

/// Puts a hostile text in place of every text, and a hostile address in place of every address of others.
fn poison(value: &mut Value) {
    const KEPT: [&str; 30] = [
        "__typename",
        "startsAt",
        "endsAt",
        "doorsAt",
        "at",
        "opensAt",
        "closesAt",
        "publishedAt",
        "startedAt",
        "body",
        "description",
        "slug",
        "kind",
        "status",
        "category",
        "mode",
        "state",
        "currency",
        "scope",
        "url",
        "role",
        "feature",
        "timeZone",
        "weekday",
        "joinedOn",
        "leftOn",
        "createdAt",
        "lastUsedAt",
        "expiresAt",
        "networkRole",
    ];
    const ADDRESSES: [&str; 10] =
        ["atomUrl", "rssUrl", "jsonUrl", "website", "webcalUrl", "googleUrl", "outlookUrl", "externalUrl", "onlineUrl", "icsUrl"];
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match value {
                    Value::String(text) if ADDRESSES.contains(&name.as_str()) => *text = "javascript:alert(1)".to_owned(),
                    Value::String(text) if !KEPT.contains(&name.as_str()) => *text = HOSTILE.to_owned(),
                    Value::Array(items) if name == "sources" => *items = vec![json!("javascript:alert(1)")],
                    other => poison(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| match item {
            Value::String(text) => *text = HOSTILE.to_owned(),
            other => poison(other),
        }),
        _ => {}
    }
}

#[tokio::test]
async fn whatever_a_text_contains_stays_text() {
    let world = World::of(|page| {
        let mut answer = full(page);
        poison(&mut answer);
        answer
    });
    for address in ADDRESSES {
        let got = world.get(address).await;
        assert_eq!(got.status, StatusCode::OK, "{address}\n{}", got.text);
        got.linked();
        got.says_not("<script>").says_not("<img src=x").says_not("href=\"javascript:").says("&lt;script&gt;").says("{{ 7*7 }}");
    }
    let got = World::of(full).get("/search?q=%22%3E%3Cscript%3E&locale=%22%3E%3Cb%3E").await;
    got.says("value=\"&quot;&gt;&lt;script&gt;\"").says_not("<script").says_not("<b>");
}

#[tokio::test]
async fn no_page_asks_another_server_for_anything() {
    let world = World::of(full);
    for address in ADDRESSES {
        let text = world.get(address).await.text;
        for (at, _) in text.match_indices("src=\"") {
            let source = &text[at + "src=\"".len()..];
            assert!(source.starts_with("/assets/") || source.starts_with("/media/"), "{address}");
        }
        for tag in text.split("<link ").skip(1).filter(|tag| tag.starts_with("rel=\"stylesheet\"") || tag.starts_with("rel=\"icon\"")) {
            assert!(tag.contains("href=\"/assets/"), "{address}");
        }
    }
}

#[tokio::test]
async fn style_and_icon_may_be_kept() {
    let world = World::of(full);
    for (address, media_type) in
        [("/assets/site.css", "text/css; charset=utf-8"), ("/assets/icon.svg", "image/svg+xml"), ("/favicon.ico", "image/svg+xml")]
    {
        let got = world.get(address).await;
        assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, media_type));
        assert_eq!(got.header("cache-control"), "public, max-age=86400");
        got.says_not("@import").says_not("url(");
    }
    assert!(world.fake.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn lists_are_paged_and_narrowed_by_the_address() {
    let world = World::of(full);
    let got = world.get("/events?search=a%26b&category=FILM&after=x&locale=de").await;
    got.says("href=\"/events?search=a%26b&amp;category=FILM&amp;after=e%26e&amp;locale=de\"").says("<option value=\"FILM\" selected>");
    world
        .get("/events?when=past&before=y&category=NONSENSE")
        .await
        .says("href=\"/events?category=NONSENSE&amp;when=past&amp;before=s%26s\"");
    let asked = world.fake.asked.lock().unwrap().clone();
    let (page, ahead, address) = &asked[0];
    assert_eq!((page.as_str(), address.as_str()), ("events", "/events?search=a%26b&category=FILM&after=x&locale=de"));
    assert_eq!((&ahead["from"], &ahead["first"], &ahead["last"]), (&json!("2022-05-17T10:00:00Z"), &json!(30), &json!(null)));
    assert_eq!((&ahead["search"], &ahead["category"], &ahead["after"]), (&json!("a&b"), &json!("FILM"), &json!("x")));
    let past = &asked[1].1;
    assert_eq!((&past["until"], &past["last"], &past["before"]), (&json!("2022-05-18T10:00:00Z"), &json!(30), &json!("y")));
    assert_eq!((&past["from"], &past["first"], &past["category"]), (&json!(null), &json!(null), &json!(null)));
}

#[tokio::test]
async fn nothing_is_searched_where_nothing_is_asked() {
    let world = World::of(|page| {
        let mut answer = full(page);
        answer.as_object_mut().unwrap().remove("found");
        answer
    });
    world.get("/search").await.says("Sucht in Beiträgen");
    assert_eq!(world.fake.asked.lock().unwrap()[0].1, json!({ "query": "", "asked": false, "after": null }));
}
