//! Who administers the network, and what is seen of people.

use entity::words::{NetworkRole, OrganisationRole};
use entity::{audit_entry, person};
use miso::gql::id::Global;
use miso::people::ops::{New, add};
use miso_tests::World;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const SET: &str = "mutation($id: ID!, $role: NetworkRole) {
    personSetNetworkRole(id: $id, role: $role) { person { email networkRole } errors { code path } }
}";

/// An administrator with an account.
async fn administrator(world: &World, email: &str) -> person::Model {
    let new = New { email: email.parse().unwrap(), name: None, administers: true };
    add(&world.administrator().cx(), new).await.unwrap().person
}

fn of(person: &person::Model, role: Option<&str>) -> Value {
    json!({ "id": person.id.to_global().0, "role": role })
}

#[tokio::test]
async fn only_administrators_give_parts_in_the_office() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let amal = world.account("amal@example.org", host.id, OrganisationRole::Editor).await;
    for (who, code) in [
        (world.visitor(), "NOT_FOUND"),
        (world.stranger(), "NOT_FOUND"),
        (world.person_of(host.id, OrganisationRole::Owner), "FORBIDDEN"),
        (world.office_editor(), "FORBIDDEN"),
    ] {
        assert_eq!(who.asks_with(SET, of(&amal, Some("ADMIN"))).await.codes(), [code]);
    }
    let given = world.administrator().asks_with(SET, of(&amal, Some("EDITOR"))).await;
    let expected = json!({ "person": { "email": "amal@example.org", "networkRole": "EDITOR" }, "errors": [] });
    assert_eq!(*given.at("personSetNetworkRole"), expected);
    // What stays as it is is no deed.
    world.administrator().asks_with(SET, of(&amal, Some("EDITOR"))).await;
    assert_eq!(audit_entry::Entity::find().all(world.db()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let world = World::new().await;
    let amal = administrator(&world, "amal@example.org").await;
    for role in [None, Some("EDITOR")] {
        let refused = world.administrator().asks_with(SET, of(&amal, role)).await;
        assert_eq!(*refused.at("personSetNetworkRole.errors"), json!([{ "code": "WRONG_STATE", "path": ["role"] }]));
    }
    let bojan = administrator(&world, "bojan@example.org").await;
    // Two who take it from each other at once: one of them stays.
    let taker = world.administrator();
    let answers = futures_util::future::join(taker.asks_with(SET, of(&amal, None)), taker.asks_with(SET, of(&bojan, None))).await;
    let refusals = [answers.0, answers.1].iter().filter(|answer| answer.at("personSetNetworkRole.person").is_null()).count();
    let left = person::Entity::find().all(world.db()).await.unwrap();
    assert_eq!((refusals, left.iter().filter(|row| row.network_role == Some(NetworkRole::Admin)).count()), (1, 1));
}

#[tokio::test]
async fn colleagues_see_a_persons_name_and_nothing_else() {
    let world = World::new().await;
    let (host, other) = (world.organisation("host").make().await, world.organisation("other").make().await);
    let amal = world.account("amal@example.org", host.id, OrganisationRole::Editor).await;
    let name = "query($id: ID!) { node(id: $id) { ... on Person { name } } }";
    let id = json!({ "id": amal.id.to_global().0 });
    for outsider in [world.visitor(), world.stranger(), world.person_of(other.id, OrganisationRole::Owner)] {
        assert!(outsider.asks_with(name, id.clone()).await.at("node").is_null());
    }
    for colleague in [world.person_of(host.id, OrganisationRole::Owner), world.office_editor()] {
        assert!(colleague.asks_with(name, id.clone()).await.at("node").is_object());
        for field in ["email", "locale", "networkRole", "organisations { role }", "createdAt", "lastSignedInAt"] {
            let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Person {{ name {field} }} }} }}");
            assert_eq!(colleague.asks_with(&query, id.clone()).await.codes(), ["FORBIDDEN"], "{field}");
            let seen = world.administrator().asks_with(&query, id.clone()).await;
            assert!(seen.at("node").is_object(), "{field}");
        }
    }
}
