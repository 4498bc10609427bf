//! What comes back by mail: issues that could not be delivered, complaints, and wishes to leave. The mails in `fixtures/mails` are made up
//! in the forms of those who send such.

use std::io::Write;
use std::process::Stdio;

use entity::words::{ConsentChannel, ConsentStep, DeliveryStatus, SubscriptionStatus, SuppressionReason};
use entity::{consent, delivery, newsletter, newsletter_issue, newsletter_subscription, subscriber, suppression};
use mailer::{Composed, Incoming};
use miso::config::Config;
use miso::inbox::ops::collect;
use miso::newsletter::ops::{Received, receive, start};
use miso_tests::World;
use miso_tests::db::Contents;
use miso_tests::process::command;
use miso_tests::smtp::Letterbox;
use sea_orm::{ConnectionTrait, EntityTrait};

const GMAIL: &str = include_str!("../../fixtures/mails/gmail.eml");
const MICROSOFT: &str = include_str!("../../fixtures/mails/microsoft365.eml");
const MICROSOFT_REFUSES_US: &str = include_str!("../../fixtures/mails/microsoft365-refuses-us.eml");
const EXCHANGE_ELSEWHERE: &str = include_str!("../../fixtures/mails/exchange-elsewhere.eml");
const YAHOO_FULL: &str = include_str!("../../fixtures/mails/yahoo-full.eml");
const GMX: &str = include_str!("../../fixtures/mails/gmx.eml");
const POSTFIX: &str = include_str!("../../fixtures/mails/postfix.eml");
const POSTFIX_DELAYED: &str = include_str!("../../fixtures/mails/postfix-delayed.eml");
const POSTFIX_EXPIRED: &str = include_str!("../../fixtures/mails/postfix-expired.eml");
const EXIM: &str = include_str!("../../fixtures/mails/exim.eml");
const EXIM_REPORT: &str = include_str!("../../fixtures/mails/exim-report.eml");
const QMAIL: &str = include_str!("../../fixtures/mails/qmail.eml");
const YAHOO_COMPLAINT: &str = include_str!("../../fixtures/mails/yahoo-complaint.eml");
const OUTLOOK_COMPLAINT: &str = include_str!("../../fixtures/mails/outlook-complaint.eml");
const OUTLOOK_JMRP: &str = include_str!("../../fixtures/mails/outlook-jmrp-complaint.eml");
const WANTED: &str = include_str!("../../fixtures/mails/wanted-after-all.eml");
const EXCHANGE_AWAY: &str = include_str!("../../fixtures/mails/exchange-away.eml");
const VACATION: &str = include_str!("../../fixtures/mails/vacation.eml");
const CHALLENGE: &str = include_str!("../../fixtures/mails/challenge.eml");
const UNSUBSCRIBE: &str = include_str!("../../fixtures/mails/unsubscribe.eml");

/// An unfolded header of a mail that was sent.
fn header(mail: &Composed, name: &str) -> String {
    let head = String::from_utf8(mail.bytes.clone()).unwrap().replace("\r\n ", " ");
    head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap().to_owned()
}

/// The address to which an empty mail is enough to leave.
fn leaving(mail: &Composed) -> String {
    header(mail, "List-Unsubscribe").split_once("<mailto:").unwrap().1.trim_end_matches('>').to_owned()
}

/// What somebody's server writes about a mail that was sent.
fn about(form: &str, mail: &Composed) -> String {
    let id = header(mail, "Message-ID");
    let ways = header(mail, "List-Unsubscribe").replacen(", ", ",\n ", 1);
    let filled = form.replace("{{back}}", mail.envelope.from.as_str()).replace("{{to}}", mail.envelope.to.as_str());
    let filled = filled.replace("{{id}}", id.trim_matches(['<', '>'])).replace("{{ways}}", &ways).replace("{{leave}}", &leaving(mail));
    assert!(!filled.contains("{{"), "{filled}");
    filled.replace('\n', "\r\n")
}

async fn comes_in(world: &World, mail: &str) -> Received {
    let done = receive(&world.app, &Incoming::read(mail.as_bytes())).await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    done
}

/// A newsletter with readers.
async fn news(world: &World, readers: usize) -> newsletter::Model {
    let host = world.organisation("host").make().await;
    let news = world.newsletter("news", host.id).await;
    world.readers(news.id, readers).await;
    news
}

/// The mails of an issue that was sent, in the order of their readers.
async fn sent(world: &World, slug: &str, news: &newsletter::Model) -> (newsletter_issue::Model, Vec<Composed>) {
    let before = world.app.mailer.sent().len();
    let issue = world.issue(slug, news.id).await;
    start(&world.app, &issue).await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    let mut mails = world.app.mailer.sent().split_off(before);
    mails.sort_by_key(|mail| mail.envelope.to.to_string());
    (issue, mails)
}

/// The subscriptions in the order of their readers' addresses.
async fn subscriptions(world: &World) -> Vec<newsletter_subscription::Model> {
    let readers = subscriber::Entity::find().all(world.db()).await.unwrap();
    let mut all = newsletter_subscription::Entity::find().all(world.db()).await.unwrap();
    all.sort_by_key(|one| readers.iter().find(|reader| reader.id == one.subscriber_id).map(|reader| reader.email.clone()));
    all
}

async fn deliveries(world: &World, issue: &newsletter_issue::Model) -> Vec<(DeliveryStatus, Option<String>)> {
    let mut all = Vec::new();
    for one in subscriptions(world).await {
        let line = delivery::Entity::find_by_id((issue.id, one.id)).one(world.db()).await.unwrap().unwrap();
        all.push((line.status, line.last_error));
    }
    all
}

async fn rename(world: &World, table: &str, name: &str) {
    world.db().execute_unprepared(&format!("ALTER TABLE {table} RENAME TO {name}")).await.unwrap();
}

async fn standing(world: &World) -> Vec<SubscriptionStatus> {
    subscriptions(world).await.into_iter().map(|one| one.status).collect()
}

async fn suppressed(world: &World) -> Vec<SuppressionReason> {
    suppression::Entity::find().all(world.db()).await.unwrap().into_iter().map(|row| row.reason).collect()
}

/// As where the answer of the server never came.
async fn nobody_said_whether_they_arrived(world: &World) {
    let lines = delivery::Entity::update_many().col_expr(delivery::Column::Status, DeliveryStatus::Deferred.into());
    lines.col_expr(delivery::Column::SentAt, Option::<chrono::DateTime<chrono::Utc>>::None.into()).exec(world.db()).await.unwrap();
}

#[tokio::test]
async fn each_delivery_comes_back_to_an_address_of_its_own_and_offers_to_leave_by_mail() {
    let world = World::new().await;
    let news = news(&world, 2).await;
    let (_, first) = sent(&world, "news-1", &news).await;
    let (_, second) = sent(&world, "news-2", &news).await;
    let mut back: Vec<String> = first.iter().chain(&second).map(|mail| mail.envelope.from.to_string()).collect();
    assert!(back.iter().all(|address| address.starts_with("miso+") && address.ends_with("@miso.example")), "{back:?}");
    back.sort();
    back.dedup();
    assert_eq!(back.len(), 4);
    assert_eq!((leaving(&first[0]), leaving(&first[1]) == leaving(&first[0])), (leaving(&second[0]), false));
}

#[tokio::test]
async fn an_address_that_is_gone_is_given_up_whoever_says_so() {
    for (who, form, said) in [
        ("Gmail", GMAIL, "5.1.1"),
        ("Microsoft 365", MICROSOFT, "5.1.10"),
        ("an Exchange that writes to From", EXCHANGE_ELSEWHERE, "5.1.1"),
        ("GMX", GMX, "5.1.1"),
        ("Postfix", POSTFIX, "5.1.1"),
        ("Exim", EXIM_REPORT, "5.2.1"),
        ("qmail", QMAIL, "5.1.1"),
    ] {
        let world = World::new().await;
        let news = news(&world, 2).await;
        let (issue, mails) = sent(&world, "news-1", &news).await;
        let mail = about(form, &mails[0]);
        assert_eq!(comes_in(&world, &mail).await, Received::GivenUp, "{who}");
        let error = format!("it came back: no such mailbox ({said})");
        assert_eq!(deliveries(&world, &issue).await, [(DeliveryStatus::Bounced, Some(error)), (DeliveryStatus::Sent, None)], "{who}");
        assert_eq!(standing(&world).await, [SubscriptionStatus::Suppressed, SubscriptionStatus::Confirmed], "{who}");
        assert_eq!(suppressed(&world).await, [SuppressionReason::Bounced], "{who}");
        // The same once more says nothing new, and the next issue is not for that reader.
        let rows = world.dump().await;
        assert_eq!(comes_in(&world, &mail).await, Received::Nothing, "{who}");
        assert_eq!(world.dump().await, rows, "{who}");
        assert_eq!(sent(&world, "news-2", &news).await.1.len(), 1, "{who}");
    }
}

#[tokio::test]
async fn a_full_mailbox_is_given_up_after_three_times_over_two_weeks() {
    let world = World::new().await;
    let news = news(&world, 1).await;
    for (day, form, done) in [
        ("01", YAHOO_FULL, Received::Bounced),
        ("08", EXIM, Received::Bounced),
        ("14", YAHOO_FULL, Received::Bounced),
        ("15", EXIM, Received::GivenUp),
    ] {
        world.at(&format!("2022-06-{day}T08:00:00Z"));
        let (issue, mails) = sent(&world, &format!("news-{day}"), &news).await;
        let mail = about(form, &mails[0]);
        assert_eq!(comes_in(&world, &mail).await, done, "on day {day}");
        assert_eq!(comes_in(&world, &mail).await, Received::Nothing, "the same counts once");
        assert_eq!(deliveries(&world, &issue).await[0].0, DeliveryStatus::Bounced);
    }
    assert_eq!(standing(&world).await, [SubscriptionStatus::Suppressed]);
}

#[tokio::test]
async fn what_is_no_matter_of_the_reader_gives_up_nobody() {
    let world = World::new().await;
    let news = news(&world, 1).await;
    for (slug, form, said) in [
        ("news-1", MICROSOFT_REFUSES_US, "it came back: we are refused (5.7.515)"),
        ("news-2", POSTFIX_EXPIRED, "it came back: given up (4.4.1)"),
    ] {
        let (issue, mails) = sent(&world, slug, &news).await;
        assert_eq!(comes_in(&world, &about(form, &mails[0])).await, Received::Failed);
        assert_eq!(deliveries(&world, &issue).await, [(DeliveryStatus::Failed, Some(said.to_owned()))]);
    }
    assert_eq!((standing(&world).await, suppressed(&world).await), (vec![SubscriptionStatus::Confirmed], vec![]));
}

#[tokio::test]
async fn delays_absences_and_what_is_forged_or_stale_change_nothing_and_nobody_is_answered() {
    let world = World::new().await;
    let news = news(&world, 2).await;
    let (_, mails) = sent(&world, "news-1", &news).await;
    let (first, good) = (&mails[0], about(POSTFIX, &mails[0]));
    let back = first.envelope.from.to_string();
    let token = back.split(['+', '@']).nth(1).unwrap();
    let leave = leaving(first);
    // Where our own mail is in the report, it tells by its own secrets whose it is: here it tells nothing.
    let bare = |mail: String| mail.replace("mailto:", "x:");
    let made_up = |mail: &str| bare(mail.replace(token, &"a".repeat(55)));
    let rows = world.dump().await;
    for (what, mail) in [
        ("delayed", about(POSTFIX_DELAYED, first)),
        ("away, by Exchange", about(EXCHANGE_AWAY, first)),
        ("away, by an older program", about(VACATION, first)),
        ("a question whether we are people", about(CHALLENGE, first)),
        ("wanted after all", about(WANTED, first)),
        ("with a made-up secret", made_up(&good)),
        ("without one", bare(good.replace(&back, "miso@miso.example"))),
        ("with a part of one", bare(good.replace(token, &token[..50]))),
        ("with that of leaving", bare(good.replace(&back, &leave))),
        ("about a mail of another reader", good.replace(token, "x").replace(&leave, &leaving(&mails[1]))),
        (
            "a complaint with made-up secrets",
            about(YAHOO_COMPLAINT, first).replace(token, "x").replace("/unsubscribe/", "/un/").replace("mailto:", "x:"),
        ),
        ("a wish to leave with the other secret", about(UNSUBSCRIBE, first).replace(&leave, &back)),
        ("a wish to leave that a program wrote", format!("Auto-Submitted: auto-replied\r\n{}", about(UNSUBSCRIBE, first))),
        ("no mail", "\u{0}\u{1}".to_owned()),
        ("nothing", String::new()),
    ] {
        assert_eq!(comes_in(&world, &mail).await, Received::Nothing, "{what}");
        assert_eq!(world.dump().await, rows, "{what}");
    }
    // A month later it is nothing that a mail server says.
    world.at("2022-07-01T08:00:00Z");
    assert_eq!(comes_in(&world, &good).await, Received::Nothing);
    assert_eq!(world.app.mailer.sent().len(), 2, "nobody was answered");
}

#[tokio::test]
async fn who_complains_is_never_written_to_again_and_the_ledger_says_why() {
    for (who, form) in [("Yahoo", YAHOO_COMPLAINT), ("Outlook", OUTLOOK_COMPLAINT), ("Outlook's own form", OUTLOOK_JMRP)] {
        let world = World::new().await;
        let news = news(&world, 2).await;
        let (issue, mails) = sent(&world, "news-1", &news).await;
        let mail = about(form, &mails[1]);
        assert_eq!(comes_in(&world, &mail).await, Received::Complained, "{who}");
        assert_eq!(standing(&world).await, [SubscriptionStatus::Confirmed, SubscriptionStatus::Suppressed], "{who}");
        assert_eq!(suppressed(&world).await, [SuppressionReason::Complained], "{who}");
        let ledger = consent::Entity::find().all(world.db()).await.unwrap();
        let steps: Vec<_> = ledger.iter().map(|row| (row.step, row.channel)).collect();
        assert_eq!(steps, [(ConsentStep::Withdrawn, ConsentChannel::Complaint)], "{who}");
        assert_eq!(deliveries(&world, &issue).await, vec![(DeliveryStatus::Sent, None); 2], "{who}: it did arrive");
        assert_eq!(comes_in(&world, &mail).await, Received::Nothing, "{who}");
        assert_eq!(sent(&world, "news-2", &news).await.1.len(), 1, "{who}");
    }
}

#[tokio::test]
async fn an_empty_mail_is_enough_to_leave_that_newsletter() {
    let world = World::new().await;
    let news = news(&world, 2).await;
    let (_, mails) = sent(&world, "news-1", &news).await;
    let mail = about(UNSUBSCRIBE, &mails[0]);
    assert_eq!(comes_in(&world, &mail).await, Received::Left);
    assert_eq!(standing(&world).await, [SubscriptionStatus::Ended, SubscriptionStatus::Confirmed]);
    let ledger = consent::Entity::find().all(world.db()).await.unwrap();
    assert_eq!(
        ledger.iter().map(|row| (row.step, row.channel)).collect::<Vec<_>>(),
        [(ConsentStep::Withdrawn, ConsentChannel::UnsubscribeMail)]
    );
    assert_eq!((comes_in(&world, &mail).await, suppressed(&world).await), (Received::Nothing, vec![]));
    // A mail program may do it by itself where somebody presses a button; and where the headers do not say to whom it went, the server does.
    let bare = Incoming::read(b"From: x@example.org\r\nAuto-Submitted: auto-generated\r\n\r\n")
        .sent_to(&leaving(&mails[1]).to_uppercase().parse().unwrap());
    assert_eq!(receive(&world.app, &bare).await.unwrap(), Received::Left);
}

#[tokio::test]
async fn a_mail_that_came_back_while_it_waited_to_be_sent_again_is_not_sent_again() {
    let world = World::new().await;
    let news = news(&world, 1).await;
    let (issue, mails) = sent(&world, "news-1", &news).await;
    nobody_said_whether_they_arrived(&world).await;
    assert_eq!(comes_in(&world, &about(POSTFIX, &mails[0])).await, Received::GivenUp);
    assert_eq!(deliveries(&world, &issue).await[0].0, DeliveryStatus::Bounced);
}

#[tokio::test]
async fn the_same_report_from_two_processes_at_once_counts_once() {
    let world = World::new().await;
    let news = news(&world, 1).await;
    let (_, mails) = sent(&world, "news-1", &news).await;
    let (one, other) = (world.another_process().await, world.another_process().await);
    let mail = Incoming::read(about(YAHOO_FULL, &mails[0]).as_bytes());
    let (one, other) = tokio::join!(receive(&one, &mail), receive(&other, &mail));
    let mut done = [one.unwrap(), other.unwrap()];
    done.sort_by_key(|done| *done == Received::Nothing);
    assert_eq!(done, [Received::Bounced, Received::Nothing]);
}

#[tokio::test]
async fn a_mail_server_pipes_reports_into_the_program() {
    let world = World::new().await;
    let news = news(&world, 2).await;
    let (_, mails) = sent(&world, "news-1", &news).await;
    // The program has a clock of its own, by which all of this is long past.
    nobody_said_whether_they_arrived(&world).await;
    let pipe = |url: &str, arguments: &[&str], mail: &[u8]| {
        let mut command = command(url, &[&["mail", "receive"], arguments].concat());
        command.env("MISO_PUBLIC_URL", "https://miso.example").stdin(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may have ended before it read.
        _ = child.stdin.take().unwrap().write_all(mail);
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap())
    };
    let url = world.database_url();
    let report = about(POSTFIX, &mails[0]);
    assert_eq!(pipe("sqlite:///dev/null/miso.db", &[], report.as_bytes()).0, Some(75), "it is to be tried again");
    assert_eq!(standing(&world).await, [SubscriptionStatus::Confirmed; 2]);
    let (code, said) = pipe(url, &[], report.as_bytes());
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("given up") && !said.contains("reader0") && !said.contains("miso+"), "{said}");
    assert_eq!(standing(&world).await, [SubscriptionStatus::Suppressed, SubscriptionStatus::Confirmed]);
    // Where the headers do not say to whom it went, the mail server does.
    let bare = "From: reader1@example.org\r\nSubject: x\r\n\r\n";
    assert_eq!(pipe(url, &["--recipient", &leaving(&mails[1])], bare.as_bytes()).0, Some(0));
    assert_eq!(standing(&world).await, [SubscriptionStatus::Suppressed, SubscriptionStatus::Ended]);
    // What is none of ours, or far too long, is taken and forgotten.
    for mail in [b"".to_vec(), b"From: a@example.org\r\n\r\nHello".to_vec(), [report.as_bytes(), &vec![b'x'; 9_000_000]].concat()] {
        assert_eq!(pipe(url, &["--recipient", "no address"], &mail).0, Some(0));
    }
}

#[tokio::test]
async fn where_no_mail_server_pipes_the_mailbox_is_read_and_nothing_in_it_is_lost() {
    let letterbox = Letterbox::start().await.unwrap();
    let world = World::with(Contents::Tables, Config { mail_inbox: letterbox.url(), ..Config::default() }).await;
    let news = news(&world, 2).await;
    let (_, mails) = sent(&world, "news-1", &news).await;
    letterbox.put(about(POSTFIX, &mails[0]).as_bytes());
    letterbox.put(b"From: somebody@example.org\r\nSubject: For a person\r\n\r\nHello");
    letterbox.put(about(UNSUBSCRIBE, &mails[1]).as_bytes());
    // The database fails: the mail is kept for the next time.
    rename(&world, "delivery", "elsewhere").await;
    assert!(collect(&world.app).await.is_err());
    assert_eq!(letterbox.unread(), [0, 1, 2]);
    rename(&world, "elsewhere", "delivery").await;
    collect(&world.app).await.unwrap();
    assert_eq!(standing(&world).await, [SubscriptionStatus::Suppressed, SubscriptionStatus::Ended]);
    assert_eq!(letterbox.unread(), Vec::<usize>::new());
    let rows = world.dump().await;
    collect(&world.app).await.unwrap();
    assert_eq!(world.dump().await, rows);
}
