//! What an issue looks like to its readers, who sees it, and how often it is sent.

use entity::words::OrganisationRole;
use miso::newsletter::ops::{Started, start};
use miso_tests::World;
use serde_json::json;

#[tokio::test]
async fn each_reader_gets_it_once_in_their_language_with_links_of_their_own() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    for (email, locale) in [("amal@example.org", "de"), ("bojan@example.org", "en"), ("chi@example.org", "vi")] {
        let ask = "mutation($input: SubscriptionRequestInput!) { subscriptionRequest(input: $input) { accepted } }";
        let id = miso::gql::id::Global::to_global(news.id).0;
        world.graphql(ask, json!({ "input": { "newsletterIds": [id], "email": email, "locale": locale } })).await;
        world.run_jobs().await;
        world.confirms(email).await;
    }
    let issue = world.issue("news-1", news.id).await;
    assert_eq!(start(&world.app, &issue).await.unwrap(), Started::Now);
    assert_eq!(start(&world.app, &issue).await.unwrap(), Started::Before);
    world.run_jobs().await;
    assert_eq!(start(&world.app, &issue).await.unwrap(), Started::Before);
    world.run_jobs().await;
    let last = |email: &str| world.subjects_to(email)[1..].to_vec();
    assert_eq!(
        (last("amal@example.org"), last("bojan@example.org"), last("chi@example.org")),
        (vec!["Neues".into()], vec!["News".into()], vec!["Neues".into()])
    );
    let (amal, bojan) =
        (world.secret_mailed("amal@example.org", "/unsubscribe/"), world.secret_mailed("bojan@example.org", "/unsubscribe/"));
    assert_ne!(amal, bojan);
    let mail = world.app.mailer.sent().into_iter().rev().find(|mail| mail.envelope.to.to_string() == "amal@example.org").unwrap();
    let (head, body) = std::str::from_utf8(&mail.bytes).unwrap().split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ");
    for header in [
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned(),
        format!("List-Id: \"news\" <{}.miso.example>", news.id.0.simple()),
        "To: amal@example.org".to_owned(),
        "Precedence: bulk".to_owned(),
    ] {
        assert!(
            head.lines().any(|line| line == header || line.replace('"', "") == header.replace('"', "")),
            "{header} is missing in {head}"
        );
    }
    let ways = head.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: ")).unwrap();
    assert!(ways.starts_with(&format!("<https://miso.example/unsubscribe/{amal}/news>, <mailto:miso+")), "{ways}");
    // Nothing in it tells that it was opened.
    assert!(!body.contains("<img") && !head.contains("Auto-Submitted"));
}

#[tokio::test]
async fn a_draft_is_seen_by_its_editors_alone_and_what_went_out_by_everybody() {
    let world = World::new().await;
    let (host, other) = (world.organisation("host").make().await, world.organisation("other").make().await);
    let news = world.newsletter("news", host.id).await;
    let issue = world.issue("news-1", news.id).await;
    let query = "{ newsletterIssue(slug: \"news-1\") { subject } newsletter(slug: \"news\") { issues { totalCount } } }";
    for actor in [world.visitor(), world.stranger(), world.person_of(other.id, OrganisationRole::Owner)] {
        let answer = actor.asks(query).await;
        assert_eq!((answer.at("newsletterIssue"), answer.at("newsletter.issues.totalCount")), (&json!(null), &json!(0)));
    }
    let editor = world.person_of(host.id, OrganisationRole::Editor);
    assert_eq!(editor.asks(query).await.at("newsletterIssue.subject"), "Neues");
    start(&world.app, &issue).await.unwrap();
    world.run_jobs().await;
    let answer = world.visitor().asks(query).await;
    assert_eq!((answer.at("newsletterIssue.subject"), answer.at("newsletter.issues.totalCount")), (&json!("Neues"), &json!(1)));
    let private = "{ newsletter(slug: \"news\") { subscriberCount } newsletterIssue(slug: \"news-1\") { delivery { sent } } }";
    let refused = world.visitor().asks(private).await;
    assert_eq!(refused.codes(), ["UNAUTHENTICATED", "UNAUTHENTICATED"]);
    assert_eq!(*refused.despite_errors("newsletterIssue"), json!({ "delivery": null }));
    assert_eq!(editor.asks(private).await.at("newsletter.subscriberCount"), 0);
}
