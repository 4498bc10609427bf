//! Registering for an event, seeing the registration, and cancelling it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::acting::{receipt, refusing, registration};
use super::answers::{date, full};
use super::fake::World;
use super::forms::TYPED;

/// A world in which one registers for each date of the event, whose seats stand so.
fn with_dates(states: &'static [&'static str]) -> World {
    World::of(move |name| {
        let mut answer = full(name);
        if name == "event" {
            let event = &mut answer["event"];
            event["seats"] = Value::Null;
            event["registrationPolicy"]["scope"] = json!("EACH_DATE");
            let one = |(at, state): (usize, &&str)| {
                let mut date = date(&format!("2022-09-0{}T18:00:00+02:00", at + 1), Value::Null, false);
                (date["id"], date["seats"]) = (json!(format!("date-{at}")), json!({ "capacity": 9, "left": 4, "state": state }));
                date
            };
            event["ahead"]["nodes"] = states.iter().enumerate().map(one).collect();
        }
        answer
    })
}

#[tokio::test]
async fn a_form_asks_what_the_event_wants_to_know() {
    let got = World::of(full).get("/events/fest").await;
    got.says("<form class=\"form\" method=\"post\" action=\"/events/fest\">").says("name=\"for.eventId\" value=\"event_1\"");
    got.says("name=\"idempotencyKey\" value=\"key-1\"").says("href=\"#register\"").says("maxlength=\"2000\"");
    got.says("<input type=\"text\" name=\"answer.school\" value=\"\" maxlength=\"500\" dir=\"auto\" required id=\"in-answer.school\">");
    got.says("<textarea name=\"answer.needs\"").says("Diese Antwort sieht nur MiSO").says("inputmode=\"decimal\"");
    got.says("type=\"radio\" name=\"answer.photos\" value=\"no\" required> Nein")
        .says("type=\"checkbox\" name=\"answer.diet\" value=\"halal\"");
    got.says("Ihre Angaben sieht nur MiSO").says("Danach werden sie gelöscht").says("<button>Anmelden</button>");
    let english = World::of(full).get("/events/fest?locale=en").await;
    english.says("action=\"/events/fest?locale=en\"").says("Only MiSO sees what you enter").says("<button>Register</button>");
}

#[tokio::test]
async fn who_registers_is_told_what_was_decided() {
    for (status, said) in
        [("CONFIRMED", "Sie sind angemeldet"), ("WAITLISTED", "Platz 3 auf der Warteliste."), ("PENDING", "Ihre Anfrage ist angekommen")]
    {
        let world = World::of(move |name| match name {
            "event/register" => json!({ "registrationCreate": { "receipt": receipt(status), "errors": [] } }),
            _ => full(name),
        });
        let got = world.post("/events/fest", TYPED).await;
        assert_eq!(got.status, StatusCode::OK, "{status}");
        got.says(said).says("<strong>anna@example.org</strong>").says("28. September 2022").says_not("<form class");
    }
}

#[tokio::test]
async fn a_button_pressed_twice_carries_the_same_key() {
    let world = World::of(full);
    assert!(world.get("/events/fest").await.text.contains("value=\"key-1\""));
    assert!(world.get("/events/fest").await.text.contains("value=\"key-2\""), "each form has its own");
    world.post("/events/fest", TYPED).await;
    world.post("/events/fest", TYPED).await;
    let done = world.done();
    assert_eq!((done.len(), &done[0]), (2, &done[1]));
    let (form, variables) = &done[0];
    assert_eq!(form, "event/register");
    let given = |name: &str| variables[name].clone();
    assert_eq!((given("idempotencyKey"), given("for")), (json!("key-7"), json!({ "eventId": "event_1" })));
    assert_eq!((given("name"), given("seats"), given("note")), (json!("<Anna>"), json!(2), json!("Hallo")));
    assert_eq!(variables["answers"][5], json!({ "key": "diet", "values": ["halal"] }));
    let refused = refusing("event/register", "registrationCreate", vec![(json!(["input", "name"]), "so")]);
    refused.post("/events/fest", TYPED).await.says("value=\"key-1\"").says_not("key-7");
}

#[tokio::test]
async fn a_date_is_chosen_among_those_that_take_people() {
    let got = with_dates(&["FULL", "OPEN", "WAITLIST"]).get("/events/fest").await;
    got.says("value=\"date-0\" required disabled>").says("value=\"date-1\" required checked>").says("value=\"date-2\" required>");
    got.says("Noch 4 freie Plätze").says("Ausgebucht, Warteliste");
    with_dates(&["OPEN"]).get("/events/fest").await.says("<input type=\"hidden\" name=\"for.occurrenceId\" value=\"date-0\">");
    let chosen = TYPED.replace("for.eventId=event_1", "for.occurrenceId=date-2").replace("email=anna%40", "email=");
    let wrong = with_dates(&["OPEN", "OPEN", "OPEN"]);
    wrong.post("/events/fest", &TYPED.replace("for.eventId=event_1", "")).await.says("<a href=\"#in-for\">Termin – Bitte ausfüllen.</a>");
    wrong.post("/events/fest", &chosen.replace("seats=2", "seats=x")).await.says("value=\"date-2\" required checked>");
    assert_eq!(wrong.done(), []);
}

#[tokio::test]
async fn where_nobody_can_register_the_page_says_why() {
    for (state, said) in [("FULL", "Ausgebucht."), ("CLOSED", "Anmeldung geschlossen."), ("NOT_YET_OPEN", "Anmeldung noch nicht eröffnet.")]
    {
        let got = with_dates(if state == "FULL" {
            &["FULL"]
        } else if state == "CLOSED" {
            &["CLOSED"]
        } else {
            &["NOT_YET_OPEN"]
        });
        got.get("/events/fest").await.says(said).says_not("<form class=\"form\"").says_not("href=\"#register\"");
    }
    for mode in ["NONE", "EXTERNAL"] {
        let world = World::of(move |name| {
            let mut answer = full(name);
            (answer["event"]["seats"], answer["event"]["registrationPolicy"]["mode"]) = (json!(null), json!(mode));
            answer["event"]["registrationPolicy"]["externalUrl"] = json!("https://tickets.example/");
            answer
        });
        let got = world.get("/events/fest").await;
        got.says(if mode == "NONE" { "Ohne Anmeldung" } else { "https://tickets.example/" }).says_not("<form class=\"form\"");
    }
}

#[tokio::test]
async fn the_secret_of_the_mail_shows_the_registration_and_nobody_else_is_told_of_it() {
    let world = World::of(full);
    let got = world.get("/registrations/secret").await;
    assert_eq!(got.status, StatusCode::OK);
    got.says("Sie sind angemeldet.").says("28. September 2022").says("<strong>Koki</strong>").says("person@example.org");
    got.says("vegan, halal")
        .says("dir=\"auto\">Nein</dd>")
        .says("Bis dann")
        .says("href=\"/registrations/secret?cancel=yes\"")
        .says("calendar.ics");
    got.says_not("rel=\"canonical\"").says("<meta name=\"robots\" content=\"noindex\">");
    let unknown = World::of(|name| {
        let mut answer = full(name);
        answer["registration"] = Value::Null;
        answer
    });
    let missing = unknown.get("/registrations/made-up").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let done = world.post("/registrations/secret", "form=cancel").await;
    for got in [got, missing, done] {
        assert_eq!(
            (got.header("referrer-policy"), got.header("cache-control"), got.header("x-robots-tag")),
            ("no-referrer", "no-store", "noindex")
        );
    }
    assert_eq!(world.get("/events/fest").await.header("x-robots-tag"), "");
}

#[tokio::test]
async fn cancelling_is_asked_for_once_more_and_then_done_by_a_button() {
    let world = World::of(full);
    let asked = world.get("/registrations/secret?cancel").await;
    asked.says("Anmeldung wirklich absagen?").says("<form method=\"post\" action=\"/registrations/secret\">");
    assert_eq!(world.done(), []);
    // The page hides where it comes from, so that browsers without Sec-Fetch-Site say nothing of it.
    let form = [("content-type", "application/x-www-form-urlencoded"), ("origin", "null")];
    let got = world.post_as("/registrations/secret?locale=en", &form, "form=cancel&token=stolen").await;
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/registrations/secret?done=cancelled&locale=en"));
    assert_eq!(world.done(), [("registration/cancel".to_owned(), json!({ "token": "secret" }))]);
    let cancelled = World::of(|name| match name {
        "registration" => {
            let mut answer = full(name);
            answer["registration"] = registration();
            answer["registration"]["status"] = json!("CANCELLED");
            answer
        }
        _ => full(name),
    });
    cancelled.get("/registrations/secret?done=cancelled").await.says("Diese Anmeldung ist abgesagt.").says_not("?cancel");
    let late = refusing("registration/cancel", "registrationCancel", vec![(json!([]), "Dafür ist es zu spät.")]);
    late.post("/registrations/secret", "form=cancel").await.says("Dafür ist es zu spät.").says("Ihre Anmeldung");
}

#[tokio::test]
async fn what_was_entered_can_be_changed() {
    let world = World::of(full);
    let got = world.get("/registrations/secret").await;
    got.says("<summary>Angaben ändern</summary>")
        .says("value=\"Beispiel Person\"")
        .says("max=\"4\" value=\"2\"")
        .says("Bis dann</textarea>");
    got.says("value=\"halal\" checked")
        .says("name=\"answer.photos\" value=\"no\" checked")
        .says_not("name=\"answer.photos\" value=\"yes\" checked");
    let typed = "form=update&name=Neu&seats=1&answer.diet=halal&answer.photos=yes&note=&email=other%40example.org";
    let done = world.post("/registrations/secret", typed).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/registrations/secret?done=updated"));
    let answers = json!([{ "key": "diet", "values": ["halal"] }, { "key": "photos", "values": ["yes"] }]);
    let given = json!({ "token": "secret", "name": "Neu", "seats": 1, "answers": answers });
    assert_eq!(world.done(), [("registration/update".to_owned(), given)]);
    world.get("/registrations/secret?done=updated").await.says("Gespeichert.");
    let wrong = refusing("registration/update", "registrationUpdate", vec![(json!(["input", "name"]), "Bitte ausfüllen.")]);
    wrong.post("/registrations/secret", typed).await.says("<details open>").says("<a href=\"#in-name\">").says("value=\"Neu\"");
}
