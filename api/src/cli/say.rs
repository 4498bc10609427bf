//! What is said to the person at the terminal. The log is another thing.

use std::fmt::Display;
use std::io::Write;

use crate::app::App;

/// A line on standard output. That nobody reads it is no reason to stop.
pub(super) fn line(text: impl Display) {
    _ = writeln!(std::io::stdout(), "{text}");
}

/// A line on standard output that stands in place of the one before, on a screen.
pub(super) fn over(text: impl Display) {
    let mut out = std::io::stdout().lock();
    _ = write!(out, "\r\x1b[2K{text}").and_then(|()| out.flush());
}

/// What is wrong, on standard error.
pub(super) fn wrong(what: &impl Display) {
    _ = writeln!(std::io::stderr(), "miso: {what}");
}

/// What is served, where, and what to try first.
pub(super) fn welcome(app: &App) {
    let (config, version) = (&app.config, env!("CARGO_PKG_VERSION"));
    let database = if config.is_embedded() { format!("SQLite in {}", config.data_dir.display()) } else { "PostgreSQL".to_owned() };
    line(format_args!("miso {version} serves {} on {}; the database is {database}.", config.public_url, config.listen));
    line("Try:");
    line(format_args!("  the site, in a browser         {}", app.url("/")));
    line(format_args!("  the API, in a browser          {}", app.url("/graphql")));
    line(format_args!(
        "  the API, in a terminal         curl {} --json '{{\"query\":\"{{ network {{ name memberCount }} }}\"}}'",
        app.url("/graphql")
    ));
    line(format_args!("  the calendar, to subscribe to  {}", app.url("/calendar.ics")));
}
