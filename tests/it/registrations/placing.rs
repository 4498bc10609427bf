//! Who gets a seat, and what is refused.

use entity::lists::Question;
use entity::words::{EventStatus, QuestionKind, RegistrationMode, RegistrationScope, Visibility};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::registering::{refusals, who};
use miso_tests::world::instant;
use serde_json::{Value, json};

#[tokio::test]
async fn seats_are_given_while_they_last_and_then_people_wait_in_line() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 2).make().await;
    let date = &world.dates_of(&event).await[0];
    let mut places = Vec::new();
    for name in ["Amal", "Bojan", "Chi", "Dara"] {
        places.push(world.place_of(&who(name, date)).await);
    }
    assert_eq!(places, ["CONFIRMED", "CONFIRMED", "WAITLISTED 1", "WAITLISTED 2"]);
    assert_eq!(world.counts_of(date).await, (2, 2, Some(0)));
}

#[tokio::test]
async fn each_date_has_its_own_seats_and_a_whole_event_has_them_once() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let course = world.open_event("kurs", host.id, 1).on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z").make().await;
    let dates = world.dates_of(&course).await;
    assert_eq!(world.place_of(&who("Amal", &dates[0])).await, "CONFIRMED");
    assert_eq!(world.place_of(&who("Amal", &dates[1])).await, "CONFIRMED");
    assert_eq!(world.place_of(&who("Bojan", &dates[1])).await, "WAITLISTED 1");

    let whole = world.open_event("reihe", host.id, 1).on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z");
    let whole = whole.with(|row| row.registration_scope = RegistrationScope::WholeEvent).make().await;
    let dates = world.dates_of(&whole).await;
    let input = |name: &str| json!({ "for": { "eventId": whole.id.to_global().0 }, "name": name, "email": format!("{name}@example.org") });
    assert_eq!(world.place_of(&input("amal")).await, "CONFIRMED");
    assert_eq!(world.place_of(&input("bojan")).await, "WAITLISTED 1");
    assert_eq!(world.place_of(&who("Chi", &dates[0])).await, "INVALID at input.for.occurrenceId");
    let of_series = json!({ "for": { "eventId": course.id.to_global().0 }, "name": "Chi", "email": "chi@example.org" });
    assert_eq!(world.place_of(&of_series).await, "INVALID at input.for.eventId");
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_and_nothing_is_kept() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let question = Question {
        key: "food".to_owned(),
        label: "Essen?".to_owned(),
        help: None,
        kind: QuestionKind::YesNo,
        required: true,
        sensitive: false,
        choices: Vec::new(),
    };
    let event = world.open_event("abend", host.id, 50).with(move |row| row.questions = vec![question].into()).make().await;
    let date = &world.dates_of(&event).await[0];
    let before = world.dump().await;
    let input = json!({
        "for": { "occurrenceId": date.id.to_global().0 }, "name": " ", "email": "amal@", "seats": 6,
        "answers": [{ "key": "food", "values": ["vielleicht"] }, { "key": "music", "values": ["ja"] }],
    });
    let answer = world.register(&input).await;
    let errors = answer.at("registrationCreate.errors").as_array().unwrap();
    assert_eq!(
        refusals(errors),
        "REQUIRED at input.name, INVALID at input.email, INVALID at input.answers.1.key, INVALID at input.answers.0.values, \
         TOO_MANY_SEATS at input.seats"
    );
    assert_eq!(errors[1]["message"], "Bitte eine E-Mail-Adresse wie name@example.org eingeben.");
    let without_pool = |rows: Vec<String>| rows.into_iter().filter(|row| !row.starts_with("seat_pool ")).collect::<Vec<_>>();
    assert_eq!(without_pool(world.dump().await), without_pool(before));
}

#[tokio::test]
async fn nobody_registers_too_early_or_too_late_or_for_what_does_not_take_place() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let early = world.open_event("frueh", host.id, 5).with(|row| row.registration_opens_at = Some(instant("2022-05-20T00:00:00Z")));
    let early = early.make().await;
    let input = who("Amal", &world.dates_of(&early).await[0]);
    assert_eq!(world.place_of(&input).await, "NOT_YET_OPEN at input.for");
    assert_eq!(world.at("2022-05-20T00:00:00Z").place_of(&input).await, "CONFIRMED");
    world.at("2022-06-01T16:00:00Z");
    assert_eq!(world.place_of(&who("Bojan", &world.dates_of(&early).await[0])).await, "CLOSED at input.for");

    world.at("2022-05-18T08:00:00Z");
    let full = world.open_event("voll", host.id, 1).with(|row| row.waitlist = false).make().await;
    let date = &world.dates_of(&full).await[0];
    assert_eq!(world.place_of(&who("Amal", date)).await, "CONFIRMED");
    assert_eq!(world.place_of(&who("Bojan", date)).await, "FULL at input.for");
    for status in [EventStatus::Cancelled, EventStatus::Postponed] {
        let event = world.open_event(&format!("aus-{status:?}").to_lowercase(), host.id, 5).status(status).make().await;
        assert_eq!(world.place_of(&who("Amal", &world.dates_of(&event).await[0])).await, "CLOSED at input.for");
    }
    let free = world.open_event("offen", host.id, 5).with(|row| row.registration_mode = RegistrationMode::None).make().await;
    assert_eq!(world.place_of(&who("Amal", &world.dates_of(&free).await[0])).await, "WRONG_STATE at input.for.occurrenceId");
}

#[tokio::test]
async fn what_is_not_for_everybody_answers_as_what_does_not_exist() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let members = world.open_event("intern", host.id, 5).visibility(Visibility::Members).make().await;
    let draft = world.open_event("entwurf", host.id, 5).status(EventStatus::Draft).make().await;
    let gone = json!({ "for": { "occurrenceId": "occurrence_01h455vb4pex5vsknk084sn02q" }, "name": "Amal", "email": "a@example.org" });
    assert_eq!(world.place_of(&gone).await, "NOT_FOUND at input.for.occurrenceId");
    for event in [members, draft] {
        let input = who("Amal", &world.dates_of(&event).await[0]);
        assert_eq!(world.register(&input).await.at("registrationCreate"), world.register(&gone).await.at("registrationCreate"));
    }
}

#[tokio::test]
async fn where_an_organiser_decides_a_request_is_pending_and_holds_its_seats_as_the_event_says() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let approval = |slug: &str, holds: bool| {
        world.open_event(slug, host.id, 1).with(move |row| {
            (row.registration_mode, row.pending_holds_seats) = (RegistrationMode::Approval, holds);
        })
    };
    let (holding, open) = (approval("haelt", true).make().await, approval("haelt-nicht", false).make().await);
    let (holding, open) = (world.dates_of(&holding).await.remove(0), world.dates_of(&open).await.remove(0));
    assert_eq!(world.place_of(&who("Amal", &holding)).await, "PENDING");
    assert_eq!(world.place_of(&who("Bojan", &holding)).await, "WAITLISTED 1");
    assert_eq!(world.place_of(&who("Amal", &open)).await, "PENDING");
    assert_eq!(world.place_of(&who("Bojan", &open)).await, "PENDING");
}

#[tokio::test]
async fn those_who_come_at_the_same_moment_are_written_together_and_each_gets_the_answer_of_their_own() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("andrang", host.id, 30).make().await;
    let date = world.dates_of(&event).await.remove(0);
    let mut asking: Vec<Value> = (0..60).map(|number| who(&format!("guest{number}"), &date)).collect();
    // Among them one twice, one with nothing right, and two who send the same request, and one with its key for another.
    asking.push(who("guest7", &date));
    asking.push(json!({ "for": { "occurrenceId": date.id.to_global().0 }, "name": " ", "email": "nobody", "seats": 9 }));
    for name in ["twin", "twin", "thief"] {
        let mut input = who(name, &date);
        input["idempotencyKey"] = json!("the same");
        asking.push(input);
    }
    let rush = futures_util::future::join_all(asking.iter().map(|input| world.place_of(input)));
    let (mut places, statements) = world.statements(rush).await;
    let [twin, again, thief] = places.split_off(62).try_into().unwrap();
    assert_eq!(twin, again);
    let is_used = |place: &String| place == "INVALID at input.idempotencyKey";
    assert!(is_used(&twin) != is_used(&thief), "whose request came first has the key: {twin}, {thief}");
    assert_eq!(places.pop().unwrap(), "REQUIRED at input.name, INVALID at input.email, TOO_MANY_SEATS at input.seats");
    // Who comes twice is answered as anybody would be, whichever request came first.
    assert_eq!(places.len(), 61);
    assert!(places.iter().all(|place| place == "CONFIRMED" || place.starts_with("WAITLISTED ")), "{places:?}");
    assert_eq!(world.counts_of(&date).await, (30, 31, Some(0)));
    world.seats_are_sound().await;
    let inserts = statements.iter().filter(|statement| statement.starts_with("INSERT INTO \"registration\" ")).count();
    assert!((1..20).contains(&inserts), "{inserts} statements for 61 registrations");
}

#[tokio::test]
async fn where_all_seats_are_taken_and_nobody_can_wait_one_is_turned_away_without_a_write() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("voll", host.id, 1).with(|row| row.waitlist = false).make().await;
    let date = world.dates_of(&event).await.remove(0);
    assert_eq!(world.place_of(&who("Amal", &date)).await, "CONFIRMED");
    let mut first = who("Bilal", &date);
    first["idempotencyKey"] = json!("once");
    let (place, statements) = world.statements(world.place_of(&first)).await;
    assert_eq!(place, "FULL at input.for");
    assert!(statements.iter().all(|statement| statement.starts_with("SELECT ") && !statement.contains("FOR UPDATE")), "{statements:?}");
    assert_eq!(world.counts_of(&date).await, (1, 0, Some(0)));
}
