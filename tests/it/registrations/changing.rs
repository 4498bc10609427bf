//! Registrations are changed: by the link, by the person, by organisers.

use entity::lists::{Question, Questions};
use entity::words::{OrganisationRole, QuestionKind};
use entity::{registration_answer, sensitive_answer};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::calendar::{fields, invitation};
use miso_tests::registering::who;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

async fn by_link(world: &World, email: &str, input: Value) -> Result<Value, String> {
    let given = json!({ "by": { "token": world.token_of(email).await }, "input": input });
    world.visitor().changes_registration("registrationUpdate", given).await
}

fn question(key: &str, kind: QuestionKind, required: bool, sensitive: bool) -> Question {
    Question { key: key.into(), label: key.into(), help: None, kind, required, sensitive, choices: Vec::new() }
}

#[tokio::test]
async fn what_is_left_out_stays_and_what_is_given_is_checked_as_when_registering() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let questions = vec![question("school", QuestionKind::Text, true, false), question("needs", QuestionKind::Text, false, true)];
    let event = world.open_event("abend", host.id, 5).with(|row| row.questions = Questions(questions)).make().await;
    let mut input = who("Amal", &world.dates_of(&event).await[0]);
    (input["answers"], input["note"]) = (json!([{ "key": "school", "values": ["Nord"] }]), json!("Bis dann"));
    assert_eq!(world.place_of(&input).await, "CONFIRMED");
    world.run_jobs().await;
    let changed = by_link(&world, "amal@example.org", json!({ "name": "Amal B." })).await.unwrap();
    assert_eq!((&changed["name"], &changed["note"], &changed["seats"]), (&json!("Amal B."), &json!("Bis dann"), &json!(1)));
    assert_eq!(changed["answers"], json!([{ "question": { "key": "school" }, "values": ["Nord"] }]));
    let answers = json!([{ "key": "school", "values": ["Süd"] }, { "key": "needs", "values": ["Rampe"] }]);
    let changed = by_link(&world, "amal@example.org", json!({ "answers": answers, "note": null })).await.unwrap();
    assert_eq!((&changed["note"], changed["answers"].as_array().unwrap().len()), (&json!(null), 2));
    let plain = registration_answer::Entity::find().all(world.db()).await.unwrap();
    let apart = sensitive_answer::Entity::find().all(world.db()).await.unwrap();
    assert_eq!((plain.len(), plain[0].answers.0[0].as_str(), apart.len(), apart[0].answers.0[0].as_str()), (1, "Süd", 1, "Rampe"));
    let rows = world.dump().await;
    let wrong = json!({ "name": " ", "seats": 0, "answers": [{ "key": "other", "values": ["x"] }] });
    let refused = by_link(&world, "amal@example.org", wrong).await.unwrap_err();
    let all = ["REQUIRED at input.name", "INVALID at input.seats", "INVALID at input.answers.0.key", "REQUIRED at input.answers.school"];
    assert_eq!(refused, all.join(", "));
    assert_eq!(by_link(&world, "amal@example.org", json!({ "name": null })).await.unwrap_err(), "REQUIRED at input.name");
    // What is as it was is no change, and of their own changes nobody is told.
    by_link(&world, "amal@example.org", json!({ "name": "Amal B.", "answers": answers })).await.unwrap();
    assert_eq!(world.dump().await, rows);
    assert!(world.run_jobs().await.done.is_empty());
}

#[tokio::test]
async fn a_smaller_party_lets_others_move_up_and_a_larger_one_needs_room() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 3).make().await;
    let date = &world.dates_of(&event).await[0];
    for (name, seats) in [("Amal", 3), ("Bojan", 1), ("Chi", 3)] {
        let mut input = who(name, date);
        input["seats"] = json!(seats);
        world.register(&input).await;
    }
    let rows = world.dump().await;
    let refused = by_link(&world, "amal@example.org", json!({ "seats": 4, "name": "Anders" })).await.unwrap_err();
    assert_eq!(refused, "TOO_MANY_SEATS at input.seats");
    assert_eq!(world.dump().await, rows);
    assert_eq!(by_link(&world, "amal@example.org", json!({ "seats": 1 })).await.unwrap()["seats"], 1);
    assert_eq!(world.standing_of("bojan@example.org").await, "CONFIRMED");
    assert_eq!(world.standing_of("chi@example.org").await, "WAITLISTED 1");
    world.seats_are_sound().await;
    // One that waits fits once it is smaller.
    let chi = by_link(&world, "chi@example.org", json!({ "seats": 1 })).await.unwrap();
    assert_eq!((&chi["status"], &chi["seats"]), (&json!("CONFIRMED"), &json!(1)));
    let refused = by_link(&world, "bojan@example.org", json!({ "seats": 2 })).await.unwrap_err();
    assert_eq!(refused, "TOO_MANY_SEATS at input.seats");
    assert_eq!(world.counts_of(date).await, (3, 0, Some(0)));
    world.seats_are_sound().await;
}

#[tokio::test]
async fn once_registration_is_closed_one_gives_seats_back_but_takes_none_and_once_it_began_nothing() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 9).with(|row| row.closes_minutes_before = Some(60)).make().await;
    let mut input = who("Amal", &world.dates_of(&event).await[0]);
    input["seats"] = json!(2);
    world.register(&input).await;
    world.at("2022-06-01T15:30:00Z");
    assert_eq!(by_link(&world, "amal@example.org", json!({ "seats": 3 })).await.unwrap_err(), "CLOSED at input.seats");
    by_link(&world, "amal@example.org", json!({ "seats": 1, "note": "Zu Fuß" })).await.unwrap();
    let row = world.registration_of("amal@example.org").await;
    let by_organiser = json!({ "by": { "id": row.id.to_global().0 }, "input": { "seats": 4 } });
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    assert_eq!(editor.changes_registration("registrationUpdate", by_organiser.clone()).await.unwrap()["seats"], 4);
    world.at("2022-06-01T16:00:00Z");
    assert_eq!(by_link(&world, "amal@example.org", json!({ "note": "Spät" })).await.unwrap_err(), "CLOSED at ");
    let late = json!({ "by": { "id": row.id.to_global().0 }, "input": { "seats": 3 } });
    assert_eq!(editor.changes_registration("registrationUpdate", late).await.unwrap()["seats"], 3);
}

#[tokio::test]
async fn what_organisers_change_the_person_is_told_and_the_log_without_what_it_says() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 9).make().await;
    world.register(&who("Amal", &world.dates_of(&event).await[0])).await;
    world.run_jobs().await;
    let row = world.registration_of("amal@example.org").await;
    let by = json!({ "id": row.id.to_global().0 });
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let given = json!({ "by": by, "input": { "seats": 2, "name": "Amal Geheim", "note": "Rollstuhl" } });
    editor.changes_registration("registrationUpdate", given).await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    let letter = world.app.mailer.sent().pop().unwrap().letter();
    assert_eq!(letter.subject, "Ihre Anmeldung wurde geändert: abend");
    assert_eq!(fields(&invitation(&letter), &["METHOD", "SEQUENCE"]), ["METHOD:REQUEST", "SEQUENCE:1"]);
    let log = world.administrator().asks("{ auditLog { nodes { action changes { field before after } } } }").await;
    let entry = log.at("auditLog.nodes.0");
    assert_eq!(entry["action"], "registrationUpdate");
    let told = entry.to_string();
    assert!(told.contains("note") && !told.contains("Geheim") && !told.contains("Rollstuhl"), "{told}");
    // What is cancelled is not changed any more; of what the person does with their account, nobody else is told.
    let amal = world.signs_in("amal@example.org").await;
    let update = "mutation($by: RegistrationBy!, $input: RegistrationUpdateInput!) {
        registrationUpdate(by: $by, input: $input) { registration { seats } errors { code } }
    }";
    let own = amal.graphql(update, json!({ "by": by, "input": { "seats": 1 } })).await;
    assert_eq!(*own.at("registrationUpdate.registration.seats"), 1);
    editor.changes_registration("registrationCancel", json!({ "by": by })).await.unwrap();
    let gone = editor.changes_registration("registrationUpdate", json!({ "by": by, "input": { "seats": 2 } })).await;
    assert_eq!(gone.unwrap_err(), "WRONG_STATE at ");
    for outsider in [world.visitor(), world.stranger(), world.person_of(host.id, OrganisationRole::Member)] {
        let given = json!({ "by": by, "input": { "seats": 2 } });
        assert_eq!(outsider.changes_registration("registrationUpdate", given).await.unwrap_err(), "NOT_FOUND");
    }
}

#[tokio::test]
async fn a_form_on_the_page_of_the_link_changes_it_without_javascript() {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    let question = question("school", QuestionKind::Text, true, false);
    let event = world.open_event("abend", host.id, 2).with(|row| row.questions = Questions(vec![question])).make().await;
    let mut input = who("Amal", &world.dates_of(&event).await[0]);
    (input["answers"], input["seats"]) = (json!([{ "key": "school", "values": ["Nord"] }]), json!(2));
    world.register(&input).await;
    let address = format!("/registrations/{}", world.token_of("amal@example.org").await);
    let mut browser = world.browser();
    let page = browser.opens(&address).await;
    assert!(page.text().contains("value=\"Nord\"") && page.text().contains("Angaben ändern"), "{}", page.text());
    let fields = [("form", "update"), ("name", "Amal B."), ("seats", "1"), ("answer.school", "Süd"), ("note", "")];
    let done = browser.sends(&address, &fields).await;
    assert_eq!(done.header("location"), format!("{address}?done=updated"), "{}", done.text());
    let row = world.registration_of("amal@example.org").await;
    assert_eq!((row.name.as_str(), row.seats), ("Amal B.", 1));
    let refused = browser.sends(&address, &[("form", "update"), ("name", "Amal"), ("seats", "3"), ("answer.school", "Süd")]).await;
    assert!(refused.text().contains("höchstens 2 Plätze"), "{}", refused.text());
    assert_eq!(world.registration_of("amal@example.org").await, row);
}
