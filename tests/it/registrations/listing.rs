//! Organisers list who registered: in GraphQL, for a spreadsheet program, and on paper.

use entity::id::OrganisationId;
use entity::lists::{Question, Questions};
use entity::registration;
use entity::words::{HostRole, OrganisationRole, QuestionKind, RegistrationStatus};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::registering::who;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

const LIST: &str = "query($slug: String!, $first: Int, $after: String, $where: RegistrationWhere) {
    event(slug: $slug) { registrations(first: $first, after: $after, where: $where) {
        totalCount pageInfo { hasNextPage endCursor } nodes { name }
    } }
}";

fn names(answer: &miso_tests::Answer) -> Vec<&str> {
    let nodes = answer.at("event.registrations.nodes").as_array().unwrap();
    nodes.iter().map(|node| node["name"].as_str().unwrap()).collect()
}

/// An event with two dates, whose people are registered: Amal and Bojan for the first, Çetin Öz waits; Dara comes to the second.
async fn evening(world: &World, host: OrganisationId) -> (entity::event::Model, Vec<entity::occurrence::Model>) {
    let question = |key: &str, sensitive| Question {
        key: key.into(),
        label: format!("=Frage {key}"),
        help: None,
        kind: QuestionKind::Text,
        required: false,
        sensitive,
        choices: Vec::new(),
    };
    let questions = Questions(vec![question("school", false), question("needs", true)]);
    let maker = world.open_event("abend", host, 2).on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z");
    let event = maker.with(|row| row.questions = questions).make().await;
    let dates = world.dates_of(&event).await;
    for (at, (name, email, date)) in
        [("Amal", "amal", 0), ("Bojan", "bojan", 0), ("Çetin Öz", "cetin", 0), ("Dara", "dara", 1)].into_iter().enumerate()
    {
        world.at(&format!("2022-05-18T08:{at:02}:00Z"));
        let mut input = who(name, &dates[date]);
        input["email"] = json!(format!("{email}@example.org"));
        input["answers"] = json!([{ "key": "school", "values": ["=HYPERLINK(\"x\")"] }, { "key": "needs", "values": ["Rampe"] }]);
        input["note"] = json!("Zeile 1\nZeile 2; \"Zitat\"");
        world.register(&input).await;
    }
    (event, dates)
}

#[tokio::test]
async fn organisers_page_through_who_registered_and_narrow_the_list() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let (_, dates) = evening(&world, host.id).await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let asks = async |filter: Value| {
        let answer = editor.asks_with(LIST, json!({ "slug": "abend", "where": filter })).await;
        names(&answer).join(" ")
    };
    assert_eq!(asks(json!({})).await, "Amal Bojan Çetin Öz Dara");
    assert_eq!(asks(json!({ "status": "WAITLISTED" })).await, "Çetin Öz");
    assert_eq!(asks(json!({ "occurrenceId": dates[1].id.to_global().0 })).await, "Dara");
    assert_eq!(asks(json!({ "checkedIn": true })).await, "");
    assert_eq!(asks(json!({ "search": "cetin oez" })).await, "Çetin Öz");
    assert_eq!(asks(json!({ "search": "dara@example.org" })).await, "Dara");
    assert_eq!(asks(json!({ "search": "%" })).await, "");
    let first = editor.asks_with(LIST, json!({ "slug": "abend", "first": 3 })).await;
    assert_eq!((first.at("event.registrations.totalCount"), names(&first).len()), (&json!(4), 3));
    let after = first.at("event.registrations.pageInfo.endCursor");
    let rest = editor.asks_with(LIST, json!({ "slug": "abend", "first": 3, "after": after })).await;
    assert_eq!((names(&rest), rest.at("event.registrations.pageInfo.hasNextPage")), (vec!["Dara"], &json!(false)));
    let wrong = editor.asks_with(LIST, json!({ "slug": "abend", "where": { "occurrenceId": "x" } })).await;
    assert_eq!(wrong.codes(), ["BAD_USER_INPUT"]);
}

#[tokio::test]
async fn nobody_else_has_the_list_in_any_form() {
    let world = World::new().await;
    let (host, partner) = (world.organisation("host").make().await, world.organisation("partner").make().await);
    let event = world.open_event("abend", host.id, 2).hosted_by(partner.id, HostRole::CoHost).make().await;
    world.register(&who("Amal", &world.dates_of(&event).await[0])).await;
    let outsiders =
        [world.stranger(), world.person_of(partner.id, OrganisationRole::Owner), world.person_of(host.id, OrganisationRole::Member)];
    for outsider in outsiders {
        let answer = outsider.asks_with(LIST, json!({ "slug": "abend" })).await;
        assert_eq!((answer.codes(), answer.despite_errors("event.registrations")), (vec!["FORBIDDEN"], &json!(null)));
    }
    assert_eq!(world.visitor().asks_with(LIST, json!({ "slug": "abend" })).await.codes(), ["UNAUTHENTICATED"]);
    world.network().await;
    world.account("partner@example.org", partner.id, OrganisationRole::Owner).await;
    let partners = world.browser_of("partner@example.org").await;
    for door in ["/events/abend/registrations.csv", "/events/abend/attendance"] {
        for (reply, status) in [(world.get(door).await, 401), (partners.opens(door).await, 403)] {
            assert_eq!(reply.status.as_u16(), status, "{door}");
            assert!(!reply.text().contains("Amal"), "{door}");
        }
    }
    for hidden in ["/events/none/registrations.csv", "/events/abend/registrations.csv?date=x", "/events/abend/registrations.csv?status=x"] {
        assert_eq!(partners.opens(hidden).await.status.as_u16(), 404, "{hidden}");
    }
}

#[tokio::test]
async fn a_spreadsheet_program_reads_the_list_and_finds_no_formula_in_it() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let (_, dates) = evening(&world, host.id).await;
    world.network().await;
    world.account("editor@example.org", host.id, OrganisationRole::Editor).await;
    let editor = world.browser_of("editor@example.org").await;
    let reply = editor.opens("/events/abend/registrations.csv").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "text/csv; charset=utf-8; header=present"));
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"abend.csv\"");
    assert_eq!(reply.header("cache-control"), "private, no-store");
    let text = reply.text();
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(head[..5], ["Status", "Name", "E-Mail", "Plätze", "Termin"]);
    assert_eq!(head.last().unwrap(), "'=Frage school");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let told: Vec<(&str, &str, &str)> = rows.iter().map(|row| (&row[0], &row[1], &row[4])).collect();
    assert_eq!(
        told,
        [
            ("angemeldet", "Amal", "2022-06-01 18:00"),
            ("angemeldet", "Bojan", "2022-06-01 18:00"),
            ("Warteliste", "Çetin Öz", "2022-06-01 18:00"),
            ("angemeldet", "Dara", "2022-06-08 18:00"),
        ]
    );
    assert_eq!((&rows[0][7], &rows[0][8]), ("Zeile 1\nZeile 2; \"Zitat\"", "'=HYPERLINK(\"x\")"));
    assert!(!text.contains("Rampe"));
    let narrowed = format!("/events/abend/registrations.csv?date={}&status=CONFIRMED", dates[1].id.to_global().0);
    assert_eq!(editor.opens(&narrowed).await.text().lines().filter(|line| line.contains("example.org")).count(), 1);
    // What is sensitive is for the answerable host alone, who asks for it; not for the office.
    assert!(editor.opens("/events/abend/registrations.csv?sensitive=yes").await.text().contains("Rampe"));
    let office = world.office_editor();
    let asked = world.administrator().cx();
    let filter = miso::registrations::store::list::Filter::default();
    assert!(miso::registrations::ops::list(&asked, "abend", filter.clone(), false).await.is_ok());
    let refused = miso::registrations::ops::list(&asked, "abend", filter, true).await.unwrap_err();
    assert!(matches!(refused, miso::kernel::Fault::Refused(miso::kernel::Refused::Forbidden)), "{refused}");
    let row = world.registration_of("amal@example.org").await;
    let answers = "query($id: ID!) { node(id: $id) { ... on Registration { answers { values } } } }";
    let id = json!({ "id": row.id.to_global().0 });
    assert_eq!(office.asks_with(answers, id.clone()).await.at("node.answers").as_array().unwrap().len(), 1);
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    assert_eq!(editor.asks_with(answers, id).await.at("node.answers").as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_list_for_print_has_names_seats_and_boxes_of_those_who_are_confirmed() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let (_, dates) = evening(&world, host.id).await;
    world.network().await;
    world.account("editor@example.org", host.id, OrganisationRole::Editor).await;
    let editor = world.browser_of("editor@example.org").await;
    let reply = editor.opens(&format!("/events/abend/attendance?date={}", dates[0].id.to_global().0)).await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(reply.header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-"));
    let text = reply.text();
    assert!(text.contains("<html lang=\"de\">") && text.contains("Anwesenheitsliste") && text.contains("Mittwoch, 1. Juni 2022"), "{text}");
    assert!(text.contains("Amal") && text.contains("Bojan") && !text.contains("etin") && !text.contains("Dara"), "{text}");
    assert!(!text.contains("example.org") && !text.contains("Rampe"), "no more than is needed at the door");
    assert_eq!(text.matches("class=\"b\"").count(), 2);
    assert!(text.ends_with("</html>\n"));
}

#[tokio::test]
async fn a_long_list_is_whole_and_in_order() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("andrang", host.id, 9).make().await;
    let date = &world.dates_of(&event).await[0];
    world.register(&who("Amal", date)).await;
    let first = world.registration_of("amal@example.org").await;
    let rows = (0..450).map(|number| {
        let name = format!("gast {number:03}");
        registration::Model {
            id: world.app.new_id(),
            email: format!("gast{number}@example.org"),
            status: RegistrationStatus::Cancelled,
            cancelled_at: Some(first.created_at),
            number: number + 10,
            search_text: name.clone(),
            name,
            ..first.clone()
        }
        .into_active_model()
    });
    registration::Entity::insert_many(rows).exec_without_returning(world.db()).await.unwrap();
    world.network().await;
    world.account("editor@example.org", host.id, OrganisationRole::Editor).await;
    let editor = world.browser_of("editor@example.org").await;
    let reply = editor.opens("/events/andrang/registrations.csv?status=CANCELLED").await;
    let text = reply.text();
    let names: Vec<&str> = text.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(names, (0..450).map(|number| format!("gast {number:03}")).collect::<Vec<_>>());
}
