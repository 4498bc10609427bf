//! What is kept of a registration, and how long.

use entity::lists::Question;
use entity::registration;
use entity::words::{QuestionKind, RegistrationStatus};
use miso::gql::id::Global;
use miso::secret::Purpose;
use miso_tests::World;
use miso_tests::registering::who;
use sea_orm::{EntityTrait, Set};
use serde_json::json;

fn question(key: &str, sensitive: bool) -> Question {
    let (label, kind) = (key.to_owned(), QuestionKind::Text);
    Question { key: key.to_owned(), label, help: None, kind, required: false, sensitive, choices: Vec::new() }
}

/// Rows of a table in which a text occurs.
async fn mentions(world: &World, text: &str) -> Vec<String> {
    world.dump().await.into_iter().filter(|row| row.contains(text)).map(|row| row.split(' ').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn sensitive_answers_go_after_a_week_and_the_person_after_a_month_but_their_number_stays() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let questions = vec![question("Essen", false), question("Hilfe", true)];
    let event = world.open_event("abend", host.id, 5).with(|row| row.questions = questions.into()).make().await;
    let date = world.dates_of(&event).await.remove(0);
    let mut input = who("Amal", &date);
    input["note"] = json!("Komme-spaeter");
    input["answers"] = json!([{ "key": "Essen", "values": ["Linsensuppe"] }, { "key": "Hilfe", "values": ["Rollstuhl"] }]);
    assert_eq!(world.place_of(&input).await, "CONFIRMED");
    let row = registration::Entity::find().one(world.db()).await.unwrap().unwrap();
    let token = world.app.links.token(Purpose::Registration, row.id, row.secret_version);

    let shown = "query($token: String!) { registrationByToken(token: $token) { name answers { question { key } values } } }";
    let answer = world.graphql(shown, json!({ "token": token })).await;
    let answers =
        json!([{ "question": { "key": "Essen" }, "values": ["Linsensuppe"] }, { "question": { "key": "Hilfe" }, "values": ["Rollstuhl"] }]);
    assert_eq!(*answer.at("registrationByToken.answers"), answers);

    // It ends on 1 June at 18:00 UTC; what is kept no longer goes in the night.
    world.at("2022-06-08T12:00:00Z").run_jobs().await;
    assert_eq!(mentions(&world, "Rollstuhl").await, ["sensitive_answer"]);
    world.at("2022-06-09T12:00:00Z").run_jobs().await;
    assert!(mentions(&world, "Rollstuhl").await.is_empty());
    assert_eq!(mentions(&world, "Linsensuppe").await, ["registration_answer"]);
    world.at("2022-06-30T12:00:00Z").run_jobs().await;
    assert_eq!(mentions(&world, "amal@example.org").await, ["registration"]);
    world.at("2022-07-02T12:00:00Z").run_jobs().await;
    for text in ["amal@example.org", "Amal", "Linsensuppe", "Komme-spaeter"] {
        assert!(mentions(&world, text).await.is_empty(), "{text} is still there");
    }
    assert_eq!(world.counts_of(&date).await, (1, 0, Some(4)));
    assert!(world.graphql(shown, json!({ "token": token })).await.at("registrationByToken").is_null());
}

#[tokio::test]
async fn what_organisers_wrote_and_why_they_declined_goes_with_the_person() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 5).make().await;
    let date = world.dates_of(&event).await.remove(0);
    world.register(&who("Amal", &date)).await;
    let row = world.registration_of("amal@example.org").await;
    let declined = registration::ActiveModel {
        id: Set(row.id),
        status: Set(RegistrationStatus::Declined),
        decline_reason: Set(Some("Hausverbot".to_owned())),
        ..Default::default()
    };
    registration::Entity::update(declined).exec(world.db()).await.unwrap();
    let write = "mutation($id: ID!) { registrationMessage(eventId: $id, input: { subject: \"Anfahrt\", bodyMarkdown: \"Umleitung\" }) { accepted } }";
    world.administrator().asks_with(write, json!({ "id": event.id.to_global().0 })).await;
    world.run_jobs().await;
    assert_eq!(mentions(&world, "Hausverbot").await, ["registration"]);
    assert_eq!(mentions(&world, "Umleitung").await, ["registration_message"]);
    world.at("2022-07-02T22:00:01Z");
    miso::registrations::ops::forget(&world.app).await.unwrap();
    for text in ["Hausverbot", "Umleitung", "Amal", "amal"] {
        assert_eq!(mentions(&world, text).await, [""; 0], "{text}");
    }
}
