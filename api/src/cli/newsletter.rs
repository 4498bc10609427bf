//! `miso newsletter send`: sends an issue, and shows how it goes.

use std::time::Duration;

use entity::newsletter_issue;
use entity::words::NewsletterIssueStatus;
use tokio::sync::oneshot;

use super::{Stopped, open, say, stop};
use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::config::Config;
use crate::newsletter::ops::{Started, start};
use crate::newsletter::store::{self, deliveries};
use crate::worker;

/// How often it is said how it goes.
const LOOK: Duration = Duration::from_millis(500);

/// Starts an issue, and works on it, beside all other workers, until it is sent. Where nothing waits for the end, only starts it.
pub(super) async fn send(config: Config, slug: &str, detach: bool) -> Result<(), Stopped> {
    let app = open::open(config).await?;
    let issue = named(&app, slug).await?;
    let started = start(&app, &issue).await.map_err(|fault| Stopped::because(format_args!("{slug}: {fault}")))?;
    say::line(match started {
        Started::Now => format!("{slug} is being sent."),
        Started::Before => format!("{slug} was started before: nothing changes."),
    });
    if detach {
        return app.db.close().await.map_err(Stopped::because);
    }
    let (done, is_done) = oneshot::channel::<()>();
    let working = worker::work(app.clone(), async move {
        tokio::select! {
            () = stop::asked() => {}
            _ = is_done => {}
        }
    });
    let watching = async {
        let ended = watch(&app, slug).await;
        // The worker may have stopped by itself.
        _ = done.send(());
        ended
    };
    let ((), ended) = tokio::join!(working, watching);
    app.db.close().await.map_err(Stopped::because)?;
    ended
}

async fn named(app: &App, slug: &str) -> Result<newsletter_issue::Model, Stopped> {
    // Whoever runs the program may do what the office may.
    let found = store::issue_by_slug(&app.db, &Viewer::Person(SignedIn::who_runs_it()), slug).await.map_err(Stopped::because)?;
    found.ok_or_else(|| Stopped::because(format_args!("there is no issue {slug}")))
}

async fn watch(app: &App, slug: &str) -> Result<(), Stopped> {
    let mut said = String::new();
    loop {
        let issue = named(app, slug).await?;
        let report = deliveries::report(&app.db, issue.id).await.map_err(Stopped::because)?;
        let line = progress(&issue, &report, app.clock.now());
        if line != said {
            say::line(&line);
            said = line;
        }
        match issue.status {
            NewsletterIssueStatus::Sending => tokio::time::sleep(LOOK).await,
            NewsletterIssueStatus::Paused => {
                return Err(Stopped::because(format_args!("{slug} stopped: {}", issue.problem.unwrap_or_default())));
            }
            _ => return Ok(()),
        }
        if report.queued == 0 && report.deferred > 0 {
            say::line("What the mail servers put off is sent later by `miso serve` or `miso worker`.");
            return Ok(());
        }
    }
}

fn progress(issue: &newsletter_issue::Model, report: &deliveries::Report, now: chrono::DateTime<chrono::Utc>) -> String {
    let pace = report.pace(issue.started_at, issue.finished_at, now);
    let mut line = format!("{} of {} sent", report.sent, report.recipients);
    for (count, word) in [
        (report.deferred, "put off"),
        (report.bounced, "bounced"),
        (report.failed, "failed"),
        (report.suppressed, "suppressed"),
        (report.unsubscribed, "unsubscribed"),
    ] {
        if count > 0 {
            line += &format!(", {count} {word}");
        }
    }
    if let Some(pace) = pace {
        line += &format!("; {pace:.0} a second");
    }
    if let Some(at) = report.ends_at(pace, now) {
        line += &format!(", {} s left", (at - now).num_seconds());
    }
    line
}
