//! How many mails a second go to a server on the same machine: `cargo run --release -p mailer --features sink --example rate`.

use std::error::Error;
use std::time::Instant;

use chrono::DateTime;
use mailer::sink::Sink;
use mailer::{ListHeaders, Mailbox, Mailer, Message, Nature};

const MAILS: usize = 20_000;

fn message(number: usize) -> Result<Message, Box<dyn Error + Send + Sync>> {
    let paragraph = "Beispiel eines Rundbriefs, wie ihn Vereine schreiben: über Feste, Kurse und Begegnungen.\n";
    Ok(Message {
        from: Mailbox::named("Beispielverein", "verein@example.org".parse()?),
        to: Mailbox::named("Bojan Beispiel", format!("person{number}@example.org").parse()?),
        reply_to: None,
        envelope_sender: Some(format!("bounce+{number}@example.org").parse()?),
        subject: "Was im Mai los ist: Feste, Kurse, Begegnungen – und ein großes Dankeschön".into(),
        text: paragraph.repeat(20),
        html: format!("<p>{paragraph}</p>").repeat(25),
        language: "de".into(),
        message_id: format!("{number}@example.org"),
        date: DateTime::UNIX_EPOCH,
        nature: Nature::List(ListHeaders {
            name: Some("Beispiel-Rundbrief".into()),
            id: "rundbrief.example.org".into(),
            unsubscribe: format!("https://example.org/unsubscribe/{number}"),
            unsubscribe_by_mail: None,
            archive: None,
            help: None,
            feedback_id: None,
        }),
        invitation: None,
        pictures: Vec::new(),
        attachments: Vec::new(),
    })
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "it prints what it measured")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let bytes = message(0)?.compose()?.bytes.len();
    let begin = Instant::now();
    for number in 0..MAILS {
        message(number)?.compose()?;
    }
    println!("{bytes} bytes; composed alone, one core: {:.0}/s", MAILS as f64 / begin.elapsed().as_secs_f64());
    for sessions in [1, 4, 16] {
        let sink = Sink::start().await?;
        let mailer = Mailer::smtp(&sink.url(), "localhost")?;
        let begin = Instant::now();
        let tasks: Vec<_> = (0..sessions)
            .map(|session| {
                let mut line = mailer.session();
                tokio::spawn(async move {
                    for number in (session..MAILS).step_by(sessions) {
                        line.send(&message(number)?).await?;
                    }
                    line.close().await;
                    Ok::<_, Box<dyn Error + Send + Sync>>(())
                })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        let seconds = begin.elapsed().as_secs_f64();
        println!("{sessions} sessions: {:.0}/s, {} connections", sink.mails().len() as f64 / seconds, sink.connections());
    }
    Ok(())
}
