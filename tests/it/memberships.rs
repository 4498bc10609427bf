//! Membership of the network: applying, deciding, leaving; and the desk on which it waits.

use entity::words::OrganisationRole;
use entity::{membership_application, organisation};
use miso::gql::id::Global;
use miso_tests::editing::{evening, news};
use miso_tests::{Actor, Answer, World};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const APPLY: &str = "mutation($input: MembershipApplyInput!) { membershipApply(input: $input) { accepted errors { path code } } }";
const QUEUE: &str = "{ reviewQueue(first: 10) { totalCount edges { waitingSince node {
    __typename ... on Post { slug } ... on Event { slug } ... on Organisation { slug name application { contactName email phone statement } }
} } } }";

fn application(name: &str) -> Value {
    json!({
        "organisationName": name, "legalForm": "e. V.", "website": "https://example.org", "contactName": "Amal Beispiel",
        "email": "Amal@example.org", "phone": "0511 0", "statement": "Wir machen Musik.",
    })
}

async fn applies(world: &World, input: Value) -> Answer {
    world.graphql(APPLY, json!({ "input": input })).await
}

async fn decides(actor: &Actor<'_>, mutation: &str, arguments: &str) -> Result<Value, String> {
    let query = format!(
        "mutation {{ {mutation}({arguments}) {{
            organisation {{ slug kind membership {{ status joinedOn leftOn }} application {{ email }} }} errors {{ path code }}
        }} }}"
    );
    actor.outcome_of(mutation, "organisation", &query, json!({})).await
}

async fn member_count(world: &World, on: &str) -> Value {
    world.visitor().asks(&format!("{{ network {{ memberCount(on: \"{on}\") }} }}")).await.at("network.memberCount").clone()
}

#[tokio::test]
async fn an_association_applies_is_admitted_invites_its_editor_and_counts_from_its_day_on() {
    let world = World::new().await;
    world.network().await;
    assert_eq!(*applies(&world, application("Neuer Verein")).await.at("membershipApply"), json!({ "accepted": true, "errors": [] }));
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org"), ["Ihr Antrag auf Mitgliedschaft: Neuer Verein"]);
    assert_eq!(*world.visitor().asks(r#"{ organisation(slug: "neuer-verein") { id } }"#).await.at("organisation"), json!(null));
    let office = world.administrator();
    let queue = office.asks(QUEUE).await;
    let waits = queue.at("reviewQueue.edges.0");
    assert_eq!((&waits["waitingSince"], &waits["node"]["name"]), (&json!("2022-05-18T08:00:00Z"), &json!("Neuer Verein")));
    let written =
        json!({ "contactName": "Amal Beispiel", "email": "amal@example.org", "phone": "0511 0", "statement": "Wir machen Musik." });
    assert_eq!(waits["node"]["application"], written);
    let id = office.asks(r#"{ organisation(slug: "neuer-verein") { id } }"#).await.at("organisation.id").as_str().unwrap().to_owned();
    let admitted = decides(&office, "membershipAdmit", &format!(r#"organisationId: "{id}", joinedOn: "2022-06-01""#)).await.unwrap();
    assert_eq!(admitted["membership"], json!({ "status": "ACTIVE", "joinedOn": "2022-06-01", "leftOn": null }));
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org")[1], "Willkommen: Neuer Verein");
    assert_eq!((member_count(&world, "2022-05-31").await, member_count(&world, "2022-06-01").await), (json!(0), json!(1)));
    assert_eq!(world.get("/organisations/neuer-verein").await.status, 200);
    let invite =
        "mutation($id: ID!) { organisationInvite(id: $id, input: { email: \"amal@example.org\", role: OWNER }) { errors { code } } }";
    assert_eq!(*office.asks_with(invite, json!({ "id": id })).await.at("organisationInvite.errors"), json!([]));
    assert_eq!(*office.asks(QUEUE).await.at("reviewQueue.totalCount"), 0);
}

#[tokio::test]
async fn all_that_is_wrong_with_an_application_is_told_at_once() {
    let world = World::new().await;
    world.network().await;
    let input = json!({ "organisationName": " ", "website": "ftp://x", "contactName": "", "email": "nobody", "statement": "" });
    let wrong = applies(&world, input).await;
    let paths: Vec<_> = wrong.at("membershipApply.errors").as_array().unwrap().iter().map(|error| error["path"][1].clone()).collect();
    assert_eq!(paths, ["organisationName", "website", "contactName", "email", "statement"].map(|path| json!(path)).to_vec());
    assert!(membership_application::Entity::find().all(world.db()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_member_need_not_apply_one_that_left_may_and_nobody_learns_who_else_applied() {
    let world = World::new().await;
    world.network().await;
    world.organisation("member").named("Mitglied").make().await;
    let former = world.organisation("former").named("Ehemals").member(Some("2015"), Some("2020")).make().await;
    let taken = json!([{ "path": ["input", "organisationName"], "code": "TAKEN" }]);
    assert_eq!(*applies(&world, application("Mitglied")).await.at("membershipApply.errors"), taken);
    let first = applies(&world, application("Ehemals")).await;
    assert_eq!(first, applies(&world, application("Ehemals")).await);
    assert_eq!(applies(&world, application("Ganz neu")).await, applies(&world, application("Ganz neu")).await);
    assert_eq!(membership_application::Entity::find().all(world.db()).await.unwrap().len(), 4, "nothing is lost");
    assert_eq!(organisation::Entity::find().all(world.db()).await.unwrap().len(), 3 + 3, "the one that left is the same as before");
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org").len(), 3, "three mails a day are enough for an address");
    let id = former.id.to_global().0;
    let office = world.administrator();
    assert_eq!(
        decides(&office, "membershipAdmit", &format!(r#"organisationId: "{id}", joinedOn: "2019""#)).await,
        Err("ENDS_BEFORE_START at joinedOn".to_owned())
    );
    let again = decides(&office, "membershipAdmit", &format!(r#"organisationId: "{id}", joinedOn: "2022-05-18""#)).await.unwrap();
    assert_eq!(again["membership"]["status"], "ACTIVE");
}

#[tokio::test]
async fn who_is_declined_is_told_why_and_forgotten_after_a_month() {
    let world = World::new().await;
    world.network().await;
    applies(&world, application("Neuer Verein")).await;
    let office = world.administrator();
    let id = office.asks(r#"{ organisation(slug: "neuer-verein") { id } }"#).await.at("organisation.id").as_str().unwrap().to_owned();
    let arguments = format!(r#"organisationId: "{id}", reason: "Noch nicht eingetragen.""#);
    let declined = decides(&office, "membershipDecline", &arguments).await.unwrap();
    assert_eq!((&declined["membership"]["status"], &declined["application"]), (&json!("DECLINED"), &json!(null)));
    assert_eq!(decides(&office, "membershipDecline", &arguments).await, Err("WRONG_STATE at ".to_owned()));
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org"), ["Zu Ihrem Antrag: Neuer Verein"]);
    let text = world.app.mailer.sent().last().unwrap().letter().text.unwrap();
    assert!(text.contains("> Noch nicht eingetragen."), "{text}");
    world.at("2022-06-17T07:00:00Z").run_jobs().await;
    miso::memberships::work::forget(world.app.clone(), miso::memberships::jobs::Forget {}).await.unwrap();
    assert_eq!(membership_application::Entity::find().all(world.db()).await.unwrap().len(), 1);
    world.at("2022-06-17T09:00:00Z");
    miso::memberships::work::forget(world.app.clone(), miso::memberships::jobs::Forget {}).await.unwrap();
    assert!(!world.dump().await.iter().any(|row| row.contains("amal@example.org")));
}

#[tokio::test]
async fn what_nobody_decides_for_a_year_is_declined() {
    let world = World::new().await;
    world.network().await;
    applies(&world, application("Neuer Verein")).await;
    let forget = async || miso::memberships::work::forget(world.app.clone(), miso::memberships::jobs::Forget {}).await.unwrap();
    world.at("2023-05-18T07:00:00Z");
    forget().await;
    assert_eq!(*world.administrator().asks(QUEUE).await.at("reviewQueue.totalCount"), 1);
    world.at("2023-05-19T09:00:00Z");
    forget().await;
    assert_eq!(*world.administrator().asks(QUEUE).await.at("reviewQueue.totalCount"), 0);
}

#[tokio::test]
async fn a_membership_ends_with_its_day_and_so_do_the_rights_of_its_people() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("own").make().await;
    world.account("emel@example.org", own.id, OrganisationRole::Editor).await;
    let emel = world.signs_in("emel@example.org").await;
    let id = own.id.to_global().0;
    let office = world.administrator();
    let end = async |day: &str| decides(&office, "membershipEnd", &format!(r#"organisationId: "{id}", leftOn: "{day}""#)).await;
    assert_eq!(end("2014").await, Err("ENDS_BEFORE_START at leftOn".to_owned()));
    assert_eq!(end("2022-05-31").await.unwrap()["membership"]["leftOn"], "2022-05-31");
    let write = "mutation($input: PostCreateInput!) { postCreate(input: $input) { post { status } errors { code } } }";
    world.at("2022-05-31T08:00:00Z");
    assert_eq!(emel.graphql(write, json!({ "input": news(own.id, "Eins") })).await.at("postCreate.post.status"), "DRAFT");
    world.at("2022-06-01T08:00:00Z");
    assert_eq!(emel.graphql(write, json!({ "input": news(own.id, "Zwei") })).await.codes(), ["FORBIDDEN"]);
    assert_eq!(end("2022-06-30").await, Err("WRONG_STATE at ".to_owned()));
    assert_eq!((member_count(&world, "2022-05-31").await, member_count(&world, "2022-06-01").await), (json!(1), json!(0)));
}

#[tokio::test]
async fn the_desk_shows_what_waits_longest_first_and_the_office_is_told_in_the_morning() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("own").make().await;
    let editor = world.person_of(own.id, OrganisationRole::Editor);
    let remind = async || {
        miso::review::work::remind(world.app.clone(), miso::review::jobs::Remind {}).await.unwrap();
        world.app.mailer.sent().len()
    };
    let office = world.signs_in("office@example.org").await;
    let row = office.graphql("{ viewer { person { id } } }", json!({})).await;
    let role = "mutation($id: ID!) { personSetNetworkRole(id: $id, role: EDITOR) { errors { code } } }";
    world.administrator().asks_with(role, json!({ "id": row.at("viewer.person.id") })).await;
    let before = world.app.mailer.sent().len();
    assert_eq!(remind().await, before, "where nothing waits nobody is written to");
    let post = editor.writes(news(own.id, "Bericht")).await;
    let event = editor.drafts(evening(own.id, "Abend")).await;
    editor.changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
    world.at("2022-05-18T09:00:00Z");
    editor.changes_post("postPublish", json!({ "id": post["id"] })).await.unwrap();
    world.at("2022-05-18T10:00:00Z");
    editor.changes_event("eventUpdate", json!({ "id": event["id"], "input": { "category": "FILM" } })).await.unwrap();
    applies(&world, application("Neuer Verein")).await;
    let queue = office.graphql(&QUEUE.replace("application { contactName email phone statement }", ""), json!({})).await;
    let waiting: Vec<_> = queue
        .at("reviewQueue.edges")
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| (edge["node"]["__typename"].clone(), edge["waitingSince"].clone()))
        .collect();
    let expected = [("Event", "2022-05-18T08:00:00Z"), ("Post", "2022-05-18T09:00:00Z"), ("Organisation", "2022-05-18T10:00:00Z")];
    assert_eq!(waiting, expected.map(|(kind, since)| (json!(kind), json!(since))));
    let second = office.graphql("{ reviewQueue(first: 1) { pageInfo { endCursor hasNextPage } } }", json!({})).await;
    let after = second.at("reviewQueue.pageInfo.endCursor");
    let second = office
        .graphql("query($after: String) { reviewQueue(first: 1, after: $after) { nodes { __typename } } }", json!({ "after": after }))
        .await;
    assert_eq!(*second.at("reviewQueue.nodes.0.__typename"), "Post");
    assert_eq!(remind().await, before + 1);
    assert_eq!(world.subjects_to("office@example.org").last().unwrap(), "Es wartet auf Sie: 3");
    assert_eq!(editor.asks(QUEUE).await.codes(), ["FORBIDDEN"]);
    assert_eq!(world.visitor().asks(QUEUE).await.codes(), ["UNAUTHENTICATED"]);
}
