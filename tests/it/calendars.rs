//! Calendars to subscribe to, read by a parser that is not ours.

mod file;
mod keeping;
mod looking;
mod secret;

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use calcard::icalendar::ICalendarProperty as Property;
use entity::words::{EventCategory, EventStatus, RegistrationMode, Visibility};
use miso_tests::World;
use miso_tests::world::instant;
use serde_json::json;

use self::file::Calendar;
use crate::addresses::every_calendar;

async fn calendar(world: &World, address: &str) -> Calendar {
    let reply = world.get(address).await;
    assert_eq!(reply.status, StatusCode::OK, "{address}");
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8", "{address}");
    Calendar::read(address, reply.text())
}

/// A world with the network and one member, at 18 May 2022.
async fn stage() -> (World, entity::organisation::Model) {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    (world, host)
}

#[tokio::test]
async fn an_independent_parser_reads_every_calendar_that_the_schema_gives() {
    let world = World::seeded().await;
    let addresses = every_calendar(&world).await;
    assert!(addresses.len() > 50, "{addresses:#?}");
    for address in addresses {
        calendar(&world, &address).await.assert_sound();
    }
}

#[tokio::test]
async fn an_event_has_one_uid_in_every_calendar() {
    let world = World::seeded().await;
    let mut uids: BTreeMap<String, String> = BTreeMap::new();
    for address in every_calendar(&world).await {
        for (url, uid) in calendar(&world, &address).await.uids_by_url() {
            let (id, host) = uid.split_once('@').unwrap_or_else(|| panic!("{address}: {uid}"));
            assert!(id.parse::<uuid::Uuid>().is_ok() && host == "miso.example", "{address}: {uid}");
            let known = uids.entry(url).or_insert_with(|| uid.clone());
            assert_eq!(*known, uid, "{address}");
        }
    }
    assert!(uids.len() > 10);
}

#[tokio::test]
async fn unchanged_data_is_the_same_file_byte_for_byte_and_then_not_sent_again() {
    let world = World::seeded().await;
    for address in every_calendar(&world).await.into_iter().step_by(7) {
        let first = world.get(&address).await;
        world.at("2022-05-18T09:30:00Z");
        let second = world.get(&address).await;
        assert_eq!(first.body, second.body, "{address}");
        let (tag, modified) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
        assert!(tag.starts_with('"') && tag.len() > 10, "{address}: a strong tag, not {tag}");
        let head = world.ask(Method::HEAD, &address, &[]).await;
        assert_eq!((head.status, head.header("etag"), head.body.len()), (StatusCode::OK, tag.as_str(), 0), "{address}");
        assert_eq!(head.header("last-modified"), modified, "{address}");
        let several = format!("\"x\", W/{tag}");
        for headers in [
            vec![("if-none-match", tag.as_str())],
            vec![("if-none-match", several.as_str())],
            vec![("if-none-match", "*")],
            vec![("if-modified-since", modified.as_str())],
            vec![("if-none-match", tag.as_str()), ("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT")],
        ] {
            let again = world.ask(Method::GET, &address, &headers).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{address} {headers:?}");
            assert_eq!((again.header("etag"), again.header("last-modified")), (tag.as_str(), modified.as_str()), "{address}");
            assert!(again.body.is_empty());
        }
        let other = [("if-none-match", "\"other\""), ("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT")];
        assert_eq!(world.ask(Method::GET, &address, &other).await.status, StatusCode::OK, "{address}: If-None-Match wins");
        world.at("2022-05-18T08:00:00Z");
    }
}

#[tokio::test]
async fn it_comes_compressed_to_who_takes_that_without_a_cookie_or_an_accept_header() {
    let world = World::seeded().await;
    for encoding in ["gzip", "br"] {
        let reply = world.ask(Method::GET, "/calendar.ics", &[("accept-encoding", encoding)]).await;
        assert_eq!((reply.status, reply.header("content-encoding")), (StatusCode::OK, encoding));
        assert!(reply.header("vary").to_lowercase().contains("accept-encoding"));
        let again =
            world.ask(Method::GET, "/calendar.ics", &[("accept-encoding", encoding), ("if-none-match", reply.header("etag"))]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{encoding}");
    }
    for accept in ["*/*", "text/calendar, text/html;q=0.5"] {
        let reply = world.ask(Method::GET, "/calendar.ics", &[("accept", accept)]).await;
        assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "text/calendar; charset=utf-8"));
        assert!(!reply.headers.contains_key("set-cookie"));
    }
}

#[tokio::test]
async fn its_dates_are_those_of_the_schema() {
    let world = World::seeded().await;
    let query = "query($after: String) { occurrences(first: 100, after: $after, where: {startsAt: {from: \"2022-02-18T00:00:00Z\"}}) {
        nodes { startsAt cancelled event { url visibility } } pageInfo { hasNextPage endCursor } } }";
    let (mut expected, mut after) = (Vec::new(), json!(null));
    loop {
        let page = world.visitor().asks_with(query, json!({"after": after})).await;
        for date in page.at("occurrences.nodes").as_array().unwrap() {
            if date["cancelled"] == false {
                let at = instant(date["startsAt"].as_str().unwrap()).timestamp();
                expected.push((date["event"]["url"].as_str().unwrap().to_owned(), at));
            }
        }
        if page.at("occurrences.pageInfo.hasNextPage") == &json!(false) {
            break;
        }
        after = page.at("occurrences.pageInfo.endCursor").clone();
    }
    let from = instant("2022-02-18T00:00:00Z").timestamp();
    // A rule without an end goes on in calendars where the schema stops.
    let until = expected.iter().map(|(_, at)| *at).max().unwrap();
    let mut found = calendar(&world, "/calendar.ics").await.dates();
    found.retain(|(_, at)| (from..=until).contains(at));
    let missing: Vec<_> = expected.iter().filter(|date| !found.contains(date)).collect();
    let invented: Vec<_> = found.iter().filter(|date| !expected.contains(date)).collect();
    assert!(missing.is_empty(), "in the schema, and not in the calendar: {missing:?}");
    assert!(invented.is_empty(), "in the calendar, and not in the schema: {invented:?}");
}

#[tokio::test]
async fn what_recurs_is_one_entry_and_what_was_moved_or_cancelled_an_override() {
    let (world, host) = stage().await;
    let course = world.event("course", host.id).with(|row| {
        row.recurrence = Some("FREQ=WEEKLY;COUNT=4".to_owned());
        row.except_dates = vec![instant("2022-06-15T16:00:00Z")].into();
    });
    let course = course.on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z").on("2022-06-22T16:00:00Z").with_dates(|date| {
        if date.original_starts_at == instant("2022-06-08T16:00:00Z") {
            date.starts_at = instant("2022-06-09T17:00:00Z");
            date.over_at = instant("2022-06-09T19:00:00Z");
            date.ends_at = Some(date.over_at);
        }
        date.is_cancelled = date.original_starts_at == instant("2022-06-22T16:00:00Z");
    });
    course.make().await;
    let calendar = calendar(&world, "/calendar.ics").await;
    calendar.assert_sound();
    let masters: Vec<_> = calendar.events().filter(|event| !event.has_property(&Property::RecurrenceId)).collect();
    assert_eq!(masters.len(), 1);
    assert!(masters[0].has_property(&Property::Rrule) && masters[0].has_property(&Property::Exdate));
    let overrides: Vec<_> = calendar.events().filter(|event| event.has_property(&Property::RecurrenceId)).collect();
    assert_eq!(overrides.len(), 2);
    assert_eq!(calendar.text.matches("STATUS:CANCELLED").count(), 1);
    let starts: Vec<i64> = calendar.dates().into_iter().map(|(_, at)| at).collect();
    assert_eq!(starts, ["2022-06-01T16:00:00Z", "2022-06-09T17:00:00Z"].map(|at| instant(at).timestamp()));
}

#[tokio::test]
async fn irregular_dates_are_all_there() {
    let (world, host) = stage().await;
    world.event("course", host.id).on("2022-06-01T16:00:00Z").on("2022-06-13T16:00:00Z").on("2022-11-27T17:00:00Z").make().await;
    let starts: Vec<i64> = calendar(&world, "/events/course/calendar.ics").await.dates().into_iter().map(|(_, at)| at).collect();
    assert_eq!(starts, ["2022-06-01T16:00:00Z", "2022-06-13T16:00:00Z", "2022-11-27T17:00:00Z"].map(|at| instant(at).timestamp()));
}

#[tokio::test]
async fn whole_days_are_days_and_an_unknown_end_is_none() {
    let (world, host) = stage().await;
    let days = world.event("days", host.id).with(|row| {
        row.is_all_day = true;
        row.starts_at = instant("2022-06-02T22:00:00Z");
        row.ends_at = Some(instant("2022-06-04T22:00:00Z"));
    });
    days.on("2022-06-02T22:00:00Z").make().await;
    world.event("open", host.id).with(|row| row.ends_at = None).make().await;
    let days = calendar(&world, "/events/days/calendar.ics").await;
    assert!(days.has_line("DTSTART;VALUE=DATE:20220603") && days.has_line("DTEND;VALUE=DATE:20220605"), "{}", days.text);
    let open = calendar(&world, "/events/open/calendar.ics").await;
    assert!(!open.unfolded().any(|line| line.starts_with("DTEND") || line.starts_with("DURATION")), "{}", open.text);
    assert!(open.has_line("DTSTART;TZID=Europe/Berlin:20220601T180000"), "{}", open.text);
}

#[tokio::test]
async fn what_is_not_public_shows_in_no_calendar_and_what_is_cancelled_stays_as_that() {
    let (world, host) = stage().await;
    world.event("public", host.id).make().await;
    for (slug, visibility) in
        [("secret-unlisted", Visibility::Unlisted), ("secret-members", Visibility::Members), ("secret-hosts", Visibility::Hosts)]
    {
        world.event(slug, host.id).visibility(visibility).make().await;
    }
    world.event("secret-draft", host.id).status(EventStatus::Draft).make().await;
    world.event("secret-review", host.id).status(EventStatus::InReview).make().await;
    world.event("off", host.id).status(EventStatus::Cancelled).make().await;
    for address in ["/calendar.ics", "/organisations/host/calendar.ics"] {
        let calendar = calendar(&world, address).await;
        assert!(!calendar.text.contains("secret"), "{}", calendar.text);
        assert_eq!(calendar.events().count(), 2, "{address}");
        assert_eq!(calendar.text.matches("STATUS:CANCELLED").count(), 1, "{address}");
    }
    let absent = world.get("/events/never-was/calendar.ics").await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
    for slug in ["secret-members", "secret-hosts", "secret-draft", "secret-review"] {
        let hidden = world.get(&format!("/events/{slug}/calendar.ics")).await;
        assert_eq!((hidden.status, &hidden.body), (absent.status, &absent.body), "{slug}");
    }
    assert_eq!(world.get("/events/secret-unlisted/calendar.ics").await.status, StatusCode::OK, "who has the address may have its calendar");
}

#[tokio::test]
async fn it_goes_back_ninety_days_and_on_for_ever() {
    let (world, host) = stage().await;
    for (slug, moment) in [("long-ago", "2022-02-10T16:00:00Z"), ("lately", "2022-02-20T16:00:00Z"), ("far-ahead", "2032-05-01T16:00:00Z")]
    {
        world.event(slug, host.id).on(moment).make().await;
    }
    let urls: Vec<String> = calendar(&world, "/calendar.ics").await.dates().into_iter().map(|(url, _)| url).collect();
    assert_eq!(urls, ["https://miso.example/events/lately", "https://miso.example/events/far-ahead"]);
    assert_eq!(calendar(&world, "/events/long-ago/calendar.ics").await.events().count(), 1, "one event alone is given whenever it was");
}

#[tokio::test]
async fn no_text_adds_a_line_or_breaks_a_letter() {
    let (world, host) = stage().await;
    let hostile = "Fest; \\ , \"Ä\"\r\nBEGIN:VEVENT\nATTENDEE:mailto:x@example.org\u{0}\u{7} 🎉".to_owned() + &"ابتثجحخدذرزسش".repeat(20);
    let maker = world.event("hostile", host.id).text("de", &hostile.replace('\u{0}', ""));
    maker.with(|row| row.room = Some("Raum\r\nX-EVIL:1".to_owned())).make().await;
    let calendar = calendar(&world, "/calendar.ics").await;
    calendar.assert_sound();
    assert_eq!(calendar.events().count(), 1);
    for evil in ["BEGIN:VEVENT", "ATTENDEE", "X-EVIL"] {
        let lines = calendar.unfolded().filter(|line| line.starts_with(evil)).count();
        assert_eq!(lines, usize::from(evil == "BEGIN:VEVENT"), "{}", calendar.text);
    }
    let summary = calendar.events().next().unwrap().property(&Property::Summary).unwrap().values[0].as_text().unwrap().to_owned();
    assert!(summary.starts_with("Fest; \\ , \"Ä\"") && summary.contains("🎉") && summary.ends_with("ش"), "{summary}");
    assert!(!summary.contains('\u{7}'));
}

#[tokio::test]
async fn the_address_of_an_online_event_is_given_where_no_registration_is_asked() {
    let (world, host) = stage().await;
    let online = |row: &mut entity::event::Model| row.online_url = Some("https://meet.example/room".to_owned());
    world.event("open", host.id).with(online).make().await;
    world.event("asks", host.id).with(online).with(|row| row.registration_mode = RegistrationMode::Open).make().await;
    assert!(calendar(&world, "/events/open/calendar.ics").await.text.contains("meet.example"));
    assert!(!calendar(&world, "/events/asks/calendar.ics").await.text.contains("meet.example"));
}

#[tokio::test]
async fn calendars_can_be_narrowed_and_their_filters_combined() {
    let (world, host) = stage().await;
    let venue = world.venue("faust").with(|row| row.district = Some("Linden".to_owned())).make().await;
    let there = |row: &mut entity::event::Model| (row.venue_id, row.category) = (Some(venue.id), EventCategory::Concert);
    world.event("both", host.id).with(there).tagged("kultur").held_in("fa").make().await;
    world.event("place-only", host.id).with(there).make().await;
    world.event("tag-only", host.id).tagged("kultur").make().await;
    let found = async |filter: serde_json::Value| {
        let query = "query($where: CalendarWhere) { calendar(where: $where) { url webcalUrl googleUrl outlookUrl } }";
        let links = world.visitor().asks_with(query, json!({"where": filter})).await;
        let url = links.at("calendar.url").as_str().unwrap();
        assert_eq!(links.at("calendar.webcalUrl"), &json!(url.replace("https://", "webcal://")));
        let mut urls: Vec<String> =
            calendar(&world, url).await.dates().into_iter().map(|(url, _)| url.rsplit('/').next().unwrap().to_owned()).collect();
        urls.sort();
        urls
    };
    assert_eq!(found(json!({})).await, ["both", "place-only", "tag-only"]);
    assert_eq!(found(json!({"tag": "kultur"})).await, ["both", "tag-only"]);
    assert_eq!(found(json!({"district": "Linden", "tag": "kultur"})).await, ["both"]);
    assert_eq!(found(json!({"category": "CONCERT", "language": "fa"})).await, ["both"]);
    let id = world.visitor().asks(r#"{ organisation(slug: "host") { id } }"#).await;
    assert_eq!(found(json!({"organisationId": id.at("organisation.id"), "category": "CONCERT"})).await, ["both", "place-only"]);
}

#[tokio::test]
async fn it_says_what_it_is_and_how_often_to_look() {
    let world = World::seeded().await;
    let calendar = calendar(&world, "/calendar.ics").await;
    let of_all = ["NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "PRODID", "VERSION"];
    let of_events =
        ["SUMMARY", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "URL", "LOCATION", "DESCRIPTION", "CATEGORIES", "ORGANIZER"];
    for property in of_all.into_iter().chain(of_events) {
        let is_there = calendar.unfolded().any(|line| line.split([':', ';']).next() == Some(property));
        assert!(is_there, "{property}");
    }
    assert!(calendar.unfolded().filter(|line| line.starts_with("ORGANIZER")).all(|line| line.contains(":mailto:")));
    assert!(calendar.unfolded().all(|line| !line.starts_with("ATTENDEE")));
}
