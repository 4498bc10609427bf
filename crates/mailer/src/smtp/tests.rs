//! Mails go through, and refusals are told apart: against a server that answers as it is told to.

mod encryption;

use std::time::Duration;

use proptest::prelude::*;

use super::Server;
use crate::compose::tests::message_to;
use crate::sink::{At, Reaction, Sink};
use crate::{Address, Answer, Cause, Failure, Mailer, Refusal, Stage};

fn mailer(sink: &Sink) -> Mailer {
    Mailer::smtp(&sink.url(), "miso.example.org").unwrap()
}

async fn outcome_of(at: At, reaction: Reaction) -> Failure {
    let sink = Sink::start().await.unwrap();
    sink.react(at, "", reaction);
    mailer(&sink).send(&message_to("amal@example.org")).await.unwrap_err()
}

#[tokio::test]
async fn what_arrives_is_what_was_composed() {
    let sink = Sink::start().await.unwrap();
    let mut message = message_to("amal@example.org");
    message.text = ".\n..\n.dots at the beginning of lines\n.".into();
    message.envelope_sender = Some("bounce+1@example.org".parse().unwrap());
    let accepted = mailer(&sink).send(&message).await.unwrap();
    assert_eq!(accepted.receipt, "250 2.0.0 Ok: queued");
    let [mail] = sink.mails().try_into().unwrap();
    assert_eq!((mail.from.as_str(), mail.to), ("bounce+1@example.org", vec!["amal@example.org".to_owned()]));
    assert_eq!(mail.bytes, message.compose().unwrap().bytes);
    assert_eq!(sink.commands().first().unwrap(), "EHLO miso.example.org");
    assert_eq!(sink.commands().last().unwrap(), "QUIT");
}

#[tokio::test]
async fn a_session_sends_many_mails_over_one_connection_and_changes_it_at_its_limit() {
    let sink = Sink::start().await.unwrap();
    let mut server = Server::parse(&sink.url(), "localhost").unwrap();
    server.mails_per_connection = 3;
    let mut session = Mailer::server(server).session();
    for number in 0..7 {
        session.send(&message_to(&format!("person{number}@example.org"))).await.unwrap();
    }
    session.close().await;
    assert_eq!((sink.mails().len(), sink.connections()), (7, 3));
    assert_eq!(sink.commands().iter().filter(|command| *command == "QUIT").count(), 3);
}

#[tokio::test]
async fn a_refused_mail_leaves_nothing_behind_for_the_next_one() {
    let sink = Sink::start().await.unwrap();
    sink.react(At::Rcpt, "gone@example.org", Reaction::say("550-5.1.1 <gone@example.org> is\r\n550 5.1.1 unknown"));
    sink.react(At::Content, "spam@example.org", Reaction::say("554 5.7.1 looks like spam"));
    sink.react(At::Rcpt, "busy@example.org", Reaction::say("450 4.2.1 greylisted"));
    let mut session = mailer(&sink).session();
    let gone = session.send(&message_to("gone@example.org")).await.unwrap_err();
    assert!(matches!(&gone, Failure::Recipient { refusal: Refusal::Gone, answer } if answer.text.contains("unknown")), "{gone:?}");
    session.send(&message_to("one@example.org")).await.unwrap();
    assert!(matches!(session.send(&message_to("spam@example.org")).await, Err(Failure::Sender { .. })));
    session.send(&message_to("two@example.org")).await.unwrap();
    assert!(matches!(session.send(&message_to("busy@example.org")).await, Err(Failure::Later { .. })));
    session.send(&message_to("three@example.org")).await.unwrap();
    session.close().await;
    let recipients: Vec<_> = sink.mails().into_iter().flat_map(|mail| mail.to).collect();
    assert_eq!(recipients, ["one@example.org", "two@example.org", "three@example.org"]);
    assert_eq!(sink.connections(), 1);
}

#[tokio::test]
async fn an_answer_that_never_comes_after_the_mail_is_uncertain_and_before_it_is_not() {
    let uncertain = outcome_of(At::Content, Reaction::HangUp).await;
    assert_eq!(uncertain, Failure::Uncertain { cause: Cause::Lost(Stage::Content) });
    for (at, stage) in [(At::Greeting, Stage::Greeting), (At::Mail, Stage::Mail), (At::Rcpt, Stage::Rcpt), (At::Data, Stage::Data)] {
        assert_eq!(outcome_of(at, Reaction::HangUp).await, Failure::Unreachable { cause: Cause::Lost(stage) });
    }
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_waited_for_no_longer() {
    let sink = Sink::start().await.unwrap();
    let mut server = Server::parse(&sink.url(), "localhost").unwrap();
    server.patience = Duration::from_millis(100);
    server.patience_with_content = Duration::from_millis(100);
    let mailer = Mailer::server(server);
    sink.react(At::Rcpt, "slow@example.org", Reaction::Wait(Duration::from_secs(60)));
    sink.react(At::Content, "slower@example.org", Reaction::Wait(Duration::from_secs(60)));
    let slow = mailer.send(&message_to("slow@example.org")).await.unwrap_err();
    assert_eq!(slow, Failure::Unreachable { cause: Cause::TooSlow(Stage::Rcpt) });
    let slower = mailer.send(&message_to("slower@example.org")).await.unwrap_err();
    assert_eq!(slower, Failure::Uncertain { cause: Cause::TooSlow(Stage::Content) });
}

#[tokio::test]
async fn refusals_of_us_are_told_from_refusals_of_the_recipient() {
    let no = |code| Reaction::Say(format!("{code} no, and not in ASCII: \u{fc}"));
    for at in [At::Greeting, At::Mail] {
        assert!(matches!(outcome_of(at, no("554 5.3.2")).await, Failure::Sender { .. }), "{at:?}");
        assert!(matches!(outcome_of(at, no("451")).await, Failure::Later { .. }), "{at:?}");
    }
    let refused = outcome_of(At::Rcpt, no("550")).await;
    let Failure::Recipient { refusal: Refusal::Unclear, answer } = refused else { panic!("{refused:?}") };
    assert_eq!(answer, Answer { stage: Stage::Rcpt, code: 550, enhanced: None, text: "no, and not in ASCII: ??".into() });
}

#[tokio::test]
async fn a_server_that_hung_up_between_two_mails_is_called_again() {
    let sink = Sink::start().await.unwrap();
    let mut session = mailer(&sink).session();
    session.send(&message_to("one@example.org")).await.unwrap();
    sink.react_times(1, At::Mail, "", Reaction::HangUp);
    session.send(&message_to("two@example.org")).await.unwrap();
    sink.react_times(1, At::Mail, "", Reaction::say("421 4.4.2 you were silent for too long"));
    session.send(&message_to("three@example.org")).await.unwrap();
    session.close().await;
    assert_eq!((sink.mails().len(), sink.connections()), (3, 3));
}

#[tokio::test]
async fn a_mail_that_may_have_been_sent_is_not_sent_again_by_itself() {
    let sink = Sink::start().await.unwrap();
    let mut session = mailer(&sink).session();
    session.send(&message_to("one@example.org")).await.unwrap();
    sink.react_times(1, At::Content, "", Reaction::HangUp);
    assert!(matches!(session.send(&message_to("two@example.org")).await, Err(Failure::Uncertain { .. })));
    session.send(&message_to("three@example.org")).await.unwrap();
    assert_eq!(sink.mails().len(), 3);
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mailer = Mailer::smtp(&format!("smtp://{free}"), "localhost").unwrap();
    let failure = mailer.send(&message_to("amal@example.org")).await.unwrap_err();
    assert!(matches!(failure, Failure::Unreachable { cause: Cause::Connect(_) }), "{failure:?}");
}

#[tokio::test]
async fn a_server_without_encryption_gets_nothing_where_it_is_required() {
    let sink = Sink::start().await.unwrap();
    let mailer = Mailer::smtp(&format!("{}?tls=required", sink.url()), "localhost").unwrap();
    let failure = mailer.send(&message_to("amal@example.org")).await.unwrap_err();
    assert_eq!(failure, Failure::Unreachable { cause: Cause::NotEncrypted });
    let mailer = Mailer::smtp(&format!("{}?tls=opportunistic", sink.url()), "localhost").unwrap();
    mailer.send(&message_to("amal@example.org")).await.unwrap();
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test]
async fn user_and_password_are_told_to_the_server() {
    let sink = Sink::start().await.unwrap();
    let mailer = Mailer::smtp(&sink.url().replace("//", "//us%40er:p%20w@"), "localhost").unwrap();
    mailer.send(&message_to("amal@example.org")).await.unwrap();
    // Base64 of NUL, user, NUL, password.
    assert_eq!(sink.commands()[1], "AUTH PLAIN AHVzQGVyAHAgdw==");
}

proptest! {
    #[test]
    fn every_address_can_be_told_to_a_server(
        local in "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]{1,70}", domain in "([a-z0-9ü_-]{1,64}\\.){0,4}[a-z0-9-]{1,20}",
    ) {
        if let Ok(address) = Address::parse(&format!("{local}@{domain}")) {
            prop_assert!(address.as_str().parse::<lettre::Address>().is_ok(), "{address}");
        }
    }
}
