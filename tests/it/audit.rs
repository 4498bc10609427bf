//! The audit log: who changed what, for administrators alone.

use entity::words::OrganisationRole;
use miso_tests::World;
use miso_tests::editing::evening;
use serde_json::json;

const LOG: &str = "{ auditLog(first: 10) { totalCount nodes {
    id at action summary actor { name } subject { __typename id } changes { field before after }
} } }";

#[tokio::test]
async fn an_administrator_reads_who_changed_what_the_latest_first() {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    let office = world.administrator();
    let event = office.drafts(evening(host.id, "Abend")).await;
    let gone = office.drafts(evening(host.id, "Vergangen")).await;
    world.at("2022-05-18T08:01:00Z");
    office.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    world.at("2022-05-18T08:02:00Z");
    office.deletes_event(&gone["id"]).await.unwrap();
    let log = office.asks(LOG).await;
    assert_eq!(*log.at("auditLog.totalCount"), 4);
    let entry = log.at("auditLog.nodes.0");
    assert_eq!((&entry["summary"], &entry["subject"]), (&json!("Veranstaltung gelöscht: Vergangen"), &json!(null)));
    let entry = log.at("auditLog.nodes.1");
    assert_eq!((&entry["action"], &entry["at"]), (&json!("eventPublish"), &json!("2022-05-18T08:01:00Z")));
    assert_eq!(entry["summary"], "Veranstaltung veröffentlicht oder eingereicht: Abend");
    assert_eq!(entry["subject"], json!({ "__typename": "Event", "id": event["id"] }));
    assert_eq!(entry["actor"], json!({ "name": "Beispielperson" }));
    assert_eq!(entry["changes"], json!([{ "field": "status", "before": "\"DRAFT\"", "after": "\"PUBLISHED\"" }]));
    let node = office.asks_with("query($id: ID!) { node(id: $id) { ... on AuditEntry { action } } }", json!({ "id": entry["id"] })).await;
    assert_eq!(*node.at("node.action"), "eventPublish");
}

#[tokio::test]
async fn nobody_else_reads_it() {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    world.administrator().drafts(evening(host.id, "Abend")).await;
    let entry = world.administrator().asks(LOG).await.at("auditLog.nodes.0.id").clone();
    for actor in [world.office_editor(), world.person_of(host.id, OrganisationRole::Owner), world.stranger()] {
        let log = actor.asks(LOG).await;
        assert_eq!((log.despite_errors("auditLog"), log.codes()), (&json!(null), vec!["FORBIDDEN"]));
        let node = actor.asks_with("query($id: ID!) { node(id: $id) { id } }", json!({ "id": entry })).await;
        assert_eq!((node.at("node"), node.codes().len()), (&json!(null), 0));
    }
    assert_eq!(world.visitor().asks(LOG).await.codes(), ["UNAUTHENTICATED"]);
}
