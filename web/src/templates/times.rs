//! Days and times in templates, as `<time>`.

use chrono::{DateTime, Datelike, FixedOffset};
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, HtmlEscape, State, context};

use super::{language, wrong};
use crate::dates::{self, Moment, Span};
use crate::words::Words;

/// Adds `when(start, end, all_day)`, `moment(at)`, `clock(at, beside)`, `day(at, zone)`, `partial(date)`, `tile(at)`, and the
/// filters `ahead` and `gone`, which leave of things with `startsAt` and `endsAt` those that are over or not over.
pub fn add_to(environment: &mut Environment<'static>) {
    environment.add_function("when", when);
    environment.add_function("moment", |state: &State<'_, '_>, at: &str| -> Result<Value, Error> {
        Ok(time(&dates::instant(parse(at)?, language(state)?)))
    });
    environment.add_function("clock", clock);
    environment.add_function("day", |state: &State<'_, '_>, at: &str, zone: &str| -> Result<Value, Error> {
        Ok(time(&dates::day_in(parse(at)?, zone, language(state)?)))
    });
    environment.add_function("partial", partial);
    environment.add_function("tile", tile);
    environment.add_filter("ahead", |state: &State<'_, '_>, things: Value| by_being_over(state, &things, false));
    environment.add_filter("gone", |state: &State<'_, '_>, things: Value| by_being_over(state, &things, true));
}

fn when(state: &State<'_, '_>, start: &str, end: Option<&str>, all_day: bool) -> Result<Value, Error> {
    let Span { start, end } = dates::span(parse(start)?, end.map(parse).transpose()?, all_day, language(state)?);
    let end = end.map_or_else(String::new, |(between, end)| format!("{between}{}", time(&end)));
    Ok(Value::from_safe_string(format!("{}{end}", time(&start))))
}

/// The hour, with the day where it is another one than that of `beside`.
fn clock(state: &State<'_, '_>, at: &str, beside: &str) -> Result<Value, Error> {
    let (at, beside, language) = (parse(at)?, parse(beside)?, language(state)?);
    if at.date_naive() != beside.date_naive() {
        return Ok(time(&dates::instant(at, language)));
    }
    Ok(time(&Moment { datetime: at.to_rfc3339(), text: dates::hour_said(&at, language) }))
}

fn partial(state: &State<'_, '_>, date: &str) -> Result<Value, Error> {
    Ok(time(&Moment { datetime: date.to_owned(), text: dates::partial(date, language(state)?) }))
}

fn tile(state: &State<'_, '_>, at: &str) -> Result<Value, Error> {
    let (at, words) = (parse(at)?, Words::of(language(state)?));
    let weekday = words.of_value("weekday_short", &at.weekday().to_string());
    Ok(context! { weekday, day => at.day(), month => words.of_value("month_short", &at.month().to_string()) })
}

fn by_being_over(state: &State<'_, '_>, things: &Value, over: bool) -> Result<Value, Error> {
    let now = state.lookup("now").ok_or_else(|| wrong("it is no time here"))?;
    let now = parse(now.as_str().unwrap_or_default())?.to_utc();
    let mut those = Vec::new();
    for thing in things.try_iter()? {
        let end = thing.get_attr("endsAt")?;
        let end = if end.kind() == ValueKind::String { Some(parse(end.as_str().unwrap_or_default())?) } else { None };
        if dates::is_over(parse(thing.get_attr("startsAt")?.as_str().unwrap_or_default())?, end, now) == over {
            those.push(thing);
        }
    }
    Ok(those.into())
}

fn parse(at: &str) -> Result<DateTime<FixedOffset>, Error> {
    dates::parse(at).ok_or_else(|| wrong("the schema gave a time that is none"))
}

fn time(moment: &Moment) -> Value {
    Value::from_safe_string(format!("<time datetime=\"{}\">{}</time>", HtmlEscape(&moment.datetime), HtmlEscape(&moment.text)))
}
