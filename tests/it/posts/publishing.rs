//! The way of a post to its readers.

use entity::id::OrganisationId;
use entity::words::OrganisationRole;
use miso_tests::World;
use miso_tests::editing::news;
use serde_json::{Value, json};

async fn with_own() -> (World, OrganisationId) {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("own").make().await;
    (world, own.id)
}

fn the(post: &Value) -> Value {
    json!({ "id": post["id"] })
}

async fn read_by_visitors(world: &World) -> Vec<String> {
    world.visitor().asks("{ posts { nodes { slug } } }").await.each("posts.nodes", "slug")
}

#[tokio::test]
async fn an_editor_hands_in_and_the_office_publishes() {
    let (world, own) = with_own().await;
    let editor = world.person_of(own, OrganisationRole::Editor);
    let post = editor.writes(news(own, "Bericht")).await;
    assert_eq!(editor.changes_post("postPublish", the(&post)).await.unwrap()["status"], "IN_REVIEW");
    assert!(read_by_visitors(&world).await.is_empty());
    assert_eq!(world.get("/posts/bericht").await.status, 404);
    let published = world.office_editor().changes_post("postPublish", the(&post)).await.unwrap();
    assert_eq!((&published["status"], &published["publishedAt"]), (&json!("PUBLISHED"), &json!("2022-05-18T08:00:00Z")));
    assert_eq!(read_by_visitors(&world).await, ["bericht"]);
    assert_eq!(world.get("/posts/bericht").await.status, 200);
    assert_eq!(editor.changes_post("postPublish", the(&post)).await, Err("WRONG_STATE at ".to_owned()));
}

#[tokio::test]
async fn an_association_that_is_trusted_publishes_by_itself() {
    let (world, _) = with_own().await;
    let trusted = world.organisation("trusted").with(|row| row.publishes_without_review = true).make().await;
    let editor = world.person_of(trusted.id, OrganisationRole::Editor);
    let post = editor.writes(news(trusted.id, "Bericht")).await;
    assert_eq!(editor.changes_post("postPublish", the(&post)).await.unwrap()["status"], "PUBLISHED");
}

#[tokio::test]
async fn what_the_office_returns_comes_back_with_a_note_that_is_mailed() {
    let (world, own) = with_own().await;
    world.account("emel@example.org", own, OrganisationRole::Editor).await;
    world.account("mina@example.org", own, OrganisationRole::Member).await;
    let editor = world.person_of(own, OrganisationRole::Editor);
    let post = editor.writes(news(own, "Bericht")).await;
    editor.changes_post("postPublish", the(&post)).await.unwrap();
    let note = json!({ "id": post["id"], "note": "Wer hat das Foto gemacht?" });
    assert_eq!(editor.changes_post("postReturn", note.clone()).await, Err("FORBIDDEN".to_owned()));
    let returned = world.office_editor().changes_post("postReturn", note.clone()).await.unwrap();
    assert_eq!((&returned["status"], &returned["reviewNote"]), (&json!("DRAFT"), &json!("Wer hat das Foto gemacht?")));
    world.run_jobs().await;
    assert_eq!(world.subjects_to("emel@example.org"), ["Zurück an Sie: Bericht"]);
    assert!(world.subjects_to("mina@example.org").is_empty());
    assert_eq!(world.office_editor().changes_post("postReturn", note).await, Err("WRONG_STATE at ".to_owned()));
    let again = editor.changes_post("postPublish", the(&post)).await.unwrap();
    assert_eq!((&again["status"], &again["reviewNote"]), (&json!("IN_REVIEW"), &json!(null)));
}

#[tokio::test]
async fn a_post_is_published_at_its_minute_and_not_at_one_that_was_taken_back_or_moved() {
    let (world, own) = with_own().await;
    let office = world.office_editor();
    let (kept, withdrawn, moved) =
        (office.writes(news(own, "Eins")).await, office.writes(news(own, "Zwei")).await, office.writes(news(own, "Drei")).await);
    for post in [&kept, &withdrawn, &moved] {
        let at = json!({ "id": post["id"], "at": "2022-05-20T09:00:00Z" });
        let scheduled = office.changes_post("postPublish", at).await.unwrap();
        assert_eq!((&scheduled["status"], &scheduled["scheduledFor"]), (&json!("SCHEDULED"), &json!("2022-05-20T09:00:00Z")));
    }
    office.changes_post("postUnpublish", the(&withdrawn)).await.unwrap();
    office.changes_post("postPublish", json!({ "id": moved["id"], "at": "2022-05-21T09:00:00Z" })).await.unwrap();
    let past = json!({ "id": withdrawn["id"], "at": "2022-05-18T07:00:00Z" });
    assert_eq!(office.changes_post("postPublish", past).await, Err("IN_THE_PAST at at".to_owned()));
    world.at("2022-05-20T08:59:59Z").run_jobs().await;
    assert!(read_by_visitors(&world).await.is_empty());
    world.at("2022-05-20T09:00:00Z").run_jobs().await;
    assert_eq!(read_by_visitors(&world).await, ["eins"]);
    world.at("2022-05-21T09:00:00Z").run_jobs().await;
    assert_eq!(read_by_visitors(&world).await, ["drei", "eins"]);
}

#[tokio::test]
async fn what_was_approved_for_later_is_reviewed_again_once_its_editor_changes_it_and_what_is_out_stays_out() {
    let (world, own) = with_own().await;
    let editor = world.person_of(own, OrganisationRole::Editor);
    let (ahead, out) = (editor.writes(news(own, "Bald")).await, editor.writes(news(own, "Schon")).await);
    let office = world.office_editor();
    office.changes_post("postPublish", json!({ "id": ahead["id"], "at": "2022-05-20T09:00:00Z" })).await.unwrap();
    office.changes_post("postPublish", the(&out)).await.unwrap();
    let change = |post: &Value| json!({ "id": post["id"], "input": { "byline": "Redaktion" } });
    assert_eq!(editor.changes_post("postUpdate", change(&ahead)).await.unwrap()["status"], "IN_REVIEW");
    assert_eq!(editor.changes_post("postUpdate", change(&out)).await.unwrap()["status"], "PUBLISHED");
    world.at("2022-05-20T09:00:00Z").run_jobs().await;
    assert_eq!(read_by_visitors(&world).await, ["schon"]);
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_and_keeps_its_first_day_when_it_comes_back() {
    let (world, own) = with_own().await;
    let office = world.office_editor();
    let post = office.writes(news(own, "Bericht")).await;
    office.changes_post("postPublish", the(&post)).await.unwrap();
    world.at("2022-05-19T08:00:00Z");
    assert_eq!(office.changes_post("postUnpublish", the(&post)).await.unwrap()["status"], "DRAFT");
    assert_eq!(world.get("/posts/bericht").await.status, 404);
    assert_eq!(office.changes_post("postUnpublish", the(&post)).await, Err("WRONG_STATE at ".to_owned()));
    assert_eq!(office.changes_post("postPublish", the(&post)).await.unwrap()["publishedAt"], "2022-05-18T08:00:00Z");
}
