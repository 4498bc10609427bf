//! What could not be done, and what administrators do about it.

use entity::id::JobId;
use entity::job;
use entity::words::OrganisationRole;
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::world::instant;
use sea_orm::prelude::Json;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;

const REPORT: &str = "{ jobs { waiting running failed deadLetters { totalCount nodes { id kind attempts error failedAt } } } }";

async fn given_up(world: &World) -> JobId {
    let id: JobId = world.app.new_id();
    let row = job::Model {
        id,
        kind: "registrations.forget".to_owned(),
        payload: json!({}),
        run_at: instant("2022-05-17T00:00:00Z"),
        attempts: 10,
        locked_until: None,
        failed_at: Some(instant("2022-05-17T08:00:00Z")),
        last_error: Some("the mail server was away".to_owned()),
        created_at: instant("2022-05-16T00:00:00Z"),
        key: None,
    };
    job::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    id
}

#[tokio::test]
async fn an_administrator_sees_what_was_given_up_and_has_it_tried_again() {
    let world = World::new().await;
    let id = given_up(&world).await;
    let administrator = world.administrator();
    let letter = json!({
        "id": id.to_global().0, "kind": "registrations.forget", "attempts": 10, "error": "the mail server was away",
        "failedAt": "2022-05-17T08:00:00Z",
    });
    let report = administrator.asks(REPORT).await;
    assert_eq!(
        *report.at("jobs"),
        json!({ "waiting": 0, "running": 0, "failed": 1, "deadLetters": { "totalCount": 1, "nodes": [letter] } })
    );
    let retry = "mutation($id: ID!) { jobRetry(id: $id) { accepted errors { code } } }";
    assert_eq!(administrator.asks_with(retry, json!({ "id": id.to_global().0 })).await.at("jobRetry.accepted"), true);
    assert_eq!(administrator.asks(REPORT).await.at("jobs.waiting"), 1);
    assert_eq!(world.run_jobs().await.done.iter().filter(|done| done.id == id).count(), 1);
    assert_eq!(administrator.asks_with(retry, json!({ "id": id.to_global().0 })).await.codes(), ["NOT_FOUND"]);
}

#[tokio::test]
async fn what_is_discarded_is_gone() {
    let world = World::new().await;
    let id = given_up(&world).await;
    let discard = "mutation($id: ID!) { jobDiscard(id: $id) { accepted errors { code } } }";
    assert_eq!(world.administrator().asks_with(discard, json!({ "id": id.to_global().0 })).await.at("jobDiscard.accepted"), true);
    assert_eq!(job::Entity::find_by_id(id).one(world.db()).await.unwrap(), None);
}

#[tokio::test]
async fn nobody_else_sees_or_touches_it() {
    let world = World::new().await;
    let id = given_up(&world).await;
    let host = world.organisation("host").make().await;
    let actors = [
        (world.visitor(), "UNAUTHENTICATED"),
        (world.stranger(), "FORBIDDEN"),
        (world.office_editor(), "FORBIDDEN"),
        (world.person_of(host.id, OrganisationRole::Owner), "FORBIDDEN"),
    ];
    let mutations = ["mutation($id: ID!) { jobRetry(id: $id) { accepted } }", "mutation($id: ID!) { jobDiscard(id: $id) { accepted } }"];
    let before = job::Entity::find().all(world.db()).await.unwrap();
    for (actor, code) in actors {
        let report = actor.asks(REPORT).await;
        assert_eq!((report.codes(), report.despite_errors("jobs")), (vec![code], &Json::Null));
        for mutation in mutations {
            assert_eq!(actor.asks_with(mutation, json!({ "id": id.to_global().0 })).await.codes(), [code]);
        }
    }
    assert_eq!(job::Entity::find().all(world.db()).await.unwrap(), before);
}

#[tokio::test]
async fn what_nobody_looked_after_for_three_months_is_forgotten() {
    let world = World::new().await;
    let id = given_up(&world).await;
    world.run_jobs().await;
    world.at("2022-08-14T12:00:00Z").run_jobs().await;
    assert!(job::Entity::find_by_id(id).one(world.db()).await.unwrap().is_some());
    world.at("2022-08-16T12:00:00Z").run_jobs().await;
    assert_eq!(job::Entity::find_by_id(id).one(world.db()).await.unwrap(), None);
}
