//! Whether a person looks at a calendar, or a program takes it.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// With this a browser is given the calendar itself, to save it.
const FILE: &str = "as=file";

/// Whether a browser asks, to show what it gets. Calendar programs ask for calendars, for anything, or for nothing in particular;
/// some ask for calendars first and take pages, too.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    let mut said = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let mut takes_pages = false;
    let takes_calendars = said.any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        takes_pages |= name == "text/html" && !parts.any(|part| part == "q=0");
        name == "text/calendar"
    });
    takes_pages && !takes_calendars
}

/// Whether the address asks for the calendar itself.
pub(super) fn wishes_file(query: &str) -> bool {
    query.split('&').any(|pair| pair == FILE)
}

/// The query without that wish.
pub(super) fn without_wish(query: &str) -> String {
    query.split('&').filter(|pair| *pair != FILE).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn browsers_are_known_by_what_they_ask_for_and_programs_are_not_taken_for_one() {
        let asks = |said: &'static str| is_browser(&HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(said))]));
        assert!(asks("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assert!(!is_browser(&HeaderMap::new()));
        for program in ["*/*", "text/calendar, text/html;q=0.5", "text/calendar,text/plain;q=0.8,*/*;q=0.5", "text/html;q=0, */*", ""] {
            assert!(!asks(program), "{program}");
        }
    }

    #[test]
    fn the_wish_for_the_file_is_no_part_of_what_is_asked_for() {
        assert!(wishes_file("tag=x&as=file") && !wishes_file("tag=as%3Dfile"));
        assert_eq!(without_wish("tag=x&as=file&locale=de"), "tag=x&locale=de");
        assert_eq!(without_wish("as=file"), "");
    }
}
