//! Organisers decide on requests: who is approved, who is declined, and what becomes of the seats.

use entity::words::{HostRole, OrganisationRole, RegistrationMode};
use entity::{event, occurrence};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::calendar::{fields, invitation};
use miso_tests::make::EventMaker;
use miso_tests::registering::who;
use serde_json::{Value, json};

/// An event whose organisers decide, with so many seats.
fn asked_for<'w>(world: &'w World, slug: &str, host: &entity::organisation::Model, seats: i32) -> EventMaker<'w> {
    world.open_event(slug, host.id, seats).with(|row: &mut event::Model| row.registration_mode = RegistrationMode::Approval)
}

async fn id_of(world: &World, name: &str) -> Value {
    json!({ "id": world.registration_of(&format!("{}@example.org", name.to_lowercase())).await.id.to_global().0 })
}

/// Those who ask, in this order, and how each stands then.
async fn ask(world: &World, date: &occurrence::Model, names: &[&str]) -> Vec<String> {
    let mut places = Vec::new();
    for name in names {
        places.push(world.place_of(&who(name, date)).await);
    }
    places
}

#[tokio::test]
async fn who_is_approved_gets_the_seats_that_were_held_and_is_told() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = asked_for(&world, "abend", &host, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    assert_eq!(ask(&world, date, &["Amal", "Bojan"]).await, ["PENDING", "WAITLISTED 1"]);
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    world.at("2022-05-18T09:00:00Z");
    let approved = editor.changes_registration("registrationApprove", id_of(&world, "Amal").await).await.unwrap();
    assert_eq!((&approved["status"], &approved["confirmedAt"]), (&json!("CONFIRMED"), &json!("2022-05-18T09:00:00Z")));
    // Once more changes nothing, and nobody is told again.
    let rows = world.dump().await;
    editor.changes_registration("registrationApprove", id_of(&world, "Amal").await).await.unwrap();
    assert_eq!(world.dump().await, rows);
    assert!(world.run_jobs().await.failed.is_empty());
    let letter = world.app.mailer.sent().pop().unwrap().letter();
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("Amal <amal@example.org>", "Bestätigt: abend"));
    assert_eq!(fields(&invitation(&letter), &["METHOD", "STATUS", "SEQUENCE"]), ["METHOD:REQUEST", "STATUS:CONFIRMED", "SEQUENCE:1"]);
    assert_eq!(world.counts_of(date).await, (1, 1, Some(0)));
    world.seats_are_sound().await;
}

#[tokio::test]
async fn who_is_declined_gives_back_what_was_held_and_is_told_why() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = asked_for(&world, "abend", &host, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    ask(&world, date, &["Amal", "Bojan"]).await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let mut given = id_of(&world, "Amal").await;
    given["reason"] = json!("Nur für Eltern.\nMit Kindern.");
    let declined = editor.changes_registration("registrationDecline", given.clone()).await.unwrap();
    assert_eq!(declined["status"], "DECLINED");
    assert_eq!(world.standing_of("bojan@example.org").await, "PENDING");
    world.seats_are_sound().await;
    let rows = world.dump().await;
    editor.changes_registration("registrationDecline", given).await.unwrap();
    assert_eq!(world.dump().await, rows);
    assert!(world.run_jobs().await.failed.is_empty());
    let letters: Vec<_> = world.app.mailer.sent().iter().map(mailer::Composed::letter).collect();
    let declined = letters.iter().find(|letter| letter.subject == "Leider nicht möglich: abend").unwrap();
    assert!(declined.text.as_deref().unwrap().contains("Nur für Eltern."), "{:?}", declined.text);
    assert_eq!(fields(&invitation(declined), &["METHOD", "STATUS"]), ["METHOD:CANCEL", "STATUS:CANCELLED"]);
    let own = "query($token: String!) { registrationByToken(token: $token) { status declineReason } }";
    let own = world.graphql(own, json!({ "token": world.token_of("amal@example.org").await })).await;
    assert_eq!(*own.at("registrationByToken"), json!({ "status": "DECLINED", "declineReason": "Nur für Eltern.\nMit Kindern." }));
    // What is decided is not approved after all, and who was declined may ask again.
    let refused = editor.changes_registration("registrationApprove", id_of(&world, "Amal").await).await;
    assert_eq!(refused.unwrap_err(), "WRONG_STATE at ");
    assert_eq!(ask(&world, date, &["Amal"]).await, ["WAITLISTED 1"]);
}

#[tokio::test]
async fn where_requests_hold_no_seats_who_is_approved_on_a_full_date_waits_and_moves_up_without_a_further_decision() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = asked_for(&world, "abend", &host, 1).with(|row| row.pending_holds_seats = false).make().await;
    let date = &world.dates_of(&event).await[0];
    assert_eq!(ask(&world, date, &["Amal", "Bojan", "Chi"]).await, ["PENDING", "PENDING", "PENDING"]);
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    for (name, status) in [("Chi", "CONFIRMED"), ("Bojan", "WAITLISTED"), ("Amal", "WAITLISTED")] {
        let approved = editor.changes_registration("registrationApprove", id_of(&world, name).await).await.unwrap();
        assert_eq!(approved["status"], status, "{name}");
    }
    // The line stands in the order in which they were accepted, not asked.
    assert_eq!(world.standing_of("bojan@example.org").await, "WAITLISTED 1");
    assert_eq!(world.standing_of("amal@example.org").await, "WAITLISTED 2");
    let mut cancel = json!({});
    cancel["by"] = id_of(&world, "Chi").await;
    editor.changes_registration("registrationCancel", cancel).await.unwrap();
    assert_eq!(world.standing_of("bojan@example.org").await, "CONFIRMED");
    world.seats_are_sound().await;
}

#[tokio::test]
async fn where_nobody_waits_an_approval_past_the_last_seat_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let maker = asked_for(&world, "abend", &host, 1).with(|row| (row.pending_holds_seats, row.waitlist) = (false, false));
    let date = &world.dates_of(&maker.make().await).await[0];
    ask(&world, date, &["Amal", "Bojan"]).await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    editor.changes_registration("registrationApprove", id_of(&world, "Amal").await).await.unwrap();
    let rows = world.dump().await;
    let refused = editor.changes_registration("registrationApprove", id_of(&world, "Bojan").await).await;
    assert_eq!(refused.unwrap_err(), "FULL at ");
    assert_eq!(world.dump().await, rows);
    // What has its seats is cancelled, not declined.
    let refused = editor.changes_registration("registrationDecline", id_of(&world, "Amal").await).await;
    assert_eq!(refused.unwrap_err(), "WRONG_STATE at ");
}

#[tokio::test]
async fn nobody_approves_their_own_request_and_others_do_not_see_it() {
    let world = World::new().await;
    let (host, partner) = (world.organisation("host").make().await, world.organisation("partner").make().await);
    let event = asked_for(&world, "abend", &host, 1).hosted_by(partner.id, HostRole::CoHost).make().await;
    ask(&world, &world.dates_of(&event).await[0], &["Amal"]).await;
    let id = id_of(&world, "Amal").await;
    let query = "mutation($id: ID!) { registrationApprove(id: $id) { registration { status } errors { code } } }";
    let amal = world.signs_in("amal@example.org").await;
    assert_eq!(amal.graphql(query, id.clone()).await.codes(), ["FORBIDDEN"]);
    for mutation in ["registrationApprove", "registrationDecline"] {
        for outsider in [world.visitor(), world.stranger(), world.person_of(partner.id, OrganisationRole::Owner)] {
            assert_eq!(outsider.changes_registration(mutation, id.clone()).await.unwrap_err(), "NOT_FOUND");
        }
    }
    assert_eq!(world.standing_of("amal@example.org").await, "PENDING");
}

#[tokio::test]
async fn the_log_tells_of_decisions_without_whom_they_are_about() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = asked_for(&world, "abend", &host, 5).make().await;
    ask(&world, &world.dates_of(&event).await[0], &["Amal", "Bojan"]).await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    editor.changes_registration("registrationApprove", id_of(&world, "Amal").await).await.unwrap();
    world.at("2022-05-18T08:01:00Z");
    let mut given = id_of(&world, "Bojan").await;
    given["reason"] = json!("Wegen Amal");
    editor.changes_registration("registrationDecline", given).await.unwrap();
    let log = world.administrator().asks("{ auditLog { nodes { summary action subject { id } changes { field before after } } } }").await;
    let entries = log.at("auditLog.nodes").as_array().unwrap();
    assert_eq!(entries[0]["summary"], "Anmeldung abgelehnt: abend");
    assert_eq!(entries[1]["summary"], "Anmeldung bestätigt: abend");
    assert_eq!(entries[1]["subject"]["id"], id_of(&world, "Amal").await["id"]);
    let told = log.at("auditLog").to_string();
    assert!(!told.contains("Amal") && !told.contains("example.org"), "{told}");
}
