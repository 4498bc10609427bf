//! The attendance list, to be printed: who comes, with how many, and a box for each to tick.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::ops::{Line, List};
use crate::kernel::Locale;
use crate::mail::dates;
use crate::mail::{Language, escaped};

/// How it looks, on paper above all.
pub const STYLE: &str = "body{font:12pt/1.4 system-ui,sans-serif;margin:2em;color:#000;background:#fff}\
    h1{font-size:16pt;margin:0 0 .3em}table{border-collapse:collapse;width:100%}thead{display:table-header-group}tr{break-inside:avoid}\
    th,td{border-bottom:1px solid #999;padding:.4em .6em;text-align:start;vertical-align:top}.n{text-align:end}\
    .b{display:inline-block;width:1em;height:1em;border:1.5px solid #000;vertical-align:middle;text-align:center;line-height:1em}\
    @page{margin:15mm}@media print{body{margin:0}}";

/// The page until its first line.
#[must_use]
pub fn head(list: &List, locale: &Locale) -> String {
    let is_german = locale.is_german();
    let (title, name, seats, inside) =
        if is_german { ("Anwesenheitsliste", "Name", "Plätze", "Da") } else { ("Attendance list", "Name", "Seats", "In") };
    let lang = if is_german { "de" } else { "en" };
    let called = escaped(&list.title);
    let date = list.filter.occurrence_id.and_then(|id| list.date(Some(id))).or(list.dates.first().filter(|_| list.dates.len() == 1));
    let when = date.map(|date| {
        let language = if is_german { Language::De } else { Language::En };
        escaped(&dates::span(date.starts_at, date.ends_at, zone(list), list.event.is_all_day, language))
    });
    let when = when.map(|when| format!("<p>{when}</p>")).unwrap_or_default();
    let dated =
        if is_dated(list) { format!("<th scope=\"col\">{}</th>", if is_german { "Termin" } else { "Date" }) } else { String::new() };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}: {called}</title>\
         <style>{STYLE}</style></head>\n<body><h1>{title}: <span dir=\"auto\">{called}</span></h1>{when}\n<table><thead><tr>\
         <th scope=\"col\">{inside}</th><th scope=\"col\">{name}</th>{dated}<th scope=\"col\" class=\"n\">{seats}</th></tr></thead><tbody>\n"
    )
}

/// The line of a registration: only what is needed at the door.
#[must_use]
pub fn line(list: &List, line: &Line) -> String {
    let tick = if line.row.checked_in_at.is_some() { "✓" } else { "" };
    let dated = if is_dated(list) {
        let at = list.date(line.row.occurrence_id).map(|date| local(date.starts_at, list)).unwrap_or_default();
        format!("<td>{at}</td>")
    } else {
        String::new()
    };
    format!(
        "<tr><td><span class=\"b\">{tick}</span></td><td dir=\"auto\">{}</td>{dated}<td class=\"n\">{}</td></tr>\n",
        escaped(&line.row.name),
        line.row.seats
    )
}

/// Its end.
#[must_use]
pub fn foot() -> &'static str {
    "</tbody></table></body></html>\n"
}

/// Whether people of several dates stand on it.
fn is_dated(list: &List) -> bool {
    list.filter.occurrence_id.is_none() && list.dates.len() > 1
}

fn local(at: DateTime<Utc>, list: &List) -> String {
    at.with_timezone(&zone(list)).format("%Y-%m-%d %H:%M").to_string()
}

fn zone(list: &List) -> Tz {
    list.event.time_zone.parse().unwrap_or(chrono_tz::UTC)
}
