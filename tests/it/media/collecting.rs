//! What nothing shows is collected.

use entity::words::OrganisationRole;
use image::ImageFormat;
use miso_tests::World;
use miso_tests::editing::news;
use miso_tests::uploading::picture;
use serde_json::json;

/// Lets the night of a day pass.
async fn night(world: &World, day: &str) {
    world.at(&format!("{day}T04:00:00Z"));
    let writing = world.app.begin_write().await.unwrap();
    writing.later(&miso::media::jobs::Collect {}).await.unwrap();
    writing.commit().await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
}

#[tokio::test]
async fn what_nothing_shows_for_a_week_is_collected_and_what_something_shows_stays() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("own").make().await;
    let editor = world.person_of(own.id, OrganisationRole::Editor);
    let shown = editor.uploads_picture(own.id).await;
    let same_again = editor.uploads_picture(own.id).await;
    assert_eq!((&shown["url"], shown["id"] == same_again["id"]), (&same_again["url"], false));
    let forgotten = editor.uploads(own.id, &picture(30, 30, ImageFormat::Png), Some("x")).await.at("mediaUpload.image").clone();
    let mut input = news(own.id, "Titel");
    input["coverId"] = shown["id"].clone();
    let post = editor.writes(input).await;
    let is_there = async |image: &serde_json::Value| world.get(image["url"].as_str().unwrap()).await.status.as_u16() == 200;
    night(&world, "2022-05-24").await;
    assert!(is_there(&forgotten).await, "not yet: it was uploaded on the 18th");
    night(&world, "2022-05-26").await;
    assert!(!is_there(&forgotten).await && is_there(&shown).await);
    let gone = editor.changes_post("postUpdate", json!({ "id": post["id"], "input": { "coverId": same_again["id"] } })).await;
    assert_eq!(gone, Err("NOT_FOUND at input.coverId".to_owned()), "the second of the same was nobody's, though its file is");
    // Once it is shown no more, it has a week of its own.
    night(&world, "2022-07-01").await;
    editor.changes_post("postUpdate", json!({ "id": post["id"], "input": { "coverId": null } })).await.unwrap();
    night(&world, "2022-07-02").await;
    night(&world, "2022-07-08").await;
    assert!(is_there(&shown).await);
    night(&world, "2022-07-09").await;
    assert!(!is_there(&shown).await);
    assert_eq!(world.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn what_a_killed_process_left_behind_is_cleared() {
    let world = World::new().await;
    world.network().await;
    let bench = world.app.files.storage.bench().unwrap().keep();
    std::fs::write(bench.join("half"), "x").unwrap();
    let old = std::time::SystemTime::from(miso_tests::world::instant("2022-05-17T00:00:00Z"));
    std::fs::File::open(&bench).unwrap().set_modified(old).unwrap();
    night(&world, "2022-05-20").await;
    assert!(!bench.exists());
}
