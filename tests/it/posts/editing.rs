//! Writing posts, and changing them.

use entity::audit_entry;
use entity::id::OrganisationId;
use entity::words::{EventStatus, OrganisationRole};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::editing::news;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

async fn with_own() -> (World, OrganisationId) {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("own").named("Beispielverein").make().await;
    (world, own.id)
}

fn change(post: &Value, input: &Value) -> Value {
    json!({ "id": post["id"], "input": input })
}

#[tokio::test]
async fn an_editor_drafts_a_report_in_two_languages() {
    let (world, own) = with_own().await;
    let partner = world.organisation("partner").make().await;
    let programme = world.programme("programm", own).make().await;
    let event = world.event("fest", partner.id).make().await;
    let mut input = news(own, "Ein Fest für alle");
    input["kind"] = json!("REPORT");
    input["texts"] = json!([
        { "locale": "de", "title": "Ein  Fest\nfür alle", "teaser": "Am Samstag.", "bodyMarkdown": "# Das Fest\n\nEs war **schön**.", "plainSummary": "Es gab ein Fest." },
        { "locale": "fa", "title": "جشن", "bodyMarkdown": "متن" },
    ]);
    input["contributors"] = json!([{ "name": "Beispielperson", "role": "AUTHOR", "function": "Vorstand" }]);
    input["programmeId"] = json!(programme.id.to_global().0);
    input["mentionIds"] = json!([partner.id.to_global().0]);
    input["eventIds"] = json!([event.id.to_global().0]);
    input["tags"] = json!(["Kultur"]);
    input["sources"] = json!(["https://example.org/fest"]);
    let editor = world.person_of(own, OrganisationRole::Editor);
    let post = editor.writes(input).await;
    assert_eq!(
        (&post["slug"], &post["status"], &post["title"]),
        (&json!("ein-fest-fuer-alle"), &json!("DRAFT"), &json!("Ein Fest für alle"))
    );
    assert_eq!((&post["locales"], &post["byline"], &post["readingMinutes"]), (&json!(["de", "fa"]), &json!("Beispielverein"), &json!(1)));
    assert_eq!(post["body"], "<h3>Das Fest</h3>\n<p>Es war <strong>schön</strong>.</p>\n");
    assert_eq!(post["contributors"], json!([{ "name": "Beispielperson", "role": "AUTHOR", "function": "Vorstand" }]));
    assert_eq!((&post["mentions"][0]["id"], &post["events"][0]["id"]), (&json!(partner.id.to_global().0), &json!(event.id.to_global().0)));
    assert_eq!((&post["tags"], &post["publishedAt"]), (&json!([{ "name": "Kultur" }]), &json!(null)));
    assert_eq!(*world.visitor().asks(r#"{ post(slug: "ein-fest-fuer-alle") { id } }"#).await.at("post"), json!(null));
    assert_eq!(*world.visitor().asks(r#"{ search(query: "Fest alle") { totalCount } }"#).await.at("search.totalCount"), 0);
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_with_its_path() {
    let (world, own) = with_own().await;
    let hidden = world.organisation("hidden").make().await;
    let draft = world.event("draft", hidden.id).status(EventStatus::Draft).make().await;
    let input = json!({
        "organisationId": own.to_global().0,
        "texts": [
            { "locale": "de", "title": " ", "bodyMarkdown": "Text" },
            { "locale": "de", "title": "Zweimal", "bodyMarkdown": "x".repeat(100_001) },
        ],
        "slug": "Kein Slug", "readingMinutes": 0, "sources": ["ftp://example.org"], "programmeId": "event_1",
        "contributors": [{ "name": "", "role": "AUTHOR" }], "tags": ["x".repeat(81)],
    });
    let refused = world.person_of(own, OrganisationRole::Editor).changes_post("postCreate", json!({ "input": input })).await;
    let refused = refused.unwrap_err();
    for wrong in [
        "REQUIRED at input.texts.0.title",
        "TOO_LONG at input.texts.1.bodyMarkdown",
        "INVALID at input.slug",
        "INVALID at input.readingMinutes",
        "INVALID at input.sources.0",
        "NOT_FOUND at input.programmeId",
        "REQUIRED at input.contributors.0.name",
        "TOO_LONG at input.tags.0",
    ] {
        assert!(refused.split(", ").any(|one| one == wrong), "{wrong} is not in {refused}");
    }
    let mut input = news(own, "Titel");
    input["eventIds"] = json!([draft.id.to_global().0, "event_00000000000000000000000001"]);
    input["mentionIds"] = json!([own.to_global().0, own.to_global().0]);
    let refused = world.person_of(own, OrganisationRole::Editor).changes_post("postCreate", json!({ "input": input })).await;
    let alike = "NOT_FOUND at input.eventIds.0, NOT_FOUND at input.eventIds.1";
    assert_eq!(refused, Err(format!("INVALID at input.mentionIds.1, {alike}")), "a hidden event is as one that is not there");
}

#[tokio::test]
async fn what_is_left_out_stays_null_clears_and_texts_go_by_language() {
    let (world, own) = with_own().await;
    let editor = world.person_of(own, OrganisationRole::Editor);
    let mut input = news(own, "Titel");
    input["byline"] = json!("Redaktion");
    input["readingMinutes"] = json!(7);
    input["tags"] = json!(["Kultur", "Musik"]);
    let post = editor.writes(input).await;
    let same = editor.changes_post("postUpdate", change(&post, &json!({}))).await.unwrap();
    assert_eq!(same["revision"], 2);
    for field in ["slug", "title", "byline", "readingMinutes", "tags", "body", "kind"] {
        assert_eq!(same[field], post[field], "{field}");
    }
    let cleared = json!({ "byline": null, "readingMinutes": null, "tags": null, "texts": [{ "locale": "en", "title": "Title", "bodyMarkdown": "Text." }] });
    let cleared = editor.changes_post("postUpdate", change(&post, &cleared)).await.unwrap();
    assert_eq!((&cleared["byline"], &cleared["readingMinutes"], &cleared["tags"]), (&json!("Beispielverein"), &json!(1), &json!([])));
    assert_eq!(cleared["locales"], json!(["de", "en"]));
    assert_eq!(
        editor.changes_post("postUpdate", change(&post, &json!({ "removeLocales": ["de"], "kind": null }))).await,
        Err("INVALID at input.removeLocales.0, REQUIRED at input.kind".to_owned())
    );
    let turned = json!({ "originalLocale": "en", "removeLocales": ["de"] });
    assert_eq!(editor.changes_post("postUpdate", change(&post, &turned)).await.unwrap()["locales"], json!(["en"]));
}

#[tokio::test]
async fn nobody_silently_overwrites_what_another_changed() {
    let (world, own) = with_own().await;
    let editor = world.person_of(own, OrganisationRole::Editor);
    let post = editor.writes(news(own, "Titel")).await;
    let mut first = change(&post, &json!({ "byline": "Eins" }));
    first["expectedRevision"] = post["revision"].clone();
    assert_eq!(editor.changes_post("postUpdate", first.clone()).await.unwrap()["revision"], 2);
    assert_eq!(editor.changes_post("postUpdate", first).await, Err("STALE_REVISION at expectedRevision".to_owned()));
}

#[tokio::test]
async fn an_address_that_changed_still_leads_to_the_post_and_is_nobody_elses() {
    let (world, own) = with_own().await;
    let office = world.office_editor();
    let post = office.writes(news(own, "Alter Titel")).await;
    office.changes_post("postPublish", json!({ "id": post["id"] })).await.unwrap();
    office.changes_post("postUpdate", change(&post, &json!({ "slug": "neuer-titel" }))).await.unwrap();
    let old = world.get("/posts/alter-titel").await;
    assert_eq!((old.status.as_u16(), old.header("location")), (308, "/posts/neuer-titel"));
    let mut other = news(own, "Anderes");
    other["slug"] = json!("alter-titel");
    assert_eq!(office.changes_post("postCreate", json!({ "input": other })).await, Err("TAKEN at input.slug".to_owned()));
    assert_eq!(office.writes(news(own, "Alter Titel")).await["slug"], "alter-titel-2");
}

#[tokio::test]
async fn hostile_markdown_does_no_harm() {
    let (world, own) = with_own().await;
    let mut input = news(own, "<script>alert(1)</script>");
    input["texts"][0]["bodyMarkdown"] =
        json!("<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](https://evil.example/p.png) <img src=x onerror=alert(1)>");
    let office = world.office_editor();
    let post = office.writes(input).await;
    let body = post["body"].as_str().unwrap();
    for harm in ["<script", "javascript:", "onerror", "<img"] {
        assert!(!body.contains(harm), "{harm} in {body}");
    }
    office.changes_post("postPublish", json!({ "id": post["id"] })).await.unwrap();
    let page = world.get(&format!("/posts/{}", post["slug"].as_str().unwrap())).await;
    assert!(page.text().contains("&lt;script&gt;") && !page.text().contains("<script>"));
}

#[tokio::test]
async fn an_editor_of_another_organisation_fails_and_finds_no_trace_of_a_draft() {
    let (world, own) = with_own().await;
    let other = world.organisation("other").make().await;
    let post = world.person_of(own, OrganisationRole::Editor).writes(news(own, "Geheim")).await;
    let stranger = world.person_of(other.id, OrganisationRole::Owner);
    let absent = json!("post_00000000000000000000000001");
    for (mutation, more) in [
        ("postUpdate", json!({ "input": {} })),
        ("postPublish", json!({})),
        ("postUnpublish", json!({})),
        ("postReturn", json!({ "note": "x" })),
    ] {
        let about = |id: &Value| {
            let mut variables = more.clone();
            variables["id"] = id.clone();
            variables
        };
        assert_eq!(stranger.changes_post(mutation, about(&post["id"])).await, Err("NOT_FOUND".to_owned()), "{mutation}");
        let query = |id: &Value| {
            let arguments = match mutation {
                "postUpdate" => ", input: {}",
                "postReturn" => ", note: \"x\"",
                _ => "",
            };
            format!("mutation {{ {mutation}(id: {id}{arguments}) {{ errors {{ code }} }} }}")
        };
        assert_eq!(stranger.asks(&query(&post["id"])).await, stranger.asks(&query(&absent)).await, "{mutation}");
    }
    assert_eq!(stranger.deletes_post(&post["id"]).await, Err("NOT_FOUND".to_owned()));
    assert_eq!(stranger.changes_post("postCreate", json!({ "input": news(own, "Fremd") })).await, Err("FORBIDDEN".to_owned()));
    assert_eq!(world.visitor().changes_post("postCreate", json!({ "input": news(own, "Fremd") })).await, Err("UNAUTHENTICATED".to_owned()));
}

#[tokio::test]
async fn only_a_draft_is_deleted_and_all_of_it() {
    let (world, own) = with_own().await;
    let office = world.office_editor();
    let post = office.writes(news(own, "Titel")).await;
    office.changes_post("postPublish", json!({ "id": post["id"] })).await.unwrap();
    assert_eq!(office.deletes_post(&post["id"]).await, Err("WRONG_STATE at ".to_owned()));
    office.changes_post("postUnpublish", json!({ "id": post["id"] })).await.unwrap();
    assert_eq!(office.deletes_post(&post["id"]).await, Ok(post["id"].clone()));
    assert_eq!(office.deletes_post(&post["id"]).await, Err("NOT_FOUND".to_owned()));
    let left = world.dump().await.into_iter().filter(|row| row.starts_with("post")).collect::<Vec<_>>();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn the_log_tells_who_changed_what_without_the_texts() {
    let (world, own) = with_own().await;
    let editor = world.person_of(own, OrganisationRole::Editor);
    let post = editor.writes(news(own, "Titel")).await;
    world.at("2022-05-18T08:01:00Z");
    let input = json!({
        "kind": "REPORT", "texts": [{ "locale": "de", "title": "Neu", "bodyMarkdown": "Vertraulich" }],
        "contributors": [{ "name": "Geheime Person", "role": "AUTHOR" }],
    });
    editor.changes_post("postUpdate", change(&post, &input)).await.unwrap();
    let log = audit_entry::Entity::find().order_by_asc(audit_entry::Column::At).all(world.db()).await.unwrap();
    let told: Vec<_> = log.iter().map(|entry| (entry.action.as_str(), entry.summary.as_str(), entry.actor_id.is_some())).collect();
    assert_eq!(told, [("postCreate", "Titel", true), ("postUpdate", "Neu", true)]);
    assert_eq!(log[1].changes, json!({ "kind": { "before": "NEWS", "after": "REPORT" }, "texts": {}, "contributors": {} }));
}
