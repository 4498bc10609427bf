//! What the pages say by themselves.

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, State};

use super::{language, wrong};
use crate::words::{self, Words};

/// Adds `say("section.key", gap=value)`, `counted("section.key", number)`, `word("section", value)`, `language_name(tag)` and
/// `own_name(tag)`.
pub fn add_to(environment: &mut Environment<'static>) {
    environment.add_function("say", say);
    environment.add_function("counted", counted);
    environment.add_function("word", word);
    environment.add_function("language_name", language_name);
    environment.add_function("own_name", |tag: &str| words::own_name(tag));
}

fn say(state: &State<'_, '_>, key: &str, gaps: Kwargs) -> Result<String, Error> {
    let mut values = Vec::new();
    for name in gaps.args() {
        values.push((name, gaps.get::<Value>(name)?.to_string()));
    }
    Ok(words::fill(find(state, key)?, &values))
}

fn counted(state: &State<'_, '_>, key: &str, number: i64) -> Result<String, Error> {
    let form = if number == 1 { "one" } else { "other" };
    Ok(words::fill(find(state, &format!("{key}.{form}"))?, &[("count", number.to_string())]))
}

fn word(state: &State<'_, '_>, section: &str, value: &str) -> Result<String, Error> {
    Ok(Words::of(language(state)?).of_value(section, value))
}

fn language_name(state: &State<'_, '_>, tag: &str) -> Result<String, Error> {
    Ok(Words::of(language(state)?).language_name(tag))
}

fn find(state: &State<'_, '_>, key: &str) -> Result<&'static str, Error> {
    Words::of(language(state)?).get(key).ok_or_else(|| wrong(format!("there are no words for {key}")))
}
