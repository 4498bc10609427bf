//! Who acts for an organisation, and as what.

use entity::id::{OrganisationId, PersonId};
use entity::words::OrganisationRole::{Editor, Member, Owner};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::editing::news;
use serde_json::{Value, json};

/// An association with an owner and an editor.
async fn with_people() -> (World, OrganisationId, [PersonId; 2]) {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("verein").make().await.id;
    let ada = world.account("ada@example.org", own, Owner).await.id;
    world.at("2022-05-18T08:00:01Z");
    let bea = world.account("bea@example.org", own, Editor).await.id;
    (world, own, [ada, bea])
}

fn with_role(own: OrganisationId, person: PersonId, role: &str) -> Value {
    json!({ "id": own.to_global().0, "personId": person.to_global().0, "role": role })
}

fn whom(own: OrganisationId, person: PersonId) -> Value {
    json!({ "id": own.to_global().0, "personId": person.to_global().0 })
}

const PEOPLE: &str = r#"{ organisation(slug: "verein") { people { totalCount edges { role node { id } } nodes { id } } } }"#;

#[tokio::test]
async fn its_people_and_the_office_see_who_acts_for_it_and_nobody_else_does() {
    let (world, own, [ada, bea]) = with_people().await;
    let another = world.organisation("another").make().await.id;
    let expected = json!({
        "totalCount": 2,
        "edges": [{ "role": "OWNER", "node": { "id": ada.to_global().0 } }, { "role": "EDITOR", "node": { "id": bea.to_global().0 } }],
        "nodes": [{ "id": ada.to_global().0 }, { "id": bea.to_global().0 }],
    });
    for sees in [world.person_of(own, Member), world.person_of(own, Owner), world.office_editor(), world.administrator()] {
        assert_eq!(sees.asks(PEOPLE).await.at("organisation.people"), &expected);
    }
    for (refused, code) in
        [(world.visitor(), "UNAUTHENTICATED"), (world.stranger(), "FORBIDDEN"), (world.person_of(another, Owner), "FORBIDDEN")]
    {
        let answer = refused.asks(PEOPLE).await;
        assert_eq!((answer.codes(), answer.despite_errors("organisation.people")), (vec![code], &json!(null)));
        let nested = r#"{ organisations { nodes { people { nodes { email } } } } }"#;
        assert!(refused.asks(nested).await.codes().iter().all(|one| *one == code));
    }
}

#[tokio::test]
async fn addresses_are_for_the_person_and_administrators_wherever_they_stand() {
    let (world, own, _) = with_people().await;
    let query = r#"{ organisation(slug: "verein") { people { nodes { name email organisations { role } } } } }"#;
    let seen = world.person_of(own, Owner).asks(query).await;
    assert!(seen.codes().iter().all(|code| *code == "FORBIDDEN") && seen.codes().len() == 4);
    assert_eq!(seen.despite_errors("organisation.people.nodes.0.email"), &json!(null));
    let seen = world.administrator().asks(query).await;
    assert_eq!(seen.each("organisation.people.nodes", "email"), ["ada@example.org", "bea@example.org"]);
}

#[tokio::test]
async fn people_are_a_matter_of_owners_and_administrators() {
    let (world, own, [_, bea]) = with_people().await;
    let another = world.organisation("another").make().await.id;
    for (refused, code) in [
        (world.visitor(), "UNAUTHENTICATED"),
        (world.stranger(), "FORBIDDEN"),
        (world.person_of(own, Editor), "FORBIDDEN"),
        (world.person_of(another, Owner), "FORBIDDEN"),
        (world.office_editor(), "FORBIDDEN"),
    ] {
        assert_eq!(refused.changes_organisation("organisationSetRole", with_role(own, bea, "OWNER")).await.unwrap_err(), code);
        assert_eq!(refused.changes_organisation("organisationRemovePerson", whom(own, bea)).await.unwrap_err(), code);
    }
    let nobody = PersonId(uuid::Uuid::from_u128(7));
    for manages in [world.person_of(own, Owner), world.administrator()] {
        manages.changes_organisation("organisationSetRole", with_role(own, bea, "MEMBER")).await.unwrap();
        assert_eq!(manages.changes_organisation("organisationSetRole", with_role(own, nobody, "EDITOR")).await.unwrap_err(), "NOT_FOUND");
        assert_eq!(manages.changes_organisation("organisationRemovePerson", whom(own, nobody)).await.unwrap_err(), "NOT_FOUND");
        manages.changes_organisation("organisationSetRole", with_role(own, bea, "EDITOR")).await.unwrap();
    }
}

#[tokio::test]
async fn the_last_owner_neither_leaves_nor_becomes_anything_else() {
    let (world, own, [ada, bea]) = with_people().await;
    for manages in [world.person_of(own, Owner), world.administrator()] {
        let refused = manages.changes_organisation("organisationSetRole", with_role(own, ada, "EDITOR")).await;
        assert_eq!(refused.unwrap_err(), "WRONG_STATE at role");
        assert_eq!(manages.changes_organisation("organisationRemovePerson", whom(own, ada)).await.unwrap_err(), "WRONG_STATE at personId");
    }
    let owner = world.person_of(own, Owner);
    owner.changes_organisation("organisationSetRole", with_role(own, ada, "OWNER")).await.unwrap();
    owner.changes_organisation("organisationSetRole", with_role(own, bea, "OWNER")).await.unwrap();
    owner.changes_organisation("organisationRemovePerson", whom(own, ada)).await.unwrap();
    let refused = owner.changes_organisation("organisationRemovePerson", whom(own, bea)).await;
    assert_eq!(refused.unwrap_err(), "WRONG_STATE at personId");
}

#[tokio::test]
async fn of_two_owners_who_demote_each_other_at_once_one_stays() {
    let (world, own, [ada, bea]) = with_people().await;
    let owner = world.person_of(own, Owner);
    owner.changes_organisation("organisationSetRole", with_role(own, bea, "OWNER")).await.unwrap();
    let [one, other] = [ada, bea].map(|person| owner.changes_organisation("organisationSetRole", with_role(own, person, "MEMBER")));
    let outcomes = futures_util::future::join(one, other).await;
    assert!(outcomes.0.is_ok() != outcomes.1.is_ok());
}

#[tokio::test]
async fn who_is_removed_loses_their_rights_at_once_and_anybody_may_leave() {
    let (world, own, [ada, bea]) = with_people().await;
    let (owner, editor) = (world.signs_in("ada@example.org").await, world.signs_in("bea@example.org").await);
    let id = own.to_global().0;
    let write = "mutation($input: PostCreateInput!) { postCreate(input: $input) { post { status } errors { code } } }";
    assert_eq!(editor.graphql(write, json!({ "input": news(own, "Eins") })).await.at("postCreate.post.status"), "DRAFT");
    let remove = "mutation($id: ID!, $personId: ID!) { organisationRemovePerson(id: $id, personId: $personId) { organisation { id } errors { code } } }";
    let refused = editor.graphql(remove, whom(own, ada)).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    assert_eq!(owner.graphql(remove, whom(own, bea)).await.at("organisationRemovePerson.organisation.id"), &json!(id));
    assert_eq!(editor.graphql(write, json!({ "input": news(own, "Zwei") })).await.codes(), ["FORBIDDEN"]);
    let cia = world.account("cia@example.org", own, Member).await.id;
    let member = world.signs_in("cia@example.org").await;
    assert_eq!(member.graphql(remove, whom(own, cia)).await.at("organisationRemovePerson.organisation.id"), &json!(id));
    assert_eq!(
        member.graphql("{ viewer { person { organisations { role } } } }", json!({})).await.at("viewer.person.organisations"),
        &json!([])
    );
}
