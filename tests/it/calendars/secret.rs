//! Calendars behind secret addresses: of what a person registered for, and of what is for members.

use axum::http::StatusCode;
use entity::words::{EventStatus, OrganisationRole, RegistrationStatus, Visibility};
use entity::{event, organisation_person};
use miso::secret::Purpose;
use miso_tests::World;
use miso_tests::calendar::fields;
use miso_tests::registering::who;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{calendar, stage};

const LINKS: &str = "{ viewer { calendar { url webcalUrl googleUrl outlookUrl } membersCalendar { url } } }";
const ROTATE: &str = "mutation { calendarTokenRotate { viewer { calendar { url } membersCalendar { url } } errors { code } } }";

#[tokio::test]
async fn what_somebody_registered_for_is_in_their_own_calendar_and_what_they_wait_for_is_not_certain() {
    let (world, host) = stage().await;
    let online = |row: &mut event::Model| row.online_url = Some("https://meet.example/room".to_owned());
    let talk = world.open_event("talk", host.id, 1).with(online).make().await;
    let course = world.open_event("course", host.id, 9).on("2022-06-02T16:00:00Z").on("2022-06-08T16:00:00Z").make().await;
    world.event("elsewhere", host.id).make().await;
    let (talks, courses) = (world.dates_of(&talk).await, world.dates_of(&course).await);
    assert_eq!(world.place_of(&who("Bojan", &talks[0])).await, "CONFIRMED");
    assert_eq!(world.place_of(&who("Amal", &talks[0])).await, "WAITLISTED 1");
    assert_eq!(world.place_of(&who("Amal", &courses[1])).await, "CONFIRMED");

    let amal = world.signs_in("amal@example.org").await;
    let links = amal.graphql(LINKS, json!({})).await;
    let url = links.at("viewer.calendar.url").as_str().unwrap().to_owned();
    assert_eq!(links.at("viewer.calendar.webcalUrl"), &json!(url.replace("https:", "webcal:")));
    assert_eq!(links.at("viewer.membersCalendar"), &json!(null));

    let feed = calendar(&world, &url).await;
    feed.assert_sound();
    let told = fields(&feed.text, &["RECURRENCE-ID", "DTSTART", "STATUS", "SUMMARY"]);
    let expected = [
        "RECURRENCE-ID;TZID=Europe/Berlin:20220608T180000",
        "DTSTART;TZID=Europe/Berlin:20220601T180000",
        "DTSTART;TZID=Europe/Berlin:20220608T180000",
        "STATUS:TENTATIVE",
        "STATUS:CONFIRMED",
        "SUMMARY;LANGUAGE=de:talk",
        "SUMMARY;LANGUAGE=de:course",
    ];
    assert_eq!(told, expected, "{}", feed.text);
    assert!(feed.text.contains("Warteliste") && !feed.text.contains("meet.example"), "{}", feed.text);
    for word in ["ATTENDEE", "amal", "Amal", "SOURCE", url.split('/').nth(4).unwrap()] {
        assert!(!feed.text.contains(word), "{word}: {}", feed.text);
    }

    let bojan = world.signs_in("bojan@example.org").await.graphql(LINKS, json!({})).await;
    let his = bojan.at("viewer.calendar.url").as_str().unwrap();
    assert!(calendar(&world, his).await.text.contains("meet.example"), "who has a seat is told where");
    world
        .graphql(
            "mutation($token: String!) { registrationCancel(by: {token: $token}) { errors { code } } }",
            json!({"token": world.token_of("bojan@example.org").await}),
        )
        .await;
    assert_eq!(calendar(&world, his).await.events().count(), 0, "what one cancelled is gone");
    world.run_jobs().await;
    assert_eq!(world.standing_of("amal@example.org").await, "CONFIRMED");
    let moved_up = calendar(&world, &url).await;
    assert!(!moved_up.text.contains("STATUS:TENTATIVE") && moved_up.text.contains("meet.example"), "{}", moved_up.text);
}

#[tokio::test]
async fn a_secret_calendar_ends_at_once_and_no_other_secret_opens_it() {
    let (world, host) = stage().await;
    let amal = world.account("amal@example.org", host.id, OrganisationRole::Member).await;
    let token = |purpose, version| world.app.links.token(purpose, amal.id, version);
    let own = format!("/calendars/{}/registrations.ics", token(Purpose::Calendar, 0));
    let members = format!("/calendars/{}/members.ics", token(Purpose::MembersCalendar, 0));
    for address in [&own, &members] {
        let reply = world.get(address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        assert_eq!(reply.header("cache-control"), "private, max-age=300");
        assert_eq!((reply.header("referrer-policy"), reply.header("x-robots-tag")), ("no-referrer", "noindex, nofollow"));
        assert_eq!(world.ask(axum::http::Method::GET, address, &[("if-none-match", reply.header("etag"))]).await.status, 304);
    }
    for other in [
        format!("/calendars/{}/members.ics", token(Purpose::Calendar, 0)),
        format!("/calendars/{}/registrations.ics", token(Purpose::Registration, 0)),
        "/calendars/x/registrations.ics".to_owned(),
        "/calendars/%00/members.ics".to_owned(),
    ] {
        assert_eq!(world.get(&other).await.status, StatusCode::NOT_FOUND, "{other}");
    }

    let client = world.signs_in("amal@example.org").await;
    let before = client.graphql(LINKS, json!({})).await;
    assert_eq!(before.at("viewer.calendar.url"), &json!(world.app.url(&own)));
    assert_eq!(before.at("viewer.membersCalendar.url"), &json!(world.app.url(&members)));
    let rotated = client.graphql(ROTATE, json!({})).await;
    for address in [&own, &members] {
        let reply = world.get(address).await;
        assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::GONE, "no-store"), "{address}");
        assert_eq!(world.ask(axum::http::Method::GET, address, &[("if-none-match", "*")]).await.status, StatusCode::GONE);
    }
    for field in ["calendar", "membersCalendar"] {
        let new = rotated.at(&format!("calendarTokenRotate.viewer.{field}.url")).as_str().unwrap();
        assert_eq!(world.get(new).await.status, StatusCode::OK, "{new}");
    }
}

#[tokio::test]
async fn a_program_with_an_access_token_learns_no_address_that_would_outlast_it() {
    let world = World::new().await;
    world.network().await;
    let amal = world.signs_in("amal@example.org").await;
    let made = amal.graphql("mutation { accessTokenCreate(input: { name: \"Programm\" }) { secret } }", json!({})).await;
    let program = world.with_secret(made.at("accessTokenCreate.secret").as_str().unwrap());
    assert_eq!(program.graphql("{ viewer { person { email } } }", json!({})).await.errors().len(), 0);
    assert_eq!(program.graphql(LINKS, json!({})).await.codes()[0], "FORBIDDEN");
    assert_eq!(program.graphql(ROTATE, json!({})).await.codes(), ["FORBIDDEN"]);
}

#[tokio::test]
async fn what_is_for_members_is_in_their_calendar_alone_and_ends_with_their_part_in_it() {
    let (world, host) = stage().await;
    world.event("for-all", host.id).make().await;
    world.event("inner", host.id).visibility(Visibility::Members).tagged("kultur").make().await;
    world.event("inner-too", host.id).visibility(Visibility::Members).make().await;
    world.event("planned", host.id).visibility(Visibility::Members).status(EventStatus::Draft).make().await;
    world.event("board", host.id).visibility(Visibility::Hosts).make().await;
    let mut addresses = Vec::new();
    for email in ["amal@example.org", "bojan@example.org"] {
        let person = world.account(email, host.id, OrganisationRole::Editor).await;
        addresses.push((person.id, format!("/calendars/{}/members.ics", world.app.links.token(Purpose::MembersCalendar, person.id, 0))));
    }
    let summaries = async |address: &str| {
        let mut told = fields(&calendar(&world, address).await.text, &["SUMMARY"]);
        told.sort();
        told
    };
    assert_eq!(summaries(&addresses[0].1).await, ["SUMMARY;LANGUAGE=de:inner", "SUMMARY;LANGUAGE=de:inner-too"]);
    assert_eq!(summaries(&format!("{}?tag=kultur", addresses[0].1)).await, ["SUMMARY;LANGUAGE=de:inner"]);
    let (one, other) = (world.get(&addresses[0].1).await, world.get(&addresses[1].1).await);
    assert_eq!((&one.body, one.header("etag")), (&other.body, other.header("etag")), "it tells nothing of whose address it is");

    let part = organisation_person::Entity::delete_many().filter(organisation_person::Column::PersonId.eq(addresses[0].0));
    part.exec(world.db()).await.unwrap();
    assert_eq!(world.get(&addresses[0].1).await.status, StatusCode::GONE);
    assert_eq!(world.get(&addresses[1].1).await.status, StatusCode::OK);
    let withdrawn = event::Entity::update_many().col_expr(event::Column::Status, Expr::value(EventStatus::Draft));
    withdrawn.filter(event::Column::Slug.eq("inner")).exec(world.db()).await.unwrap();
    assert_eq!(summaries(&addresses[1].1).await, ["SUMMARY;LANGUAGE=de:inner-too"]);
}

#[tokio::test]
async fn what_was_withdrawn_is_struck_out_for_those_who_registered_without_a_word_of_its_draft() {
    let (world, host) = stage().await;
    let talk = world.open_event("talk", host.id, 3).make().await;
    let dates = world.dates_of(&talk).await;
    assert_eq!(world.place_of(&who("Amal", &dates[0])).await, "CONFIRMED");
    let amal = world.signs_in("amal@example.org").await;
    let url = amal.graphql(LINKS, json!({})).await.at("viewer.calendar.url").as_str().unwrap().to_owned();
    let uid = fields(&calendar(&world, &url).await.text, &["UID"]);
    let id = miso::gql::id::Global::to_global(talk.id);
    world.office_editor().changes_event("eventUnpublish", json!({ "id": id })).await.unwrap();
    let struck_out = calendar(&world, &url).await;
    assert_eq!(fields(&struck_out.text, &["UID"]), uid);
    assert_eq!(fields(&struck_out.text, &["STATUS", "SUMMARY"]), ["STATUS:CANCELLED", "SUMMARY;LANGUAGE=de:Entfällt"]);
    assert!(!struck_out.text.contains("talk"), "{}", struck_out.text);
    assert_eq!(world.registration_of("amal@example.org").await.status, RegistrationStatus::Confirmed);
}
