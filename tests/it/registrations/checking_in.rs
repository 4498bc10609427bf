//! People are let in at the door, by the code of their mail.

use entity::words::{HostRole, OrganisationRole};
use miso::gql::id::Global;
use miso::secret::Purpose;
use miso_tests::registering::who;
use miso_tests::{Actor, World};
use serde_json::{Value, json};

const CHECK_IN: &str = "mutation($by: RegistrationBy!, $at: RegistrationFor) {
    registrationCheckIn(by: $by, at: $at) { registration { name status checkedInAt } errors { path code message } }
}";

async fn code(world: &World, email: &str) -> Value {
    let row = world.registration_of(email).await;
    json!({ "checkInCode": world.app.links.token(Purpose::CheckIn, row.id, row.secret_version) })
}

/// When they came in, and what was told at the door.
async fn at_the_door(actor: &Actor<'_>, by: Value, at: Value) -> (Value, String) {
    let answer = actor.asks_with(CHECK_IN, json!({ "by": by, "at": at })).await;
    let said = answer.at("registrationCheckIn.errors").as_array().unwrap().iter().map(|error| error["message"].as_str().unwrap());
    (answer.at("registrationCheckIn.registration.checkedInAt").clone(), said.collect::<Vec<_>>().join(" "))
}

#[tokio::test]
async fn who_is_let_in_is_let_in_once_and_it_is_told_since_when() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 2).make().await;
    let date = &world.dates_of(&event).await[0];
    world.register(&who("Amal", date)).await;
    let by = code(&world, "amal@example.org").await;
    let editor = world.person_of(host.id, OrganisationRole::Editor).reading("de");
    world.at("2022-06-01T16:03:00Z");
    let here = json!({ "occurrenceId": date.id.to_global().0 });
    let let_in = json!("2022-06-01T16:03:00Z");
    assert_eq!(at_the_door(&editor, by.clone(), here.clone()).await, (let_in.clone(), String::new()));
    world.at("2022-06-01T16:10:00Z");
    let rows = world.dump().await;
    assert_eq!(at_the_door(&editor, by.clone(), here.clone()).await, (let_in, "Schon eingelassen um 18:03 Uhr.".to_owned()));
    assert_eq!(world.dump().await, rows);
    // Who is in can neither change nor cancel any more; what was a mistake is taken back.
    let own = json!({ "by": { "token": world.token_of("amal@example.org").await } });
    assert_eq!(world.visitor().changes_registration("registrationCancel", own.clone()).await.unwrap_err(), "WRONG_STATE at ");
    let id = json!({ "id": world.registration_of("amal@example.org").await.id.to_global().0 });
    let undone = editor.changes_registration("registrationUndoCheckIn", id.clone()).await.unwrap();
    assert_eq!(undone["checkedInAt"], json!(null));
    assert_eq!(editor.changes_registration("registrationUndoCheckIn", id).await.unwrap(), undone);
    assert_eq!(at_the_door(&editor, by, here).await, (json!("2022-06-01T16:10:00Z"), String::new()));
}

#[tokio::test]
async fn at_the_door_it_is_told_what_is_wrong() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z").make().await;
    let dates = world.dates_of(&event).await;
    let other = world.open_event("anderes", host.id, 1).make().await;
    for (name, date) in [("Amal", &dates[0]), ("Bojan", &dates[0]), ("Chi", &dates[1])] {
        world.register(&who(name, date)).await;
    }
    let editor = world.person_of(host.id, OrganisationRole::Editor).reading("de");
    let at = |id: entity::id::OccurrenceId| json!({ "occurrenceId": id.to_global().0 });
    let door = async |email: &str, at: Value| at_the_door(&editor, code(&world, email).await, at).await;
    let told = |what: &str| (json!(null), what.to_owned());
    assert_eq!(door("bojan@example.org", at(dates[0].id)).await, told("Diese Anmeldung steht auf der Warteliste."));
    let elsewhere = told("Diese Anmeldung gilt für etwas anderes.");
    assert_eq!(door("amal@example.org", at(dates[1].id)).await, elsewhere);
    assert_eq!(door("amal@example.org", json!({ "eventId": other.id.to_global().0 })).await, elsewhere);
    let cancel = json!({ "by": { "token": world.token_of("chi@example.org").await } });
    world.visitor().changes_registration("registrationCancel", cancel).await.unwrap();
    assert_eq!(door("chi@example.org", at(dates[1].id)).await, told("Diese Anmeldung ist abgesagt."));
    assert_eq!(door("amal@example.org", json!({ "eventId": event.id.to_global().0 })).await.1, "");
    let wrong = editor.asks_with(CHECK_IN, json!({ "by": code(&world, "amal@example.org").await, "at": { "eventId": "x" } })).await;
    assert_eq!(*wrong.at("registrationCheckIn.errors.0.code"), "NOT_FOUND");
}

#[tokio::test]
async fn only_organisers_let_in_and_nobody_lets_in_themselves() {
    let world = World::new().await;
    let (host, partner) = (world.organisation("host").make().await, world.organisation("partner").make().await);
    let event = world.open_event("abend", host.id, 2).hosted_by(partner.id, HostRole::CoHost).make().await;
    world.register(&who("Amal", &world.dates_of(&event).await[0])).await;
    let by = code(&world, "amal@example.org").await;
    for outsider in [world.visitor(), world.stranger(), world.person_of(partner.id, OrganisationRole::Owner)] {
        assert_eq!(outsider.asks_with(CHECK_IN, json!({ "by": by })).await.codes(), ["NOT_FOUND"]);
    }
    let token = json!({ "by": { "token": world.token_of("amal@example.org").await } });
    assert_eq!(world.visitor().asks_with(CHECK_IN, token.clone()).await.codes(), ["UNAUTHENTICATED"]);
    assert_eq!(world.stranger().asks_with(CHECK_IN, token).await.codes(), ["FORBIDDEN"]);
    let amal = world.signs_in("amal@example.org").await;
    assert_eq!(amal.graphql(CHECK_IN, json!({ "by": by })).await.codes(), ["FORBIDDEN"]);
    assert!(world.registration_of("amal@example.org").await.checked_in_at.is_none());
}

#[tokio::test]
async fn the_confirmation_carries_the_code_as_a_picture_and_in_words() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    for name in ["Amal", "Bojan"] {
        world.register(&who(name, date)).await;
    }
    assert!(world.run_jobs().await.failed.is_empty());
    let letters: Vec<_> = world.app.mailer.sent().iter().map(mailer::Composed::letter).collect();
    let to = |name: &str| letters.iter().find(|letter| letter.to.starts_with(name)).unwrap();
    let words = code(&world, "amal@example.org").await["checkInCode"].as_str().unwrap().to_owned();
    let (text, html) = (to("Amal").text.as_deref().unwrap(), to("Amal").html.as_deref().unwrap());
    assert!(text.replace(['\r', '\n'], " ").contains(&words), "{text}");
    assert!(html.contains(&words), "{html}");
    let id = format!("cid:code.{}@miso.example", world.registration_of("amal@example.org").await.id.0.simple());
    assert!(html.contains(&format!("<img src=\"{id}\" alt=\"QR-Code für den Einlass\"")), "{html}");
    let picture = to("Amal").parts.iter().find(|part| part.media_type == "image/png").unwrap();
    assert_eq!(picture.content, miso::registrations::picture::qr_code(&words).unwrap());
    // Who has no seat has nothing to show.
    assert!(to("Bojan").parts.iter().all(|part| part.media_type != "image/png") && !to("Bojan").html.as_deref().unwrap().contains("cid:"));
}
