//! Events: what they show, where and for whom, and what they are narrowed to.

mod editing;
mod publishing;
mod withdrawing;

use entity::lists::{AgendaItem, PriceTier, Question};
use entity::words::{
    AccessibilityFeature, AttendanceMode, EventCategory, EventStatus, HostRole, OrganisationRole, PriceKind, QuestionKind,
    RegistrationMode, RegistrationScope, SluggedKind,
};
use miso_tests::World;
use miso_tests::world::instant;
use sea_orm::Set;
use serde_json::{Value, json};

#[tokio::test]
async fn an_event_shows_all_that_its_editor_gave() {
    let world = World::new().await;
    let (host, partner) = (world.organisation("host").make().await, world.organisation("partner").make().await);
    let venue =
        world.venue("koki").feature(AccessibilityFeature::StepFree, true).feature(AccessibilityFeature::Subtitles, false).make().await;
    let programme = world.programme("vielfalt", host.id).make().await;
    let maker = world.event("podium", host.id).hosted_by(partner.id, HostRole::CoHost).text("en", "Panel").tagged("antirassismus");
    let maker = maker.feature(AccessibilityFeature::Subtitles, true).held_in("de").interpreted_into("fa").on("2022-06-01T16:00:00Z");
    let maker = maker.with(|row| {
        row.category = EventCategory::Panel;
        row.programme_id = Some(programme.id);
        (row.venue_id, row.room) = (Some(venue.id), Some("Kinosaal".to_owned()));
        row.doors_at = Some(instant("2022-06-01T15:30:00Z"));
        row.time_note = Some("pünktlich".to_owned());
        row.agenda =
            vec![AgendaItem { at: instant("2022-06-01T16:20:00Z"), title: "Film".to_owned(), speaker: Some("Amal".to_owned()) }].into();
        (row.childcare, row.audience, row.entry_conditions) = (Some(false), Some("alle".to_owned()), Some("2G".to_owned()));
        row.price_kind = PriceKind::Paid;
        row.price_tiers = vec![PriceTier { name: "ermäßigt".to_owned(), amount: 550, currency: "EUR".to_owned() }].into();
        row.contact_name = Some("Büro".to_owned());
        (row.outcome_guests, row.outcome_donations) = (Some(30), Some(120_000));
    });
    maker.make().await;
    let answer = world
        .visitor()
        .asks(
            r#"{ event(slug: "podium") {
                url icsUrl status visibility category title locale locales startsAt endsAt
                schedule { startsAt endsAt doorsAt allDay timeZone timeNote recurrence exceptDates furtherDates }
                place { mode room venue { name } onlineUrl } hosts { role organisation { slug } } programme { slug } agenda { at title speaker }
                accessibility { languages interpretation features { feature available } childcare audience entryConditions }
                price { kind tiers { name amount currency } note } contact { name email } outcome { guests donations currency }
                tags { slug } posts { slug } seats { left } translation(locale: "en") { title }
            } }"#,
        )
        .await;
    let expected = json!({
        "url": "https://miso.example/events/podium", "icsUrl": answer.at("event.icsUrl"), "status": "PUBLISHED", "visibility": "PUBLIC",
        "category": "PANEL", "title": "podium", "locale": "de", "locales": ["de", "en"],
        "startsAt": "2022-06-01T18:00:00+02:00", "endsAt": "2022-06-01T20:00:00+02:00",
        "schedule": {
            "startsAt": "2022-06-01T18:00:00+02:00", "endsAt": "2022-06-01T20:00:00+02:00", "doorsAt": "2022-06-01T17:30:00+02:00",
            "allDay": false, "timeZone": "Europe/Berlin", "timeNote": "pünktlich", "recurrence": null, "exceptDates": [], "furtherDates": [],
        },
        "place": {"mode": "ONSITE", "room": "Kinosaal", "venue": {"name": "koki"}, "onlineUrl": null},
        "hosts": [{"role": "HOST", "organisation": {"slug": "host"}}, {"role": "CO_HOST", "organisation": {"slug": "partner"}}],
        "programme": {"slug": "vielfalt"}, "agenda": [{"at": "2022-06-01T18:20:00+02:00", "title": "Film", "speaker": "Amal"}],
        "accessibility": {
            "languages": ["de"], "interpretation": ["fa"],
            "features": [{"feature": "SUBTITLES", "available": true}, {"feature": "STEP_FREE", "available": true}],
            "childcare": false, "audience": "alle", "entryConditions": "2G",
        },
        "price": {"kind": "PAID", "tiers": [{"name": "ermäßigt", "amount": 550, "currency": "EUR"}], "note": null},
        "contact": {"name": "Büro", "email": null}, "outcome": {"guests": 30, "donations": 120_000, "currency": "EUR"},
        "tags": [{"slug": "antirassismus"}], "posts": [], "seats": null, "translation": {"title": "Panel"},
    });
    assert_eq!(answer.at("event"), &expected);
}

#[tokio::test]
async fn what_is_not_known_is_null_and_never_invented() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.event("bare", host.id).with(|row| row.ends_at = None).make().await;
    let query = r#"{ event(slug: "bare") {
        endsAt schedule { endsAt doorsAt } place { venue { id } room } programme { id } accessibility { features { feature } childcare audience languages }
        price { kind tiers { name } note } contact { name } outcome { guests } website cancellationReason occurrences { nodes { endsAt } }
    } }"#;
    let expected = json!({
        "endsAt": null, "schedule": {"endsAt": null, "doorsAt": null}, "place": {"venue": null, "room": null}, "programme": null,
        "accessibility": {"features": [], "childcare": null, "audience": null, "languages": []},
        "price": {"kind": "NOT_STATED", "tiers": [], "note": null}, "contact": null, "outcome": null, "website": null, "cancellationReason": null,
        "occurrences": {"nodes": [{"endsAt": null}]},
    });
    assert_eq!(world.visitor().asks(query).await.at("event"), &expected);
}

#[tokio::test]
async fn the_next_date_is_shown_and_the_last_one_when_none_is_ahead() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let course = world.event("course", host.id).on("2022-05-17T16:00:00Z").on("2022-05-24T16:00:00Z").on("2022-05-31T16:00:00Z");
    course.make().await;
    let shown = async |moment: &str| {
        world.at(moment);
        let answer = world.visitor().asks(r#"{ event(slug: "course") { startsAt nextOccurrence { startsAt } } }"#).await;
        (answer.at("event.startsAt").clone(), answer.at("event.nextOccurrence.startsAt").clone())
    };
    let third = json!("2022-05-31T18:00:00+02:00");
    let second = json!("2022-05-24T18:00:00+02:00");
    assert_eq!(shown("2022-05-18T08:00:00Z").await, (second.clone(), second.clone()));
    assert_eq!(shown("2022-05-24T17:59:00Z").await, (second.clone(), second), "it is not over before its end");
    assert_eq!(shown("2022-05-24T18:00:00Z").await, (third.clone(), third.clone()));
    assert_eq!(shown("2022-07-01T00:00:00Z").await, (third, json!(null)));
}

#[tokio::test]
async fn a_date_without_an_end_is_over_when_its_local_day_is() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.event("open", host.id).with(|row| row.ends_at = None).on("2022-05-18T16:00:00Z").make().await;
    let is_ahead = async |moment: &str| {
        world.at(moment);
        !world.visitor().asks(r#"{ event(slug: "open") { nextOccurrence { id } } }"#).await.at("event.nextOccurrence").is_null()
    };
    assert!(is_ahead("2022-05-18T21:59:59Z").await, "a second before midnight in Berlin");
    assert!(!is_ahead("2022-05-18T22:00:00Z").await);
}

#[tokio::test]
async fn lists_are_ordered_by_the_first_date_that_fits() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.event("weekly", host.id).on("2022-05-01T16:00:00Z").on("2022-06-05T16:00:00Z").make().await;
    world.event("once", host.id).on("2022-06-03T16:00:00Z").make().await;
    world.event("past", host.id).on("2022-04-01T16:00:00Z").make().await;
    assert_eq!(found(&world, json!({})).await, ["past", "weekly", "once"]);
    assert_eq!(found(&world, json!({"startsAt": {"from": "2022-06-01T00:00:00Z"}})).await, ["once", "weekly"]);
    assert_eq!(found(&world, json!({"startsAt": {"until": "2022-05-01T16:00:00Z"}})).await, ["past"], "until is exclusive");
    assert_eq!(found(&world, json!({"startsAt": {"from": "2022-05-01T16:00:00Z", "until": "2022-05-02T00:00:00Z"}})).await, ["weekly"]);
}

#[tokio::test]
async fn filters_narrow_events_and_all_must_hold_of_one_date() {
    let world = World::new().await;
    let (host, other) = (world.organisation("host").make().await, world.organisation("other").make().await);
    let programme = world.programme("on-air", host.id).make().await;
    let linden = world.venue("faust").feature(AccessibilityFeature::StepFree, true).with(|row| {
        row.district = Some("Linden".to_owned());
        (row.latitude, row.longitude) = (Some(52.3690), Some(9.7130));
    });
    let linden = linden.make().await;
    let there = world.event("there", host.id).with(|row| (row.venue_id, row.category) = (Some(linden.id), EventCategory::Concert));
    there.tagged("kultur").held_in("de-simple").make().await;
    let online = world.event("online", other.id).hosted_by(host.id, HostRole::Partner).interpreted_into("fa");
    online.with(|row| (row.mode, row.price_kind, row.childcare) = (AttendanceMode::Online, PriceKind::Free, Some(true))).make().await;
    let refuses = world.event("refuses", host.id).feature(AccessibilityFeature::StepFree, false);
    refuses
        .with(|row| (row.venue_id, row.price_kind, row.status) = (Some(linden.id), PriceKind::Donation, EventStatus::Cancelled))
        .make()
        .await;
    world.event("in-programme", host.id).with(|row| row.programme_id = Some(programme.id)).make().await;

    let query = r#"{ organisation(slug: "host") { id } other: organisation(slug: "other") { id } programme(slug: "on-air") { id } venues { nodes { id } } }"#;
    let ids = world.visitor().asks(query).await;
    let sorted = async |filter: Value| {
        let mut slugs = found(&world, filter).await;
        slugs.sort();
        slugs
    };
    assert_eq!(sorted(json!({"organisationId": ids.at("organisation.id")})).await, ["in-programme", "online", "refuses", "there"]);
    assert_eq!(sorted(json!({"organisationId": ids.at("other.id")})).await, ["online"]);
    assert_eq!(sorted(json!({"programmeId": ids.at("programme.id")})).await, ["in-programme"]);
    assert_eq!(sorted(json!({"venueId": ids.at("venues.nodes.0.id")})).await, ["refuses", "there"]);
    assert_eq!(sorted(json!({"category": "CONCERT"})).await, ["there"]);
    assert_eq!(sorted(json!({"status": "CANCELLED"})).await, ["refuses"]);
    assert_eq!(sorted(json!({"mode": "ONLINE"})).await, ["online"]);
    assert_eq!(sorted(json!({"language": "fa"})).await, ["online"]);
    assert_eq!(sorted(json!({"language": "de"})).await, ["there"], "easy German is German");
    assert_eq!(sorted(json!({"features": ["STEP_FREE"]})).await, ["there"], "the event's word goes before its venue's");
    assert_eq!(sorted(json!({"childcare": true})).await, ["online"]);
    assert_eq!(sorted(json!({"childcare": false})).await, [""; 0], "not stated is not no");
    assert_eq!(sorted(json!({"free": true})).await, ["online"]);
    assert_eq!(sorted(json!({"free": false})).await, ["refuses"], "not stated is not paid");
    assert_eq!(sorted(json!({"district": "Linden"})).await, ["refuses", "there"]);
    assert_eq!(sorted(json!({"tag": "kultur"})).await, ["there"]);
    assert_eq!(sorted(json!({"near": {"latitude": 52.37, "longitude": 9.72, "kilometres": 1.0}})).await, ["refuses", "there"]);
    assert_eq!(sorted(json!({"near": {"latitude": 52.37, "longitude": 9.80, "kilometres": 1.0}})).await, [""; 0]);
    assert_eq!(sorted(json!({"search": "programme"})).await, ["in-programme"]);
    assert_eq!(sorted(json!({"district": "Linden", "status": "CANCELLED"})).await, ["refuses"]);
}

#[tokio::test]
async fn an_online_address_is_for_registered_people_where_the_event_asks_for_registration() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let online =
        |row: &mut entity::event::Model| (row.mode, row.online_url) = (AttendanceMode::Online, Some("https://meet.example/x".to_owned()));
    world.event("open", host.id).with(online).make().await;
    world.event("asks", host.id).with(online).with(|row| row.registration_mode = RegistrationMode::Open).make().await;
    let query = r#"{ open: event(slug: "open") { place { onlineUrl } } asks: event(slug: "asks") { place { onlineUrl } occurrences { nodes { place { onlineUrl } } } } }"#;
    let visitor = world.visitor().asks(query).await;
    assert_eq!(visitor.at("open.place.onlineUrl"), &json!("https://meet.example/x"));
    assert_eq!(visitor.at("asks"), &json!({"place": {"onlineUrl": null}, "occurrences": {"nodes": [{"place": {"onlineUrl": null}}]}}));
    let editor = world.person_of(host.id, OrganisationRole::Editor).asks(query).await;
    assert_eq!(editor.at("asks.place.onlineUrl"), &json!("https://meet.example/x"));
}

#[tokio::test]
async fn seats_tell_what_one_can_do_and_exact_numbers_are_for_hosts() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let asks = |row: &mut entity::event::Model| (row.registration_mode, row.capacity) = (RegistrationMode::Open, Some(12));
    world.event("each", host.id).with(asks).make().await;
    world.event("whole", host.id).with(asks).with(|row| row.registration_scope = RegistrationScope::WholeEvent).make().await;
    world.event("cancelled", host.id).with(asks).status(EventStatus::Cancelled).make().await;
    let query = r"{ events { nodes { slug seats { left state } occurrences { nodes { seats { capacity left state } } } } } }";
    let answer = world.visitor().asks(query).await;
    let of = |slug: &str| answer.at("events.nodes").as_array().unwrap().iter().find(|event| event["slug"] == slug).unwrap().clone();
    let open = json!({"capacity": 12, "left": 12, "state": "OPEN"});
    assert_eq!(of("each"), json!({"slug": "each", "seats": null, "occurrences": {"nodes": [{"seats": open}]}}));
    assert_eq!(of("whole"), json!({"slug": "whole", "seats": {"left": 12, "state": "OPEN"}, "occurrences": {"nodes": [{"seats": null}]}}));
    assert_eq!(of("cancelled")["occurrences"]["nodes"][0]["seats"]["state"], "CLOSED");
    let exact = r#"{ event(slug: "whole") { slug seats { taken waiting } } }"#;
    let visitor = world.visitor().asks(exact).await;
    assert_eq!(visitor.codes(), ["UNAUTHENTICATED", "UNAUTHENTICATED"]);
    assert_eq!(visitor.despite_errors("event"), &json!({"slug": "whole", "seats": {"taken": null, "waiting": null}}));
    let editor = world.person_of(host.id, OrganisationRole::Editor).asks(exact).await;
    assert_eq!(editor.at("event.seats"), &json!({"taken": 0, "waiting": 0}));
}

#[tokio::test]
async fn how_one_registers_is_told_with_its_questions() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let question = Question {
        key: "needs".to_owned(),
        label: "Was brauchen Sie?".to_owned(),
        help: None,
        kind: QuestionKind::Choices,
        required: true,
        sensitive: true,
        choices: vec!["Rampe".to_owned()],
    };
    let maker = world.event("asks", host.id).with(|row| {
        row.registration_mode = RegistrationMode::Approval;
        row.questions = vec![question].into();
        row.registration_closes_at = Some(instant("2022-05-31T22:00:00Z"));
        (row.closes_minutes_before, row.max_seats, row.waitlist, row.walk_ins_welcome) = (Some(60), 4, false, true);
    });
    maker.make().await;
    let query = r#"{ event(slug: "asks") { registrationPolicy {
        mode scope walkInsWelcome opensAt closesAt closesMinutesBefore capacity waitlist pendingHoldsSeats maxSeats externalUrl
        questions { key label help kind required sensitive choices }
    } } }"#;
    let expected = json!({
        "mode": "APPROVAL", "scope": "EACH_DATE", "walkInsWelcome": true, "opensAt": null, "closesAt": "2022-06-01T00:00:00+02:00",
        "closesMinutesBefore": 60, "capacity": null, "waitlist": false, "pendingHoldsSeats": true, "maxSeats": 4, "externalUrl": null,
        "questions": [{
            "key": "needs", "label": "Was brauchen Sie?", "help": null, "kind": "CHOICES", "required": true, "sensitive": true, "choices": ["Rampe"],
        }],
    });
    assert_eq!(world.visitor().asks(query).await.at("event.registrationPolicy"), &expected);
}

#[tokio::test]
async fn an_earlier_slug_leads_to_an_event() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.event("new", host.id).make().await;
    world.formerly(SluggedKind::Event, "old", |row| row.event_id = Set(Some(event.id))).await;
    assert_eq!(world.visitor().asks(r#"{ event(slug: "old") { slug } }"#).await.at("event.slug"), &json!("new"));
}

async fn found(world: &World, filter: Value) -> Vec<String> {
    let query = "query($where: EventWhere) { events(where: $where) { totalCount nodes { slug } } }";
    let answer = world.visitor().asks_with(query, json!({"where": filter})).await;
    let slugs = answer.each("events.nodes", "slug");
    assert_eq!(answer.at("events.totalCount"), &json!(slugs.len()));
    slugs
}
