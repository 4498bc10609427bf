//! The six posts.

use miso_tests::World;
use serde_json::{Value, json};

use super::files::{Differences, addresses, json, texts};

#[tokio::test]
async fn the_six_posts_are_there_with_everything_the_file_says() {
    let world = World::seeded().await;
    let query = r#"query($slug: String!) { post(slug: $slug) {
        title kind status teaser bodyMarkdown plainSummary readingMinutes locale locales byline contributors { name role function }
        organisation { slug } mentions { slug } events { slug } tags { slug } sources publishedAt
        en: translation(locale: "en") { title teaser bodyMarkdown plainSummary }
    } }"#;
    let posts = json("posts.json");
    assert_eq!(posts.as_array().unwrap().len(), 6);
    let mut differences = Differences::default();
    for post in posts.as_array().unwrap() {
        let slug = post["slug"].as_str().unwrap();
        let answer = world.administrator().asks_with(query, json!({"slug": slug})).await;
        let found = answer.at("post");
        let mut equal = |what: &str, found: &Value, expected: &Value| differences.equal(&format!("{slug} {what}"), found, expected);
        equal("title", &found["title"], &post["title"]);
        equal("teaser", &found["teaser"], &post["teaser_de"]);
        equal("plainSummary", &found["plainSummary"], &post["summary_plain_de"]);
        equal("readingMinutes", &found["readingMinutes"], &post["reading_minutes_source"]);
        equal("locale", &found["locale"], &post["language"]);
        equal("byline", &found["byline"], &post["author"]);
        let kind = if post["kind"] == "position" { "STATEMENT".to_owned() } else { post["kind"].as_str().unwrap().to_uppercase() };
        equal("kind", &found["kind"], &json!(kind));
        equal("status", &found["status"], &json!("PUBLISHED"));
        equal("body", &json!(found["bodyMarkdown"].as_str().unwrap().trim()), &json!(post["body_md"].as_str().unwrap().trim()));
        equal("English teaser", &found["en"]["teaser"], &post["summary_en"]);
        equal("English body", &found["en"]["bodyMarkdown"], &post["summary_en"]);
        let contributors: Vec<Value> = post["contributors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| json!({"name": one["name"], "role": one["role"].as_str().unwrap().to_uppercase(), "function": one["function_de"]}))
            .collect();
        equal("contributors", &found["contributors"], &json!(contributors));
        let slugs = |list: &Value| json!(list.as_array().unwrap().iter().map(|item| item["slug"].clone()).collect::<Vec<_>>());
        equal("mentions", &slugs(&found["mentions"]), &post["organisations"]);
        equal("events", &slugs(&found["events"]), &post["events"]);
        equal("tags", &slugs(&found["tags"]), &post["topics"]);
        equal("sources", &json!(addresses(texts(&found["sources"]))), &json!(addresses(texts(&post["sources"]))));
        differences.holds(
            &format!("{slug} published on {}", found["publishedAt"]),
            found["publishedAt"].as_str().unwrap().starts_with(post["published_on"].as_str().unwrap()),
        );
        differences.holds(&format!("{slug} has no English title"), !found["en"]["title"].as_str().unwrap_or_default().is_empty());
    }
    differences.assert_none();
}

#[tokio::test]
async fn everybody_sees_all_of_them_newest_first() {
    let world = World::seeded().await;
    let answer = world.visitor().asks("{ posts { totalCount nodes { publishedAt slug } } }").await;
    assert_eq!(answer.at("posts.totalCount"), &json!(6));
    let days = answer.each("posts.nodes", "publishedAt");
    assert!(days.is_sorted_by(|one, next| one >= next), "{days:?}");
}
