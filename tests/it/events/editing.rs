//! Announcing and changing events.

use entity::audit_entry;
use entity::id::OrganisationId;
use entity::words::OrganisationRole;
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::editing::{course, evening};
use miso_tests::world::instant;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

/// A network, and an association in it.
async fn with_host() -> (World, OrganisationId) {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    (world, host.id)
}

fn starts(event: &Value) -> Vec<String> {
    let dates = event["occurrences"]["nodes"].as_array().unwrap();
    dates.iter().map(|date| date["startsAt"].as_str().unwrap().to_owned()).collect()
}

fn ids(event: &Value) -> Vec<Value> {
    event["occurrences"]["nodes"].as_array().unwrap().iter().map(|date| date["id"].clone()).collect()
}

#[tokio::test]
async fn an_editor_drafts_a_weekly_course_in_two_languages_with_an_exception() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let mut input = course(host, "Deutsch für Größere");
    input["texts"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "locale": "en", "title": "German", "summary": "A course", "descriptionMarkdown": "# Hi" }));
    input["schedule"]["exceptDates"] = json!(["2022-06-14T18:00:00+02:00"]);
    input["tags"] = json!(["Sprache", "sprache", "Lernen"]);
    let event = editor.drafts(input).await;
    assert_eq!(
        (&event["status"], &event["slug"], &event["title"]),
        (&json!("DRAFT"), &json!("deutsch-fuer-groessere"), &json!("Deutsch für Größere"))
    );
    assert_eq!(starts(&event), ["2022-06-07T18:00:00+02:00", "2022-06-21T18:00:00+02:00", "2022-06-28T18:00:00+02:00"]);
    assert_eq!(event["schedule"]["timeZone"], "Europe/Berlin");
    assert_eq!(event["tags"], json!([{ "name": "Sprache" }, { "name": "Lernen" }]));
    let seen =
        world.visitor().asks_with("query($id: ID!) { node(id: $id) { id } events { totalCount } }", json!({ "id": event["id"] })).await;
    assert_eq!(seen.data(), &json!({ "node": null, "events": { "totalCount": 0 } }));
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_with_its_path() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let nobody = OrganisationId(uuid::Uuid::from_u128(7)).to_global().0;
    let input = json!({
        "hosts": [{ "organisationId": host.to_global().0 }, { "organisationId": nobody }, { "organisationId": "event_1" }],
        "texts": [{ "locale": "de", "title": " ", "descriptionMarkdown": "" }, { "locale": "de", "title": "Zwei", "descriptionMarkdown": "" }],
        "schedule": { "startsAt": "2022-06-07T18:00:00+02:00", "endsAt": "2022-06-07T17:00:00+02:00", "recurrence": "FREQ=HOURLY" },
        "slug": "Ä B",
        "place": { "onlineUrl": "javascript:alert(1)", "room": "Saal" },
        "price": { "kind": "PAID", "tiers": [{ "name": "", "amount": -1, "currency": "€" }] },
        "registrationPolicy": { "mode": "EXTERNAL", "maxSeats": 0, "questions": [{ "key": "a b", "label": "Was?", "kind": "CHOICE" }] },
        "contact": { "email": "niemand" },
    });
    let refused = editor.changes_event("eventCreate", json!({ "input": input })).await.unwrap_err();
    for expected in [
        "REQUIRED at input.texts.0.title",
        "NOT_FOUND at input.hosts.2.organisationId",
        "INVALID at input.schedule.recurrence",
        "INVALID at input.slug",
        "INVALID at input.place.onlineUrl",
        "REQUIRED at input.price.tiers.0.name",
        "INVALID at input.price.tiers.0.amount",
        "INVALID at input.price.tiers.0.currency",
        "INVALID at input.registrationPolicy.questions.0.key",
        "INVALID at input.contact.email",
    ] {
        assert!(refused.contains(expected), "{expected} is not in {refused}");
    }
    let mut input = evening(host, "Abend");
    input["schedule"]["endsAt"] = json!("2022-06-07T18:00:00+02:00");
    input["hosts"] =
        json!([{ "organisationId": host.to_global().0 }, { "organisationId": nobody }, { "organisationId": host.to_global().0 }]);
    let refused = editor.changes_event("eventCreate", json!({ "input": input })).await.unwrap_err();
    assert_eq!(
        refused,
        "ENDS_BEFORE_START at input.schedule.endsAt, NOT_FOUND at input.hosts.1.organisationId, INVALID at input.hosts.2.organisationId"
    );
    assert_eq!(audit_entry::Entity::find().all(world.db()).await.unwrap(), []);
}

#[tokio::test]
async fn what_is_left_out_stays_and_null_clears() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let venue = world.venue("haus").make().await;
    let mut input = evening(host, "Abend");
    input["place"] =
        json!({ "mode": "HYBRID", "venueId": venue.id.to_global().0, "room": "Saal", "onlineUrl": "https://call.example.org/a" });
    input["contact"] = json!({ "name": "Büro", "email": "buero@example.org" });
    let event = editor.drafts(input).await;
    let change = json!({ "place": { "room": null }, "contact": { "name": null }, "tags": ["Fest"] });
    let event = editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": change })).await.unwrap();
    assert_eq!(
        event["place"],
        json!({ "mode": "HYBRID", "room": null, "venue": { "id": venue.id.to_global().0 }, "onlineUrl": "https://call.example.org/a" })
    );
    assert_eq!((&event["title"], &event["revision"]), (&json!("Abend"), &json!(2)));
    let contact = editor
        .asks_with(
            "query($id: ID!) { node(id: $id) { ... on Event { contact { name email } tags { name } } } }",
            json!({ "id": event["id"] }),
        )
        .await;
    assert_eq!(contact.at("node.contact"), &json!({ "name": null, "email": "buero@example.org" }));
    for (change, refused) in [
        (json!({ "schedule": null }), "REQUIRED at input.schedule"),
        (json!({ "hosts": [] }), "REQUIRED at input.hosts"),
        (json!({ "category": null }), "REQUIRED at input.category"),
        (json!({ "removeLocales": ["de"] }), "INVALID at input.removeLocales.0"),
        (json!({ "originalLocale": "tr" }), "INVALID at input.originalLocale"),
        (json!({ "place": { "venueId": null, "room": "Saal" } }), "INVALID at input.place.room"),
    ] {
        let outcome = editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": change })).await;
        assert_eq!(outcome.unwrap_err(), refused);
    }
}

#[tokio::test]
async fn texts_are_added_replaced_and_removed_by_language() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let event = editor.drafts(evening(host, "Abend")).await;
    let change = json!({
        "texts": [{ "locale": "tr", "title": "Akşam", "descriptionMarkdown": "" }, { "locale": "de", "title": "Nacht", "descriptionMarkdown": "" }],
        "originalLocale": "tr", "removeLocales": ["de"],
    });
    let event = editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": change })).await.unwrap();
    assert_eq!(event["title"], "Akşam");
    let seen =
        editor.asks_with("query($id: ID!) { node(id: $id) { ... on Event { locales locale } } }", json!({ "id": event["id"] })).await;
    assert_eq!(seen.at("node"), &json!({ "locales": ["tr"], "locale": "tr" }));
}

#[tokio::test]
async fn nobody_silently_overwrites_what_another_changed() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let event = editor.drafts(evening(host, "Abend")).await;
    let change = |title: &str| json!({ "id": event["id"], "expectedRevision": 1, "input": { "texts": [{ "locale": "de", "title": title, "descriptionMarkdown": "" }] } });
    let (one, other) =
        tokio::join!(editor.changes_event("eventUpdate", change("Eins")), editor.changes_event("eventUpdate", change("Zwei")));
    let (kept, refused) = match (one, other) {
        (Ok(kept), refused) | (refused, Ok(kept)) => (kept, refused),
        refused => panic!("{refused:?}"),
    };
    assert_eq!(refused.unwrap_err(), "STALE_REVISION at expectedRevision");
    assert_eq!(kept["revision"], 2);
}

#[tokio::test]
async fn an_address_that_changed_still_leads_to_the_event_and_is_nobody_elses() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let event = editor.drafts(evening(host, "Abend")).await;
    let event = editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": { "slug": "nacht" } })).await.unwrap();
    world.administrator().changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    assert_eq!(world.graphql(r#"{ event(slug: "abend") { slug } }"#, json!({})).await.at("event.slug"), "nacht");
    let old = world.get("/events/abend").await;
    assert!(old.status.is_redirection() && old.headers["location"].to_str().unwrap().ends_with("/events/nacht"), "{}", old.status);
    let mut input = evening(host, "Abend");
    assert_eq!(editor.drafts(input.clone()).await["slug"], "abend-2");
    input["slug"] = json!("abend");
    assert_eq!(editor.changes_event("eventCreate", json!({ "input": input })).await.unwrap_err(), "TAKEN at input.slug");
    let back = editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": { "slug": "abend" } })).await.unwrap();
    assert_eq!(back["slug"], "abend");
    assert_eq!(world.graphql(r#"{ event(slug: "nacht") { slug } }"#, json!({})).await.at("event.slug"), "abend");
}

#[tokio::test]
async fn a_copy_starts_at_another_time_and_all_goes_along() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let mut input = course(host, "Kurs");
    input["schedule"]["recurrence"] = json!("FREQ=WEEKLY;BYDAY=TU;UNTIL=20220628T160000Z");
    input["schedule"]["exceptDates"] = json!(["2022-06-14T18:00:00+02:00"]);
    input["agenda"] = json!([{ "at": "2022-06-07T18:30:00+02:00", "title": "Pause" }]);
    let event = editor.drafts(input).await;
    let copy = editor.changes_event("eventDuplicate", json!({ "id": event["id"], "startsAt": "2022-11-01T19:00:00+01:00" })).await.unwrap();
    assert_eq!((&copy["slug"], &copy["status"]), (&json!("kurs-2"), &json!("DRAFT")));
    assert_eq!(starts(&copy), ["2022-11-01T19:00:00+01:00", "2022-11-15T19:00:00+01:00", "2022-11-22T19:00:00+01:00"]);
    assert_eq!(copy["schedule"]["endsAt"], "2022-11-01T21:00:00+01:00");
}

#[tokio::test]
async fn only_a_draft_that_nobody_registered_for_is_deleted() {
    let (world, host) = with_host().await;
    let office = world.administrator();
    let event = office.drafts(evening(host, "Abend")).await;
    office.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    assert_eq!(office.deletes_event(&event["id"]).await, Err("WRONG_STATE at ".to_owned()));
    office.changes_event("eventUnpublish", json!({ "id": event["id"] })).await.unwrap();
    assert_eq!(office.deletes_event(&event["id"]).await, Ok(event["id"].clone()));
    assert_eq!(office.deletes_event(&event["id"]).await, Err("NOT_FOUND".to_owned()));
    world.run_jobs().await;
}

#[tokio::test]
async fn what_came_of_an_event_is_recorded_once_it_is_over() {
    let (world, host) = with_host().await;
    let office = world.administrator();
    let event = office.drafts(evening(host, "Abend")).await;
    office.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    let record = json!({ "id": event["id"], "input": { "guests": 30, "donations": 120_000, "note": "Schön." } });
    assert_eq!(office.changes_event("eventRecordOutcome", record.clone()).await, Err("WRONG_STATE at ".to_owned()));
    world.at("2022-06-07T18:00:00Z");
    office.changes_event("eventRecordOutcome", record).await.unwrap();
    let seen = world.graphql(r#"{ event(slug: "abend") { outcome { guests donations currency note } } }"#, json!({})).await;
    assert_eq!(seen.at("event.outcome"), &json!({ "guests": 30, "donations": 120_000, "currency": "EUR", "note": "Schön." }));
    let wrong = json!({ "id": event["id"], "input": { "guests": -1, "currency": "Euro" } });
    assert_eq!(
        office.changes_event("eventRecordOutcome", wrong).await,
        Err("INVALID at input.guests, INVALID at input.currency".to_owned())
    );
}

#[tokio::test]
async fn dates_that_clash_are_told_while_one_plans() {
    let (world, host) = with_host().await;
    let other = world.organisation("other").make().await;
    for (slug, on, tag) in [
        ("konzert", "2022-06-07T17:00:00Z", "musik"),
        ("lesung", "2022-06-07T15:00:00Z", "buch"),
        ("spaeter", "2022-06-08T17:00:00Z", "musik"),
    ] {
        world.event(slug, other.id).on(on).tagged(tag).make().await;
    }
    world.event("entwurf", other.id).on("2022-06-07T17:00:00Z").tagged("musik").status(entity::words::EventStatus::Draft).make().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let mut input = evening(host, "Abend");
    (input["tags"], input["category"]) = (json!(["musik"]), json!("SPORT"));
    let event = editor.drafts(input).await;
    let query = "query($id: ID!) { node(id: $id) { ... on Event { clashes { event { slug } } } } }";
    let clashes = editor.asks_with(query, json!({ "id": event["id"] })).await;
    assert_eq!(clashes.at("node.clashes"), &json!([{ "event": { "slug": "konzert" } }]));
    let public = world.visitor().asks(r#"{ event(slug: "konzert") { clashes { id } } }"#).await;
    assert_eq!(public.codes(), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn a_schedule_that_changes_keeps_its_dates_and_who_is_registered() {
    let (world, host) = with_host().await;
    let office = world.administrator();
    let mut input = course(host, "Kurs");
    input["registrationPolicy"] = json!({ "mode": "OPEN", "capacity": 5 });
    let event = office.drafts(input).await;
    office.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    let before = ids(&event);
    world.register(&json!({ "for": { "occurrenceId": before[3] }, "name": "Amal", "email": "amal@example.org" })).await;
    world.register(&json!({ "for": { "occurrenceId": before[1] }, "name": "Bojan", "email": "bojan@example.org" })).await;
    world.run_jobs().await;
    // An hour later, and one week less: the last one has somebody registered and is cancelled, not lost.
    let schedule = json!({ "startsAt": "2022-06-07T19:00:00+02:00", "endsAt": "2022-06-07T21:00:00+02:00", "recurrence": "FREQ=WEEKLY;BYDAY=TU;COUNT=3" });
    let event = office.changes_event("eventUpdate", json!({ "id": event["id"], "input": { "schedule": schedule } })).await.unwrap();
    assert_eq!(ids(&event), before);
    assert_eq!(starts(&event)[..3], ["2022-06-07T19:00:00+02:00", "2022-06-14T19:00:00+02:00", "2022-06-21T19:00:00+02:00"]);
    assert_eq!(event["occurrences"]["nodes"][3]["cancelled"], true);
    world.run_jobs().await;
    let told: Vec<String> = world.subjects_to("bojan@example.org");
    assert!(told.iter().any(|subject| subject.contains("Zeit oder Ort geändert: Kurs")), "{told:?}");
    let told: Vec<String> = world.subjects_to("amal@example.org");
    assert!(told.iter().any(|subject| subject.contains("Abgesagt: Kurs")), "{told:?}");
    let nothing = json!({ "startsAt": "2022-06-07T19:00:00+02:00", "exceptDates": ["2022-06-07T19:00:00+02:00"] });
    let refused = office.changes_event("eventUpdate", json!({ "id": event["id"], "input": { "schedule": nothing } })).await;
    assert_eq!(refused.unwrap_err(), "INVALID at input.schedule.exceptDates");
}

#[tokio::test]
async fn dates_that_nobody_registered_for_go_and_new_ones_come() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let event = editor.drafts(course(host, "Kurs")).await;
    let before = ids(&event);
    let schedule = json!({ "startsAt": "2022-06-14T18:00:00+02:00", "endsAt": "2022-06-14T20:00:00+02:00", "furtherDates": ["2022-07-02T10:00:00+02:00"] });
    let event = editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": { "schedule": schedule } })).await.unwrap();
    assert_eq!(starts(&event), ["2022-06-14T18:00:00+02:00", "2022-07-02T10:00:00+02:00"]);
    assert_eq!(ids(&event)[0], before[1]);
    assert!(!before.contains(&ids(&event)[1]));
}

#[tokio::test]
async fn a_whole_series_goes_a_week_on_without_losing_a_date() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let mut input = evening(host, "Reihe");
    input["schedule"]["furtherDates"] = json!(["2022-06-09T18:00:00+02:00", "2022-06-10T18:00:00+02:00"]);
    let event = editor.drafts(input).await;
    let before = ids(&event);
    // Each takes the place of the next.
    let schedule =
        json!({ "startsAt": "2022-06-09T18:00:00+02:00", "furtherDates": ["2022-06-10T18:00:00+02:00", "2022-06-11T18:00:00+02:00"] });
    let event = editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": { "schedule": schedule } })).await.unwrap();
    let mut after = ids(&event);
    assert_eq!((&after[0], &after[1]), (&before[1], &before[2]));
    after.sort_by_key(ToString::to_string);
    let mut all = before.clone();
    all.sort_by_key(ToString::to_string);
    assert_eq!(after, all);
    // By order, and by day with the places exchanged.
    let schedule =
        json!({ "startsAt": "2022-06-16T18:00:00+02:00", "furtherDates": ["2022-06-17T18:00:00+02:00", "2022-06-18T18:00:00+02:00"] });
    let moved = editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": { "schedule": schedule } })).await.unwrap();
    assert_eq!(ids(&moved), ids(&event));
}

#[tokio::test]
async fn a_rule_without_an_end_goes_on_day_by_day() {
    let (world, host) = with_host().await;
    let office = world.administrator();
    let mut input = evening(host, "Treff");
    input["schedule"]["recurrence"] = json!("FREQ=MONTHLY");
    let event = office.drafts(input).await;
    let count = |event: &Value| starts(event).len();
    let before = count(&event);
    world.at("2022-08-20T08:00:00Z");
    miso::events::ops::extend(&world.app).await.unwrap();
    let query = "query($id: ID!) { node(id: $id) { ... on Event { revision occurrences(first: 100) { nodes { id startsAt } } } } }";
    let after = office.asks_with(query, json!({ "id": event["id"] })).await.at("node").clone();
    assert_eq!((count(&after) - before, &after["revision"]), (3, &event["revision"]));
    assert_eq!(ids(&after)[..before], ids(&event)[..]);
}

#[tokio::test]
async fn the_log_tells_who_changed_what_without_the_texts() {
    let (world, host) = with_host().await;
    let editor = world.person_of(host, OrganisationRole::Editor);
    let mut input = evening(host, "Abend");
    input["contact"] = json!({ "name": "Geheime Person" });
    let event = editor.drafts(input).await;
    world.at("2022-05-18T08:01:00Z");
    let change = json!({ "visibility": "MEMBERS", "texts": [{ "locale": "de", "title": "Nacht", "descriptionMarkdown": "Vertraulich" }], "contact": null });
    editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": change })).await.unwrap();
    let log = audit_entry::Entity::find().order_by_asc(audit_entry::Column::Id).all(world.db()).await.unwrap();
    let told: Vec<_> =
        log.iter().map(|entry| (entry.action.as_str(), entry.summary.as_str(), entry.actor_id.is_some(), entry.at)).collect();
    assert_eq!(
        told,
        [("eventCreate", "Abend", true, instant("2022-05-18T08:00:00Z")), ("eventUpdate", "Nacht", true, instant("2022-05-18T08:01:00Z"))]
    );
    assert_eq!(log[1].changes, json!({ "visibility": { "before": "PUBLIC", "after": "MEMBERS" }, "texts": {}, "contact": {} }));
}

#[tokio::test]
async fn a_rule_without_an_end_that_has_too_many_dates_is_refused() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").make().await;
    let editor = world.person_of(own.id, OrganisationRole::Editor);
    for (rule, starts_at) in
        [("FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0", "2022-06-07T09:00:00+02:00"), ("FREQ=DAILY", "2016-06-07T09:00:00+02:00")]
    {
        let mut input = evening(own.id, "Zu oft");
        input["schedule"] = json!({ "startsAt": starts_at, "recurrence": rule });
        let refused = editor.changes_event("eventCreate", json!({ "input": input })).await;
        assert_eq!(refused, Err("TOO_LARGE at input.schedule.recurrence".to_owned()), "{rule}");
    }
}
