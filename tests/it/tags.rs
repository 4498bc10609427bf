//! Topics.

use entity::words::{EventStatus, OrganisationRole, PostStatus, Visibility};
use miso_tests::World;
use serde_json::json;

#[tokio::test]
async fn only_topics_of_what_is_public_are_listed() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").tagged("eins").make().await;
    world.event("offen", own.id).tagged("zwei").make().await;
    world.event("entwurf", own.id).status(EventStatus::Draft).tagged("geheim").make().await;
    world.event("mitglieder", own.id).visibility(Visibility::Members).tagged("intern").make().await;
    world.post("bericht", own.id).tagged("drei").make().await;
    world.post("noch-nicht", own.id).status(PostStatus::Draft).tagged("geplant").make().await;
    let asked = "{ tags { slug } }";
    let public = json!([{ "slug": "drei" }, { "slug": "eins" }, { "slug": "zwei" }]);
    assert_eq!(world.visitor().asks(asked).await.at("tags"), &public);
    assert_eq!(world.person_of(own.id, OrganisationRole::Owner).asks(asked).await.at("tags"), &public);
    assert_eq!(world.office_editor().asks(asked).await.at("tags").as_array().unwrap().len(), 6);
}
