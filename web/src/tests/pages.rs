//! What each page says.

use async_graphql::{Response, ServerError, Value};
use axum::http::StatusCode;
use serde_json::json;

use super::answers::{event_in_full, full};
use super::fake::World;

/// An address of every page.
pub const ADDRESSES: [&str; 23] = [
    "/",
    "/organisations",
    "/organisations/kargah",
    "/events",
    "/events/fest",
    "/calendar?of=/calendar.ics",
    "/registrations/secret",
    "/newsletters",
    "/newsletters/monatlich",
    "/issues/mai",
    "/subscriptions/confirm/secret",
    "/subscriptions/secret",
    "/unsubscribe/secret",
    "/unsubscribe/secret/monatlich",
    "/invitations/secret",
    "/join",
    "/sign-in",
    "/sign-in/secret",
    "/account",
    "/posts",
    "/posts/podium",
    "/programmes/on-air",
    "/search?q=x",
];

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let world = World::of(full);
    for address in ADDRESSES {
        for language in ["de", "en"] {
            let got = world.get_in(address, language).await;
            assert_eq!(got.status, StatusCode::OK, "{address}");
            assert_eq!(got.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(got.header("content-language"), language);
            assert_eq!(got.header("vary"), "Accept-Language, Cookie");
            got.says(&format!("<html lang=\"{language}\" dir=\"ltr\">")).says("18").says_not("style=\"");
            got.linked();
            assert_eq!(got.text.matches("<h1").count(), 1, "{address}");
            assert_eq!(got.text.matches("<main").count(), 1, "{address}");
        }
    }
}

#[tokio::test]
async fn home_leaves_out_what_is_over_and_groups_hours() {
    let got = World::of(full).get("/").await;
    got.says("46 Mitgliedsorganisationen.").says("3. Mai 2012").says("Fr., 20. Mai 2022, 18:00 Uhr").says_not("17. Mai 2022, 18:00");
    got.says("Montag bis Dienstag: <time>09:00</time>–<time>17:00</time>").says("Freitag: <time>09:00");
    got.says("webcal://miso.example/calendar.ics").says("<link rel=\"alternate\" type=\"text/calendar\"").says("Musterseite.");
    got.says("<time datetime=\"2022-05-18\">18. Mai 2022</time>");
}

#[tokio::test]
async fn an_event_says_when_where_by_whom_and_for_whom() {
    let got = World::of(full).get("/events/fest").await;
    got.says("<time datetime=\"2022-09-28T18:00:00+02:00\">Mi., 28. September 2022, 18:00</time>–").says("21:00 Uhr").says("17:30 Uhr");
    got.says("Ohne Stufen: <strong>Ja</strong>").says("Ruheraum: <strong>Nein</strong>").says("Untertitel: nicht angegeben");
    got.says("Kinderbetreuung: nicht angegeben").says("NEW_ONE").says("Deutsche Gebärdensprache").says("5,50\u{a0}€");
    got.says("Anmeldung bis 2 Stunden vor Beginn.").says("Noch 5 freie Plätze").says("Abgesagt: <span dir=\"auto\">krank");
    got.says("Do., 29. September 2022, 09:00 Uhr</time> <span dir=\"auto\">Frühstück")
        .says("href=\"https://miso.example/events/fest/calendar.ics\"");
    assert!(got.text.find("MiSO</a>") < got.text.find("kargah</a>"), "hosts stand in order");
}

#[tokio::test]
async fn a_calendar_says_what_is_in_it_and_how_to_subscribe() {
    let got = World::of(full).get("/calendar").await;
    got.says("webcal://miso.example/calendar.ics?category=concert").says("calendar.google.com").says("outlook.live.com");
    got.says("<code>https://miso.example/calendar.ics?category=concert</code>").says("calendar.ics?category=concert&amp;as=file");
    got.says("18 Termine liegen noch vor uns.").says("dir=\"rtl\"").says("Noch kein Platz").says("Abgesagt");
    let nothing =
        World::of(|page| if page == "calendar" { json!({ "calendar": null, "network": full("home")["network"] }) } else { full(page) });
    assert_eq!(nothing.get("/calendar?of=/nothing.ics").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_cancelled_event_says_so_plainly() {
    let world = World::of(|page| {
        let mut answer = full(page);
        answer["event"] = event_in_full();
        let event = &mut answer["event"];
        (event["status"], event["cancellationReason"], event["nextOccurrence"]) = (json!("CANCELLED"), json!("Sturm"), json!(null));
        answer
    });
    world.get("/events/fest").await.says("Abgesagt: <span dir=\"auto\">Sturm").says("<s><time").says("28. September 2022");
}

#[tokio::test]
async fn texts_in_other_languages_say_which() {
    let world = World::of(full);
    world.get("/organisations/kargah").await.says("<div class=\"prose\" lang=\"fa\" dir=\"rtl\">").says("Gründungsmitglied");
    let got = world.get_in("/posts/podium?locale=en", "de").await;
    got.says("<html lang=\"en\"").says("<div class=\"prose\" lang=\"de\" dir=\"ltr\">").says("1 minute to read");
    got.says("href=\"/posts/podium?locale=fa\" hreflang=\"fa\" lang=\"fa\"").says("<summary>In plain language</summary>");
    got.says("href=\"/organisations?locale=en\"");
}

#[tokio::test]
async fn an_earlier_slug_leads_to_the_thing() {
    let got = World::of(full).get("/events/altes-fest?locale=en").await;
    assert_eq!(got.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(got.header("location"), "/events/fest?locale=en");
}

#[tokio::test]
async fn what_is_not_there_is_a_page_that_says_so() {
    let world = World::of(|page| {
        let mut answer = full(page);
        answer["event"] = json!(null);
        answer
    });
    for address in ["/events/secret", "/nowhere", "/events/a/b", "/events/%FF"] {
        let got = world.get(address).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{address}");
        got.says("<h1>Hier ist nichts</h1>").says("MiSO").says("noindex");
    }
}

fn failing(code: Option<&'static str>) -> World {
    World::responding(move |page| {
        if page == "missing" {
            return Response::new(Value::from_json(full(page)).unwrap());
        }
        let mut error = ServerError::new("the inside", None);
        if let Some(code) = code {
            error.extensions.get_or_insert_default().set("code", code);
        }
        Response::from_errors(vec![error])
    })
}

#[tokio::test]
async fn a_fault_shows_nothing_of_its_inside() {
    for code in [None, Some("INTERNAL")] {
        let got = failing(code).get("/events").await;
        assert_eq!(got.status, StatusCode::INTERNAL_SERVER_ERROR);
        got.says("Da ist etwas schiefgegangen").says_not("the inside").says_not("INTERNAL");
    }
    assert_eq!(failing(Some("BAD_USER_INPUT")).get("/events?after=made-up").await.status, StatusCode::NOT_FOUND);
}
