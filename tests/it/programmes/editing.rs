//! Entering programmes, and changing them.

use entity::words::OrganisationRole;
use miso::gql::id::Global;
use miso_tests::{Actor, World};
use serde_json::{Value, json};

const PROGRAMME: &str = "id revision slug name description isBroadcast organisation { slug } funders { slug } startedOn endedOn";

async fn creates(actor: &Actor<'_>, input: Value) -> Result<Value, String> {
    let query = format!(
        "mutation($input: ProgrammeCreateInput!) {{ programmeCreate(input: $input) {{ programme {{ {PROGRAMME} }} errors {{ path code }} }} }}"
    );
    actor.outcome_of("programmeCreate", "programme", &query, json!({ "input": input })).await
}

async fn updates(actor: &Actor<'_>, id: &Value, input: Value) -> Result<Value, String> {
    let query = format!(
        "mutation($id: ID!, $input: ProgrammeUpdateInput!) {{
            programmeUpdate(id: $id, input: $input) {{ programme {{ {PROGRAMME} }} errors {{ path code }} }}
        }}"
    );
    actor.outcome_of("programmeUpdate", "programme", &query, json!({ "id": id, "input": input })).await
}

#[tokio::test]
async fn an_administrator_enters_a_radio_show_and_renames_it_without_losing_its_address() {
    let world = World::new().await;
    world.network().await;
    let (own, funder) = (world.organisation("own").make().await, world.organisation("stiftung").make().await);
    let office = world.administrator();
    let input = json!({
        "organisationId": own.id.to_global().0, "isBroadcast": true, "funderIds": [funder.id.to_global().0], "startedOn": "2020-03",
        "texts": [{ "locale": "de", "name": "Welle Beispiel", "descriptionMarkdown": "Ein **Radio**." }, { "locale": "en", "name": "Sample Wave", "descriptionMarkdown": "" }],
    });
    let programme = creates(&office, input.clone()).await.unwrap();
    assert_eq!(
        (&programme["slug"], &programme["name"], &programme["isBroadcast"]),
        (&json!("welle-beispiel"), &json!("Welle Beispiel"), &json!(true))
    );
    assert_eq!((&programme["funders"], &programme["startedOn"]), (&json!([{ "slug": "stiftung" }]), &json!("2020-03")));
    let change = json!({ "slug": "welle", "funderIds": null, "endedOn": "2022", "removeLocales": ["en"] });
    let changed = updates(&office, &programme["id"], change).await.unwrap();
    assert_eq!((&changed["slug"], &changed["funders"], &changed["endedOn"]), (&json!("welle"), &json!([]), &json!("2022")));
    let old = world.get("/programmes/welle-beispiel").await;
    assert_eq!((old.status.as_u16(), old.header("location")), (308, "/programmes/welle"));
    let mut again = input;
    again["slug"] = json!("welle-beispiel");
    assert_eq!(creates(&office, again).await, Err("TAKEN at input.slug".to_owned()));
}

#[tokio::test]
async fn nobody_else_does_and_all_that_is_wrong_is_told_at_once() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    let input =
        json!({ "organisationId": own.id.to_global().0, "texts": [{ "locale": "de", "name": "Reihe", "descriptionMarkdown": "" }] });
    for refused in [world.office_editor(), world.person_of(own.id, OrganisationRole::Owner), world.stranger()] {
        assert_eq!(creates(&refused, input.clone()).await, Err("FORBIDDEN".to_owned()));
    }
    assert_eq!(creates(&world.visitor(), input).await, Err("UNAUTHENTICATED".to_owned()));
    let wrong = json!({
        "organisationId": "organisation_00000000000000000000000001", "texts": [{ "locale": "de", "name": "", "descriptionMarkdown": "" }],
        "funderIds": [own.id.to_global().0, own.id.to_global().0], "startedOn": "2022", "endedOn": "2021-12",
    });
    let refused = creates(&world.administrator(), wrong).await.unwrap_err();
    for wrong in [
        "NOT_FOUND at input.organisationId",
        "REQUIRED at input.texts.0.name",
        "INVALID at input.funderIds.1",
        "ENDS_BEFORE_START at input.endedOn",
    ] {
        assert!(refused.contains(wrong), "{wrong} is not in {refused}");
    }
}
