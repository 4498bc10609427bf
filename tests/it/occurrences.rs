//! What happens when: dates of events.

use entity::words::{AttendanceMode, EventStatus};
use miso_tests::World;
use miso_tests::world::instant;
use serde_json::json;

#[tokio::test]
async fn every_date_of_every_event_is_listed_earliest_first() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.event("weekly", host.id).on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z").make().await;
    world.event("once", host.id).on("2022-06-05T16:00:00Z").make().await;
    let query = "query($where: EventWhere) { occurrences(where: $where) { totalCount nodes { startsAt event { slug } } } }";
    let all = world.visitor().asks_with(query, json!({})).await;
    assert_eq!(all.each("occurrences.nodes", "event.slug"), ["weekly", "once", "weekly"]);
    assert_eq!(all.at("occurrences.totalCount"), &json!(3));
    let range = json!({"where": {"startsAt": {"from": "2022-06-05T16:00:00Z", "until": "2022-06-08T16:00:00Z"}}});
    let some = world.visitor().asks_with(query, range).await;
    assert_eq!(some.each("occurrences.nodes", "startsAt"), ["2022-06-05T18:00:00+02:00"]);
}

#[tokio::test]
async fn six_in_the_evening_stays_six_in_the_evening_when_the_clocks_change() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.event("weekly", host.id).on("2022-10-25T16:00:00Z").on("2022-11-01T17:00:00Z").make().await;
    let answer = world.visitor().asks("{ occurrences { nodes { startsAt endsAt originalStartsAt } } }").await;
    assert_eq!(answer.each("occurrences.nodes", "startsAt"), ["2022-10-25T18:00:00+02:00", "2022-11-01T18:00:00+01:00"]);
    assert_eq!(answer.each("occurrences.nodes", "endsAt"), ["2022-10-25T20:00:00+02:00", "2022-11-01T20:00:00+01:00"]);
}

#[tokio::test]
async fn a_date_that_was_moved_or_cancelled_says_so() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let moved = world.event("moved", host.id).on("2022-06-01T16:00:00Z").with_dates(|date| {
        date.starts_at = instant("2022-06-02T16:00:00Z");
        date.over_at = instant("2022-06-02T18:00:00Z");
        date.ends_at = Some(date.over_at);
    });
    moved.make().await;
    let off = world.event("off", host.id).on("2022-06-03T16:00:00Z").with_dates(|date| {
        (date.is_cancelled, date.cancellation_reason) = (true, Some("krank".to_owned()));
    });
    off.make().await;
    let all = world.event("all-off", host.id).on("2022-06-04T16:00:00Z").status(EventStatus::Cancelled);
    all.with(|row| row.cancellation_reason = Some("Sturm".to_owned())).make().await;
    let answer = world.visitor().asks("{ occurrences { nodes { startsAt originalStartsAt cancelled cancellationReason } } }").await;
    let expected = json!([
        {"startsAt": "2022-06-02T18:00:00+02:00", "originalStartsAt": "2022-06-01T18:00:00+02:00", "cancelled": false, "cancellationReason": null},
        {"startsAt": "2022-06-03T18:00:00+02:00", "originalStartsAt": "2022-06-03T18:00:00+02:00", "cancelled": true, "cancellationReason": "krank"},
        {"startsAt": "2022-06-04T18:00:00+02:00", "originalStartsAt": "2022-06-04T18:00:00+02:00", "cancelled": true, "cancellationReason": "Sturm"},
    ]);
    assert_eq!(answer.at("occurrences.nodes"), &expected);
    let next = world.visitor().asks(r#"{ event(slug: "off") { startsAt nextOccurrence { id } } }"#).await;
    assert!(next.at("event.nextOccurrence").is_null(), "a date that is off is not the next one");
}

#[tokio::test]
async fn a_date_can_be_elsewhere_than_its_event() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let (home, away) =
        (world.venue("home").make().await, world.venue("away").with(|row| row.district = Some("List".to_owned())).make().await);
    let tour = world.event("tour", host.id).on("2022-06-01T16:00:00Z").with(|row| row.venue_id = Some(home.id)).make().await;
    world
        .enter(entity::occurrence::Model {
            id: world.app.new_id(),
            revision: 1,
            event_id: tour.id,
            starts_at: instant("2022-06-09T16:00:00Z"),
            ends_at: None,
            doors_at: None,
            original_starts_at: instant("2022-06-09T16:00:00Z"),
            over_at: instant("2022-06-09T22:00:00Z"),
            place_is_own: true,
            mode: AttendanceMode::Hybrid,
            venue_id: Some(away.id),
            room: Some("Foyer".to_owned()),
            online_url: None,
            is_cancelled: false,
            cancellation_reason: None,
            capacity: None,
            sequence: 0,
            updated_at: world.app.clock.now(),
        })
        .await;
    let answer = world.visitor().asks("{ occurrences { nodes { place { mode room venue { name } } } } }").await;
    let expected = json!([
        {"place": {"mode": "ONSITE", "room": null, "venue": {"name": "home"}}},
        {"place": {"mode": "HYBRID", "room": "Foyer", "venue": {"name": "away"}}},
    ]);
    assert_eq!(answer.at("occurrences.nodes"), &expected);
    let there = world
        .visitor()
        .asks(r#"{ occurrences(where: {district: "List"}) { totalCount } events(where: {district: "List", mode: ONSITE}) { totalCount } }"#)
        .await;
    assert_eq!(there.data(), &json!({"occurrences": {"totalCount": 1}, "events": {"totalCount": 0}}), "all must hold of one date");
}

#[tokio::test]
async fn the_dates_of_one_event_can_be_narrowed_to_a_range() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.event("weekly", host.id).on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z").on("2022-06-15T16:00:00Z").make().await;
    let query = r#"{ event(slug: "weekly") { occurrences(first: 1, startsAt: {from: "2022-06-02T00:00:00Z"}) {
        totalCount nodes { startsAt } pageInfo { hasNextPage hasPreviousPage }
    } } }"#;
    let expected = json!({
        "totalCount": 2, "nodes": [{"startsAt": "2022-06-08T18:00:00+02:00"}], "pageInfo": {"hasNextPage": true, "hasPreviousPage": false},
    });
    assert_eq!(world.visitor().asks(query).await.at("event.occurrences"), &expected);
}
