//! Registrations as a table for spreadsheet programs: comma-separated values (RFC 4180) in UTF-8 with a byte order mark, by which
//! Excel knows it. No cell is a formula, whatever people typed.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::lists::Question;
use entity::words::RegistrationStatus;
use sea_orm::ActiveEnum;

use super::ops::{Line, List};
use crate::kernel::Locale;

/// By which Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// The first lines: the names of the columns.
#[must_use]
pub fn head(list: &List, locale: &Locale) -> String {
    let names = if locale.is_german() {
        ["Status", "Name", "E-Mail", "Plätze", "Termin", "Angemeldet am", "Eingelassen am", "Anmerkung"]
    } else {
        ["Status", "Name", "E-mail", "Seats", "Date", "Registered at", "Let in at", "Note"]
    };
    let asked = questions(list).map(|question| question.label.as_str());
    format!("{MARK}{}", record(names.into_iter().chain(asked)))
}

/// The line of a registration.
#[must_use]
pub fn line(list: &List, line: &Line, locale: &Locale) -> String {
    let zone: Tz = list.event.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    let row = &line.row;
    let date = list.date(row.occurrence_id).map(|date| local(date.starts_at));
    let mut cells = vec![
        status(row.status, locale),
        row.name.clone(),
        row.email.clone(),
        row.seats.to_string(),
        date.unwrap_or_default(),
        local(row.created_at),
        row.checked_in_at.map(local).unwrap_or_default(),
        row.note.clone().unwrap_or_default(),
    ];
    cells.extend(questions(list).map(|question| {
        let answer = line.answers.iter().find(|answer| answer.question.key == question.key);
        answer.map(|answer| answer.answers.0.join("; ")).unwrap_or_default()
    }));
    record(cells.iter().map(String::as_str))
}

/// What to call how far it is.
#[must_use]
pub fn status(status: RegistrationStatus, locale: &Locale) -> String {
    if !locale.is_german() {
        return status.to_value().to_lowercase();
    }
    let word = match status {
        RegistrationStatus::Pending => "angefragt",
        RegistrationStatus::Confirmed => "angemeldet",
        RegistrationStatus::Waitlisted => "Warteliste",
        RegistrationStatus::Declined => "abgelehnt",
        RegistrationStatus::Cancelled => "abgesagt",
    };
    word.to_owned()
}

fn questions(list: &List) -> impl Iterator<Item = &Question> {
    list.event.questions.0.iter().filter(|question| list.with_sensitive || !question.sensitive)
}

/// Cells in a line that ends as lines of such files do.
pub fn record<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = |cell: &str| {
        let cell = harmless(cell);
        if cell.contains(['"', ',', ';', '\n', '\r', '\'']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    let mut line = cells.map(quoted).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A text that no spreadsheet program takes for a formula: what would begin one stands behind an apostrophe. They also look behind
/// spaces, and some at the wide letters of East Asia.
fn harmless(text: &str) -> String {
    let first = text.trim_start_matches(' ').chars().next();
    let begins_one = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%' | '＝' | '＋' | '－' | '＠'));
    if begins_one { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_be_a_formula_is_text() {
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"] {
            assert!(harmless(evil).starts_with('\''), "{evil:?}");
        }
        assert_eq!(harmless("Amal = nett"), "Amal = nett");
    }

    proptest! {
        #[test]
        fn every_line_reads_as_what_was_written_and_no_cell_begins_a_formula(cells in prop::collection::vec("\\PC{0,12}|[=+@\t\r\n\",;-].{0,5}", 2..6)) {
            let text = record(cells.iter().map(String::as_str));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let read = reader.records().next().unwrap().unwrap();
            for (cell, read) in cells.iter().zip(&read) {
                prop_assert_eq!(read.strip_prefix('\'').filter(|_| !cell.starts_with('\'')).unwrap_or(read), cell.as_str());
                prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
            }
            prop_assert_eq!(read.len(), cells.len());
        }
    }
}
