//! Asking for a newsletter and confirming it, and what is kept as proof.

use entity::words::{ConsentChannel, ConsentStep, SubscriptionStatus, SuppressionReason, Visibility};
use entity::{consent, consent_wording, job, newsletter, newsletter_subscription, subscriber, suppression};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::smtp::{At, Reaction, Sink};
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder, Set};
use serde_json::json;

#[tokio::test]
async fn an_address_gets_one_mail_to_confirm_and_then_what_it_asked_for() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let (news, dates) = (world.newsletter("news", host.id).await, world.newsletter("dates", host.id).await);
    let answer = world.asks_for(&[&news, &dates], " Amal@Example.org").await;
    assert_eq!(*answer.at("subscriptionRequest"), json!({ "accepted": true, "errors": [] }));
    assert_eq!(world.subjects_to("amal@example.org"), ["Bitte bestätigen: dates, news"]);
    let confirmed = world.confirms("amal@example.org").await;
    let mut subscriptions = confirmed.at("subscriptionConfirm.subscriber.subscriptions").as_array().unwrap().clone();
    subscriptions.sort_by_key(|one| one["newsletter"]["slug"].to_string());
    let read = |slug: &str| json!({ "status": "CONFIRMED", "newsletter": { "slug": slug } });
    assert_eq!(subscriptions, [read("dates"), read("news")]);
    // Confirming again changes nothing.
    let rows = world.dump().await;
    assert_eq!(world.confirms("amal@example.org").await, confirmed);
    assert_eq!(world.dump().await, rows);
}

#[tokio::test]
async fn nobody_gets_an_issue_who_did_not_confirm() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    for email in ["amal@example.org", "bojan@example.org"] {
        world.asks_for(&[&news], email).await;
    }
    world.confirms("amal@example.org").await;
    let issue = world.issue("news-1", news.id).await;
    miso::newsletter::ops::start(&world.app, &issue).await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(world.subjects_to("amal@example.org"), ["Bitte bestätigen: news", "Neues"]);
    assert_eq!(world.subjects_to("bojan@example.org"), ["Bitte bestätigen: news"]);
}

#[tokio::test]
async fn the_answer_is_the_same_whether_the_address_is_known() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    let hash = world.app.links.keyed_hash("address", "bounced@example.org");
    let row = suppression::Model { email_hash: hash, reason: SuppressionReason::Bounced, at: world.app.clock.now() };
    suppression::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    let unknown = world.asks_for(&[&news], "amal@example.org").await;
    world.confirms("amal@example.org").await;
    assert_eq!(world.asks_for(&[&news], "amal@example.org").await, unknown);
    assert_eq!(world.asks_for(&[&news], "bounced@example.org").await, unknown);
    assert!(world.subjects_to("bounced@example.org").is_empty());
}

#[tokio::test]
async fn an_address_is_written_to_once_in_a_while_however_often_it_is_entered() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let (news, dates) = (world.newsletter("news", host.id).await, world.newsletter("dates", host.id).await);
    for _ in 0..5 {
        world.asks_for(&[&news], "amal@example.org").await;
    }
    world.at("2022-05-18T08:05:00Z").asks_for(&[&dates], "amal@example.org").await;
    assert_eq!(world.subjects_to("amal@example.org"), ["Bitte bestätigen: news"]);
    // What came in between goes with the next mail; the first one confirms what it named, and no more.
    let confirmed = world.confirms("amal@example.org").await;
    assert_eq!(confirmed.each("subscriptionConfirm.subscriber.subscriptions", "status"), ["CONFIRMED", "PENDING"]);
    world.at("2022-05-18T08:11:00Z").run_jobs().await;
    assert_eq!(world.subjects_to("amal@example.org"), ["Bitte bestätigen: news", "Bitte bestätigen: dates"]);
    world.at("2022-05-18T09:00:00Z").asks_for(&[&news], "amal@example.org").await;
    assert_eq!(world.subjects_to("amal@example.org").len(), 3);
}

#[tokio::test]
async fn what_is_not_confirmed_within_a_week_is_forgotten() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.asks_for(&[&news], "amal@example.org").await;
    world.at("2022-05-25T08:00:00Z");
    let late = world.confirms("amal@example.org").await;
    assert_eq!(*late.at("subscriptionConfirm"), json!({ "subscriber": null, "errors": [{ "code": "EXPIRED", "path": ["token"] }] }));
    world.at("2022-05-26T08:00:00Z").run_jobs().await;
    assert!(subscriber::Entity::find().all(world.db()).await.unwrap().is_empty());
    assert!(!world.dump().await.iter().any(|row| row.contains("amal@example.org")));
    assert_eq!(world.confirms("amal@example.org").await.at("subscriptionConfirm.errors.0.code"), "EXPIRED");
}

#[tokio::test]
async fn each_step_of_consent_is_kept_with_the_words_that_were_shown() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.asks_for(&[&news], "amal@example.org").await;
    world.at("2022-05-18T09:00:00Z").confirms("amal@example.org").await;
    let reader = subscriber::Entity::find().one(world.db()).await.unwrap().unwrap();
    let token = world.app.links.token(miso::secret::Purpose::Reader, reader.id, 0);
    world.at("2022-05-18T10:00:00Z");
    world.graphql("mutation($token: String!) { unsubscribe(token: $token) { errors { code } } }", json!({ "token": token })).await;
    let steps = consent::Entity::find().order_by_asc(consent::Column::At).all(world.db()).await.unwrap();
    let seen: Vec<_> = steps.iter().map(|step| (step.step, step.channel, step.at.to_rfc3339(), step.wording_id.is_some())).collect();
    assert_eq!(
        seen,
        [
            (ConsentStep::Requested, ConsentChannel::Form, "2022-05-18T08:00:00+00:00".to_owned(), true),
            (ConsentStep::Confirmed, ConsentChannel::ConfirmationLink, "2022-05-18T09:00:00+00:00".to_owned(), true),
            (ConsentStep::Withdrawn, ConsentChannel::UnsubscribeLink, "2022-05-18T10:00:00+00:00".to_owned(), false),
        ]
    );
    // The words that are kept are those that the pages show beside the button.
    let kept = consent_wording::Entity::find().one(world.db()).await.unwrap().unwrap();
    let words = include_str!("../../../web/words/de.ini");
    let shown = words.lines().find_map(|line| line.strip_prefix("consent = ")).unwrap();
    assert_eq!((kept.locale.as_str(), kept.text.as_str()), ("de", shown));
    let english = include_str!("../../../web/words/en.ini").lines().find_map(|line| line.strip_prefix("consent = ")).unwrap();
    assert_eq!(miso::newsletter::wording::Wording::for_reader(&miso::kernel::Locale::english()).text, english);
}

#[tokio::test]
async fn what_is_wrong_is_told_and_a_members_newsletter_is_as_none_to_strangers() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    let members = newsletter::ActiveModel { id: Set(news.id), visibility: Set(Visibility::Members), ..Default::default() };
    newsletter::Entity::update(members).exec(world.db()).await.unwrap();
    let answer = world.asks_for(&[&news], "amal@").await;
    let expected = json!([
        { "code": "INVALID", "path": ["input", "email"] },
        { "code": "NOT_FOUND", "path": ["input", "newsletterIds", "0"] },
    ]);
    assert_eq!(*answer.at("subscriptionRequest.errors"), expected);
    assert_eq!(world.asks_for(&[], "amal@example.org").await.at("subscriptionRequest.errors.0.code"), "REQUIRED");
    assert!(subscriber::Entity::find().all(world.db()).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_first_link_confirms_also_where_somebody_asked_again_meanwhile() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.asks_for(&[&news], "amal@example.org").await;
    world.at("2022-05-18T08:03:00Z").asks_for(&[&news], "amal@example.org").await;
    let confirmed = world.at("2022-05-18T08:04:00Z").confirms("amal@example.org").await;
    assert_eq!(confirmed.each("subscriptionConfirm.subscriber.subscriptions", "status"), ["CONFIRMED"]);
    // Nothing is left to ask.
    assert!(world.at("2022-05-18T08:30:00Z").run_jobs().await.failed.is_empty());
    assert_eq!(world.subjects_to("amal@example.org"), ["Bitte bestätigen: news"]);
}

#[tokio::test]
async fn an_address_that_many_enter_at_once_is_written_to_once_even_if_the_server_puts_it_off() {
    let sink = Sink::start().await.unwrap();
    sink.react_times(1, At::Rcpt, "amal@example.org", Reaction::say("451 4.7.1 greylisted, come again"));
    let world = World::new().await.sending_to(&sink.url());
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    let query = "mutation($input: SubscriptionRequestInput!) { subscriptionRequest(input: $input) { accepted } }";
    let input = json!({ "newsletterIds": [news.id.to_global().0], "email": "amal@example.org", "name": "Buy now: https://spam.example" });
    let ask = || world.graphql(query, json!({ "input": input }));
    let _ = tokio::join!(ask(), ask(), ask(), ask());
    assert_eq!(job::Entity::find().all(world.db()).await.unwrap().len(), 1);
    assert_eq!(world.run_jobs().await.failed.len(), 1);
    assert!(sink.mails().is_empty());
    world.at("2022-05-18T08:02:00Z").run_jobs().await;
    world.at("2022-05-18T09:00:00Z").run_jobs().await;
    let [mail] = &sink.mails()[..] else { panic!("not one mail") };
    // What a stranger typed as a name is not carried to the address.
    assert!(!String::from_utf8_lossy(&mail.bytes).contains("spam"));
}

#[tokio::test]
async fn who_left_and_is_entered_again_by_whomever_keeps_what_is_on_record() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.asks_for(&[&news], "amal@example.org").await;
    world.confirms("amal@example.org").await;
    let issue = world.issue("news-1", news.id).await;
    miso::newsletter::ops::start(&world.app, &issue).await.unwrap();
    world.run_jobs().await;
    let token = world.secret_mailed("amal@example.org", "/unsubscribe/");
    let leave = "mutation($token: String!) { unsubscribe(token: $token) { errors { code } } }";
    world.at("2022-05-19T08:00:00Z").graphql(leave, json!({ "token": token })).await;
    let kept = async || {
        let steps = consent::Entity::find().order_by_asc(consent::Column::At).all(world.db()).await.unwrap();
        let steps: Vec<_> = steps.into_iter().map(|step| step.step).collect();
        let report = miso::newsletter::store::deliveries::report(world.db(), issue.id).await.unwrap();
        let reading = newsletter_subscription::Entity::find().one(world.db()).await.unwrap().unwrap();
        (steps, report.sent, reading.status)
    };
    let before = kept().await;
    assert_eq!(before, (vec![ConsentStep::Requested, ConsentStep::Confirmed, ConsentStep::Withdrawn], 1, SubscriptionStatus::Ended));
    world.at("2022-06-01T08:00:00Z").asks_for(&[&news], "amal@example.org").await;
    assert_eq!(kept().await.2, SubscriptionStatus::Pending);
    world.at("2022-06-09T08:00:00Z").run_jobs().await;
    assert_eq!(kept().await, before);
}
