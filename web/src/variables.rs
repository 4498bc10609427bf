//! What the queries of pages are asked with.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::pages::Asking;
use crate::words::Words;

/// Dates on a page of events.
const DATES: u32 = 30;

/// Nothing.
pub fn none(_: &Asking<'_>) -> Value {
    json!({})
}

/// The slug of the one thing.
pub fn one(asking: &Asking<'_>) -> Value {
    json!({ "slug": asking.slug })
}

/// The slug of the one thing, and from where on in the list of what belongs to it.
pub fn one_of_many(asking: &Asking<'_>) -> Value {
    json!({ "slug": asking.slug, "after": asking.visit.parameter("after") })
}

/// The secret, and the slug of what it is used for.
pub fn by_token_and_slug(asking: &Asking<'_>) -> Value {
    json!({ "token": asking.token, "slug": asking.slug })
}

/// The secret.
pub fn by_token(asking: &Asking<'_>) -> Value {
    json!({ "token": asking.token })
}

/// The slug of the one thing, and from when on its events lie ahead.
pub fn one_with_events(asking: &Asking<'_>) -> Value {
    json!({ "slug": asking.slug, "from": a_day_ago(asking.now) })
}

/// The address of a calendar; that of all public events where none is given.
pub fn calendar(asking: &Asking<'_>) -> Value {
    json!({ "url": asking.visit.parameter("of").unwrap_or("/calendar.ics") })
}

/// From when on events lie ahead.
pub fn home(asking: &Asking<'_>) -> Value {
    json!({ "from": a_day_ago(asking.now) })
}

/// Which members, and from where in the directory.
pub fn organisations(asking: &Asking<'_>) -> Value {
    let given = |name| asking.visit.parameter(name);
    json!({
        "today": asking.now.date_naive().to_string(),
        "district": given("district"),
        "language": given("speaks").filter(|tag| is_language(tag)),
        "tag": given("tag"),
        "search": given("search"),
        "after": given("after"),
    })
}

/// Whether something could be a tag of a language: of what is none nothing is asked, as of an address that somebody made up.
fn is_language(tag: &str) -> bool {
    tag.len() <= 35 && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric()))
}

/// Which dates: those ahead, earliest first, or those past, latest first.
pub fn events(asking: &Asking<'_>) -> Value {
    let given = |name| asking.visit.parameter(name);
    let from = a_day_ago(asking.now);
    let is_past = given("when") == Some("past");
    json!({
        "from": (!is_past).then_some(&from),
        "until": is_past.then(|| moment(asking.now)),
        "first": (!is_past).then_some(DATES),
        "after": given("after").filter(|_| !is_past),
        "last": is_past.then_some(DATES),
        "before": given("before").filter(|_| is_past),
        "search": given("search"),
        "tag": given("tag"),
        "category": known_value(asking, "category"),
    })
}

/// Which posts, and from where on.
pub fn posts(asking: &Asking<'_>) -> Value {
    let given = |name| asking.visit.parameter(name);
    json!({ "kind": known_value(asking, "kind"), "tag": given("tag"), "search": given("search"), "after": given("after") })
}

/// What is searched for, if anything.
pub fn search(asking: &Asking<'_>) -> Value {
    let given = |name| asking.visit.parameter(name);
    json!({ "query": given("q").unwrap_or_default(), "asked": given("q").is_some(), "after": given("after") })
}

/// A parameter that is a value of one of the schema's enums, where it is one that the pages have a word for.
fn known_value<'a>(asking: &Asking<'a>, name: &str) -> Option<&'a str> {
    let value = asking.visit.parameter(name)?;
    Words::of(asking.visit.language).get(&format!("{name}.{value}")).map(|_| value)
}

/// Dates are found by their start. What began today, or lasts all day, still lies ahead; templates leave out what is over.
fn a_day_ago(now: DateTime<Utc>) -> String {
    moment(now.checked_sub_signed(TimeDelta::days(1)).unwrap_or(now))
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
