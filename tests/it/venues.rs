//! Venues.

mod editing;

use entity::words::AccessibilityFeature;
use miso_tests::World;
use serde_json::json;

#[tokio::test]
async fn a_venue_shows_where_it_is_and_what_is_known_of_it() {
    let world = World::new().await;
    let owner = world.organisation("faust").make().await;
    let maker = world.venue("faust").feature(AccessibilityFeature::StepFree, true).feature(AccessibilityFeature::InductionLoop, false);
    let maker = maker.with(|row| {
        row.name = "Kulturzentrum Faust".to_owned();
        row.street = Some("Zur Bettfedernfabrik 3".to_owned());
        row.district = Some("Linden".to_owned());
        row.rooms = vec!["Warenannahme".to_owned(), "Kunsthalle".to_owned()].into();
        row.organisation_id = Some(owner.id);
    });
    let venue = maker.make().await;
    world.event("konzert", owner.id).with(|row| row.venue_id = Some(venue.id)).make().await;
    world.event("elsewhere", owner.id).make().await;
    let answer = world
        .visitor()
        .asks(
            "{ venues { totalCount nodes {
                name address { street district city } location { latitude } rooms organisation { slug }
                features { feature available note } events { totalCount nodes { slug } }
            } } }",
        )
        .await;
    let expected = json!({
        "name": "Kulturzentrum Faust", "address": {"street": "Zur Bettfedernfabrik 3", "district": "Linden", "city": "Hannover"}, "location": null,
        "rooms": ["Warenannahme", "Kunsthalle"], "organisation": {"slug": "faust"},
        "features": [{"feature": "INDUCTION_LOOP", "available": false, "note": null}, {"feature": "STEP_FREE", "available": true, "note": null}],
        "events": {"totalCount": 1, "nodes": [{"slug": "konzert"}]},
    });
    assert_eq!(answer.at("venues"), &json!({"totalCount": 1, "nodes": [expected]}));
}

#[tokio::test]
async fn venues_are_ordered_by_name_and_found_by_words() {
    let world = World::new().await;
    for name in ["Pavillon", "Ägidienkirche", "Neues Rathaus"] {
        world.venue(&name.replace('Ä', "A").to_lowercase().replace(' ', "-")).with(|row| row.name = name.to_owned()).make().await;
    }
    let names = async |arguments: &str| {
        world.visitor().asks(&format!("{{ venues{arguments} {{ nodes {{ name }} }} }}")).await.each("venues.nodes", "name")
    };
    assert_eq!(names("").await, ["Ägidienkirche", "Neues Rathaus", "Pavillon"]);
    assert_eq!(names(r#"(search: "aegidien")"#).await, ["Ägidienkirche"]);
    assert_eq!(names(r#"(search: "rathaus neues")"#).await, ["Neues Rathaus"]);
    assert!(names(r#"(search: "%")"#).await.is_empty());
}
