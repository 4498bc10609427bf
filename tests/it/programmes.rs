//! Programmes: the lasting pieces of the network's work.

mod editing;

use entity::words::{OrganisationKind, SluggedKind, Visibility};
use miso_tests::World;
use sea_orm::Set;
use serde_json::json;

#[tokio::test]
async fn a_programme_shows_who_pays_and_what_belongs_to_it() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    let funder = world.organisation("bmi").kind(OrganisationKind::Funder).make().await;
    let maker = world.programme("on-air", own.id).named("de", "MiSO auf Sendung").named("en", "MiSO on air").funded_by(funder.id);
    let programme = maker.with(|row| (row.is_broadcast, row.started_on) = (true, Some("2021-03".to_owned()))).make().await;
    world.event("show", own.id).with(|row| row.programme_id = Some(programme.id)).make().await;
    world.event("board", own.id).with(|row| row.programme_id = Some(programme.id)).visibility(Visibility::Hosts).make().await;
    world.post("episode", own.id).with(|row| row.programme_id = Some(programme.id)).make().await;
    world.post("else", own.id).make().await;
    let query = r#"{ programme(slug: "on-air") {
        url name isBroadcast startedOn endedOn organisation { slug } funders { slug kind } description
        events { totalCount nodes { slug } } posts { totalCount nodes { slug } }
    } programmes { slug } }"#;
    let answer = world.visitor().asks(query).await;
    let expected = json!({
        "url": "https://miso.example/programmes/on-air", "name": "MiSO auf Sendung", "isBroadcast": true, "startedOn": "2021-03", "endedOn": null,
        "organisation": {"slug": "own"}, "funders": [{"slug": "bmi", "kind": "FUNDER"}], "description": "<p>Was es ist.</p>\n",
        "events": {"totalCount": 1, "nodes": [{"slug": "show"}]}, "posts": {"totalCount": 1, "nodes": [{"slug": "episode"}]},
    });
    assert_eq!(answer.at("programme"), &expected);
    assert_eq!(answer.at("programmes"), &json!([{"slug": "on-air"}]));
    assert_eq!(world.visitor().reading("en").asks(query).await.at("programme.name"), &json!("MiSO on air"));
}

#[tokio::test]
async fn an_earlier_slug_leads_to_a_programme() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    let programme = world.programme("samofa-plus", own.id).make().await;
    world.formerly(SluggedKind::Programme, "samofa", |row| row.programme_id = Set(Some(programme.id))).await;
    assert_eq!(world.visitor().asks(r#"{ programme(slug: "samofa") { slug } }"#).await.at("programme.slug"), &json!("samofa-plus"));
}
