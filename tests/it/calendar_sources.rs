//! Calendars that associations keep elsewhere.

mod elsewhere;
mod ending;
mod refusing;

use std::slice::from_ref;

use entity::words::OrganisationRole;
use entity::{calendar_source, event, occurrence};
use miso::calendar_sources::{jobs, work};
use miso::gql::id::Global;
use miso_tests::registering;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use self::elsewhere::{Elsewhere, Stage, entry, set};

#[tokio::test]
async fn new_events_wait_in_review_and_say_where_they_came_from() {
    let more = "DESCRIPTION:Mit *allen*\\nund Kaffee\nLOCATION:Saal am Beispiel\\, Beispielweg 1\nURL:https://verein.example/abend\nCATEGORIES:Kultur,http://schemas.example/event";
    let stage = Stage::with(&[entry("1", "Abend", 7, more), entry("2", "Fest", 8, "")]).await;
    stage.sets(stage.host, &stage.server.url()).await.unwrap();
    assert_eq!(stage.events().await.len(), 0, "nobody is asked while an answer is waited for");
    stage.runs().await;
    let events = stage.events().await;
    assert_eq!(stage.titles().await, ["Abend IN_REVIEW", "Fest IN_REVIEW"]);
    assert_eq!(events[0]["hosts"], json!([{ "role": "HOST", "organisation": { "id": stage.host.to_global().0 } }]));
    assert_eq!(events[0]["description"], "<p>Mit *allen*<br>\nund Kaffee</p>\n");
    assert_eq!((&events[0]["sources"], &events[0]["tags"]), (&json!(["https://verein.example/abend"]), &json!([{ "name": "Kultur" }])));
    // The address of the calendar is a secret; where it is kept is none.
    assert_eq!(events[1]["sources"], json!([format!("http://{}/", stage.server.at)]));
    assert_eq!(stage.report().await, "added 2");
    assert_eq!(
        stage.notes().await.iter().map(|note| note.source_id.as_str()).collect::<Vec<_>>(),
        ["1@verein.example", "2@verein.example"]
    );
    let seen = stage.world.visitor().asks("{ events { totalCount } }").await;
    assert_eq!(seen.at("events.totalCount"), 0);
    // They wait in the office's list, as what editors hand in.
    let rows = event::Entity::find().all(stage.world.db()).await.unwrap();
    assert!(rows.iter().all(|row| row.handed_in_at.is_some()));
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again_and_changes_nothing() {
    let stage = Stage::following(&[entry("1", "Abend", 7, "")]).await;
    let before = (stage.events().await, stage.notes().await);
    stage.looks_at("2022-05-18T09:00:00Z").await;
    assert_eq!(stage.server.times(), 1, "it was not due");
    stage.looks_at("2022-05-18T14:00:00Z").await;
    assert_eq!(stage.server.says.lock().unwrap().asked.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true]);
    assert_eq!((stage.events().await, stage.notes().await), before);
    let told = stage.told().await;
    assert_eq!((&told["takenOverAt"], &told["problem"], &told["failures"]), (&json!("2022-05-18T14:00:00Z"), &json!(null), &json!(0)));
    // To say again where it is looks at it whole, and finds nothing new either.
    stage.sets(stage.host, &stage.server.url()).await.unwrap();
    stage.runs().await;
    assert_eq!(stage.server.says.lock().unwrap().asked.last(), Some(&None));
    assert_eq!(stage.report().await, "unchanged 1");
    assert_eq!((stage.events().await, stage.notes().await), before);
}

#[tokio::test]
async fn what_moved_follows_with_a_higher_sequence_and_whoever_registered_is_told() {
    let stage = Stage::following(&[entry("1", "Abend", 7, ""), entry("2", "Fest", 8, "")]).await;
    stage.publishes_all().await;
    let first = stage.events().await.remove(0);
    let open = json!({ "id": first["id"], "input": { "registrationPolicy": { "mode": "OPEN", "capacity": 5 } } });
    stage.world.office_editor().changes_event("eventUpdate", open).await.unwrap();
    let dates = occurrence::Entity::find().order_by_asc(occurrence::Column::StartsAt).all(stage.world.db()).await.unwrap();
    assert_eq!(stage.world.place_of(&registering::who("Amal", &dates[0])).await, "CONFIRMED");
    stage.runs().await;
    let (mails, sequence) = (stage.world.app.mailer.sent().len(), first["sequence"].as_i64().unwrap());
    stage.says_at("2022-05-18T14:00:00Z", &[entry("1", "Abend", 9, ""), entry("2", "Großes Fest", 8, "")]).await;
    let events = stage.events().await;
    assert_eq!(stage.titles().await, ["Abend PUBLISHED", "Großes Fest PUBLISHED"]);
    assert_eq!(events[0]["startsAt"], "2022-06-09T18:00:00+02:00");
    assert!(events[0]["sequence"].as_i64().unwrap() > sequence, "{events:?}");
    assert_eq!(events[1]["sequence"], 0, "another title moves nothing");
    let now = occurrence::Entity::find_by_id(dates[0].id).one(stage.world.db()).await.unwrap().unwrap();
    assert_eq!(now.starts_at.to_rfc3339(), "2022-06-09T16:00:00+00:00", "it is the date that Amal registered for");
    assert_eq!((stage.report().await.as_str(), stage.world.app.mailer.sent().len()), ("changed 2", mails + 1));
    assert_eq!(stage.world.standing_of("amal@example.org").await, "CONFIRMED");
}

#[tokio::test]
async fn what_was_changed_here_stays_and_the_rest_follows() {
    let stage = Stage::following(&[entry("1", "Abend", 7, "DESCRIPTION:Alt")]).await;
    let event = stage.events().await.remove(0);
    let title = json!({ "texts": [{ "locale": "de", "title": "Unser Abend", "descriptionMarkdown": "Alt" }] });
    let editor = stage.world.person_of(stage.host, OrganisationRole::Editor);
    editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": title })).await.unwrap();
    stage.says_at("2022-05-18T14:00:00Z", &[entry("1", "Feier", 9, "DESCRIPTION:Neu")]).await;
    let now = stage.events().await.remove(0);
    assert_eq!(
        (&now["title"], &now["description"], &now["startsAt"]),
        (&json!("Unser Abend"), &json!("<p>Neu</p>\n"), &json!("2022-06-09T18:00:00+02:00"))
    );
    assert_eq!(stage.report().await, "changed 1, kept 1");
    // What is said once more of it changes nothing, and is not forgotten.
    stage.says_at("2022-05-19T14:00:00Z", &[entry("1", "Feier", 9, "DESCRIPTION:Neu"), entry("2", "Fest", 8, "")]).await;
    assert_eq!((stage.report().await.as_str(), stage.titles().await[0].as_str()), ("added 1, kept 1", "Unser Abend IN_REVIEW"));
    // Whoever comes to agree follows again.
    let title = json!({ "texts": [{ "locale": "de", "title": "Feier", "descriptionMarkdown": "Neu" }] });
    editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": title })).await.unwrap();
    stage.says_at("2022-05-20T14:00:00Z", &[entry("1", "Feier", 9, "DESCRIPTION:Neu\nX-A:B"), entry("2", "Fest", 8, "X-A:B")]).await;
    stage.says_at("2022-05-21T14:00:00Z", &[entry("1", "Große Feier", 9, "DESCRIPTION:Neu"), entry("2", "Fest", 8, "")]).await;
    assert_eq!(stage.titles().await[0], "Große Feier IN_REVIEW");
}

#[tokio::test]
async fn single_dates_of_a_series_follow_unless_they_were_changed_here() {
    let series = |moved: &str| {
        let moved: Vec<String> = moved
            .split_whitespace()
            .map(|date| {
                let (original, instead) = date.split_once('>').unwrap();
                let what = if instead == "off" { "STATUS:CANCELLED".to_owned() } else { "SEQUENCE:1".to_owned() };
                let instead = if instead == "off" { original } else { instead };
                elsewhere::entry_at(
                    "1",
                    "Kurs",
                    &format!("202206{instead}"),
                    &format!("{what}\nRECURRENCE-ID;TZID=Europe/Berlin:202206{original}T180000"),
                )
            })
            .collect();
        [entry("1", "Kurs", 7, "RRULE:FREQ=WEEKLY;COUNT=4"), moved.concat()].concat()
    };
    let starts = async |stage: &Stage| {
        let dates = stage.events().await.remove(0)["occurrences"]["nodes"].as_array().unwrap().clone();
        let text = |date: &serde_json::Value| {
            format!("{}{}", &date["startsAt"].as_str().unwrap()[8..10], if date["cancelled"] == true { " off" } else { "" })
        };
        dates.iter().map(text).collect::<Vec<_>>()
    };
    let stage = Stage::following(&[series("14>15")]).await;
    assert_eq!(starts(&stage).await, ["07", "15", "21", "28"]);
    stage.publishes_all().await;
    let dates = occurrence::Entity::find().order_by_asc(occurrence::Column::OriginalStartsAt).all(stage.world.db()).await.unwrap();
    let last = json!(dates[3].id.to_global().0);
    let editor = stage.world.person_of(stage.host, OrganisationRole::Editor);
    editor.changes_date(&last, json!({ "startsAt": "2022-06-29T18:00:00+02:00" })).await.unwrap();
    // The second goes back to where the rule has it, the third is off, the fourth was moved here.
    stage.says_at("2022-05-18T14:00:00Z", &[series("21>off 28>30")]).await;
    assert_eq!((starts(&stage).await.join(" "), stage.report().await.as_str()), ("07 14 21 off 29".to_owned(), "changed 1, kept 1"));
    // The series moves by an hour, and its single dates are those that they were.
    let later = series("21>off 28>30").replace("T180000", "T183000");
    stage.says_at("2022-05-19T14:00:00Z", &[later]).await;
    let now = occurrence::Entity::find().order_by_asc(occurrence::Column::OriginalStartsAt).all(stage.world.db()).await.unwrap();
    assert_eq!(now.iter().map(|date| date.id).collect::<Vec<_>>(), dates.iter().map(|date| date.id).collect::<Vec<_>>());
    assert_eq!(starts(&stage).await, ["07", "14", "21 off", "29"]);
    assert_eq!(now[1].starts_at.to_rfc3339(), "2022-06-14T16:30:00+00:00");
}

#[tokio::test]
async fn only_the_office_says_where_a_calendar_is_and_only_its_people_see_it() {
    let stage = Stage::with(&[]).await;
    let variables = json!({ "id": stage.host.to_global().0, "input": { "address": stage.server.url(), "locale": "en" } });
    let world = &stage.world;
    for (actor, expected) in [
        (world.visitor(), "UNAUTHENTICATED"),
        (world.stranger(), "FORBIDDEN"),
        (world.person_of(stage.host, OrganisationRole::Editor), "FORBIDDEN"),
        (world.person_of(stage.host, OrganisationRole::Owner), "FORBIDDEN"),
    ] {
        assert_eq!(set(&actor, variables.clone()).await.unwrap_err(), expected);
    }
    set(&world.administrator(), variables).await.unwrap();
    stage.runs().await;
    let another = world.organisation("another").make().await.id;
    assert_eq!(stage.told_to(&world.visitor()).await, json!(null));
    assert_eq!(stage.told_to(&world.person_of(another, OrganisationRole::Owner)).await, json!(null));
    let member = stage.told_to(&world.person_of(stage.host, OrganisationRole::Member)).await;
    assert_eq!((&member["address"], &member["locale"]), (&json!(null), &json!("en")), "who only belongs to it learns no secret");
    let editor = stage.told_to(&world.person_of(stage.host, OrganisationRole::Editor)).await;
    assert_eq!(editor["address"], json!(stage.server.url()));
    let log = world.administrator().asks("{ auditLog { nodes { action summary changes { field before after } } } }").await;
    assert!(!log.0.to_string().contains("4711"), "{log:?}");
    let removal = "mutation($id: ID!) { organisationRemoveCalendarSource(id: $id) { organisation { id } errors { code path message } } }";
    let id = json!({ "id": stage.host.to_global().0 });
    let editor = world.person_of(stage.host, OrganisationRole::Owner);
    assert_eq!(editor.outcome_of("organisationRemoveCalendarSource", "organisation", removal, id.clone()).await.unwrap_err(), "FORBIDDEN");
    world.office_editor().outcome_of("organisationRemoveCalendarSource", "organisation", removal, id).await.unwrap();
    assert_eq!(stage.told().await, json!(null));
}

#[tokio::test]
async fn two_processes_do_not_take_it_over_twice() {
    let stage = Stage::with(&[entry("1", "Abend", 7, ""), entry("2", "Fest", 8, "")]).await;
    stage.sets(stage.host, &stage.server.url()).await.unwrap();
    let (one, other) = (stage.world.app.clone(), stage.world.another_process().await);
    let job = jobs::Fetch { organisation: stage.host };
    let (first, second) = tokio::join!(work::fetch(one, job), work::fetch(other, job));
    first.and(second).unwrap();
    stage.runs().await;
    assert_eq!((stage.titles().await.len(), stage.server.times()), (2, 1));
}

#[tokio::test]
async fn no_calendar_touches_what_came_from_another_or_is_held_by_others() {
    let stage = Stage::following(&[entry("1", "Abend", 7, ""), entry("2", "Fest", 8, "")]).await;
    let another = stage.world.organisation("another").make().await.id;
    // Another calendar has the same UID.
    let theirs = Elsewhere::saying(elsewhere::calendar(&[entry("1", "Ihr Abend", 9, "STATUS:CONFIRMED")])).await;
    let mut app = stage.world.app.clone();
    app.config = std::sync::Arc::new(miso::config::Config {
        fetch_from_private: vec![stage.server.at, theirs.at],
        ..miso::config::Config::clone(&app.config)
    });
    stage.sets(another, &theirs.url()).await.unwrap();
    work::fetch(app, jobs::Fetch { organisation: another }).await.unwrap();
    assert_eq!(stage.titles().await, ["Abend IN_REVIEW", "Fest IN_REVIEW", "Ihr Abend IN_REVIEW"]);
    // What others answer for by now is theirs.
    let fest = stage.events().await.remove(1);
    let hosts = json!({ "hosts": [{ "organisationId": another.to_global().0 }] });
    stage.world.office_editor().changes_event("eventUpdate", json!({ "id": fest["id"], "input": hosts })).await.unwrap();
    stage.says_at("2022-05-18T14:00:00Z", &[entry("1", "Später Abend", 7, ""), entry("2", "Anders", 8, "STATUS:CANCELLED")]).await;
    assert_eq!(stage.titles().await, ["Später Abend IN_REVIEW", "Fest IN_REVIEW", "Ihr Abend IN_REVIEW"]);
    assert_eq!(stage.report().await, "changed 1, leftOut 1");
    // Another address of its own keeps what came from the first, and misses nothing of it.
    let moved = Elsewhere::saying(elsewhere::calendar(from_ref(&entry("3", "Neu", 10, "")))).await;
    let mut app = stage.world.app.clone();
    app.config =
        std::sync::Arc::new(miso::config::Config { fetch_from_private: vec![moved.at], ..miso::config::Config::clone(&app.config) });
    stage.sets(stage.host, &moved.url()).await.unwrap();
    work::fetch(app, jobs::Fetch { organisation: stage.host }).await.unwrap();
    assert_eq!((stage.titles().await.len(), stage.report().await.as_str()), (4, "added 1"));
    assert_eq!(calendar_source::Entity::find().all(stage.world.db()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_event_that_is_called_otherwise_each_time_comes_in_once() {
    let stage = Stage::following(&[entry("1", "Abend", 7, ""), entry("2", "Fest", 8, "")]).await;
    let before: Vec<_> = stage.events().await.into_iter().map(|event| event["id"].clone()).collect();
    stage.says_at("2022-05-18T14:00:00Z", &[entry("8", "Abend", 7, ""), entry("9", "Fest", 8, "DESCRIPTION:Neu")]).await;
    let events = stage.events().await;
    assert_eq!(events.iter().map(|event| event["id"].clone()).collect::<Vec<_>>(), before);
    assert_eq!((&events[1]["description"], stage.report().await.as_str()), (&json!("<p>Neu</p>\n"), "changed 1, unchanged 1"));
    assert_eq!(event::Entity::find().all(stage.world.db()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn very_many_dates_come_in_at_several_looks() {
    let series = |number: u32| entry(&format!("{number:02}"), "Kurs", 7, "RRULE:FREQ=DAILY;COUNT=900");
    let stage = Stage::following(&(1..=23).map(series).collect::<Vec<_>>()).await;
    assert_eq!(stage.report().await, "added 22");
    stage.looks_at("2022-05-18T14:00:00Z").await;
    assert_eq!(stage.report().await, "added 1, unchanged 22");
}
