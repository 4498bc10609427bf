//! Organisers write to those who are registered.

use entity::registration_message;
use entity::words::{HostRole, OrganisationRole};
use miso::gql::id::Global;
use miso::registrations::jobs::Spread;
use miso_tests::registering::{refusals, who};
use miso_tests::{Actor, World};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const WRITE: &str = "mutation($id: ID!, $input: RegistrationMessageInput!) {
    registrationMessage(eventId: $id, input: $input) { accepted errors { path code } }
}";

async fn writes(actor: &Actor<'_>, event: &entity::event::Model, input: Value) -> String {
    let answer = actor.asks_with(WRITE, json!({ "id": event.id.to_global().0, "input": input })).await;
    match answer.codes().first() {
        Some(code) => (*code).to_owned(),
        None if *answer.at("registrationMessage.accepted") == json!(true) => "accepted".to_owned(),
        None => refusals(answer.at("registrationMessage.errors").as_array().unwrap()),
    }
}

fn said(audience: &str) -> Value {
    json!({ "audience": audience, "subject": "Einlass", "bodyMarkdown": "Ab **17 Uhr**.\n\n```\n<b>offen" })
}

/// To whom mails with this subject went.
fn written_to(world: &World, subject: &str) -> Vec<String> {
    let letters = world.app.mailer.sent().into_iter().map(|composed| composed.letter());
    let mut names: Vec<String> =
        letters.filter(|letter| letter.subject == subject).map(|letter| letter.to.split(' ').next().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_message_goes_to_its_audience_once_in_the_frame_of_each_language() {
    let world = World::new().await;
    let host = world.organisation("host").with(|row| row.email = Some("host@example.org".into())).make().await;
    let event = world.open_event("abend", host.id, 2).text("en", "An evening").make().await;
    let date = &world.dates_of(&event).await[0];
    for (name, locale) in [("Amal", "de"), ("Bojan", "en"), ("Chi", "de")] {
        let mut input = who(name, date);
        input["locale"] = json!(locale);
        world.register(&input).await;
    }
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    assert_eq!(writes(&editor, &event, said("CONFIRMED")).await, "accepted");
    // Pressed twice, it is the same.
    assert_eq!(writes(&editor, &event, said("CONFIRMED")).await, "accepted");
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(written_to(&world, "Einlass"), ["Amal", "Bojan"]);
    // What was left to be sent is not left again, whenever the process ended.
    let message = registration_message::Entity::find().one(world.db()).await.unwrap().unwrap();
    assert!(message.told_at.is_some());
    let writing = world.app.begin_write().await.unwrap();
    writing.later(&Spread { message: message.id }).await.unwrap();
    writing.commit().await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(written_to(&world, "Einlass").len(), 2);
    let letters: Vec<_> = world.app.mailer.sent().iter().map(mailer::Composed::letter).collect();
    let to = |name: &str| letters.iter().rfind(|letter| letter.to.starts_with(name)).unwrap();
    let (german, english) = (to("Amal").text.as_deref().unwrap(), to("Bojan").text.as_deref().unwrap());
    assert!(german.contains("Guten Tag Amal,") && english.contains("host writes to you about “An evening”"), "{german}\n{english}");
    // What a message leaves open ends with it: who reads it still finds the way to the registration.
    for (text, name) in [(german, "amal"), (english, "bojan")] {
        let token = world.token_of(&format!("{name}@example.org")).await;
        assert!(text.contains("17 Uhr") && text.contains(&format!("https://miso.example/registrations/{token}")), "{text}");
    }
    assert!(!to("Amal").html.as_deref().unwrap().contains("<b>offen"));
    assert_eq!(to("Amal").reply_to.as_deref(), Some("host@example.org"));
    assert_eq!(writes(&editor, &event, said("WAITLISTED")).await, "accepted");
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(written_to(&world, "Einlass"), ["Amal", "Bojan", "Chi"]);
}

#[tokio::test]
async fn who_leaves_before_it_is_sent_gets_none_and_a_process_that_ends_in_between_sends_none_twice() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 5).make().await;
    let date = &world.dates_of(&event).await[0];
    for (minute, name) in ["Amal", "Bojan", "Chi"].into_iter().enumerate() {
        world.at(&format!("2022-05-18T08:{minute:02}:00Z"));
        world.register(&who(name, date)).await;
    }
    assert!(world.run_jobs().await.failed.is_empty());
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    assert_eq!(writes(&editor, &event, said("EVERYONE")).await, "accepted");
    // As if the process had ended behind the first.
    let message = registration_message::Entity::find().one(world.db()).await.unwrap().unwrap();
    let amal = world.registration_of("amal@example.org").await;
    let writing = world.app.begin_write().await.unwrap();
    writing.later(&miso::registrations::jobs::Deliver { message: message.id, registration: amal.id }).await.unwrap();
    miso::registrations::store::messages::note_progress(&writing, message.id, Some(amal.id), world.app.clock.now()).await.unwrap();
    writing.commit().await.unwrap();
    let cancel = json!({ "by": { "token": world.token_of("bojan@example.org").await } });
    world.visitor().changes_registration("registrationCancel", cancel).await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(written_to(&world, "Einlass"), ["Amal", "Chi"]);
}

#[tokio::test]
async fn only_organisers_write_and_not_without_end() {
    let world = World::new().await;
    let (host, partner) = (world.organisation("host").make().await, world.organisation("partner").make().await);
    let event = world.open_event("abend", host.id, 5).hosted_by(partner.id, HostRole::CoHost).make().await;
    let other = world.open_event("anderes", host.id, 5).make().await;
    let outsiders = [world.stranger(), world.person_of(partner.id, OrganisationRole::Owner)];
    for outsider in outsiders {
        assert_eq!(writes(&outsider, &event, said("EVERYONE")).await, "FORBIDDEN");
    }
    assert_eq!(writes(&world.visitor(), &event, said("EVERYONE")).await, "UNAUTHENTICATED");
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let others = world.dates_of(&other).await[0].id.to_global().0;
    let wrong = json!({ "occurrenceId": others, "subject": " ", "bodyMarkdown": "" });
    assert_eq!(
        writes(&editor, &event, wrong).await,
        "REQUIRED at input.subject, REQUIRED at input.bodyMarkdown, NOT_FOUND at input.occurrenceId"
    );
    for number in 0..6 {
        let one = json!({ "subject": format!("Nachricht {number}"), "bodyMarkdown": "Geheimes" });
        assert_eq!(writes(&editor, &event, one).await, "accepted");
    }
    let more = json!({ "subject": "Noch eine", "bodyMarkdown": "Text" });
    assert_eq!(writes(&editor, &event, more.clone()).await, "RATE_LIMITED");
    world.at("2022-05-18T09:00:01Z");
    assert_eq!(writes(&editor, &event, more).await, "accepted");
    world.run_jobs().await;
    let log = world.administrator().asks("{ auditLog { nodes { summary changes { field after } } } }").await;
    assert_eq!(log.at("auditLog.nodes.0.summary"), "An Angemeldete geschrieben: abend");
    assert!(!log.at("auditLog").to_string().contains("Geheimes"));
}
