//! `miso import`: what an office brings along when it moves in. Rehearses, unless told to write.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono_tz::Tz;
use clap::{Args, Subcommand, ValueEnum};
use entity::organisation;
use entity::words::{EventStatus, PostStatus};
use serde::Serialize;

use super::{Stopped, open, say};
use crate::access::{SignedIn, Viewer};
use crate::app::{App, Caller, Cx};
use crate::config::Config;
use crate::imports::ops::{self, Outcome, Problem, Run};
use crate::imports::read::feed::{self, Entry};
use crate::imports::read::{Wrong, calendar, table};
use crate::kernel::{Locale, Wanted};
use crate::newsletter::store as newsletters;
use crate::organisations::store as organisations;

/// Bytes of a file at the most.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// Bytes of a calendar at the most: it is read at once.
const LARGEST_CALENDAR: u64 = 32 * 1024 * 1024;
/// Refusals that are shown; the rest is counted.
const SHOWN: usize = 50;

/// What is imported.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum What {
    /// Organisations from CSV. Columns: id, name (needed), `short_name`, slug, kind (MEMBER, PARTNER, FUNDER, UMBRELLA, `PUBLIC_BODY`),
    /// `joined_on`, `legal_form`, locale, description (Markdown), focus and languages (parts between ;), website, email, phone, street,
    /// `postal_code`, city, district, `founded_on`. See docs/import.
    Organisations(Common),
    /// People from CSV. Columns: email (needed), name, locale, organisation (its slug), role (OWNER, EDITOR, MEMBER). Nobody is written to.
    People(Common),
    /// Readers of a newsletter from CSV. Columns: email (needed), name, locale, `agreed_on`. Nobody is written to; who left here stays away.
    Readers {
        #[command(flatten)]
        common: Common,
        /// The newsletter: its slug.
        #[arg(long)]
        newsletter: String,
        /// How these people agreed to get it (GDPR article 7), as it is kept with each: what they were told, where, and when.
        #[arg(long)]
        basis: String,
    },
    /// Posts from RSS 2.0, Atom, or WordPress's export (WXR).
    Posts {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        target: Target,
        /// A copy of wp-content/uploads, from which the pictures of posts are taken.
        #[arg(long)]
        uploads: Option<PathBuf>,
    },
    /// Events from iCalendar (.ics).
    Events {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        target: Target,
    },
}

/// What is said of every import.
#[derive(Clone, Debug, Args)]
pub(super) struct Common {
    /// The file.
    file: PathBuf,
    /// Do it. Without this it is only said what would be done.
    #[arg(long)]
    write: bool,
    /// A name for where this comes from, the same each time; as the file says itself where left out.
    #[arg(long)]
    source: Option<String>,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

/// What becomes of posts and events.
#[derive(Clone, Debug, Args)]
pub(super) struct Target {
    /// Whose they are: the slug of an organisation.
    #[arg(long)]
    organisation: String,
    /// The language that they are in.
    #[arg(long, default_value = "de")]
    locale: String,
    /// How far they are on their way; without this as they were, and published where nothing says so.
    #[arg(long = "as")]
    status: Option<Status>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Status {
    /// For their editors.
    Draft,
    /// For the office to look at.
    Review,
    /// For everybody.
    Published,
}

/// What became of it all.
#[derive(Debug, Default, Serialize)]
struct Report {
    written: bool,
    counts: BTreeMap<&'static str, u64>,
    refused: Vec<Refused>,
    left_out: BTreeMap<String, u64>,
}

#[derive(Debug, Serialize)]
struct Refused {
    line: usize,
    problem: String,
}

pub(super) async fn run(config: Config, what: What) -> Result<(), Stopped> {
    let app = open::open(config).await?;
    let cx = Cx { app, viewer: Viewer::Person(SignedIn::who_runs_it()), wanted: Wanted::default(), caller: Caller::default() };
    let (common, report) = match what {
        What::Organisations(common) => {
            let report =
                tables(&common, ops::organisations::COLUMNS, "name", async |run, row| ops::organisations::take(&cx, run, row).await);
            (common.clone(), report.await?)
        }
        What::People(common) => {
            let report = tables(&common, ops::people::COLUMNS, "email", async |run, row| ops::people::take(&cx, run, row).await);
            (common.clone(), report.await?)
        }
        What::Readers { common, newsletter, basis } => (common.clone(), readers(&cx, &common, &newsletter, &basis).await?),
        What::Posts { common, target, uploads } => (common.clone(), posts(&cx, &common, &target, uploads).await?),
        What::Events { common, target } => (common.clone(), events(&cx, &common, &target).await?),
    };
    tell(&common, &report)?;
    cx.app.db.close().await.map_err(Stopped::because)
}

async fn tables(
    common: &Common,
    columns: &'static [&'static str],
    required: &str,
    take: impl AsyncFn(&Run, &table::Row) -> Result<Outcome, Problem>,
) -> Result<Report, Stopped> {
    let rows =
        || -> Result<_, Stopped> { table::rows(open_file(common, LARGEST)?, columns, &[required]).map_err(|wrong| broken(common, &wrong)) };
    let all = rows()?.try_fold(0, |count, row| row.map(|_| count + 1)).map_err(|wrong| broken(common, &wrong))?;
    let run = Run { source: common.source.clone().unwrap_or_else(|| "csv".to_owned()), writes: common.write };
    let mut doing = Doing::new(all, common.write);
    for row in rows()? {
        let row = row.map_err(|wrong| broken(common, &wrong))?;
        doing.note(take(&run, &row).await)?;
    }
    Ok(doing.end())
}

async fn readers(cx: &Cx, common: &Common, newsletter: &str, basis: &str) -> Result<Report, Stopped> {
    let found = newsletters::by_slug(cx.db(), &cx.viewer, newsletter).await.map_err(Stopped::because)?;
    let found = found.ok_or_else(|| Stopped::because(format_args!("there is no newsletter `{newsletter}`")))?;
    let into = ops::readers::Into::new(found, basis).map_err(|problem| Stopped::because(format_args!("--basis: {problem}")))?;
    tables(common, ops::readers::COLUMNS, "email", async |run, row| ops::readers::take(cx, run, &into, row).await).await
}

async fn posts(cx: &Cx, common: &Common, target: &Target, uploads: Option<PathBuf>) -> Result<Report, Stopped> {
    let (mut all, mut source, mut attachments, mut with_picture) = (0, None, HashMap::new(), 0);
    for entry in feed::entries(open_file(common, LARGEST)?) {
        match entry.map_err(|wrong| broken(common, &wrong))? {
            Entry::Post(post) => {
                all += 1;
                with_picture += u64::from(post.picture.is_some());
            }
            Entry::Attachment(attachment) => _ = attachments.insert(attachment.id.clone(), attachment),
            Entry::Source(found) => source = source.or(Some(found)),
            Entry::Other(_) => {}
        }
    }
    let source =
        common.source.clone().or(source).ok_or_else(|| Stopped::because("the file does not say where it is from: please give --source"))?;
    let has_uploads = uploads.is_some();
    let status = target.status.map(|status| match status {
        Status::Draft => PostStatus::Draft,
        Status::Review => PostStatus::InReview,
        Status::Published => PostStatus::Published,
    });
    let into =
        ops::posts::Into { organisation: target.organisation(&cx.app, cx).await?, locale: target.locale()?, status, uploads, attachments };
    let run = Run { source, writes: common.write };
    let mut doing = Doing::new(all, common.write);
    for entry in feed::entries(open_file(common, LARGEST)?) {
        match entry.map_err(|wrong| broken(common, &wrong))? {
            Entry::Post(post) => doing.note(ops::posts::take(cx, &run, &into, &post).await)?,
            Entry::Other(kind) => *doing.report.left_out.entry(kind).or_default() += 1,
            Entry::Attachment(_) | Entry::Source(_) => {}
        }
    }
    if with_picture > 0 && !has_uploads {
        doing.report.left_out.insert("pictures (see --uploads)".to_owned(), with_picture);
    }
    Ok(doing.end())
}

async fn events(cx: &Cx, common: &Common, target: &Target) -> Result<Report, Stopped> {
    let mut text = Vec::new();
    open_file(common, LARGEST_CALENDAR)?.read_to_end(&mut text).map_err(Stopped::because)?;
    let text = String::from_utf8(text).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        broken(common, &Wrong::at(line, "this is not in UTF-8: please save the file in UTF-8"))
    })?;
    let network = organisations::network::the_network(cx.db()).await.map_err(Stopped::because)?;
    let zone: Tz = network.and_then(|(network, _)| network.time_zone.parse().ok()).unwrap_or(Tz::Europe__Berlin);
    let calendar::Read { name, events, .. } = calendar::events(&text, zone).map_err(|wrong| broken(common, &wrong))?;
    let source = common.source.clone().or(name).unwrap_or_else(|| "ics".to_owned());
    let status = match target.status {
        Some(Status::Draft) => EventStatus::Draft,
        Some(Status::Review) => EventStatus::InReview,
        Some(Status::Published) | None => EventStatus::Published,
    };
    let into = ops::events::Into {
        organisation: target.organisation(&cx.app, cx).await?,
        locale: target.locale()?,
        status,
        venues_of: None,
        source: None,
    };
    let run = Run { source, writes: common.write };
    let mut doing = Doing::new(events.len(), common.write);
    for event in events {
        let outcome = match event {
            Ok(event) => ops::events::take(cx, &run, &into, &event).await,
            Err(wrong) => Err(wrong.into()),
        };
        doing.note(outcome)?;
    }
    Ok(doing.end())
}

impl Target {
    async fn organisation(&self, app: &App, cx: &Cx) -> Result<organisation::Model, Stopped> {
        let found = organisations::by_slug(&app.db, &cx.viewer, &self.organisation).await.map_err(Stopped::because)?;
        found.ok_or_else(|| Stopped::because(format_args!("there is no organisation `{}`", self.organisation)))
    }

    fn locale(&self) -> Result<Locale, Stopped> {
        self.locale.parse().map_err(|_| Stopped::because(format_args!("`{}` is no language such as de", self.locale)))
    }
}

/// What is being done, and how far it is.
struct Doing {
    all: usize,
    done: usize,
    began: Instant,
    told: Instant,
    report: Report,
}

impl Doing {
    fn new(all: usize, writes: bool) -> Self {
        let now = Instant::now();
        Self { all, done: 0, began: now, told: now, report: Report { written: writes, ..Report::default() } }
    }

    fn note(&mut self, outcome: Result<Outcome, Problem>) -> Result<(), Stopped> {
        let word = match outcome {
            Ok(Outcome::Added) => "new",
            Ok(Outcome::Changed) => "changed",
            Ok(Outcome::Unchanged) => "unchanged",
            Ok(Outcome::Kept) => "kept, as changed here since",
            Ok(Outcome::Gone) => "left out, as deleted here",
            Ok(Outcome::Present) => "here already by this name",
            Ok(Outcome::Left) => "left out, as they left here",
            Ok(Outcome::Suppressed) => "left out, as the address bounced or complained",
            Err(Problem::Wrong(wrong)) => {
                self.report.refused.push(Refused { line: wrong.line, problem: wrong.problem });
                "refused"
            }
            Err(Problem::Fault(fault)) => {
                return Err(Stopped::because(format_args!("{fault}; what was done stays, and is not done again")));
            }
        };
        *self.report.counts.entry(word).or_default() += 1;
        self.done += 1;
        if self.told.elapsed().as_secs() >= 1 {
            self.tell_progress();
        }
        Ok(())
    }

    fn tell_progress(&mut self) {
        self.told = Instant::now();
        let rate = self.done as f64 / self.began.elapsed().as_secs_f64().max(0.001);
        let end = if std::io::stderr().is_terminal() { '\r' } else { '\n' };
        // That nobody reads it is no reason to stop.
        _ = write!(std::io::stderr(), "{} of {}, {rate:.0} a second{end}", self.done, self.all);
    }

    fn end(self) -> Report {
        self.report
    }
}

fn tell(common: &Common, report: &Report) -> Result<(), Stopped> {
    if common.json {
        say::line(serde_json::to_string_pretty(report).map_err(Stopped::because)?);
        return Ok(());
    }
    say::line(if report.written { "Done:" } else { "This would be done (add --write to do it):" });
    for (word, count) in &report.counts {
        say::line(format_args!("  {count:>6} {word}"));
    }
    for (what, count) in &report.left_out {
        say::line(format_args!("  {count:>6} left out: {what}"));
    }
    for refused in report.refused.iter().take(SHOWN) {
        say::line(format_args!("  line {}: {}", refused.line, refused.problem));
    }
    if report.refused.len() > SHOWN {
        say::line(format_args!("  … and {} more", report.refused.len() - SHOWN));
    }
    Ok(())
}

fn open_file(common: &Common, largest: u64) -> Result<File, Stopped> {
    let path: &Path = &common.file;
    let file = File::open(path).map_err(|error| Stopped::because(format_args!("{}: {error}", path.display())))?;
    let bytes = file.metadata().map_err(Stopped::because)?.len();
    if bytes > largest {
        return Err(Stopped::because(format_args!("{}: larger than {} MiB", path.display(), largest / 1024 / 1024)));
    }
    Ok(file)
}

/// A file that is broken is refused whole: nothing of it was written.
fn broken(common: &Common, wrong: &Wrong) -> Stopped {
    Stopped::because(format_args!("{}: {wrong}. Nothing was imported.", common.file.display()))
}
