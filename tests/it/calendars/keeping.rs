//! Calendars that are kept: as long as nothing has changed, whoever changed it, and no longer.

use axum::http::{Method, StatusCode};
use entity::words::EventStatus;
use entity::{event, event_host, event_tag, event_text, network, occurrence, organisation, tag, venue};
use futures_util::future::join_all;
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::calendar::fields;
use miso_tests::editing::evening;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use tower::ServiceExt;

use super::stage;

/// What statements read of a calendar's content.
fn reads(statements: &[String]) -> Vec<&String> {
    statements.iter().filter(|sql| !sql.contains("calendar_change")).collect()
}

async fn tag_of(world: &World, address: &str) -> String {
    world.get(address).await.header("etag").to_owned()
}

#[tokio::test]
async fn who_has_it_already_is_told_so_without_a_look_at_any_event() {
    let (world, host) = stage().await;
    world.event("talk", host.id).tagged("kultur").make().await;
    for address in ["/calendar.ics", "/organisations/host/calendar.ics", "/events/talk/calendar.ics", "/calendar.ics?tag=kultur"] {
        let (first, made) = world.statements(world.get(address)).await;
        assert!(!reads(&made).is_empty(), "{address}");
        let (again, known) = world.statements(world.ask(Method::GET, address, &[("if-none-match", first.header("etag"))])).await;
        assert_eq!((again.status, known.len()), (StatusCode::NOT_MODIFIED, 1), "{address}: {known:?}");
        let (whole, warm) = world.statements(world.get(address)).await;
        assert_eq!((whole.status, &whole.body, warm.len()), (StatusCode::OK, &first.body, 1), "{address}: {warm:?}");
        for encoding in ["gzip", "br"] {
            let once = world.ask(Method::GET, address, &[("accept-encoding", encoding)]).await;
            let twice = world.ask(Method::GET, address, &[("accept-encoding", encoding)]).await;
            assert_eq!(once.header("content-encoding"), encoding, "{address}");
            assert_eq!((&once.body, once.header("etag")), (&twice.body, twice.header("etag")), "{address}");
            assert_ne!(once.header("etag"), first.header("etag"), "{address}: other bytes, another tag");
        }
    }
}

#[tokio::test]
async fn after_a_change_in_one_organisation_only_the_calendars_that_it_is_in_change() {
    let (world, host) = stage().await;
    let other = world.organisation("other").make().await;
    world.event("theirs", other.id).tagged("kultur").make().await;
    let ours = world.office_editor().drafts(evening(host.id, "Unsere")).await;
    world.office_editor().changes_event("eventPublish", json!({ "id": ours["id"] })).await.unwrap();
    let addresses = [
        "/organisations/other/calendar.ics",
        "/events/theirs/calendar.ics",
        "/calendar.ics?tag=kultur",
        "/calendar.ics",
        "/organisations/host/calendar.ics",
    ];
    let before = join_all(addresses.map(|address| world.get(address))).await;
    world.office_editor().changes_event("eventCancel", json!({ "id": ours["id"] })).await.unwrap();
    let (unchanged, statements) =
        world.statements(world.ask(Method::GET, addresses[0], &[("if-none-match", before[0].header("etag"))])).await;
    assert_eq!((unchanged.status, reads(&statements).len()), (StatusCode::NOT_MODIFIED, 0), "{statements:?}");
    for (at, before) in before.iter().enumerate() {
        let after = world.get(addresses[at]).await;
        let is_same = (&after.body, after.header("etag"), after.header("last-modified"))
            == (&before.body, before.header("etag"), before.header("last-modified"));
        assert_eq!(is_same, at < 3, "{}", addresses[at]);
    }
}

#[tokio::test]
async fn whatever_changes_is_there_at_once_whichever_process_wrote_it() {
    let (world, host) = stage().await;
    let place = world.venue("faust").make().await;
    let talk = world.event("talk", host.id).with(|row| row.venue_id = Some(place.id)).tagged("kultur").make().await;
    let elsewhere = world.another_process().await;
    let text = |column, value: &str| event_text::Entity::update_many().col_expr(column, Expr::value(value.to_owned()));
    let mut last = tag_of(&world, "/calendar.ics").await;
    macro_rules! changes_it {
        ($($what:literal $change:expr;)+) => {$(
            $change.exec(&elsewhere.db).await.unwrap();
            let now = tag_of(&world, "/calendar.ics").await;
            assert_ne!(now, last, $what);
            last = now;
        )+};
    }
    changes_it! {
        "its title" text(event_text::Column::Title, "Anderes").filter(event_text::Column::EventId.eq(talk.id));
        "its time" occurrence::Entity::update_many().col_expr(occurrence::Column::EndsAt, Expr::value("2022-06-01T20:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()));
        "its place" venue::Entity::update_many().col_expr(venue::Column::Name, Expr::value("Anderswo"));
        "its topic" tag::Entity::update_many().col_expr(tag::Column::Name, Expr::value("Anders"));
        "its topics" event_tag::Entity::delete_many();
        "who holds it" organisation::Entity::update_many().col_expr(organisation::Column::Email, Expr::value("andere@example.org")).filter(organisation::Column::Id.eq(host.id));
        "the network" network::Entity::update_many().col_expr(network::Column::TimeZone, Expr::value("Europe/Vienna"));
        "that it takes place" event::Entity::update_many().col_expr(event::Column::Status, Expr::value(EventStatus::Cancelled));
        "that there is another host" event_host::Entity::update_many().col_expr(event_host::Column::OrganisationId, Expr::value(organisation::Entity::find().filter(organisation::Column::Id.ne(host.id)).one(world.db()).await.unwrap().unwrap().id));
        "that it is there at all" event::Entity::delete_many();
    }
    assert!(!world.get("/calendar.ics").await.text().contains("BEGIN:VEVENT"), "{last}");
}

#[tokio::test]
async fn what_has_changed_is_made_once_for_all_who_wait_for_it() {
    let (world, host) = stage().await;
    world.event("talk", host.id).make().await;
    let (_, alone) = world.statements(world.get("/calendar.ics")).await;
    world.event("another", host.id).make().await;
    let (replies, together) = world.statements(join_all((0..50).map(|_| world.get("/calendar.ics")))).await;
    assert!(replies.iter().all(|reply| reply.text().contains("SUMMARY;LANGUAGE=de:another")));
    assert_eq!(reads(&together).len(), reads(&alone).len(), "{together:#?}");
}

#[tokio::test]
async fn what_single_transactions_counted_is_added_up_without_a_calendar_changing() {
    let (world, host) = stage().await;
    world.event("talk", host.id).make().await;
    let first = world.get("/calendar.ics").await;
    miso::calendar::work::fold(world.app.clone(), miso::calendar::jobs::Fold {}).await.unwrap();
    let (again, statements) = world.statements(world.ask(Method::GET, "/calendar.ics", &[("if-none-match", first.header("etag"))])).await;
    assert_eq!((again.status, statements.len()), (StatusCode::NOT_MODIFIED, 1), "{statements:?}");
    let rows = entity::calendar_change::Entity::find().all(world.db()).await.unwrap();
    assert!(rows.len() > 1 && rows.iter().all(|row| row.slot == 0), "{rows:?}");
    world.event("another", host.id).make().await;
    assert!(world.get("/calendar.ics").await.text().contains("another"));
}

#[tokio::test]
async fn a_date_that_was_moved_cancelled_or_dropped_arrives_at_who_looked_before() {
    let (world, host) = stage().await;
    let course = miso_tests::editing::course(host.id, "Kurs");
    let event = world.office_editor().drafts(course).await;
    world.office_editor().changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    let names = ["RRULE", "EXDATE", "RECURRENCE-ID", "DTSTART", "STATUS", "SEQUENCE"];
    let told = async || fields(world.get("/calendar.ics").await.text(), &names);
    let first = told().await;
    let row = event::Entity::find().one(world.db()).await.unwrap().unwrap();
    let dates = world.dates_of(&row).await;
    let office = world.office_editor();
    let later = (dates[1].starts_at + chrono::TimeDelta::hours(1)).to_rfc3339();
    let end = (dates[1].starts_at + chrono::TimeDelta::hours(3)).to_rfc3339();
    office.changes_date(&json!(dates[1].id.to_global()), json!({ "startsAt": later, "endsAt": end })).await.unwrap();
    let moved = told().await;
    assert_ne!(moved, first);
    assert!(moved.iter().any(|line| line.starts_with("RECURRENCE-ID")) && moved.contains(&"SEQUENCE:1".to_owned()), "{moved:?}");
    office.changes_date(&json!(dates[2].id.to_global()), json!({ "cancelled": true })).await.unwrap();
    let cancelled = told().await;
    assert!(cancelled.contains(&"STATUS:CANCELLED".to_owned()), "{cancelled:?}");
    let dropped = occurrence::Entity::delete_by_id(dates[0].id);
    dropped.exec(world.db()).await.unwrap();
    let told = told().await;
    assert!(told.iter().any(|line| line.starts_with("EXDATE")), "what the rule gives and there is not: {told:?}");
}

/// Another process has a door of its own.
#[tokio::test]
async fn every_process_gives_what_the_last_of_them_wrote() {
    let (world, host) = stage().await;
    world.event("talk", host.id).make().await;
    let app = world.another_process().await;
    let door = miso::http::everything(app.clone(), miso::schema::build(&app.config.limits));
    let theirs = async || {
        let request = axum::http::Request::get("/calendar.ics").body(axum::body::Body::empty()).unwrap();
        let response = door.clone().oneshot(request).await.unwrap();
        response.headers()["etag"].to_str().unwrap().to_owned()
    };
    for step in 0..5 {
        let db = if step % 2 == 0 { world.db() } else { &app.db };
        db.execute_unprepared(&format!("UPDATE event_text SET title = 'Schritt {step}'")).await.unwrap();
        assert_eq!(tag_of(&world, "/calendar.ics").await, theirs().await, "step {step}");
        assert!(world.get("/calendar.ics").await.text().contains(&format!("Schritt {step}")));
    }
}
