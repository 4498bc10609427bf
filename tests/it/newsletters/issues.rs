//! How an issue is written, looked at, tried out, sent, stopped and given up.

use entity::words::{EventStatus, OrganisationRole, Visibility};
use entity::{newsletter, organisation};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::editing::{evening, issue_saying, news};
use miso_tests::people::Actor;
use serde_json::{Value, json};

async fn with_news() -> (World, organisation::Model, newsletter::Model) {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    (world, host, news)
}

async fn begins(editor: &Actor<'_>, of: &newsletter::Model, body: &str) -> Value {
    let variables = json!({ "newsletterId": of.id.to_global().0, "input": issue_saying("Neues", body) });
    editor.changes_issue("newsletterIssueCreate", variables).await.unwrap()
}

#[tokio::test]
async fn an_editor_begins_a_newsletter_and_an_issue_that_reaches_its_readers() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let input = json!({ "organisationId": host.id.to_global().0, "name": "Unser Brief", "description": "Einmal im Monat" });
    let begun = editor.changes_newsletter("newsletterCreate", json!({ "input": input })).await.unwrap();
    assert_eq!((&begun["slug"], &begun["visibility"], &begun["revision"]), (&json!("unser-brief"), &json!("PUBLIC"), &json!(1)));
    let change = json!({ "id": begun["id"], "expectedRevision": 1, "input": { "replyTo": "brief@example.org" } });
    let changed = editor.changes_newsletter("newsletterUpdate", change.clone()).await.unwrap();
    assert_eq!((&changed["replyTo"], &changed["description"]), (&json!("brief@example.org"), &json!("Einmal im Monat")));
    assert_eq!(editor.changes_newsletter("newsletterUpdate", change).await, Err("STALE_REVISION at expectedRevision".to_owned()));
    let input = json!({ "texts": [
        { "locale": "de", "subject": "Sommer", "preheader": "Es wird warm", "bodyMarkdown": "Guten Tag, es wird **warm**." },
        { "locale": "en", "subject": "Summer", "bodyMarkdown": "Hello, it is getting **warm**." },
    ] });
    let variables = json!({ "newsletterId": begun["id"], "input": input });
    let issue = editor.changes_issue("newsletterIssueCreate", variables.clone()).await.unwrap();
    assert_eq!((&issue["slug"], &issue["status"], &issue["locales"]), (&json!("sommer"), &json!("DRAFT"), &json!(["de", "en"])));
    assert_eq!(editor.changes_issue("newsletterIssueCreate", variables).await.unwrap()["slug"], "sommer-2");
    for (email, locale) in [("amal@example.org", "de"), ("bojan@example.org", "en")] {
        let ask = json!({ "input": { "newsletterIds": [begun["id"]], "email": email, "locale": locale } });
        world.graphql("mutation($input: SubscriptionRequestInput!) { subscriptionRequest(input: $input) { accepted } }", ask).await;
        world.run_jobs().await;
        world.confirms(email).await;
    }
    let sent = editor.changes_issue("newsletterIssueSend", json!({ "id": issue["id"] })).await.unwrap();
    assert_eq!((&sent["status"], &sent["delivery"]["recipients"]), (&json!("SENDING"), &json!(2)));
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org").last().unwrap(), "Sommer");
    assert_eq!(world.subjects_to("bojan@example.org").last().unwrap(), "Summer");
    let again = editor.changes_issue("newsletterIssueSend", json!({ "id": issue["id"] })).await.unwrap();
    assert_eq!((&again["status"], &again["delivery"]["sent"]), (&json!("SENT"), &json!(2)));
    world.run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org").len(), 2, "nobody gets it twice");
}

#[tokio::test]
async fn cards_say_how_a_thing_is_when_it_is_sent_in_the_readers_language_and_nothing_of_what_is_not_theirs() {
    let (world, host, news) = with_news().await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    world.network().await;
    let office = world.office_editor();
    let fest = office.changes_event("eventCreate", json!({ "input": evening(host.id, "Fest") })).await.unwrap();
    office.changes_event("eventPublish", json!({ "id": fest["id"] })).await.unwrap();
    world.event("intern", host.id).visibility(Visibility::Members).make().await;
    world.post("podium", host.id).make().await;
    let issue = begins(&editor, &news, "Hallo\n\n/events/fest\n\n/posts/podium\n\nTschüss").await;
    let text = issue["preview"]["text"].as_str().unwrap();
    for said in ["Dienstag, 7. Juni 2022, 18:00–20:00 Uhr", "podium", "https://miso.example/events/fest", "Tschüss"] {
        assert!(text.contains(said), "{said} is missing in {text}");
    }
    assert!(issue["body"].as_str().unwrap().contains("7. Juni"), "{}", issue["body"]);
    assert_eq!(issue["bodyMarkdown"], "Hallo\n\n/events/fest\n\n/posts/podium\n\nTschüss", "who writes sees what they wrote");
    // It is moved before it is sent.
    world.readers(news.id, 1).await;
    let moved = json!({ "schedule": { "startsAt": "2022-10-01T18:00:00+02:00" } });
    office.changes_event("eventUpdate", json!({ "id": fest["id"], "input": moved })).await.unwrap();
    editor.changes_issue("newsletterIssueSend", json!({ "id": issue["id"] })).await.unwrap();
    world.run_jobs().await;
    let mail = world.app.mailer.sent().pop().unwrap();
    let body = String::from_utf8_lossy(&mail.bytes).replace("=\r\n", "");
    assert!(body.contains("1. Oktober 2022") && !body.contains("7. Juni"), "{body}");
    // What is for members is shown to nobody else.
    let hidden = begins(&editor, &news, "Hallo\n\n/events/intern").await;
    assert!(!hidden["body"].as_str().unwrap().contains("intern"));
    assert_eq!(hidden["preview"]["problems"], json!(["/events/intern ist nicht für alle, die diese Ausgabe lesen können."]));
}

#[tokio::test]
async fn what_is_wrong_with_a_text_is_told_in_the_editors_language_and_it_is_not_sent() {
    let (world, host, news) = with_news().await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    world.event("entwurf", host.id).status(EventStatus::Draft).make().await;
    for (body, german, english, code) in [
        ("Da: [hier](/events/entwurf)", "führt auf keine Seite", "leads to no page", "INVALID at input.texts.de"),
        ("Da: [hier](/nix)", "führt auf keine Seite", "leads to no page", "INVALID at input.texts.de"),
        ("Da: [hier](fest)", "kann niemand folgen", "Nobody can follow", "INVALID at input.texts.de"),
        ("Da: ![](x.png)", "Bilder reisen nicht mit", "Pictures do not travel", "INVALID at input.texts.de"),
        ("---", "ist leer", "is empty", "REQUIRED at input.texts.de"),
    ] {
        let issue = begins(&editor, &news, body).await;
        let problem = issue["preview"]["problems"][0].as_str().unwrap();
        assert!(problem.contains(german), "{problem}");
        let query = "query($id: ID!) { node(id: $id) { ... on NewsletterIssue { preview { problems } } } }";
        let told = world.person_of(host.id, OrganisationRole::Editor).reading("en").asks_with(query, json!({ "id": issue["id"] })).await;
        assert!(told.at("node.preview.problems")[0].as_str().unwrap().contains(english), "{told:?}");
        assert_eq!(editor.changes_issue("newsletterIssueSend", json!({ "id": issue["id"] })).await, Err(code.to_owned()), "{body}");
    }
    let well = begins(&editor, &news, "Da: [alles](/events), [wir](/organisations/host), [dort](https://other.example/x)").await;
    assert_eq!(well["preview"]["problems"], json!([]));
}

#[tokio::test]
async fn an_issue_waits_for_its_moment_and_can_be_moved_changed_and_taken_back() {
    let (world, host, news) = with_news().await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    world.readers(news.id, 2).await;
    world.at("2022-06-01T08:00:00Z");
    let issue = begins(&editor, &news, "Guten Tag").await;
    let send = |at: &str| json!({ "id": issue["id"], "at": at });
    assert_eq!(editor.changes_issue("newsletterIssueSend", send("2022-05-31T08:00:00Z")).await, Err("IN_THE_PAST at at".to_owned()));
    let waiting = editor.changes_issue("newsletterIssueSend", send("2022-06-02T08:00:00Z")).await.unwrap();
    assert_eq!((&waiting["status"], &waiting["scheduledFor"]), (&json!("SCHEDULED"), &json!("2022-06-02T08:00:00Z")));
    editor.changes_issue("newsletterIssueSend", send("2022-06-03T08:00:00Z")).await.unwrap();
    let broken = json!({ "id": issue["id"], "input": issue_saying("Neues", "[hier](/nix)") });
    assert_eq!(editor.changes_issue("newsletterIssueUpdate", broken).await, Err("INVALID at input.texts.de".to_owned()));
    let better = json!({ "id": issue["id"], "input": issue_saying("Besseres", "Guten Tag") });
    assert_eq!(editor.changes_issue("newsletterIssueUpdate", better).await.unwrap()["status"], "SCHEDULED");
    world.at("2022-06-02T09:00:00Z").run_jobs().await;
    assert_eq!(world.app.mailer.sent().len(), 0, "it was moved");
    world.at("2022-06-03T09:00:00Z").run_jobs().await;
    assert_eq!(world.subjects_to("reader0@example.org"), ["Besseres"]);
    // And one that is taken back never goes out.
    let other = begins(&editor, &news, "Guten Tag").await;
    editor.changes_issue("newsletterIssueSend", json!({ "id": other["id"], "at": "2022-06-04T08:00:00Z" })).await.unwrap();
    let back = editor.changes_issue("newsletterIssuePause", json!({ "id": other["id"] })).await.unwrap();
    assert_eq!((&back["status"], &back["scheduledFor"]), (&json!("DRAFT"), &Value::Null));
    world.at("2022-06-05T08:00:00Z").run_jobs().await;
    assert_eq!(world.subjects_to("reader0@example.org").len(), 1);
}

#[tokio::test]
async fn an_issue_that_is_no_longer_in_order_when_its_moment_comes_stops_and_says_why() {
    let (world, host, news) = with_news().await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    world.readers(news.id, 1).await;
    world.at("2022-06-01T08:00:00Z");
    let post = editor.writes(self::news(host.id, "Podium")).await;
    let office = world.office_editor();
    office.changes_post("postPublish", json!({ "id": post["id"] })).await.unwrap();
    let issue = begins(&editor, &news, "Mehr: [hier](/posts/podium)").await;
    editor.changes_issue("newsletterIssueSend", json!({ "id": issue["id"], "at": "2022-06-02T08:00:00Z" })).await.unwrap();
    office.changes_post("postUnpublish", json!({ "id": post["id"] })).await.unwrap();
    world.at("2022-06-02T09:00:00Z").run_jobs().await;
    assert!(world.app.mailer.sent().is_empty());
    let query = "query($id: ID!) { node(id: $id) { ... on NewsletterIssue { status delivery { problem } } } }";
    let stopped = editor.asks_with(query, json!({ "id": issue["id"] })).await;
    assert_eq!(stopped.at("node.status"), "PAUSED");
    assert!(stopped.at("node.delivery.problem").as_str().unwrap().starts_with("/posts/podium führt auf keine Seite"));
    assert_eq!(
        editor.changes_issue("newsletterIssueResume", json!({ "id": issue["id"] })).await,
        Err("INVALID at input.texts.de".to_owned())
    );
    office.changes_post("postPublish", json!({ "id": post["id"] })).await.unwrap();
    editor.changes_issue("newsletterIssueResume", json!({ "id": issue["id"] })).await.unwrap();
    world.run_jobs().await;
    assert_eq!(world.subjects_to("reader0@example.org"), ["Neues"]);
}

#[tokio::test]
async fn an_issue_is_stopped_gone_on_with_and_given_up_and_nobody_gets_it_twice() {
    let (world, host, news) = with_news().await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    world.readers(news.id, 3).await;
    let issue = begins(&editor, &news, "Guten Tag").await;
    let id = json!({ "id": issue["id"] });
    editor.changes_issue("newsletterIssueSend", id.clone()).await.unwrap();
    assert_eq!(editor.changes_issue("newsletterIssuePause", id.clone()).await.unwrap()["status"], "PAUSED");
    world.run_jobs().await;
    assert!(world.app.mailer.sent().is_empty(), "nothing goes out that is stopped");
    assert_eq!(editor.changes_issue("newsletterIssueSend", id.clone()).await, Err("WRONG_STATE at ".to_owned()));
    assert_eq!(
        editor.changes_issue("newsletterIssueUpdate", json!({ "id": issue["id"], "input": issue_saying("x", "y") })).await,
        Err("WRONG_STATE at ".to_owned())
    );
    assert_eq!(editor.changes_issue("newsletterIssueResume", id.clone()).await.unwrap()["status"], "SENDING");
    assert_eq!(editor.changes_issue("newsletterIssueResume", id.clone()).await, Err("WRONG_STATE at ".to_owned()));
    world.run_jobs().await;
    assert_eq!(world.app.mailer.sent().len(), 3);
    assert_eq!(editor.changes_issue("newsletterIssueCancel", id.clone()).await, Err("WRONG_STATE at ".to_owned()), "it has arrived");
    let other = begins(&editor, &news, "Guten Tag").await;
    let id = json!({ "id": other["id"] });
    editor.changes_issue("newsletterIssueSend", id.clone()).await.unwrap();
    let given_up = editor.changes_issue("newsletterIssueCancel", id.clone()).await.unwrap();
    assert_eq!((&given_up["status"], &given_up["delivery"]["failed"]), (&json!("CANCELLED"), &json!(3)));
    world.run_jobs().await;
    assert_eq!(world.app.mailer.sent().len(), 3);
    let delete = "mutation($id: ID!) { newsletterIssueDelete(id: $id) { deletedId errors { path code message } } }";
    assert_eq!(
        editor.outcome_of("newsletterIssueDelete", "deletedId", delete, id).await,
        Err("WRONG_STATE at ".to_owned()),
        "it had begun"
    );
    let draft = json!({ "id": begins(&editor, &news, "Guten Tag").await["id"] });
    assert_eq!(editor.outcome_of("newsletterIssueDelete", "deletedId", delete, draft.clone()).await, Ok(draft["id"].clone()));
}

#[tokio::test]
async fn an_editor_tries_an_issue_out_and_its_links_are_nobodys() {
    let (world, host, news) = with_news().await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let issue = begins(&editor, &news, "Guten Tag, [hier](/events)").await;
    let to = |addresses: Value| json!({ "id": issue["id"], "to": addresses });
    editor.changes_issue("newsletterIssueSendTest", to(json!(["a@example.org", "b@example.org"]))).await.unwrap();
    let sent = world.app.mailer.sent();
    assert_eq!(sent.len(), 2);
    let mail = String::from_utf8_lossy(&sent[0].bytes).replace("=\r\n", "");
    assert!(mail.contains("Subject: [Test] Neues") && !mail.contains("List-Unsubscribe") && !mail.contains("unsubscribe/0"), "{mail}");
    assert_eq!(editor.changes_issue("newsletterIssueSendTest", to(json!([]))).await, Err("REQUIRED at to".to_owned()));
    assert_eq!(editor.changes_issue("newsletterIssueSendTest", to(json!(["nobody"]))).await, Err("INVALID at to.0".to_owned()));
    let many: Vec<String> = (0..6).map(|at| format!("a{at}@example.org")).collect();
    assert_eq!(editor.changes_issue("newsletterIssueSendTest", to(json!(many))).await, Err("TOO_LARGE at to".to_owned()));
    assert_eq!(issue["status"], "DRAFT");
}

#[tokio::test]
async fn an_issue_is_for_no_more_people_than_its_newsletter() {
    let (world, host, _) = with_news().await;
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let input = json!({ "organisationId": host.id.to_global().0, "name": "Intern", "visibility": "MEMBERS" });
    let intern = editor.changes_newsletter("newsletterCreate", json!({ "input": input })).await.unwrap();
    let mut input = issue_saying("Internes", "Guten Tag");
    let begin = |input: &Value| json!({ "newsletterId": intern["id"], "input": input });
    assert_eq!(editor.changes_issue("newsletterIssueCreate", begin(&input)).await.unwrap()["visibility"], "MEMBERS");
    input["visibility"] = json!("PUBLIC");
    let refused = editor.changes_issue("newsletterIssueCreate", begin(&input)).await;
    assert_eq!(refused, Err("INVALID at input.visibility".to_owned()));
}

#[tokio::test]
async fn editors_see_who_reads_their_newsletter_narrowed_and_page_by_page_and_nobody_else_does() {
    let (world, host, news) = with_news().await;
    world.readers(news.id, 5).await;
    world.at("2022-06-01T08:00:00Z").asks_for(&[&news], "wartet@example.org").await;
    let query = "query($where: NewsletterSubscriptionWhere, $after: String) {
        newsletter(slug: \"news\") { subscriptions(first: 3, after: $after, where: $where) {
            totalCount nodes { email status locale } pageInfo { hasNextPage endCursor } } } }";
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    let page = editor.asks_with(query, json!({})).await;
    let list = page.at("newsletter.subscriptions");
    assert_eq!((&list["totalCount"], &list["nodes"][0]["email"]), (&json!(6), &json!("wartet@example.org")));
    let rest = editor.asks_with(query, json!({ "after": list["pageInfo"]["endCursor"] })).await;
    assert_eq!(rest.at("newsletter.subscriptions.nodes").as_array().unwrap().len(), 3);
    for (narrowed, count) in [
        (json!({ "status": "PENDING" }), 1),
        (json!({ "locale": "de", "status": "CONFIRMED" }), 5),
        (json!({ "search": "READER3" }), 1),
        (json!({ "search": "reader%" }), 0),
    ] {
        let found = editor.asks_with(query, json!({ "where": narrowed })).await;
        assert_eq!(found.at("newsletter.subscriptions.totalCount"), count, "{narrowed}");
    }
    let refused = world.stranger().asks_with(query, json!({})).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
}
