//! `miso newsletter`: sends an issue, and shows how it goes; writes down who reads one.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::newsletter_issue;
use entity::words::NewsletterIssueStatus;
use sea_orm::ActiveEnum;
use tokio::sync::oneshot;

use super::{Stopped, open, say, stop};
use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::config::Config;
use crate::newsletter::ops::{Started, start};
use crate::newsletter::store::{self, deliveries, subscribers};
use crate::registrations::sheet::record;
use crate::worker;

/// Readers who are written down at once.
const AT_ONCE: u64 = 1000;
/// Letters of the bar that shows how much is done.
const WIDE: u64 = 30;

/// Connections to the database while an issue is sent: a lane looks and writes for many mails at once, and more of them get in each
/// other's way (measured: a fifth slower with 16, and a third more memory on SQLite).
const CONNECTIONS: u32 = 4;

/// How often it is said how it goes.
const LOOK: Duration = Duration::from_millis(500);

/// Starts an issue, and works on it, beside all other workers, until it is sent. Where nothing waits for the end, only starts it.
pub(super) async fn send(config: Config, slug: &str, detach: bool) -> Result<(), Stopped> {
    let config = Config { database_connections: config.database_connections.min(CONNECTIONS), ..config };
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

/// Writes down who reads a newsletter or did, page by page.
pub(super) async fn export(config: Config, slug: &str) -> Result<(), Stopped> {
    let app = open::open(config).await?;
    let found = store::by_slug(&app.db, &Viewer::Person(SignedIn::who_runs_it()), slug).await.map_err(Stopped::because)?;
    let newsletter = found.ok_or_else(|| Stopped::because(format_args!("there is no newsletter {slug}")))?;
    let mut out = std::io::stdout().lock();
    let head = ["email", "name", "locale", "status", "requested_at", "confirmed_at", "ended_at", "agreed_by", "agreed_to"];
    let mut write = |line: &str| out.write_all(line.as_bytes()).map_err(Stopped::because);
    write(&record(head.into_iter()))?;
    let mut after = None;
    loop {
        let page = subscribers::next(&app.db, newsletter.id, after, AT_ONCE).await.map_err(Stopped::because)?;
        let Some(last) = page.last() else { break };
        after = Some(last.subscription.id);
        for kept in &page {
            let at = |moment: Option<DateTime<Utc>>| moment.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default();
            let (row, reader) = (&kept.subscription, &kept.reader);
            let cells = [
                reader.email.clone(),
                reader.name.clone().unwrap_or_default(),
                reader.locale.clone(),
                row.status.to_value(),
                at(Some(row.requested_at)),
                at(row.confirmed_at),
                at(row.ended_at),
                kept.channel.map(|channel| channel.to_value()).unwrap_or_default(),
                kept.wording.clone().unwrap_or_default(),
            ];
            write(&record(cells.iter().map(String::as_str)))?;
        }
    }
    app.db.close().await.map_err(Stopped::because)
}

async fn watch(app: &App, slug: &str) -> Result<(), Stopped> {
    let is_seen = std::io::stdout().is_terminal();
    let mut said = String::new();
    loop {
        let issue = named(app, slug).await?;
        let report = deliveries::report(&app.db, issue.id).await.map_err(Stopped::because)?;
        let line = progress(&issue, &report, app.clock.now());
        if line != said {
            if is_seen {
                say::over(format_args!("{} {line}", bar(&report)));
            } else {
                say::line(&line);
            }
            said = line;
        }
        if is_seen && (issue.status != NewsletterIssueStatus::Sending || report.queued == 0) {
            say::line("");
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

/// How much is done, at a glance.
fn bar(report: &deliveries::Report) -> String {
    let (done, all) = (report.recipients - report.open(), report.recipients.max(1));
    let full = usize::try_from(done * WIDE / all).unwrap_or(0);
    format!("[{}{}]", "#".repeat(full), "·".repeat(usize::try_from(WIDE).unwrap_or(0).saturating_sub(full)))
}

fn progress(issue: &newsletter_issue::Model, report: &deliveries::Report, now: DateTime<Utc>) -> String {
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
