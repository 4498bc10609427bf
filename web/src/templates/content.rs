//! What comes from the schema and needs a form: texts in other languages, prices, opening hours.

use minijinja::value::Value;
use minijinja::{Environment, Error, State, context};

use super::language;
use crate::language::{Language, direction};

/// Adds `lang(tag)`, the attributes of a text in that language; `money(amount, currency)`; and the filter `hours`, which puts
/// days in a row with the same opening hours together.
pub fn add_to(environment: &mut Environment<'static>) {
    environment.add_function("lang", lang);
    environment.add_function("money", money);
    environment.add_filter("hours", hours);
}

fn lang(state: &State<'_, '_>, tag: &str) -> Result<Value, Error> {
    let is_tag = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_tag || tag == language(state)?.tag() {
        return Ok(Value::from(""));
    }
    Ok(Value::from_safe_string(format!(" lang=\"{tag}\" dir=\"{}\"", direction(tag))))
}

fn money(state: &State<'_, '_>, amount: i64, currency: &str) -> Result<String, Error> {
    let (whole, rest) = (amount / 100, (amount % 100).abs());
    Ok(match (language(state)?, currency) {
        (Language::De, "EUR") => format!("{whole},{rest:02}\u{a0}€"),
        (Language::De, _) => format!("{whole},{rest:02}\u{a0}{currency}"),
        (Language::En, "EUR") => format!("€{whole}.{rest:02}"),
        (Language::En, _) => format!("{currency}\u{a0}{whole}.{rest:02}"),
    })
}

fn hours(days: &Value) -> Result<Value, Error> {
    const WEEK: [&str; 7] = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    let mut rows: Vec<(Value, Value, Value, Value)> = Vec::new();
    for day in days.try_iter()? {
        let (weekday, opens, closes) = (day.get_attr("weekday")?, day.get_attr("opensAt")?, day.get_attr("closesAt")?);
        let at = |weekday: &Value| WEEK.iter().position(|name| weekday.as_str() == Some(name));
        match rows.last_mut() {
            Some((_, last, opened, closed))
                if (&*opened, &*closed) == (&opens, &closes) && at(last).map(|at| at + 1) == at(&weekday) && at(&weekday).is_some() =>
            {
                *last = weekday;
            }
            _ => rows.push((weekday.clone(), weekday, opens, closes)),
        }
    }
    Ok(rows.into_iter().map(|(first, last, opens, closes)| context! { first, last, opens, closes }).collect())
}
