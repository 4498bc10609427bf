//! What is cancelled there, what vanishes there, and what comes back.

use entity::occurrence;
use miso_tests::registering;
use sea_orm::EntityTrait;
use serde_json::json;

use super::elsewhere::{Stage, entry, entry_at};

fn four() -> Vec<String> {
    (1..=4).map(|number| entry(&number.to_string(), &format!("Abend {number}"), number + 6, "")).collect()
}

#[tokio::test]
async fn what_is_cancelled_there_is_cancelled_here_and_comes_back() {
    let stage = Stage::following(&[entry("1", "Abend", 7, ""), entry("2", "Fest", 8, "")]).await;
    let first = stage.events().await.remove(0);
    stage.world.office_editor().changes_event("eventPublish", json!({ "id": first["id"] })).await.unwrap();
    let cancelled =
        [entry("1", "Abend", 7, "STATUS:CANCELLED"), entry("2", "Fest", 8, "STATUS:CANCELLED"), entry("3", "Nie", 9, "STATUS:CANCELLED")];
    stage.says_at("2022-05-18T14:00:00Z", &cancelled).await;
    assert_eq!(stage.titles().await, ["Abend CANCELLED", "Fest DRAFT"], "what nobody knew of leaves the review");
    assert_eq!(stage.report().await, "changed 2, leftOut 1");
    stage.says_at("2022-05-19T14:00:00Z", &[entry("1", "Abend", 7, ""), entry("2", "Fest", 8, "")]).await;
    assert_eq!(stage.titles().await, ["Abend PUBLISHED", "Fest IN_REVIEW"]);
    // Who decides otherwise here is right.
    stage.says_at("2022-05-20T14:00:00Z", &cancelled).await;
    stage.world.office_editor().changes_event("eventReinstate", json!({ "id": first["id"] })).await.unwrap();
    let again = [entry("1", "Abend!", 7, "STATUS:CANCELLED"), entry("2", "Fest", 8, "STATUS:CANCELLED")];
    stage.says_at("2022-05-21T14:00:00Z", &again).await;
    assert_eq!(stage.titles().await, ["Abend! PUBLISHED", "Fest DRAFT"]);
}

#[tokio::test]
async fn what_vanishes_there_is_withdrawn_at_the_second_look_and_whoever_registered_is_told() {
    let stage = Stage::following(&four()).await;
    stage.publishes_all().await;
    let first = stage.events().await.remove(0);
    let open = json!({ "id": first["id"], "input": { "registrationPolicy": { "mode": "OPEN", "capacity": 5 } } });
    stage.world.office_editor().changes_event("eventUpdate", open).await.unwrap();
    let dates = occurrence::Entity::find().all(stage.world.db()).await.unwrap();
    let date = dates.iter().min_by_key(|date| date.starts_at).unwrap();
    assert_eq!(stage.world.place_of(&registering::who("Amal", date)).await, "CONFIRMED");
    stage.runs().await;
    let mails = stage.world.app.mailer.sent().len();
    stage.says_at("2022-05-18T14:00:00Z", &four()[1..]).await;
    assert_eq!((stage.titles().await[0].as_str(), stage.report().await.as_str()), ("Abend 1 PUBLISHED", "unchanged 3, missing 1"));
    // The file is the same as the last time: what was missing then is missing still.
    stage.looks_at("2022-05-18T20:00:00Z").await;
    assert_eq!(stage.titles().await, ["Abend 1 DRAFT", "Abend 2 PUBLISHED", "Abend 3 PUBLISHED", "Abend 4 PUBLISHED"]);
    assert_eq!((stage.report().await.as_str(), stage.world.app.mailer.sent().len()), ("unchanged 3, withdrawn 1", mails + 1));
    // What comes back waits in review again.
    stage.says_at("2022-05-19T20:00:00Z", &four()).await;
    assert_eq!(stage.titles().await[0], "Abend 1 IN_REVIEW");
}

#[tokio::test]
async fn what_comes_back_before_the_second_look_was_never_gone() {
    let stage = Stage::following(&four()).await;
    stage.says_at("2022-05-18T14:00:00Z", &four()[1..]).await;
    stage.says_at("2022-05-18T20:00:00Z", &four()).await;
    stage.looks_at("2022-05-19T14:00:00Z").await;
    assert_eq!(stage.titles().await, ["Abend 1 IN_REVIEW", "Abend 2 IN_REVIEW", "Abend 3 IN_REVIEW", "Abend 4 IN_REVIEW"]);
    assert!(stage.notes().await.iter().all(|note| note.missing_since.is_none() && note.withdrawn_at.is_none()));
}

#[tokio::test]
async fn a_calendar_that_loses_most_of_its_events_is_believed_after_three_days_and_an_empty_one_never() {
    let stage = Stage::following(&four()).await;
    stage.says_at("2022-05-18T14:00:00Z", &four()[3..]).await;
    stage.looks_at("2022-05-19T14:00:00Z").await;
    assert_eq!(stage.report().await, "unchanged 1, missing 3");
    assert_eq!(
        stage.told().await["problem"],
        "Im Kalender fehlen auf einmal 3/4 der kommenden Veranstaltungen. Solange er ganz leer ist, werden sie hier nicht zurückgezogen, sonst erst nach drei Tagen."
    );
    stage.says_at("2022-05-20T14:00:00Z", &[]).await;
    for day in 21..=30 {
        stage.looks_at(&format!("2022-05-{day}T20:00:00Z")).await;
    }
    assert_eq!(stage.report().await, "missing 4", "it says nothing, which is no word of anything");
    assert!(stage.titles().await.iter().all(|title| title.ends_with("IN_REVIEW")));
    stage.says_at("2022-05-31T20:00:00Z", &four()[3..]).await;
    assert_eq!(stage.titles().await, ["Abend 1 DRAFT", "Abend 2 DRAFT", "Abend 3 DRAFT", "Abend 4 IN_REVIEW"]);
    assert_eq!((stage.report().await.as_str(), &stage.told().await["problem"]), ("unchanged 1, withdrawn 3", &json!(null)));
}

#[tokio::test]
async fn what_is_over_stays_when_it_leaves_the_window_of_its_calendar() {
    let course = entry_at("8", "Kurs", "20220510", "RRULE:FREQ=WEEKLY;COUNT=8");
    let stage = Stage::following(&[&four()[..], &[course], &[entry_at("9", "Vorbei", "20220401", "")]].concat()).await;
    assert_eq!(stage.report().await, "added 5, leftOut 1");
    stage.publishes_all().await;
    // The first two are over, and the course is under way.
    stage.says_at("2022-06-09T06:00:00Z", &four()[2..]).await;
    stage.looks_at("2022-06-09T12:00:00Z").await;
    stage.looks_at("2022-06-09T20:00:00Z").await;
    let titles = stage.titles().await;
    assert_eq!(titles[..4], ["Abend 1 PUBLISHED", "Abend 2 PUBLISHED", "Abend 3 PUBLISHED", "Abend 4 PUBLISHED"]);
    assert_eq!(titles[4], "Kurs CANCELLED", "its first evenings took place");
}

#[tokio::test]
async fn what_was_deleted_here_stays_away() {
    let stage = Stage::following(&[entry("1", "Abend", 7, "")]).await;
    let event = stage.events().await.remove(0);
    stage.world.office_editor().changes_event("eventUnpublish", json!({ "id": event["id"] })).await.unwrap();
    stage.world.office_editor().deletes_event(&event["id"]).await.unwrap();
    stage.says_at("2022-05-18T14:00:00Z", &[entry("1", "Abend, neu", 7, "")]).await;
    assert_eq!((stage.titles().await.len(), stage.report().await.as_str()), (0, "leftOut 1"));
}
