//! `VTIMEZONE` from the IANA data for any zone and any range of years (RFC 5545 3.6.5).

mod pattern;
mod runs;
mod transitions;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use crate::Writer;
use crate::moment::date_time_value;
use runs::{Run, runs};
use transitions::{FIRST_YEAR, LAST_YEAR, Onset, Phase, history};

/// Runs shorter than this are listed date by date.
const SHORTEST_RULE: usize = 3;

/// Writes the `VTIMEZONE` of a zone, right for every moment from `first` to `last` (both brought into 1970 to 2099, which
/// is as far as the data goes).
///
/// Changes that follow one yearly pattern become one observance with an `RRULE`: without an end when the pattern holds
/// to the end of the data, else with `UNTIL`. All others are listed with `RDATE`. Zones that never change have one
/// `STANDARD` observance.
pub fn write_vtimezone(writer: &mut Writer, zone: Tz, first: NaiveDate, last: NaiveDate) {
    let (start, end) = (year_start(FIRST_YEAR), year_start(LAST_YEAR + 1).pred_opt().unwrap_or(NaiveDate::MAX));
    let first = first.clamp(start, end);
    let last = last.clamp(first, end);

    let history = history(zone, first);
    let mut observances = Vec::new();
    if let Some(initial) = history.initial {
        observances.push(Observance::unchanging(initial));
    }
    let mut listed: Vec<Observance> = Vec::new();
    for run in runs(&history.onsets) {
        if run.onsets.len() >= SHORTEST_RULE {
            // A year more, so that summer does not come without winter.
            if run.first().utc.year() <= last.year() + 1 {
                observances.push(Observance::repeated(&run));
            }
            continue;
        }
        for onset in run.onsets.iter().filter(|onset| onset.utc.date() <= last) {
            match listed.iter_mut().find(|other| other.from == onset.from && other.phase == onset.phase) {
                Some(observance) => observance.further.push(onset.local()),
                None => listed.push(Observance::once(onset)),
            }
        }
    }
    observances.append(&mut listed);
    for observance in &mut observances {
        observance.further.sort_unstable();
    }
    observances.sort_by_key(|observance| observance.start);

    writer.begin("VTIMEZONE");
    writer.text("TZID", zone.name());
    writer.text("X-LIC-LOCATION", zone.name());
    for observance in &observances {
        observance.write(writer);
    }
    writer.end("VTIMEZONE");
}

/// One `STANDARD` or `DAYLIGHT` part.
struct Observance {
    /// Local time of the first onset, by the clock before it.
    start: NaiveDateTime,
    from: i32,
    phase: Phase,
    rule: Option<String>,
    further: Vec<NaiveDateTime>,
}

impl Observance {
    /// The offset that was always there.
    fn unchanging(phase: Phase) -> Self {
        let start = year_start(FIRST_YEAR).and_time(NaiveTime::MIN);
        Self { start, from: phase.offset, phase: phase.as_standard(), rule: None, further: Vec::new() }
    }

    fn once(onset: &Onset) -> Self {
        Self { start: onset.local(), from: onset.from, phase: onset.phase, rule: None, further: Vec::new() }
    }

    fn repeated(run: &Run) -> Self {
        let until = (!run.is_open()).then(|| format!(";UNTIL={}Z", date_time_value(run.last().utc)));
        let rule = format!("FREQ=YEARLY;{}{}", run.pattern.rule_parts(), until.unwrap_or_default());
        Self { rule: Some(rule), ..Self::once(run.first()) }
    }

    fn write(&self, writer: &mut Writer) {
        let kind = if self.phase.daylight { "DAYLIGHT" } else { "STANDARD" };
        writer.begin(kind);
        writer.raw("DTSTART", &date_time_value(self.start));
        writer.raw("TZOFFSETFROM", &offset_value(self.from));
        writer.raw("TZOFFSETTO", &offset_value(self.phase.offset));
        writer.text("TZNAME", &self.phase.name());
        if let Some(rule) = &self.rule {
            writer.raw("RRULE", rule);
        }
        for further in &self.further {
            writer.raw("RDATE", &date_time_value(*further));
        }
        writer.end(kind);
    }
}

/// `+0200`; with seconds if there are any (RFC 5545 3.3.14).
fn offset_value(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let size = offset.unsigned_abs();
    let (hours, minutes, seconds) = (size / 3600, size / 60 % 60, size % 60);
    if seconds == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{seconds:02}") }
}

fn year_start(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX)
}
