//! What people are told by mail, and what their calendar makes of it.

use mailer::Letter;
use miso_tests::World;
use miso_tests::calendar::{fields, invitation};
use miso_tests::registering::who;
use serde_json::{Value, json};

async fn registered(world: &World, input: &Value) {
    world.register(input).await;
    let drained = world.run_jobs().await;
    assert!(drained.failed.is_empty(), "{:?}", drained.failed);
}

fn letters(world: &World) -> Vec<Letter> {
    world.app.mailer.sent().iter().map(mailer::Composed::letter).collect()
}

fn last(world: &World) -> Letter {
    letters(world).pop().unwrap()
}

/// The secret in the link of a mail.
fn token(letter: &Letter) -> String {
    let text = letter.text.as_deref().unwrap();
    let (_, rest) = text.split_once("https://miso.example/registrations/").unwrap_or_else(|| panic!("no link in {text}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn cancel(world: &World, token: &str) {
    let cancel = "mutation($token: String!) { registrationCancel(by: { token: $token }) { errors { code } } }";
    assert_eq!(*world.graphql(cancel, json!({ "token": token })).await.at("registrationCancel.errors"), json!([]));
    assert!(world.run_jobs().await.failed.is_empty());
}

#[tokio::test]
async fn who_registers_gets_a_confirmation_with_a_link_and_an_invitation() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 2).text("en", "An evening").make().await;
    let date = &world.dates_of(&event).await[0];
    registered(&world, &who("Amal", date)).await;
    let letter = last(&world);
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("Amal <amal@example.org>", "Angemeldet: abend"));
    assert_eq!(letter.from, "host <miso@miso.example>");
    let text = letter.text.as_deref().unwrap();
    for line in ["Guten Tag Amal,", "Mittwoch, 1. Juni 2022, 18:00–20:00 Uhr"] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
    assert!(letter.html.as_deref().unwrap().contains("<html lang=\"de\""));
    // The link opens the registration.
    let show = "query($token: String!) { registrationByToken(token: $token) { status } }";
    assert_eq!(world.graphql(show, json!({ "token": token(&letter) })).await.at("registrationByToken.status"), "CONFIRMED");
    let calendar = invitation(&letter);
    assert_eq!(
        fields(&calendar, &["METHOD", "UID", "SEQUENCE", "STATUS", "DTSTART", "SUMMARY"]),
        [
            "METHOD:REQUEST".to_owned(),
            format!("UID:{}@miso.example", event.id.0),
            "SEQUENCE:0".to_owned(),
            "STATUS:CONFIRMED".to_owned(),
            "DTSTART;TZID=Europe/Berlin:20220601T180000".to_owned(),
            "SUMMARY;LANGUAGE=de:abend".to_owned(),
        ]
    );
    assert!(calendar.contains("ATTENDEE;CN=Amal;PARTSTAT=ACCEPTED") || calendar.contains("PARTSTAT=ACCEPTED"), "{calendar}");
    assert_eq!(calendar.matches("ATTENDEE").count(), 1);
    assert!(calendar.replace("\r\n ", "").contains("mailto:miso+"), "{calendar}");
}

#[tokio::test]
async fn a_mail_speaks_the_language_of_who_registered() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 2).text("en", "An evening").make().await;
    let mut input = who("Amal", &world.dates_of(&event).await[0]);
    input["locale"] = json!("en");
    registered(&world, &input).await;
    let letter = last(&world);
    assert_eq!(letter.subject, "Registered: An evening");
    assert!(letter.text.unwrap().contains("Wednesday, 1 June 2022"));
    assert!(letter.html.unwrap().contains("<html lang=\"en\""));
}

#[tokio::test]
async fn who_waits_is_told_the_place_and_at_once_when_they_move_up() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    registered(&world, &who("Amal", date)).await;
    let first = token(&last(&world));
    registered(&world, &who("Bojan", date)).await;
    let waiting = last(&world);
    assert_eq!(waiting.subject, "Auf der Warteliste: abend");
    assert!(waiting.text.as_deref().unwrap().contains("an Stelle 1."));
    assert_eq!(fields(&invitation(&waiting), &["METHOD", "STATUS", "SEQUENCE"]), ["METHOD:REQUEST", "STATUS:TENTATIVE", "SEQUENCE:0"]);
    cancel(&world, &first).await;
    let subjects: Vec<(String, String)> = letters(&world)[2..].iter().map(|letter| (letter.to.clone(), letter.subject.clone())).collect();
    let told = |to: &str, subject: &str| (to.to_owned(), subject.to_owned());
    assert_eq!(subjects, [told("Amal <amal@example.org>", "Abgemeldet: abend"), told("Bojan <bojan@example.org>", "Nachgerückt: abend")]);
    let moved_up = last(&world);
    assert_eq!(fields(&invitation(&moved_up), &["METHOD", "STATUS", "SEQUENCE"]), ["METHOD:REQUEST", "STATUS:CONFIRMED", "SEQUENCE:1"]);
    assert_eq!(token(&moved_up), token(&waiting));
    let gone = letters(&world)[2].clone();
    assert_eq!(fields(&invitation(&gone), &["METHOD", "STATUS", "SEQUENCE"]), ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1"]);
}

#[tokio::test]
async fn who_registers_twice_is_told_so_by_mail_and_no_more_than_once_an_hour() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 2).make().await;
    let input = who("Amal", &world.dates_of(&event).await[0]);
    for _ in 0..4 {
        registered(&world, &input).await;
    }
    let subjects = || letters(&world).into_iter().map(|letter| letter.subject).collect::<Vec<_>>();
    assert_eq!(subjects(), ["Angemeldet: abend", "Schon angemeldet: abend"]);
    world.at("2022-05-18T09:00:01Z");
    registered(&world, &input).await;
    assert_eq!(subjects().len(), 3);
    let tokens: Vec<String> = letters(&world).iter().map(token).collect();
    assert!(tokens.iter().all(|token| *token == tokens[0]));
}

#[tokio::test]
async fn the_invitation_to_one_date_of_a_series_is_that_date_and_to_the_whole_is_all() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let two = |slug: &str| world.open_event(slug, host.id, 5).on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z");
    let each = two("kurs").make().await;
    registered(&world, &who("Amal", &world.dates_of(&each).await[1])).await;
    let calendar = invitation(&last(&world));
    assert_eq!(fields(&calendar, &["RECURRENCE-ID"]), ["RECURRENCE-ID;TZID=Europe/Berlin:20220608T180000"]);
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    let whole = two("reihe").with(|row| row.registration_scope = entity::words::RegistrationScope::WholeEvent).make().await;
    let input = json!({ "for": { "eventId": miso::gql::id::Global::to_global(whole.id).0 }, "name": "Amal", "email": "amal@example.org" });
    registered(&world, &input).await;
    assert_eq!(invitation(&last(&world)).matches("BEGIN:VEVENT").count(), 2);
}

#[tokio::test]
async fn no_name_adds_anything_to_a_mail() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 50).make().await;
    let date = &world.dates_of(&event).await[0];
    let names = [
        "Amal\r\nBcc: victim@example.org",
        "[Gewinn](https://evil.example) https://evil.example www.evil.example",
        "<script>alert(1)</script>",
        "\"; DROP\u{0}, Amal <evil@example.org>",
        "ATTENDEE:mailto:evil@example.org\nSUMMARY:evil",
    ];
    for (number, name) in names.iter().enumerate() {
        let mut input = who("Amal", date);
        (input["name"], input["email"]) = (json!(name), json!(format!("guest{number}@example.org")));
        registered(&world, &input).await;
        let composed = world.app.mailer.sent().pop().unwrap();
        let (head, _) = std::str::from_utf8(&composed.bytes).unwrap().split_once("\r\n\r\n").unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        let letter = composed.letter();
        let html = letter.html.as_deref().unwrap();
        assert!(!html.contains("<script") && !html.contains("href=\"https://evil"), "{html}");
        assert!(!letter.text.as_deref().unwrap().contains("https://evil.example"), "{:?}", letter.text);
        let calendar = invitation(&letter);
        assert_eq!((calendar.matches("\nATTENDEE").count(), calendar.matches("\nSUMMARY").count()), (1, 1), "{calendar}");
        assert_eq!(composed.envelope.to.to_string(), format!("guest{number}@example.org"));
    }
}

#[tokio::test]
async fn a_mail_that_is_late_tells_what_is_true_then() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = &world.dates_of(&event).await[0];
    registered(&world, &who("Amal", date)).await;
    let first = token(&last(&world));
    // Bojan is confirmed before the mail about the waiting list went out.
    world.register(&who("Bojan", date)).await;
    cancel(&world, &first).await;
    let to_bojan: Vec<String> =
        letters(&world).into_iter().filter(|letter| letter.to.contains("bojan")).map(|letter| letter.subject).collect();
    assert_eq!(to_bojan, ["Angemeldet: abend", "Nachgerückt: abend"]);
}
