//! Calendars, read by the tests.

use mailer::Letter;

/// The lines of a calendar with these names, unfolded, in the order of the names; VTIMEZONEs are passed over.
#[must_use]
pub fn fields(calendar: &str, names: &[&str]) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "");
    let mut is_zone = false;
    let lines: Vec<&str> = unfolded
        .lines()
        .filter(|line| {
            is_zone = (is_zone || *line == "BEGIN:VTIMEZONE") && *line != "END:VTIMEZONE";
            !is_zone
        })
        .collect();
    let is_named = |line: &str, name: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([':', ';']));
    names.iter().flat_map(|name| lines.iter().filter(|line| is_named(line, name))).map(|line| (*line).to_owned()).collect()
}

/// The calendar that comes with a mail.
///
/// # Panics
/// Where none does.
#[must_use]
pub fn invitation(letter: &Letter) -> String {
    let part = letter.parts.iter().find(|part| part.media_type == "application/ics").unwrap();
    String::from_utf8(part.content.clone()).unwrap()
}
