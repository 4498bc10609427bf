//! Languages: texts as wanted, else as they were written.

use miso_tests::World;
use serde_json::json;

#[tokio::test]
async fn texts_come_in_the_language_wanted_else_in_the_original() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    let post = world.post("post", own.id).text("de", "Deutsch", "Wörter").text("en", "English", "Words").text("fa", "فارسی", "کلمات");
    post.make().await;
    let title = async |languages: &str| {
        let answer = world.visitor().reading(languages).asks(r#"{ post(slug: "post") { title locale } }"#).await;
        (answer.at("post.title").as_str().unwrap().to_owned(), answer.at("post.locale").as_str().unwrap().to_owned())
    };
    let pair = |title: &str, locale: &str| (title.to_owned(), locale.to_owned());
    assert_eq!(title("").await, pair("Deutsch", "de"));
    assert_eq!(title("en").await, pair("English", "en"));
    assert_eq!(title("en-GB, de;q=0.9").await, pair("English", "en"));
    assert_eq!(title("tr, fa;q=0.8, de;q=0.7").await, pair("فارسی", "fa"));
    assert_eq!(title("ru").await, pair("Deutsch", "de"), "what is not there falls back to the original");
}

#[tokio::test]
async fn through_the_door_the_address_goes_before_the_header() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    world.event("event", own.id).text("de", "Deutsch").text("en", "English").make().await;
    let title = async |address: &str, languages: &str| {
        let reply = world.ask(axum::http::Method::GET, address, &[("accept-language", languages)]).await;
        let language = reply.header("content-language").to_owned();
        (reply.json()["data"]["event"]["title"].clone(), language)
    };
    let query = "/graphql?query=%7Bevent(slug%3A%22event%22)%7Btitle%7D%7D";
    assert_eq!(title(query, "en").await.0, json!("English"));
    assert_eq!(title(query, "").await.0, json!("Deutsch"));
    assert_eq!(title(&format!("{query}&locale=en"), "de").await.0, json!("English"));
}

#[tokio::test]
async fn messages_are_in_german_or_english() {
    let world = World::new().await;
    let message = async |languages: &str| {
        let answer = world.visitor().reading(languages).asks("{ posts(first: 101) { totalCount } }").await;
        answer.errors()[0]["message"].as_str().unwrap().to_owned()
    };
    assert!(message("de-AT").await.contains("höchstens") || message("de").await.contains("von 0 bis 100"));
    assert!(message("en").await.contains("from 0 to 100"));
    assert_eq!(message("ckb").await, message("en").await);
    assert_eq!(message("").await, message("de").await);
}

#[tokio::test]
async fn every_translation_can_be_read_by_itself() {
    let world = World::new().await;
    let own = world.organisation("own").saying("de", "Wir.").saying("en", "We.").make().await;
    world.event("event", own.id).text("de", "Deutsch").text("de-simple", "Einfach").make().await;
    let query = r#"{ organisation(slug: "own") { locales translation(locale: "en") { locale description descriptionMarkdown } }
        event(slug: "event") { locales translation(locale: "DE-Simple") { locale title } none: translation(locale: "tr") { title } } }"#;
    let expected = json!({
        "organisation": {"locales": ["de", "en"], "translation": {"locale": "en", "description": "<p>We.</p>\n", "descriptionMarkdown": "We."}},
        "event": {"locales": ["de", "de-simple"], "translation": {"locale": "de-simple", "title": "Einfach"}, "none": null},
    });
    assert_eq!(world.visitor().asks(query).await.data(), &expected);
    let wrong = world.visitor().asks(r#"{ organisation(slug: "own") { translation(locale: "d e") { locale } } }"#).await;
    assert!(!wrong.errors().is_empty());
}
