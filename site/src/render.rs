//! Templates: what they are given, and what they can do with it.

use std::sync::LazyLock;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde_json::Map;

use crate::language::{Language, is_right_to_left};
use crate::{dates, pages};

type Words = Map<String, serde_json::Value>;

static DE: LazyLock<Words> = LazyLock::new(|| serde_json::from_str(include_str!("../words/de.json")).unwrap_or_default());
static EN: LazyLock<Words> = LazyLock::new(|| serde_json::from_str(include_str!("../words/en.json")).unwrap_or_default());

/// A template with everything it can use, in one language.
///
/// # Errors
/// Where a template asks for what it was not given.
pub fn page(name: &str, language: Language, context: Value) -> Result<String, minijinja::Error> {
    let environment = match language {
        Language::De => &*IN_GERMAN,
        Language::En => &*IN_ENGLISH,
    };
    environment.get_template(name)?.render(context)
}

static IN_GERMAN: LazyLock<Environment<'static>> = LazyLock::new(|| environment(Language::De));
static IN_ENGLISH: LazyLock<Environment<'static>> = LazyLock::new(|| environment(Language::En));

fn environment(language: Language) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, source) in pages::TEMPLATES {
        if let Err(error) = environment.add_template(name, source) {
            tracing::error!(name, %error, "a template cannot be read");
        }
    }
    environment.add_function("word", move |key: &str| word(language, key));
    environment.add_function("span", move |start: &str, end: Option<&str>, all_day: bool| dates::span(start, end, all_day, language));
    environment.add_filter("day", move |at: &str| dates::day_of(at, language));
    environment.add_filter("time", dates::time_of);
    environment.add_filter("dir", |tag: &str| if is_right_to_left(tag) { "rtl" } else { "ltr" });
    environment.add_filter("money", move |amount: i64| money(amount, language));
    environment.add_filter("host", |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest).trim_start_matches("www.").to_owned()
    });
    environment.add_filter("segment", |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
    environment
}

/// A word of a page; a key that is not there shows as itself.
pub fn word(language: Language, key: &str) -> String {
    let words = match language {
        Language::De => &*DE,
        Language::En => &*EN,
    };
    words.get(key).and_then(serde_json::Value::as_str).unwrap_or(key).to_owned()
}

fn money(amount: i64, language: Language) -> String {
    let point = if language == Language::De { ',' } else { '.' };
    format!("{}{point}{:02}", amount / 100, amount % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words_and_every_template_is_read() {
        assert_eq!(DE.keys().collect::<Vec<_>>(), EN.keys().collect::<Vec<_>>());
        for (name, source) in pages::TEMPLATES {
            IN_GERMAN.get_template(name).unwrap();
            for part in source.split("word('").skip(1) {
                let key = part.split('\'').next().unwrap();
                let is_known = DE.keys().any(|known| known == key || (key.ends_with('_') && known.starts_with(key)));
                assert!(is_known, "{name} uses the word {key}");
            }
        }
    }

    #[test]
    fn amounts_are_written_as_the_language_does() {
        assert_eq!((money(1250, Language::De), money(500, Language::En)), ("12,50".into(), "5.00".into()));
    }
}
