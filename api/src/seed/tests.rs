//! Tests of the starter data, on a database of their own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Berlin;
use entity::words::{
    AttendanceMode, EventStatus, HostRole, OrganisationKind, PostStatus, PriceKind, QuestionKind, RegistrationMode, RegistrationScope,
    Visibility,
};
use entity::{
    event, event_feature, event_host, event_language, event_text, occurrence, organisation, organisation_text, post, post_text, programme,
    venue,
};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, IntoActiveModel, QueryFilter, Set, Statement,
};

use super::parse::Entry;
use super::*;
use crate::access::Viewer;
use crate::config::Config;
use crate::events::rules::schedule::{instant, local};
use crate::kernel::Clock;
use crate::organisations::store::membership;
use crate::secret::SecretKey;

const FIRST_DAY: &str = "2026-11-23T09:30:00Z";

async fn app() -> App {
    let db = crate::db::connect("sqlite::memory:", 1).await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    App::new(
        db,
        Config::default(),
        Clock::standing_at(FIRST_DAY.parse().unwrap()),
        SecretKey::of_text("of a test"),
        mailer::Mailer::memory(),
    )
}

async fn seeded() -> App {
    let app = app().await;
    run(&app).await.unwrap();
    app
}

/// Every row of every table, as text.
async fn dump(db: &DatabaseConnection) -> BTreeMap<String, Vec<String>> {
    let rows = async |sql: String| db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let mut tables = BTreeMap::new();
    for table in rows("SELECT name FROM sqlite_master WHERE type = 'table'".into()).await {
        let table: String = table.try_get("", "name").unwrap();
        let columns = rows(format!("SELECT name FROM pragma_table_info('{table}')")).await;
        let quoted: Vec<String> =
            columns.iter().map(|column| format!("quote(\"{}\")", column.try_get::<String>("", "name").unwrap())).collect();
        let lines = rows(format!("SELECT {} AS line FROM \"{table}\" ORDER BY 1", quoted.join(" || ',' || "))).await;
        tables.insert(table, lines.iter().map(|line| line.try_get("", "line").unwrap()).collect());
    }
    tables
}

async fn all<E: EntityTrait>(app: &App) -> Vec<E::Model> {
    E::find().all(&app.db).await.unwrap()
}

async fn event_by(app: &App, slug: &str) -> (event::Model, Vec<occurrence::Model>) {
    let event = event::Entity::find().filter(event::Column::Slug.eq(slug)).one(&app.db).await.unwrap().unwrap();
    let mut dates = occurrence::Entity::find().filter(occurrence::Column::EventId.eq(event.id)).all(&app.db).await.unwrap();
    dates.sort_by_key(|date| date.original_starts_at);
    (event, dates)
}

fn berlin(text: &str) -> DateTime<Utc> {
    instant(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), Berlin)
}

#[tokio::test]
async fn the_network_is_as_it_was_on_18_may_2022() {
    let app = seeded().await;
    let members_on = async |day: &str| membership::count_on(&app.db, &Viewer::Visitor, day.parse().unwrap()).await.unwrap();
    assert_eq!(members_on("2022-05-18").await, 46);
    assert_eq!(members_on("2022-09-28").await, 49);
    assert_eq!(members_on("2012-05-02").await, 0);
    let organisations = all::<organisation::Entity>(&app).await;
    assert_eq!(organisations.len(), 49 + 4 + 18);
    let samples: Vec<_> = organisations.iter().filter(|one| one.name.starts_with("Beispielverein ")).collect();
    assert_eq!(samples.len(), 18);
    assert!(samples.iter().all(|one| one.kind == OrganisationKind::Member));
    let real = all::<event::Entity>(&app).await.into_iter().filter(|event| !event.slug.starts_with("beispiel-")).count();
    assert_eq!((real, all::<post::Entity>(&app).await.len(), all::<programme::Entity>(&app).await.len()), (30, 6, 9));
    assert_eq!(all::<venue::Entity>(&app).await.len(), 19 + 3);
}

#[tokio::test]
async fn seeding_again_on_a_later_day_changes_nothing() {
    let app = seeded().await;
    let tolstoi = organisation::Entity::find().filter(organisation::Column::Slug.eq("tolstoi")).one(&app.db).await.unwrap().unwrap();
    let edited = organisation::ActiveModel {
        slug: Set("tolstoi-neu".into()),
        name: Set("Tolstoi, anders".into()),
        ..tolstoi.clone().into_active_model()
    };
    edited.update(&app.db).await.unwrap();
    let former = entity::former_slug::Model {
        kind: entity::words::SluggedKind::Organisation,
        slug: "tolstoi".into(),
        organisation_id: Some(tolstoi.id),
        post_id: None,
        event_id: None,
        programme_id: None,
        created_at: app.clock.now(),
    };
    entity::former_slug::Entity::insert(former.into_active_model()).exec_without_returning(&app.db).await.unwrap();
    let before = dump(&app.db).await;
    for days in [0, 1, 400] {
        app.clock.set(app.clock.now() + TimeDelta::days(days));
        assert_eq!(run(&app).await.unwrap().added(), 0);
        assert_eq!(dump(&app.db).await, before);
    }
}

#[tokio::test]
async fn what_is_missing_is_added_beside_what_was_edited() {
    let app = seeded().await;
    post::Entity::delete_many().exec(&app.db).await.unwrap();
    event::Entity::delete_many().filter(event::Column::Slug.gt("klausur")).exec(&app.db).await.unwrap();
    let (kept, _) = event_by(&app, "beispiel-konferenz").await;
    event::ActiveModel { room: Set(Some("anderswo".into())), ..kept.into_active_model() }.update(&app.db).await.unwrap();
    let kept = all::<event::Entity>(&app).await;
    app.clock.set(app.clock.now() + TimeDelta::days(30));
    let report = run(&app).await.unwrap();
    assert_eq!(report.added(), 6 + 55 - kept.len());
    let now: HashMap<_, _> = all::<event::Entity>(&app).await.into_iter().map(|event| (event.id, event)).collect();
    assert!(kept.iter().all(|event| now[&event.id] == *event));
}

#[tokio::test]
async fn posts_have_a_title_and_a_summary_in_english() {
    let app = seeded().await;
    let texts = all::<post_text::Entity>(&app).await;
    assert_eq!(texts.len(), 12);
    for text in texts.iter().filter(|text| text.locale == "en") {
        assert!(!text.title.is_empty() && text.teaser == text.body_markdown && text.plain_summary.is_none());
    }
    let posts = all::<post::Entity>(&app).await;
    assert!(posts.iter().all(|post| post.status == PostStatus::Published && post.byline == "MiSO e. V."));
    let interview = posts.iter().find(|post| post.slug == "vom-lip-zum-wir-2-0").unwrap();
    assert_eq!((interview.reading_minutes, interview.published_at), (Some(6), Some(berlin("2022-05-05 12:00"))));
    assert_eq!(
        interview.contributors.0[1].function.as_deref(),
        Some("Vorstand MiSO, Bereichsleiter Bildung und Qualifizierung bei kargah")
    );
}

#[tokio::test]
async fn past_events_say_what_is_known_and_no_more() {
    let app = seeded().await;
    let (concert, dates) = event_by(&app, "benefizkonzert-ukraine-2022").await;
    assert_eq!((concert.starts_at, concert.ends_at, concert.is_all_day), (berlin("2022-03-25 00:00"), None, true));
    assert_eq!(concert.time_note.as_deref(), Some("Uhrzeit nicht bekannt"));
    assert_eq!((concert.price_kind, concert.outcome_guests, concert.outcome_donations), (PriceKind::Donation, Some(100), Some(120_000)));
    assert_eq!(dates[0].over_at, berlin("2022-03-26 00:00"));
    let (panel, _) = event_by(&app, "podium-rassismus-sichtbar-machen-2022").await;
    assert_eq!(panel.agenda.0[1].at, berlin("2022-05-17 18:20"));
    let hosts = event_host::Entity::find().filter(event_host::Column::EventId.eq(panel.id)).all(&app.db).await.unwrap();
    assert_eq!((hosts.len(), hosts.iter().filter(|host| host.role == HostRole::Host).count()), (8, 2));
    let (retreat, dates) = event_by(&app, "klausurtagung-2019").await;
    assert_eq!((retreat.visibility, dates[0].ends_at), (Visibility::Members, Some(berlin("2019-06-30 00:00"))));
    assert_eq!(event_by(&app, "vorstandssitzung-2017-01").await.0.visibility, Visibility::Hosts);
}

#[tokio::test]
async fn a_touring_exhibition_is_at_each_station_until_its_last_day() {
    let app = seeded().await;
    let (exhibition, dates) = event_by(&app, "neue-wurzeln-2017").await;
    let spans: Vec<String> = dates
        .iter()
        .map(|date| format!("{} – {}", local(date.starts_at, Berlin).date(), local(date.ends_at.unwrap(), Berlin).date()))
        .collect();
    assert_eq!(spans, ["2017-04-01 – 2017-04-26", "2017-05-04 – 2017-06-01", "2017-06-04 – 2017-06-22", "2017-07-04 – 2017-07-17"]);
    assert_eq!(dates.iter().map(|date| date.place_is_own).collect::<Vec<_>>(), [false, true, true, true]);
    assert_eq!(dates[1].room.as_deref(), Some("Foyer"));
    assert_eq!(exhibition.further_dates.0.len(), 3);
    assert_eq!(exhibition.agenda.0[0].at, berlin("2017-05-04 16:00"));
}

#[tokio::test]
async fn samples_lie_ahead_and_say_that_they_are_samples() {
    let app = seeded().await;
    let events: HashMap<_, _> = all::<event::Entity>(&app).await.into_iter().map(|event| (event.id, event)).collect();
    let marks = HashMap::from([
        ("ar", "مثال: "),
        ("bn", "উদাহরণ: "),
        ("de", "Beispiel: "),
        ("de-simple", "Beispiel: "),
        ("el", "Παράδειγμα: "),
        ("en", "Sample: "),
        ("fa", "نمونه: "),
        ("fr", "Exemple : "),
        ("ku", "Mînak: "),
        ("ru", "Пример: "),
        ("tr", "Örnek: "),
        ("uk", "Приклад: "),
        ("vi", "Ví dụ: "),
    ]);
    let is_sample = |id: &entity::id::EventId| events[id].slug.starts_with("beispiel-");
    for text in all::<event_text::Entity>(&app).await.iter().filter(|text| is_sample(&text.event_id)) {
        assert!(text.title.starts_with(marks[text.locale.as_str()]), "{}", text.title);
    }
    for date in all::<occurrence::Entity>(&app).await {
        assert_eq!(date.starts_at > app.clock.now(), is_sample(&date.event_id), "{}", events[&date.event_id].slug);
    }
    let samples: HashMap<_, _> = all::<organisation::Entity>(&app)
        .await
        .into_iter()
        .filter(|one| one.name.starts_with("Beispielverein"))
        .map(|one| (one.id, one))
        .collect();
    let hosts = all::<event_host::Entity>(&app).await;
    assert!(hosts.iter().filter(|host| is_sample(&host.event_id)).all(|host| samples.contains_key(&host.organisation_id)));
    let marked = |text: &organisation_text::Model| marks[text.locale.as_str()].trim_end_matches(": ").trim();
    for text in all::<organisation_text::Entity>(&app).await.iter().filter(|text| samples.contains_key(&text.organisation_id)) {
        assert!(text.description_markdown.starts_with(marked(text)), "{}", text.description_markdown);
    }
}

#[test]
fn samples_lie_ahead_on_whatever_day_they_are_seeded() {
    let samples = Samples::read().unwrap();
    for days in (0..750).step_by(7) {
        let now = FIRST_DAY.parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(days) + TimeDelta::hours(days % 24);
        for sample in &samples.events {
            let entry = Entry { file: sample_file::SAMPLES, slug: &sample.slug };
            let schedule = dates::schedule(&entry, sample, now).unwrap();
            let planned = dates::dates(&entry, &schedule, now).unwrap();
            assert!(planned.iter().all(|date| date.starts_at > now && date.over_at > date.starts_at), "{} on {now}", sample.slug);
        }
    }
}

#[tokio::test]
async fn every_kind_of_event_that_the_schema_offers_has_a_sample() {
    let app = seeded().await;
    let events: Vec<_> = all::<event::Entity>(&app).await.into_iter().filter(|event| event.slug.starts_with("beispiel-")).collect();
    let some = |what: &str, fits: &dyn Fn(&event::Model) -> bool| assert!(events.iter().any(fits), "no sample that is {what}");
    for status in [EventStatus::Draft, EventStatus::InReview, EventStatus::Published, EventStatus::Postponed, EventStatus::Cancelled] {
        some(&format!("{status:?}"), &|event| event.status == status);
    }
    for visibility in [Visibility::Public, Visibility::Unlisted, Visibility::Members, Visibility::Hosts] {
        some(&format!("{visibility:?}"), &|event| event.visibility == visibility);
    }
    for mode in [AttendanceMode::Onsite, AttendanceMode::Online, AttendanceMode::Hybrid] {
        some(&format!("{mode:?}"), &|event| event.mode == mode);
    }
    for mode in [RegistrationMode::None, RegistrationMode::Open, RegistrationMode::Approval, RegistrationMode::External] {
        some(&format!("{mode:?}"), &|event| event.registration_mode == mode);
    }
    for kind in [PriceKind::Free, PriceKind::Donation, PriceKind::Paid, PriceKind::NotStated] {
        some(&format!("{kind:?}"), &|event| event.price_kind == kind);
    }
    some("recurring with an exception", &|event| event.recurrence.is_some() && !event.except_dates.0.is_empty());
    some("bounded by UNTIL", &|event| event.recurrence.as_ref().is_some_and(|rule| rule.contains("UNTIL=")));
    some("on irregular dates", &|event| event.further_dates.0.len() > 1 && !event.is_all_day);
    some("all day", &|event| event.is_all_day && event.ends_at.unwrap() - event.starts_at < TimeDelta::days(2));
    some("on several days", &|event| event.is_all_day && event.ends_at.unwrap() - event.starts_at > TimeDelta::days(2));
    some("without an end", &|event| event.ends_at.is_none() && !event.is_all_day);
    some("with a waiting list", &|event| event.capacity.is_some() && event.waitlist);
    some("for a whole course", &|event| event.registration_scope == RegistrationScope::WholeEvent);
    some("open to walk-ins", &|event| event.walk_ins_welcome);
    some("with childcare", &|event| event.childcare == Some(true));
    some("without childcare", &|event| event.childcare == Some(false));
    some("in another zone", &|event| event.time_zone == "Europe/Kyiv");
    some("with an agenda", &|event| !event.agenda.0.is_empty());
    some("asking something sensitive", &|event| event.questions.0.iter().any(|question| question.sensitive));
    some("across a clock change", &|event| {
        event.ends_at.is_some_and(|end| end - event.starts_at != local(end, Berlin) - local(event.starts_at, Berlin))
    });
    let asked: BTreeSet<QuestionKind> = events.iter().flat_map(|event| event.questions.0.iter().map(|question| question.kind)).collect();
    assert_eq!(asked.len(), 6);
    let roles: BTreeSet<HostRole> = all::<event_host::Entity>(&app).await.into_iter().map(|host| host.role).collect();
    assert_eq!(roles.len(), 4);
    assert!(all::<event_language::Entity>(&app).await.iter().any(|language| language.is_interpretation));
    let stated: BTreeSet<bool> = all::<event_feature::Entity>(&app).await.into_iter().map(|fact| fact.is_available).collect();
    assert_eq!(stated.len(), 2);
}

#[tokio::test]
async fn single_dates_of_a_sample_are_elsewhere_moved_and_cancelled() {
    let app = seeded().await;
    let (cafe, dates) = event_by(&app, "beispiel-sprachcafe").await;
    assert_eq!((dates.len(), cafe.except_dates.0.len()), (35, 1));
    assert!(dates.iter().all(|date| date.original_starts_at != cafe.except_dates.0[0]));
    assert!(dates[3].is_cancelled && dates[3].cancellation_reason.as_deref() == Some("Ferien"));
    assert!(dates[4].place_is_own && dates[4].venue_id != cafe.venue_id && !dates[3].place_is_own);
    let (moved, planned) = (local(dates[5].starts_at, Berlin), local(dates[5].original_starts_at, Berlin));
    assert_eq!(moved - planned, TimeDelta::minutes(24 * 60 + 30));
    assert_eq!(dates[5].over_at, dates[5].starts_at + TimeDelta::hours(2));
    assert!(dates.iter().all(|date| local(date.original_starts_at, Berlin).format("%a %H:%M").to_string() == "Tue 18:00"));
}

#[tokio::test]
async fn search_reads_names_however_they_are_typed_and_nothing_private() {
    let app = seeded().await;
    let found =
        async |slug: &str| organisation::Entity::find().filter(organisation::Column::Slug.eq(slug)).one(&app.db).await.unwrap().unwrap();
    assert!(found("can-arkadas").await.search_title.starts_with("can arkadas e v verein"));
    assert!(found("iik").await.search_title.contains("initiative fur ein internationales kulturzentrum"));
    assert!(found("iik").await.search_text.contains("sprache"));
    let (hidden, open) = (found("beispielverein-31").await, found("beispielverein-29").await);
    assert!(!hidden.search_text.contains("hannover") && open.search_text.contains("mitte"));
    let (conference, _) = event_by(&app, "beispiel-konferenz").await;
    assert!(conference.search_text.contains("beispielhaus") && conference.search_text.contains("beispielverein 34"));
    assert!(!conference.search_text.contains("video") && !conference.search_text.contains("example"));
}

#[test]
fn what_is_not_there_is_named_with_its_file() {
    let entry = Entry { file: "events.json", slug: "fest-2022" };
    let error = entry.find(&HashMap::<String, i32>::new(), "venue", "schloss").unwrap_err();
    assert_eq!(error.to_string(), "data/events.json, fest-2022: there is no venue `schloss`");
}
