//! From the bytes of an answer to a calendar, beside the threads that serve.

use chrono_tz::Tz;
use entity::words::CalendarProblem;

use crate::app::Cx;
use crate::imports::read::calendar::{self, Read};
use crate::kernel::Fault;
use crate::organisations;

/// Events of a calendar at the most, single dates of series among them.
const MOST: usize = 5000;

/// Why an answer is not taken over, and what is to be said beside it.
#[derive(Debug)]
pub(super) struct Unfit(pub CalendarProblem, pub String);

/// Reads a whole calendar.
///
/// # Errors
/// Where the database fails.
pub(super) async fn read(cx: &Cx, bytes: Vec<u8>) -> Result<Result<Read, Unfit>, Fault> {
    let network = organisations::store::network::the_network(cx.db()).await?;
    let zone = network.and_then(|(network, _)| network.time_zone.parse().ok()).unwrap_or(Tz::Europe__Berlin);
    let reading = tokio::task::spawn_blocking(move || parse(&bytes, zone));
    reading.await.map_err(|error| Fault::Broken(format!("a calendar cannot be read: {error}")))
}

fn parse(bytes: &[u8], zone: Tz) -> Result<Read, Unfit> {
    let no_calendar = |line: usize| Unfit(CalendarProblem::NoCalendar, line.to_string());
    let text = std::str::from_utf8(bytes)
        .map_err(|error| no_calendar(bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1))?;
    if let Some(at) = text.find('\0') {
        return Err(no_calendar(text[..at].matches('\n').count() + 1));
    }
    let begun = text.lines().filter(|line| line.trim().eq_ignore_ascii_case("BEGIN:VEVENT")).count();
    if begun > MOST {
        return Err(Unfit(CalendarProblem::TooManyEvents, begun.to_string()));
    }
    calendar::events(text, zone).map_err(|wrong| no_calendar(wrong.line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_or_too_much_is_not_read() {
        let unfit = |text: &[u8]| parse(text, Tz::UTC).map(|_| ()).map_err(|Unfit(problem, detail)| (problem, detail));
        let no = |line: &str| Err((CalendarProblem::NoCalendar, line.to_owned()));
        assert_eq!(unfit(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), Ok(()));
        assert_eq!(unfit(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"), no("1"));
        assert_eq!(unfit(b"<!doctype html>\r\n<title>Kalender</title>"), no("1"));
        assert_eq!(unfit(b"BEGIN:VCALENDAR\r\nX:J\xfc\r\nEND:VCALENDAR\r\n"), no("2"));
        assert_eq!(unfit(b"BEGIN:VCALENDAR\r\nX:J\0\r\nEND:VCALENDAR\r\n"), no("2"));
        assert_eq!(unfit(b""), no("1"));
        let many = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", "BEGIN:VEVENT\r\nEND:VEVENT\r\n".repeat(MOST + 1));
        assert_eq!(unfit(many.as_bytes()), Err((CalendarProblem::TooManyEvents, "5001".to_owned())));
    }
}
