//! Entering venues, and changing them.

use entity::words::OrganisationRole;
use miso::gql::id::Global;
use miso_tests::calendar::fields;
use miso_tests::{Actor, World};
use serde_json::{Value, json};

const VENUE: &str = "id revision name address { street city countryCode } location { latitude } rooms directions
    features { feature available note } organisation { slug }";

async fn creates(actor: &Actor<'_>, input: Value) -> Result<Value, String> {
    let query =
        format!("mutation($input: VenueCreateInput!) {{ venueCreate(input: $input) {{ venue {{ {VENUE} }} errors {{ path code }} }} }}");
    actor.outcome_of("venueCreate", "venue", &query, json!({ "input": input })).await
}

async fn updates(actor: &Actor<'_>, id: &Value, input: Value) -> Result<Value, String> {
    let query = format!(
        "mutation($id: ID!, $input: VenueUpdateInput!) {{ venueUpdate(id: $id, input: $input) {{ venue {{ {VENUE} }} errors {{ path code }} }} }}"
    );
    actor.outcome_of("venueUpdate", "venue", &query, json!({ "id": id, "input": input })).await
}

#[tokio::test]
async fn an_editor_enters_a_venue_and_the_office_looks_after_those_that_are_nobodys() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    let editor = world.person_of(own.id, OrganisationRole::Editor);
    let input = json!({
        "name": "Beispielhaus", "address": { "street": "Beispielweg 1", "city": "Hannover" }, "location": { "latitude": 52.4, "longitude": 9.7 },
        "rooms": ["Saal", "Küche"], "features": [{ "feature": "STEP_FREE", "available": true, "note": "Rampe" }],
    });
    let venue = creates(&editor, input.clone()).await.unwrap();
    assert_eq!(venue["address"], json!({ "street": "Beispielweg 1", "city": "Hannover", "countryCode": "DE" }));
    assert_eq!((&venue["rooms"], &venue["features"][0]["note"]), (&json!(["Saal", "Küche"]), &json!("Rampe")));
    assert_eq!(updates(&editor, &venue["id"], json!({ "name": "Anders" })).await, Err("FORBIDDEN".to_owned()));
    let changed = json!({ "rooms": null, "directions": "Hinten herum.", "address": { "street": null } });
    let changed = updates(&world.office_editor(), &venue["id"], changed).await.unwrap();
    assert_eq!((&changed["rooms"], &changed["name"], &changed["revision"]), (&json!([]), &json!("Beispielhaus"), &json!(2)));
    assert_eq!(changed["address"], json!({ "street": null, "city": "Hannover", "countryCode": "DE" }));
    assert_eq!(creates(&world.stranger(), input.clone()).await, Err("FORBIDDEN".to_owned()));
    assert_eq!(creates(&world.visitor(), input.clone()).await, Err("UNAUTHENTICATED".to_owned()));
    assert_eq!(creates(&world.person_of(own.id, OrganisationRole::Member), input).await, Err("FORBIDDEN".to_owned()));
}

#[tokio::test]
async fn a_place_of_ones_own_is_changed_by_its_organisations_editors_and_given_to_nobody_else() {
    let world = World::new().await;
    let (own, other) = (world.organisation("own").make().await, world.organisation("other").make().await);
    let editor = world.person_of(own.id, OrganisationRole::Editor);
    let input = json!({ "name": "Laden", "address": {}, "organisationId": own.id.to_global().0 });
    let venue = creates(&editor, input.clone()).await.unwrap();
    assert_eq!(venue["organisation"]["slug"], "own");
    assert_eq!(updates(&editor, &venue["id"], json!({ "name": "Neuer Laden" })).await.unwrap()["name"], "Neuer Laden");
    let stranger = world.person_of(other.id, OrganisationRole::Owner);
    assert_eq!(updates(&stranger, &venue["id"], json!({ "name": "Meins" })).await, Err("FORBIDDEN".to_owned()));
    assert_eq!(creates(&stranger, input).await, Err("FORBIDDEN".to_owned()));
    let given = json!({ "organisationId": other.id.to_global().0 });
    assert_eq!(updates(&editor, &venue["id"], given).await, Err("FORBIDDEN".to_owned()));
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let world = World::new().await;
    let refused = creates(
        &world.office_editor(),
        json!({
            "name": " ", "address": { "countryCode": "xx" }, "location": { "latitude": 91.0, "longitude": 0.0 }, "website": "ftp://x",
            "features": [{ "feature": "STEP_FREE", "available": true }, { "feature": "STEP_FREE", "available": false }],
            "organisationId": "organisation_00000000000000000000000001",
        }),
    )
    .await
    .unwrap_err();
    for wrong in [
        "REQUIRED at input.name",
        "INVALID at input.address.countryCode",
        "INVALID at input.location",
        "INVALID at input.website",
        "INVALID at input.features.1.feature",
    ] {
        assert!(refused.contains(wrong), "{wrong} is not in {refused}");
    }
    let absent = json!({ "name": "Haus", "address": {}, "organisationId": "organisation_00000000000000000000000001" });
    assert_eq!(creates(&world.office_editor(), absent).await, Err("NOT_FOUND at input.organisationId".to_owned()));
}

#[tokio::test]
async fn calendars_and_search_tell_of_a_venue_as_it_is_called_now() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("own").make().await;
    let venue = world.venue("altes-haus").make().await;
    world.event("fest", own.id).with(|row| row.venue_id = Some(venue.id)).make().await;
    world.event("anderswo", own.id).make().await;
    let entry = async || fields(world.get("/events/fest/calendar.ics").await.text(), &["LOCATION", "SEQUENCE"]);
    assert_eq!(entry().await, ["LOCATION;LANGUAGE=de:altes-haus\\, Hannover", "SEQUENCE:0"]);
    let before = world.get("/events/fest/calendar.ics").await;
    world.at("2022-05-18T09:00:00Z");
    updates(&world.office_editor(), &json!(venue.id.to_global().0), json!({ "name": "Neues Haus" })).await.unwrap();
    world.run_jobs().await;
    assert_eq!(entry().await, ["LOCATION;LANGUAGE=de:Neues Haus\\, Hannover", "SEQUENCE:1"]);
    let changed = world.get("/events/fest/calendar.ics").await;
    assert_ne!(changed.header("etag"), before.header("etag"));
    let found = world.visitor().asks(r#"{ search(query: "Neues Haus") { nodes { ... on Event { slug } } } }"#).await;
    assert_eq!(*found.at("search.nodes"), json!([{ "slug": "fest" }]));
    let other = fields(world.get("/events/anderswo/calendar.ics").await.text(), &["SEQUENCE"]);
    assert_eq!(other, ["SEQUENCE:0"]);
}
