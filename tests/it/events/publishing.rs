//! The way of an event to its public, and what becomes of it.

use entity::id::OrganisationId;
use entity::words::OrganisationRole;
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::calendar::{fields, invitation};
use miso_tests::editing::{course, evening};
use serde_json::{Value, json};

async fn with_host() -> (World, OrganisationId) {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    (world, host.id)
}

async fn in_calendar(world: &World, names: &[&str]) -> Vec<String> {
    fields(world.get("/calendar.ics").await.text(), names)
}

#[tokio::test]
async fn an_editor_hands_in_and_the_office_publishes() {
    let (world, host) = with_host().await;
    let partner = world.organisation("partner").make().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let mut input = evening(host, "Abend");
    input["hosts"].as_array_mut().unwrap().push(json!({ "organisationId": partner.id.to_global().0, "role": "CO_HOST" }));
    let event = editor.drafts(input).await;
    let id = json!({ "id": event["id"] });
    assert_eq!(editor.changes_event("eventPublish", id.clone()).await.unwrap()["status"], "IN_REVIEW");
    assert_eq!(world.get("/events/abend").await.status, 404);
    assert_eq!(world.office_editor().changes_event("eventPublish", id).await.unwrap()["status"], "PUBLISHED");
    assert_eq!(world.get("/events/abend").await.status, 200);
    for slug in ["host", "partner"] {
        let calendar = world.get(&format!("/organisations/{slug}/calendar.ics")).await;
        assert_eq!(fields(calendar.text(), &["SUMMARY"]), ["SUMMARY;LANGUAGE=de:Abend"], "{slug}");
    }
}

#[tokio::test]
async fn an_association_that_is_trusted_publishes_by_itself() {
    let (world, _) = with_host().await;
    let trusted = world.organisation("trusted").with(|row| row.publishes_without_review = true).make().await;
    let editor = world.person_of(trusted.id, OrganisationRole::Editor);
    let event = editor.drafts(evening(trusted.id, "Abend")).await;
    assert_eq!(editor.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap()["status"], "PUBLISHED");
    assert_eq!(editor.changes_event("eventPublish", json!({ "id": event["id"] })).await, Err("WRONG_STATE at ".to_owned()));
}

#[tokio::test]
async fn what_the_office_returns_comes_back_with_a_note_that_is_mailed() {
    let (world, host) = with_host().await;
    world.account("emel@example.org", host, OrganisationRole::Editor).await;
    world.account("mina@example.org", host, OrganisationRole::Member).await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let event = editor.drafts(evening(host, "Abend")).await;
    editor.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    let note = json!({ "id": event["id"], "note": "Bitte den <b>Ort</b> ergänzen." });
    assert_eq!(editor.changes_event("eventReturn", note.clone()).await, Err("FORBIDDEN".to_owned()));
    let empty = json!({ "id": event["id"], "note": " " });
    assert_eq!(world.office_editor().changes_event("eventReturn", empty).await, Err("REQUIRED at note".to_owned()));
    let returned = world.office_editor().changes_event("eventReturn", note.clone()).await.unwrap();
    assert_eq!((&returned["status"], &returned["reviewNote"]), (&json!("DRAFT"), &json!("Bitte den <b>Ort</b> ergänzen.")));
    world.run_jobs().await;
    assert_eq!(world.subjects_to("emel@example.org"), ["Zurück an Sie: Abend"]);
    assert!(world.subjects_to("mina@example.org").is_empty());
    assert_eq!(world.office_editor().changes_event("eventReturn", note).await, Err("WRONG_STATE at ".to_owned()));
}

#[tokio::test]
async fn an_event_is_published_at_its_minute_and_not_at_one_that_was_taken_back_or_moved() {
    let (world, host) = with_host().await;
    let office = world.office_editor();
    let (one, other) = (office.drafts(evening(host, "Eins")).await, office.drafts(evening(host, "Zwei")).await);
    let moved = office.drafts(evening(host, "Drei")).await;
    for event in [&one, &other, &moved] {
        let at = json!({ "id": event["id"], "at": "2022-05-20T09:00:00Z" });
        let scheduled = office.changes_event("eventPublish", at).await.unwrap();
        assert_eq!((&scheduled["status"], &scheduled["scheduledFor"]), (&json!("SCHEDULED"), &json!("2022-05-20T09:00:00Z")));
    }
    office.changes_event("eventUnpublish", json!({ "id": other["id"] })).await.unwrap();
    let past = json!({ "id": other["id"], "at": "2022-05-18T08:00:00Z" });
    assert_eq!(office.changes_event("eventPublish", past).await, Err("IN_THE_PAST at at".to_owned()));
    office.changes_event("eventPublish", json!({ "id": moved["id"], "at": "2022-05-21T09:00:00Z" })).await.unwrap();
    world.at("2022-05-20T08:59:00Z").run_jobs().await;
    assert_eq!(world.get("/events/eins").await.status, 404);
    world.at("2022-05-20T09:00:00Z").run_jobs().await;
    for (slug, status) in [("eins", 200), ("zwei", 404), ("drei", 404)] {
        assert_eq!(world.get(&format!("/events/{slug}")).await.status.as_u16(), status, "{slug}");
    }
    world.at("2022-05-21T09:00:00Z").run_jobs().await;
    assert_eq!(world.get("/events/drei").await.status, 200);
}

#[tokio::test]
async fn what_was_approved_for_later_is_reviewed_again_once_its_editor_changes_it() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let event = editor.drafts(evening(host, "Abend")).await;
    let at = json!({ "id": event["id"], "at": "2022-05-20T09:00:00Z" });
    world.office_editor().changes_event("eventPublish", at).await.unwrap();
    let change = json!({ "id": event["id"], "input": { "category": "FILM" } });
    assert_eq!(editor.changes_event("eventUpdate", change).await.unwrap()["status"], "IN_REVIEW");
    world.at("2022-05-20T09:00:00Z").run_jobs().await;
    assert_eq!(world.get("/events/abend").await.status, 404);
}

#[tokio::test]
async fn calendars_count_what_changes_when_and_where_and_not_a_typo() {
    let (world, host) = with_host().await;
    let office = world.office_editor();
    let event = office.drafts(course(host, "Kurs")).await;
    let id = event["id"].clone();
    office.changes_event("eventPublish", json!({ "id": id })).await.unwrap();
    assert_eq!(in_calendar(&world, &["SEQUENCE"]).await, ["SEQUENCE:0"]);
    let first = world.get("/calendar.ics").await;
    world.at("2022-05-18T09:00:00Z");
    let typo = json!({ "texts": [{ "locale": "de", "title": "Kurs!", "descriptionMarkdown": "" }] });
    office.changes_event("eventUpdate", json!({ "id": id, "input": typo })).await.unwrap();
    assert_eq!(in_calendar(&world, &["SEQUENCE", "DTSTAMP"]).await, ["SEQUENCE:0", "DTSTAMP:20220518T090000Z"]);
    assert_ne!(world.get("/calendar.ics").await.headers["etag"], first.headers["etag"]);
    let date = event["occurrences"]["nodes"][1]["id"].clone();
    let moved = office.changes_date(&date, json!({ "startsAt": "2022-06-15T19:00:00+02:00" })).await.unwrap();
    assert_eq!((&moved["endsAt"], &moved["originalStartsAt"]), (&json!("2022-06-15T21:00:00+02:00"), &json!("2022-06-14T18:00:00+02:00")));
    let names = ["SEQUENCE", "RECURRENCE-ID", "DTSTART"];
    let told = in_calendar(&world, &names).await;
    assert_eq!(
        told,
        [
            "SEQUENCE:0",
            "SEQUENCE:1",
            "RECURRENCE-ID;TZID=Europe/Berlin:20220614T180000",
            "DTSTART;TZID=Europe/Berlin:20220607T180000",
            "DTSTART;TZID=Europe/Berlin:20220615T190000"
        ]
    );
    office.changes_date(&date, json!({ "capacity": 7 })).await.unwrap();
    assert_eq!(in_calendar(&world, &["SEQUENCE"]).await, ["SEQUENCE:0", "SEQUENCE:1"]);
    office.changes_date(&date, json!({ "cancelled": true, "reason": "Krank" })).await.unwrap();
    assert_eq!(in_calendar(&world, &["SEQUENCE", "STATUS"]).await, ["SEQUENCE:0", "SEQUENCE:2", "STATUS:CONFIRMED", "STATUS:CANCELLED"]);
    office.changes_event("eventUpdate", json!({ "id": id, "input": { "place": { "mode": "ONLINE" } } })).await.unwrap();
    assert_eq!(in_calendar(&world, &["SEQUENCE"]).await, ["SEQUENCE:1", "SEQUENCE:4"]);
    office.changes_event("eventCancel", json!({ "id": id, "reason": "Wasser im Keller" })).await.unwrap();
    assert_eq!(in_calendar(&world, &["SEQUENCE", "STATUS"]).await, ["SEQUENCE:2", "SEQUENCE:5", "STATUS:CANCELLED", "STATUS:CANCELLED"]);
}

#[tokio::test]
async fn a_date_goes_back_to_where_its_event_is() {
    let (world, host) = with_host().await;
    let office = world.office_editor();
    let event = office.drafts(course(host, "Kurs")).await;
    let date = event["occurrences"]["nodes"][0]["id"].clone();
    let elsewhere = office.changes_date(&date, json!({ "place": { "mode": "ONLINE" }, "capacity": 3 })).await.unwrap();
    assert_eq!(elsewhere["place"]["mode"], "ONLINE");
    assert_eq!(office.changes_date(&date, json!({ "place": null, "capacity": null })).await.unwrap()["place"]["mode"], "ONSITE");
    for (change, refused) in [
        (json!({ "startsAt": null }), "REQUIRED at input.startsAt"),
        (json!({ "endsAt": "2022-06-07T18:00:00+02:00" }), "ENDS_BEFORE_START at input.endsAt"),
        (json!({ "doorsAt": "2022-06-07T18:30:00+02:00", "capacity": -1 }), "INVALID at input.doorsAt, INVALID at input.capacity"),
        (json!({ "place": { "venueId": "venue_x" } }), "NOT_FOUND at input.place.venueId"),
    ] {
        assert_eq!(office.changes_date(&date, change).await.unwrap_err(), refused);
    }
}

/// A course with somebody registered for its second date.
async fn with_amal(world: &World, host: OrganisationId) -> Value {
    let office = world.office_editor();
    let mut input = course(host, "Kurs");
    input["registrationPolicy"] = json!({ "mode": "OPEN", "capacity": 1 });
    let event = office.drafts(input).await;
    office.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    let date = &event["occurrences"]["nodes"][1]["id"];
    world.register(&json!({ "for": { "occurrenceId": date }, "name": "Amal", "email": "amal@example.org" })).await;
    world.run_jobs().await;
    event
}

#[tokio::test]
async fn whoever_is_registered_is_told_what_becomes_of_the_event_and_their_calendar_too() {
    let (world, host) = with_host().await;
    let office = world.office_editor();
    let event = with_amal(&world, host).await;
    let id = json!({ "id": event["id"] });
    office.changes_event("eventPostpone", json!({ "id": event["id"], "reason": "Streik" })).await.unwrap();
    world.run_jobs().await;
    office.changes_event("eventReinstate", id.clone()).await.unwrap();
    world.run_jobs().await;
    office.changes_event("eventCancel", json!({ "id": event["id"], "reason": "Krank" })).await.unwrap();
    world.run_jobs().await;
    // Once more changes nothing, and tells nobody.
    office.changes_event("eventCancel", id.clone()).await.unwrap();
    world.run_jobs().await;
    assert_eq!(
        world.subjects_to("amal@example.org"),
        ["Angemeldet: Kurs", "Verschoben: Kurs", "Findet doch statt: Kurs", "Abgesagt: Kurs"]
    );
    let mails = world.app.mailer.sent();
    let sequences: Vec<String> = mails.iter().flat_map(|mail| fields(&invitation(&mail.letter()), &["METHOD", "SEQUENCE"])).collect();
    assert_eq!(
        sequences,
        ["METHOD:REQUEST", "SEQUENCE:0", "METHOD:REQUEST", "SEQUENCE:1", "METHOD:REQUEST", "SEQUENCE:2", "METHOD:CANCEL", "SEQUENCE:3"]
    );
    assert_eq!(office.changes_event("eventPostpone", id).await, Err("WRONG_STATE at ".to_owned()));
}

#[tokio::test]
async fn one_date_moves_and_only_who_is_registered_for_it_is_told() {
    let (world, host) = with_host().await;
    let event = with_amal(&world, host).await;
    let dates = event["occurrences"]["nodes"].as_array().unwrap();
    world.register(&json!({ "for": { "occurrenceId": dates[2]["id"] }, "name": "Bojan", "email": "bojan@example.org" })).await;
    world.run_jobs().await;
    world.office_editor().changes_date(&dates[1]["id"], json!({ "startsAt": "2022-06-15T18:00:00+02:00" })).await.unwrap();
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org"), ["Angemeldet: Kurs", "Zeit oder Ort geändert: Kurs"]);
    assert_eq!(world.subjects_to("bojan@example.org"), ["Angemeldet: Kurs"]);
}

#[tokio::test]
async fn more_seats_let_the_waiting_move_up() {
    let (world, host) = with_host().await;
    let event = with_amal(&world, host).await;
    let date = &event["occurrences"]["nodes"][1]["id"];
    for name in ["Bojan", "Chi"] {
        let email = format!("{}@example.org", name.to_lowercase());
        assert!(world.place_of(&json!({ "for": { "occurrenceId": date }, "name": name, "email": email })).await.starts_with("WAITLISTED"));
    }
    world.office_editor().changes_date(date, json!({ "capacity": 2 })).await.unwrap();
    world.run_jobs().await;
    assert!(world.subjects_to("bojan@example.org").contains(&"Nachgerückt: Kurs".to_owned()));
    let change = json!({ "id": event["id"], "input": { "registrationPolicy": { "capacity": 9 } } });
    world.office_editor().changes_event("eventUpdate", change).await.unwrap();
    world.office_editor().changes_date(date, json!({ "capacity": null })).await.unwrap();
    world.run_jobs().await;
    assert!(world.subjects_to("chi@example.org").contains(&"Nachgerückt: Kurs".to_owned()));
    let scope = json!({ "id": event["id"], "input": { "registrationPolicy": { "scope": "WHOLE_EVENT" } } });
    let refused = world.office_editor().changes_event("eventUpdate", scope).await;
    assert_eq!(refused, Err("WRONG_STATE at input.registrationPolicy.scope".to_owned()));
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_and_whoever_is_registered_is_told() {
    let (world, host) = with_host().await;
    let event = with_amal(&world, host).await;
    world.office_editor().changes_event("eventUnpublish", json!({ "id": event["id"] })).await.unwrap();
    world.run_jobs().await;
    assert_eq!(world.get("/events/kurs").await.status, 404);
    assert_eq!(world.subjects_to("amal@example.org"), ["Angemeldet: Kurs", "Abgesagt: Kurs"]);
    world.office_editor().changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org").last().unwrap(), "Findet doch statt: Kurs");
    assert_eq!(in_calendar(&world, &["SEQUENCE"]).await, ["SEQUENCE:2"]);
}
