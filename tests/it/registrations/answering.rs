//! Calendars answer invitations, by mail.

use std::io::Write;
use std::process::Stdio;

use mailer::{Incoming, Letter};
use miso::registrations::ops::{Received, receive};
use miso_tests::World;
use miso_tests::calendar::{fields, invitation};
use miso_tests::process::command;
use miso_tests::registering::who;
use serde_json::json;

/// The last mail to somebody.
fn last_to(world: &World, name: &str) -> Letter {
    let mut letters = world.app.mailer.sent().into_iter().map(|composed| composed.letter());
    letters.rfind(|letter| letter.to.starts_with(name)).unwrap()
}

/// What somebody's calendar sends in answer to an invitation.
fn reply(letter: &Letter, from: &str, says: &str) -> String {
    let kept = fields(&invitation(letter), &["UID", "SEQUENCE", "RECURRENCE-ID", "ORGANIZER"]).join("\r\n");
    let organizer = kept.split("mailto:").nth(1).unwrap();
    format!(
        "From: {from}\r\nTo: {organizer}\r\nSubject: Antwort\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/calendar; method=REPLY; charset=UTF-8\r\n\r\n\
         BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Beispiel//DE\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n{kept}\r\n\
         DTSTAMP:20220518T080000Z\r\nATTENDEE;PARTSTAT={says}:mailto:{from}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

async fn comes_in(world: &World, mail: &str) -> Received {
    let done = receive(&world.app, &Incoming::read(mail.as_bytes())).await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    done
}

/// A date with one seat, Amal on it and Bojan behind.
async fn evening(world: &World) -> entity::occurrence::Model {
    world.network().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = world.dates_of(&event).await.remove(0);
    for name in ["Amal", "Bojan"] {
        world.register(&who(name, &date)).await;
    }
    assert!(world.run_jobs().await.failed.is_empty());
    date
}

#[tokio::test]
async fn who_declines_in_the_calendar_gives_the_seat_to_the_next_in_line() {
    let world = World::new().await;
    let date = evening(&world).await;
    let letter = last_to(&world, "Amal");
    let organizer = fields(&invitation(&letter), &["ORGANIZER"]).remove(0);
    assert!(organizer.contains("mailto:miso+") && organizer.ends_with("@miso.example"), "{organizer}");
    assert_eq!(comes_in(&world, &reply(&letter, "amal@example.org", "ACCEPTED")).await, Received::Noted);
    assert!(world.registration_of("amal@example.org").await.accepted_at.is_some());
    let declined = reply(&letter, "Amal@Example.org", "DECLINED");
    assert_eq!(comes_in(&world, &declined).await, Received::Cancelled);
    assert_eq!(world.standing_of("amal@example.org").await, "CANCELLED");
    assert_eq!(world.standing_of("bojan@example.org").await, "CONFIRMED");
    assert_eq!(last_to(&world, "Amal").subject, "Abgemeldet: abend");
    assert_eq!(world.counts_of(&date).await, (1, 0, Some(0)));
    // Once more says nothing new.
    assert_eq!(comes_in(&world, &declined).await, Received::Nothing);
}

#[tokio::test]
async fn what_is_forged_stale_or_something_else_changes_nothing() {
    let world = World::new().await;
    evening(&world).await;
    let (amal, bojan) = (last_to(&world, "Amal"), last_to(&world, "Bojan"));
    let good = reply(&amal, "amal@example.org", "DECLINED");
    let organizer = |letter: &Letter| fields(&invitation(letter), &["ORGANIZER"]).remove(0).split("mailto:").nth(1).unwrap().to_owned();
    let uid = fields(&invitation(&amal), &["UID"]).remove(0);
    let rows = world.dump().await;
    for (what, forged) in [
        ("without the secret", good.replace(&organizer(&amal), "miso@miso.example")),
        ("with a made-up secret", good.replace(&organizer(&amal), &format!("miso+{}@miso.example", "a".repeat(55)))),
        ("with the secret of another", good.replace(&organizer(&amal), &organizer(&bojan))),
        ("from another", good.replace("mailto:amal@example.org", "mailto:bojan@example.org")),
        ("of another entry", good.replace(&uid, "UID:other@miso.example")),
        ("a request", good.replace("METHOD:REPLY", "METHOD:REQUEST")),
        ("away", format!("Auto-Submitted: auto-replied\r\n{good}")),
        ("perhaps", reply(&amal, "amal@example.org", "TENTATIVE")),
        ("no calendar", "From: amal@example.org\r\nSubject: Hallo\r\n\r\nNein.\r\n".to_owned()),
        ("no mail", "\u{0}\u{1}BEGIN:VCALENDAR".to_owned()),
    ] {
        assert_eq!(comes_in(&world, &forged).await, Received::Nothing, "{what}");
        assert_eq!(world.dump().await, rows, "{what}");
    }
    // An answer to the invitation as it was before the person moved up.
    let early = reply(&bojan, "bojan@example.org", "DECLINED");
    assert_eq!(comes_in(&world, &good).await, Received::Cancelled);
    assert_eq!(comes_in(&world, &early).await, Received::Nothing);
    assert_eq!(world.standing_of("bojan@example.org").await, "CONFIRMED");
    let present = reply(&last_to(&world, "Bojan"), "bojan@example.org", "DECLINED");
    assert_eq!(comes_in(&world, &present).await, Received::Cancelled);
}

#[tokio::test]
async fn a_mail_server_pipes_mails_into_the_program() {
    let world = World::new().await;
    evening(&world).await;
    let pipe = |settings: &[(&str, &str)], mail: &str| {
        let mut command = command(world.database_url(), &["mail", "receive"]);
        command.env("MISO_PUBLIC_URL", "https://miso.example").stdin(Stdio::piped());
        for (name, value) in settings {
            command.env(name, value);
        }
        let mut child = command.spawn().unwrap();
        // It may have ended before it read.
        _ = child.stdin.take().unwrap().write_all(mail.as_bytes());
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap())
    };
    let good = reply(&last_to(&world, "Amal"), "amal@example.org", "DECLINED");
    let nothing = json!([]).to_string();
    assert_eq!(pipe(&[], &nothing).0, Some(0));
    assert_eq!(pipe(&[("MISO_MAIL_REPLIES", "much-too-long@miso.example")], &good).0, Some(75));
    assert_eq!(pipe(&[("DATABASE_URL", "sqlite:///dev/null/miso.db")], &good).0, Some(75));
    assert_eq!(world.standing_of("amal@example.org").await, "CONFIRMED");
    let (code, said) = pipe(&[], &good);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("amal@") && !said.contains("miso+"), "{said}");
    assert_eq!(world.standing_of("amal@example.org").await, "CANCELLED");
    assert_eq!(pipe(&[], &good).0, Some(0));
}
