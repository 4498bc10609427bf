//! Who shows what.

use entity::words::OrganisationRole;
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::editing::{evening, news};
use miso_tests::graphql::pick;
use miso_tests::uploading::silence;
use serde_json::{Value, json};

const NAMES: &str = "{ posts { nodes { cover { url alt variants { width } } audio { durationSeconds } } }
    events { nodes { cover { url } } } organisations { nodes { logo { url } } } }";

#[tokio::test]
async fn posts_events_and_organisations_show_them() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").with(|row| row.publishes_without_review = true).make().await;
    let editor = world.person_of(own.id, OrganisationRole::Owner);
    let image = editor.uploads_picture(own.id).await;
    let audio = editor.uploads(own.id, &silence(40), None).await.at("mediaUpload.audio.id").clone();
    let mut input = news(own.id, "Sendung");
    (input["coverId"], input["audioId"]) = (image["id"].clone(), audio);
    let post = editor.writes(input).await;
    editor.changes_post("postPublish", json!({ "id": post["id"] })).await.unwrap();
    let mut input = evening(own.id, "Konzert");
    input["coverId"] = image["id"].clone();
    let event = editor.changes_event("eventCreate", json!({ "input": input })).await.unwrap();
    editor.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    let logo = "mutation($id: ID!, $logo: ID) { organisationUpdate(id: $id, input: { logoId: $logo }) { errors { code } } }";
    editor.asks_with(logo, json!({ "id": own.id.to_global().0, "logo": image["id"] })).await;
    let shown = world.visitor().asks(NAMES).await;
    let cover = json!({ "url": image["url"], "alt": "Ein Saal", "variants": [{ "width": 320 }, { "width": 640 }] });
    assert_eq!(shown.at("posts.nodes"), &json!([{ "cover": cover, "audio": { "durationSeconds": 1 } }]));
    assert_eq!(shown.at("events.nodes"), &json!([{ "cover": { "url": image["url"] } }]));
    assert!(shown.at("organisations.nodes").to_string().contains(image["url"].as_str().unwrap()));
    for page in [post["url"].as_str().unwrap(), &format!("/events/{}", event["slug"].as_str().unwrap()), "/organisations/faust"] {
        let page = world.get(page).await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(page.text().contains("alt=\"Ein Saal\"") && page.text().contains("srcset="), "{}", page.text());
    }
    let page = world.get(post["url"].as_str().unwrap()).await;
    assert!(page.text().contains("<audio") && page.header("content-security-policy").contains("media-src 'self'"));
    editor.asks_with(logo, json!({ "id": own.id.to_global().0, "logo": null })).await;
    assert!(!world.visitor().asks(NAMES).await.at("organisations.nodes").to_string().contains("http"));
}

#[tokio::test]
async fn an_editor_shows_only_what_is_theirs_and_what_was_shown_stays() {
    let world = World::new().await;
    world.network().await;
    let (own, other) = (world.organisation("own").make().await, world.organisation("other").make().await);
    let (editor, office) = (world.person_of(own.id, OrganisationRole::Editor), world.office_editor());
    let theirs = office.uploads_picture(other.id).await;
    let recording = world.recording(own.id).await.id.to_global().0;
    let post = editor.writes(news(own.id, "Titel")).await;
    let change = |input: Value| json!({ "id": post["id"], "input": input });
    let refused = |given: &Value, why: &str| {
        Err::<Value, _>(format!("{why} at input.{}", if given.get("coverId").is_some() { "coverId" } else { "audioId" }))
    };
    for (input, why) in [
        (json!({ "coverId": theirs["id"] }), "NOT_FOUND"),
        (json!({ "coverId": post["id"] }), "NOT_FOUND"),
        (json!({ "coverId": recording }), "INVALID"),
        (json!({ "audioId": theirs["id"] }), "NOT_FOUND"),
    ] {
        assert_eq!(editor.changes_post("postUpdate", change(input.clone())).await, refused(&input, why));
    }
    // What the office put there stays, also where the editor names it once more.
    office.changes_post("postUpdate", change(json!({ "coverId": theirs["id"] }))).await.unwrap();
    editor.changes_post("postUpdate", change(json!({ "coverId": theirs["id"], "slug": "anders" }))).await.unwrap();
    let shown = editor.asks(&format!("{{ node(id: {}) {{ ... on Post {{ slug cover {{ id }} }} }} }}", post["id"])).await;
    assert_eq!(shown.at("node"), &json!({ "slug": "anders", "cover": { "id": theirs["id"] } }));
    let mut input = evening(own.id, "Abend");
    input["coverId"] = theirs["id"].clone();
    assert_eq!(editor.changes_event("eventCreate", json!({ "input": input })).await, Err("NOT_FOUND at input.coverId".to_owned()));
    assert_eq!(pick(&theirs, "alt"), "Ein Saal");
}
