//! Posts: what they show, their order, and what they are narrowed to.

mod editing;
mod publishing;

use entity::lists::Contributor;
use entity::words::{ContributorRole, OrganisationRole, PostKind, PostStatus};
use miso_tests::World;
use serde_json::json;

#[tokio::test]
async fn a_post_shows_its_text_and_who_made_it() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    let mentioned = world.organisation("mentioned").make().await;
    let event = world.event("fest", own.id).make().await;
    let programme = world.programme("on-air", own.id).make().await;
    let words = "Wort ".repeat(401);
    let maker = world.post("bericht", own.id).text("de", "Ein Bericht", &format!("# Titel\n\n{words}")).text("en", "A report", "Words.");
    let maker = maker.mentioning(mentioned.id).about(event.id).tagged("kultur").with(|row| {
        row.kind = PostKind::Interview;
        row.programme_id = Some(programme.id);
        row.contributors =
            vec![Contributor { name: "Amal".to_owned(), role: ContributorRole::Interviewee, function: Some("Vorstand".to_owned()) }].into();
    });
    maker.make().await;
    let answer = world
        .visitor()
        .asks(
            r#"{ post(slug: "bericht") {
                url kind status title teaser readingMinutes locale locales byline contributors { name role function }
                organisation { slug } mentions { slug } programme { slug } tags { slug } events { slug } publishedAt
                translation(locale: "en") { title body } reviewNoteIsNot: scheduledFor viewerCan { update }
            } }"#,
        )
        .await;
    let expected = json!({
        "url": "https://miso.example/posts/bericht", "kind": "INTERVIEW", "status": "PUBLISHED", "title": "Ein Bericht",
        "teaser": "Worum es geht.", "readingMinutes": 3, "locale": "de", "locales": ["de", "en"], "byline": "MiSO e. V.",
        "contributors": [{"name": "Amal", "role": "INTERVIEWEE", "function": "Vorstand"}],
        "organisation": {"slug": "own"}, "mentions": [{"slug": "mentioned"}], "programme": {"slug": "on-air"},
        "tags": [{"slug": "kultur"}], "events": [{"slug": "fest"}], "publishedAt": "2022-05-10T10:00:00Z",
        "translation": {"title": "A report", "body": "<p>Words.</p>\n"}, "reviewNoteIsNot": null, "viewerCan": {"update": false},
    });
    assert_eq!(answer.at("post"), &expected);
}

#[tokio::test]
async fn reading_takes_a_minute_at_least_and_as_long_as_its_editor_says() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    world.post("short", own.id).make().await;
    world.post("said", own.id).with(|row| row.reading_minutes = Some(6)).make().await;
    world.post("exact", own.id).text("de", "x", &"w ".repeat(400)).make().await;
    let query = r#"{ short: post(slug: "short") { readingMinutes } said: post(slug: "said") { readingMinutes } exact: post(slug: "exact") { readingMinutes } }"#;
    let answer = world.visitor().asks(query).await;
    let minutes = ["short", "said", "exact"].map(|slug| answer.at(slug)["readingMinutes"].clone());
    assert_eq!(minutes, [json!(1), json!(6), json!(2)]);
}

#[tokio::test]
async fn the_newest_comes_first_and_what_is_equally_new_keeps_an_order() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    world.post("older", own.id).published_at("2022-01-01T00:00:00Z").make().await;
    world.post("newest", own.id).published_at("2022-05-01T00:00:00Z").make().await;
    for slug in ["same-1", "same-2", "same-3"] {
        world.post(slug, own.id).published_at("2022-03-01T00:00:00Z").make().await;
    }
    let all = world.visitor().asks("{ posts { nodes { slug } } }").await.each("posts.nodes", "slug");
    assert_eq!((all[0].as_str(), all[4].as_str()), ("newest", "older"));
    let again = world.visitor().asks("{ posts { nodes { slug } } }").await.each("posts.nodes", "slug");
    assert_eq!(all, again);
}

#[tokio::test]
async fn filters_narrow_posts() {
    let world = World::new().await;
    let (one, other) = (world.organisation("one").make().await, world.organisation("other").make().await);
    let programme = world.programme("on-air", one.id).make().await;
    world.post("a", one.id).tagged("kultur").published_at("2022-02-01T00:00:00Z").with(|row| row.kind = PostKind::Report).make().await;
    world.post("b", other.id).published_at("2022-03-01T00:00:00Z").with(|row| row.programme_id = Some(programme.id)).make().await;
    world.post("draft", one.id).status(PostStatus::Draft).make().await;
    let ids = world.visitor().asks(r#"{ organisation(slug: "one") { id } programme(slug: "on-air") { id } }"#).await;
    let found = async |filter: serde_json::Value| {
        let query = "query($where: PostWhere) { posts(where: $where) { totalCount nodes { slug } } }";
        let answer = world.visitor().asks_with(query, json!({"where": filter})).await;
        let slugs = answer.each("posts.nodes", "slug");
        assert_eq!(answer.at("posts.totalCount"), &json!(slugs.len()));
        slugs
    };
    assert_eq!(found(json!({"kind": "REPORT"})).await, ["a"]);
    assert_eq!(found(json!({"organisationId": ids.at("organisation.id")})).await, ["a"]);
    assert_eq!(found(json!({"programmeId": ids.at("programme.id")})).await, ["b"]);
    assert_eq!(found(json!({"tag": "kultur"})).await, ["a"]);
    assert_eq!(found(json!({"publishedAt": {"from": "2022-02-01T00:00:00Z", "until": "2022-03-01T00:00:00Z"}})).await, ["a"]);
    assert_eq!(found(json!({"status": "DRAFT"})).await, [""; 0]);
    assert_eq!(found(json!({})).await, ["b", "a"]);
}

#[tokio::test]
async fn editors_see_their_own_drafts_and_nobody_elses() {
    let world = World::new().await;
    let (one, other) = (world.organisation("one").make().await, world.organisation("other").make().await);
    world.post("ours", one.id).status(PostStatus::Draft).make().await;
    world.post("theirs", other.id).status(PostStatus::Draft).make().await;
    let drafts = async |actor: miso_tests::Actor<'_>| {
        actor.asks("{ posts(where: {status: DRAFT}) { nodes { slug } } }").await.each("posts.nodes", "slug")
    };
    assert_eq!(drafts(world.person_of(one.id, OrganisationRole::Editor)).await, ["ours"]);
    assert_eq!(drafts(world.person_of(one.id, OrganisationRole::Member)).await, [""; 0]);
    assert_eq!(drafts(world.stranger()).await, [""; 0]);
    assert_eq!(drafts(world.administrator()).await.len(), 2);
}

#[tokio::test]
async fn a_field_for_editors_is_null_with_one_error_and_takes_nothing_else_away() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    world.post("p", own.id).make().await;
    let query = r#"{ post(slug: "p") { slug reviewNote } }"#;
    let visitor = world.visitor().asks(query).await;
    assert_eq!(visitor.codes(), ["UNAUTHENTICATED"]);
    assert_eq!(visitor.despite_errors("post"), &json!({"slug": "p", "reviewNote": null}));
    assert_eq!(world.stranger().asks(query).await.codes(), ["FORBIDDEN"]);
    assert!(world.person_of(own.id, OrganisationRole::Editor).asks(query).await.errors().is_empty());
}
