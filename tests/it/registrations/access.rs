//! Who sees registrations and changes them without the secret: the host that answers for the event, and the office.

use entity::registration;
use entity::words::{EventStatus, HostRole, OrganisationRole, Visibility};
use miso::gql::id::Global;
use miso::secret::Purpose;
use miso_tests::World;
use miso_tests::registering::who;
use sea_orm::{EntityTrait, IntoActiveModel, Set};
use serde_json::json;

#[tokio::test]
async fn only_the_answerable_host_and_the_office_see_and_cancel_a_registration() {
    let world = World::new().await;
    let (host, partner) = (world.organisation("host").make().await, world.organisation("partner").make().await);
    let event = world.open_event("abend", host.id, 1).hosted_by(partner.id, HostRole::CoHost).make().await;
    world.register(&who("Amal", &world.dates_of(&event).await[0])).await;
    let row = registration::Entity::find().one(world.db()).await.unwrap().unwrap();
    let see = "query($id: ID!) { node(id: $id) { ... on Registration { name email } } }";
    let cancel = "mutation($id: ID!) { registrationCancel(by: { id: $id }) { registration { status } errors { code } } }";
    let id = json!({ "id": row.id.to_global().0 });
    let outsiders = [
        world.visitor(),
        world.stranger(),
        world.person_of(partner.id, OrganisationRole::Owner),
        world.person_of(host.id, OrganisationRole::Member),
    ];
    for outsider in outsiders {
        assert!(outsider.asks_with(see, id.clone()).await.at("node").is_null());
        assert_eq!(outsider.asks_with(cancel, id.clone()).await.codes(), ["NOT_FOUND"]);
    }
    for insider in [world.office_editor(), world.person_of(host.id, OrganisationRole::Editor)] {
        assert_eq!(insider.asks_with(see, id.clone()).await.at("node.email"), "amal@example.org");
    }
    let code = world.app.links.token(Purpose::CheckIn, row.id, row.secret_version);
    let by_code = "mutation($code: String!) { registrationCancel(by: { checkInCode: $code }) { registration { status } errors { code } } }";
    assert_eq!(world.visitor().asks_with(by_code, json!({ "code": code })).await.codes(), ["NOT_FOUND"]);
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    assert_eq!(editor.asks_with(cancel, id).await.at("registrationCancel.registration.status"), "CANCELLED");
}

#[tokio::test]
async fn who_registered_keeps_seeing_what_for_also_once_it_is_no_longer_public() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    world.register(&who("Amal", &world.dates_of(&event).await[0])).await;
    let withdrawn = entity::event::ActiveModel {
        visibility: Set(Visibility::Hosts),
        status: Set(EventStatus::Draft),
        ..event.clone().into_active_model()
    };
    entity::event::Entity::update(withdrawn).exec(world.db()).await.unwrap();
    let row = registration::Entity::find().one(world.db()).await.unwrap().unwrap();
    let token = world.app.links.token(Purpose::Registration, row.id, 0);
    let query =
        "query($token: String!) { registrationByToken(token: $token) { event { title status } occurrence { startsAt event { slug } } } }";
    let answer = world.graphql(query, json!({ "token": token })).await;
    assert_eq!(answer.at("registrationByToken.event.title"), "abend");
    assert_eq!(answer.at("registrationByToken.occurrence.startsAt"), "2022-06-01T18:00:00+02:00");
}

#[tokio::test]
async fn whoever_proved_an_address_finds_what_was_registered_with_it_and_cancels_it() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("lesung", host.id, 5).make().await;
    let date = world.dates_of(&event).await.remove(0);
    assert_eq!(world.place_of(&who("Amal", &date)).await, "CONFIRMED");
    assert_eq!(world.place_of(&who("Bojan", &date)).await, "CONFIRMED");
    let (amal, cem) = (world.signs_in("amal@example.org").await, world.signs_in("cem@example.org").await);
    let query = r#"{ viewer { registrations { totalCount nodes { id name status event { slug } } } } event(slug: "lesung") { viewerRegistrations { name } } }"#;
    let own = amal.graphql(query, json!({})).await;
    assert_eq!(*own.at("viewer.registrations.totalCount"), 1);
    assert_eq!(*own.at("event.viewerRegistrations"), json!([{ "name": "Amal" }]));
    let none = cem.graphql(query, json!({})).await;
    assert_eq!((none.at("viewer.registrations.nodes"), none.at("event.viewerRegistrations")), (&json!([]), &json!([])));
    assert_eq!(*world.graphql(query, json!({})).await.at("event.viewerRegistrations"), json!([]));
    let id = own.at("viewer.registrations.nodes.0.id");
    let cancel = "mutation($id: ID!) { registrationCancel(by: { id: $id }) { registration { status } errors { code } } }";
    assert_eq!(cem.graphql(cancel, json!({ "id": id })).await.codes(), ["NOT_FOUND"]);
    assert_eq!(*cem.graphql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await.at("node"), json!(null));
    assert_eq!(*amal.graphql(cancel, json!({ "id": id })).await.at("registrationCancel.registration.status"), "CANCELLED");
    assert_eq!(world.counts_of(&date).await, (1, 0, Some(4)));
}
