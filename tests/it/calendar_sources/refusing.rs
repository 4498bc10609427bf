//! What is not fetched, and what is not taken over.

use miso_tests::people::Actor;
use serde_json::{Value, json};

use super::elsewhere::{Elsewhere, Stage, calendar, entry, set};
use miso::gql::id::Global;

#[tokio::test]
async fn a_broken_calendar_changes_nothing_and_says_why_in_the_viewers_language() {
    let stage = Stage::following(&[entry("1", "Abend", 7, "")]).await;
    let before = (stage.events().await, stage.notes().await);
    let whole = calendar(&[entry("1", "Anders", 8, "")]);
    let (mut due, mut failures) = (String::new(), 0);
    for (day, (broken, line)) in (19..).zip([(&whole[..whole.len() - 20], 10), ("<!doctype html><title>Anmelden</title>", 1), ("", 1)]) {
        stage.server.says(broken.to_owned());
        stage.looks_at(&format!("2022-05-{day}T14:00:00Z")).await;
        let told = stage.told().await;
        let said = format!("Das ist kein vollständiger Kalender (iCalendar), siehe Zeile {line}. Nichts wurde geändert.");
        assert_eq!(told["problem"], said);
        assert_eq!(told["takenOverAt"], "2022-05-18T08:00:00Z");
        failures += 1;
        assert_eq!(told["failures"], failures);
        due = told["dueAt"].as_str().unwrap().to_owned();
        assert_eq!((stage.events().await, stage.notes().await), before, "{broken}");
    }
    assert!(due.as_str() > "2022-05-21T15:59", "it is asked more seldom: {due}");
    let english = stage.told_to(&stage.world.office_editor().reading("en")).await;
    assert_eq!(english["problem"], "This is no whole calendar (iCalendar), see line 1. Nothing was changed.");
    stage.server.says(whole);
    stage.looks_at("2022-05-25T14:00:00Z").await;
    let told = stage.told().await;
    assert_eq!(
        (&told["problem"], &told["failures"], stage.titles().await.remove(0).as_str()),
        (&json!(null), &json!(0), "Anders IN_REVIEW")
    );
}

#[tokio::test]
async fn no_request_reaches_a_private_network_by_address_name_or_redirect() {
    let stage = Stage::with(&[entry("1", "Abend", 7, "")]).await;
    let secret = Elsewhere::saying(calendar(&[entry("2", "Geheim", 8, "")])).await;
    let said = "Diese Adresse führt nicht ins öffentliche Internet; anderswo wird nichts abgerufen.";
    let port = secret.at.port();
    for address in [
        secret.url(),
        format!("http://localhost:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://169.254.169.254/latest".to_owned(),
    ] {
        stage.sets(stage.host, &address).await.unwrap();
        stage.runs().await;
        assert_eq!(stage.told().await["problem"], said, "{address}");
    }
    stage.server.says.lock().unwrap().leads_to = Some(secret.url());
    stage.sets(stage.host, &stage.server.url()).await.unwrap();
    stage.runs().await;
    assert_eq!(stage.told().await["problem"], said);
    assert_eq!((secret.times(), stage.server.times(), stage.events().await.len()), (0, 1, 0));
}

#[tokio::test]
async fn a_calendar_that_is_too_large_or_has_too_many_events_is_refused_whole() {
    let stage = Stage::following(&[entry("1", "Abend", 7, "")]).await;
    let before = stage.notes().await;
    stage.server.says(calendar(&[entry("1", "Anders", 8, &format!("DESCRIPTION:{}", "x".repeat(5 * 1024 * 1024)))]));
    stage.looks_at("2022-05-19T14:00:00Z").await;
    assert_eq!(stage.told().await["problem"], "Der Kalender ist zu groß.");
    stage.server.says(calendar(&vec!["BEGIN:VEVENT\r\nEND:VEVENT\r\n".to_owned(); 5001]));
    stage.looks_at("2022-05-20T14:00:00Z").await;
    assert_eq!(stage.told().await["problem"], "Der Kalender hat 5001 Veranstaltungen, mehr als wir übernehmen. Nichts wurde geändert.");
    assert_eq!((stage.notes().await, stage.titles().await.remove(0).as_str()), (before, "Abend IN_REVIEW"));
}

#[tokio::test]
async fn what_is_wrong_with_an_event_is_told_with_its_line_and_the_others_come_in() {
    let private = entry("4", "Vorstand", 9, "CLASS:PRIVATE");
    let odd = entry("2", "Fest", 8, "").replace("TZID=Europe/Berlin", "TZID=Mars/Krater");
    let stage = Stage::following(&[entry("1", "Abend", 7, ""), odd.clone(), entry("1", "Doppelt", 7, ""), private]).await;
    assert_eq!(
        (stage.titles().await, stage.report().await.as_str()),
        (vec!["Abend IN_REVIEW".to_owned()], "added 1, leftOut 1, refused 2")
    );
    let refusals = |told: &Value| told["report"]["refusals"].clone();
    assert_eq!(
        refusals(&stage.told().await),
        json!([
            { "line": 11, "reason": "Das ist kein Datum und keine Zeit, die wir kennen: DTSTART, Mars/Krater. Zeitzonen heißen z. B. Europe/Berlin." },
            { "line": 18, "reason": "Diese UID steht schon weiter oben im Kalender." },
        ])
    );
    let english = stage.told_to(&stage.world.office_editor().reading("en")).await;
    assert_eq!(refusals(&english)[1]["reason"], "This UID stands further up in the calendar already.");
    // What cannot be read any more is there all the same: it is not withdrawn.
    let odd = odd.replace("UID:2", "UID:1");
    stage.says_at("2022-05-19T14:00:00Z", std::slice::from_ref(&odd)).await;
    stage.looks_at("2022-05-24T14:00:00Z").await;
    assert_eq!((stage.titles().await.remove(0).as_str(), stage.report().await.as_str()), ("Abend IN_REVIEW", "refused 1"));
}

#[tokio::test]
async fn an_address_is_checked_when_it_is_given() {
    let stage = Stage::with(&[]).await;
    let told = async |actor: &Actor<'_>, input: Value| set(actor, json!({ "id": stage.host.to_global().0, "input": input })).await;
    let office = stage.world.office_editor();
    for (address, expected) in [
        ("", "REQUIRED at input.address"),
        ("file:///etc/passwd", "INVALID at input.address"),
        ("ftp://verein.example/kalender.ics", "INVALID at input.address"),
        ("https://name:wort@verein.example/", "INVALID at input.address"),
    ] {
        assert_eq!(told(&office, json!({ "address": address })).await.unwrap_err(), expected);
    }
    told(&office, json!({ "address": " webcal://verein.example:9/kalender.ics#oben " })).await.unwrap();
    let told = stage.told().await;
    assert_eq!((&told["address"], &told["locale"]), (&json!("https://verein.example:9/kalender.ics"), &json!("de")));
}
