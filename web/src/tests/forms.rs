//! What holds of every form.

use axum::http::StatusCode;
use serde_json::json;

use super::acting::{failing, refusing};
use super::answers::full;
use super::fake::World;
use super::pages::ADDRESSES;

/// What somebody might type for the event.
pub const TYPED: &str = "form=register&idempotencyKey=key-7&for.eventId=event_1&name=%3CAnna%3E&email=anna%40example.org&seats=2\
    &answer.school=Beispielschule&answer.needs=&answer.age=zw%C3%B6lf&answer.photos=yes&answer.level=B1&answer.diet=halal&note=Hallo";

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn opening_a_page_changes_nothing() {
    let world = World::of(full);
    for address in ADDRESSES {
        for query in ["", "?cancel", "?form=cancel", "?done=cancelled&cancel=yes"] {
            world.get(&format!("{address}{query}")).await;
        }
    }
    assert_eq!(world.done(), []);
    assert!(world.asked().len() > ADDRESSES.len());
}

#[tokio::test]
async fn what_was_typed_stays_and_what_is_wrong_stands_beside_its_field() {
    let wrong = vec![
        (json!(["input", "email"]), "Keine Adresse."),
        (json!(["input", "answers", "2", "values"]), "Keine Zahl."),
        (json!(["input", "for", "eventId"]), "Ausgebucht."),
        (json!([]), "Überhaupt."),
    ];
    let world = refusing("event/register", "registrationCreate", wrong);
    let got = world.post("/events/fest", TYPED).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("<title>Fehler: ").says("Bitte noch 4 Angaben prüfen").says("role=\"alert\" tabindex=\"-1\" autofocus");
    got.says("<a href=\"#in-email\">E-Mail-Adresse – Keine Adresse.</a>")
        .says("<a href=\"#in-answer.age\"><bdi>Frage age</bdi> – Keine Zahl.</a>");
    got.says("<li>Überhaupt.</li>");
    got.says("<p class=\"fault\" id=\"in-email-fault\"><span class=\"unseen\">Fehler: </span>Keine Adresse.</p>");
    got.says("id=\"in-email\" aria-invalid=\"true\" aria-describedby=\"in-email-fault in-email-hint\"");
    got.says("id=\"in-answer.age\" aria-invalid=\"true\" aria-describedby=\"in-answer.age-fault in-answer.age-hint\"");
    got.says("value=\"&lt;Anna&gt;\"").says("autocomplete=\"name\"").says("autocomplete=\"email\"").says("value=\"anna@example.org\"");
    got.says("name=\"seats\" min=\"1\" max=\"4\" value=\"2\"").says("value=\"Beispielschule\"").says("value=\"zwölf\"");
    got.says("value=\"B1\" checked").says("value=\"halal\" checked").says("name=\"answer.photos\" value=\"yes\" checked");
    got.says("Hallo</textarea>").says_not("value=\"vegan\" checked").says_not("value=\"A1\" checked");
    assert_eq!(got.text.matches("aria-invalid").count(), 2, "only what is wrong is marked");
}

#[tokio::test]
async fn every_link_of_the_summary_leads_to_a_field() {
    let wrong = ["for", "name", "email", "seats", "note"].map(|field| (json!(["input", field]), "so")).to_vec();
    let answers = [0, 1, 2, 3, 4, 5].map(|at| (json!(["input", "answers", at.to_string()]), "so"));
    let world = refusing("event/register", "registrationCreate", wrong.into_iter().chain(answers).collect());
    let text = world.post("/events/fest", TYPED).await.text;
    let links: Vec<&str> = text.split("href=\"#in-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(links.len(), 11);
    for link in links {
        assert!(text.contains(&format!("id=\"in-{link}\"")), "{link}");
    }
}

#[tokio::test]
async fn what_is_no_number_is_not_even_asked_for() {
    let world = World::of(full);
    let got = world.post("/events/fest", &TYPED.replace("seats=2", "seats=zwei")).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("<a href=\"#in-seats\">Plätze – Bitte eine Zahl eingeben.</a>").says("value=\"zwei\"");
    assert_eq!(world.done(), []);
}

#[tokio::test]
async fn pages_of_others_press_no_buttons() {
    for headers in [[FORM, ("sec-fetch-site", "cross-site")], [FORM, ("origin", "https://evil.example")], [FORM, ("origin", "null")]] {
        let world = World::of(full);
        let got = world.post_as("/events/fest", &headers, TYPED).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{headers:?}");
        got.says("Das Formular kam von einer anderen Website.").says("href=\"/events/fest\"");
        assert_eq!(world.asked(), [], "nothing is done, and nothing is even looked up");
    }
    let world = World::of(full);
    assert_eq!(world.post_as("/events/fest", &[FORM, ("origin", "https://miso.example")], TYPED).await.status, StatusCode::OK);
    assert_eq!(world.done().len(), 1);
}

#[tokio::test]
async fn what_is_too_large_or_no_form_is_refused_with_a_page() {
    let world = World::of(full);
    let got = world.post("/events/fest", &format!("{TYPED}{}", "x".repeat(64 * 1024))).await;
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
    got.says("Das ist zu viel auf einmal.");
    for other in ["text/plain", "multipart/form-data; boundary=x"] {
        let got = world.post_as("/events/fest", &[("content-type", other)], TYPED).await;
        assert_eq!(got.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{other}");
        got.says("Das Formular ließ sich nicht lesen.");
    }
    assert_eq!(world.post("/events/fest", "form=unknown").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.post("/events", "form=register").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(world.done(), []);
}

#[tokio::test]
async fn an_error_with_a_code_says_what_to_do_and_keeps_what_was_typed() {
    for (code, status, said) in [
        ("RATE_LIMITED", StatusCode::TOO_MANY_REQUESTS, "zu oft in kurzer Zeit"),
        ("FORBIDDEN", StatusCode::FORBIDDEN, "fehlt die Berechtigung"),
        ("UNAUTHENTICATED", StatusCode::FORBIDDEN, "fehlt die Berechtigung"),
        ("BAD_USER_INPUT", StatusCode::BAD_REQUEST, "Mit diesen Angaben geht es nicht"),
        ("INTERNAL", StatusCode::INTERNAL_SERVER_ERROR, "Der Fehler liegt bei uns"),
    ] {
        let got = failing("event/register", code).post("/events/fest", TYPED).await;
        assert_eq!(got.status, status, "{code}");
        got.says(said).says("value=\"anna@example.org\"").says("value=\"key-7\"").says_not("the inside").says_not(code);
    }
    assert_eq!(failing("event/register", "NOT_FOUND").post("/events/fest", TYPED).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_not_there_takes_no_form() {
    let world = World::of(|name| {
        let mut answer = full(name);
        (answer["event"], answer["registration"]) = (json!(null), json!(null));
        answer
    });
    for address in ["/events/secret", "/registrations/made-up", "/events/%FF"] {
        assert_eq!(world.post(address, "").await.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(world.done(), []);
}
