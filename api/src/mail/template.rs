//! Messages of our own: a file for each language, filled with values.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, context};
use serde::Serialize;
use url::Url;

use super::escape;
use super::words::Language;

/// A message in all languages.
#[derive(Debug)]
pub struct Template {
    /// Its folder.
    pub name: &'static str,
    /// The file in German.
    pub de: &'static str,
    /// The file in English.
    pub en: &'static str,
}

/// Makes a [`Template`] of a folder beside the file: `mail::template!("mail/confirmed")`.
#[macro_export]
#[doc(hidden)]
macro_rules! mail_template {
    ($folder:literal) => {
        $crate::mail::Template { name: $folder, de: include_str!(concat!($folder, "/de.md")), en: include_str!(concat!($folder, "/en.md")) }
    };
}
#[doc(inline)]
pub use crate::mail_template as template;

/// A template that is wrong, or wants a value that is not there.
#[derive(Debug, thiserror::Error)]
#[error("the mail {name} cannot be written in {language:?}: {source}")]
pub struct Unwritable {
    name: &'static str,
    language: Language,
    source: Error,
}

/// A message with its values.
#[derive(Debug)]
pub(super) struct Filled {
    pub subject: String,
    pub preheader: Option<String>,
    pub body: String,
}

/// The parts of a file.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    pub subject: &'a str,
    pub preheader: Option<&'a str>,
    pub body: &'a str,
}

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

impl Template {
    pub(super) fn fill(&self, language: Language, values: impl Serialize) -> Result<Filled, Unwritable> {
        let parts = Parts::of(self.source(language));
        let values = Value::from(Serde(values));
        let values = context! { locale => language.locale().as_str(), ..values };
        let fill = |part: &str, source: &str| {
            ENVIRONMENT.render_named_str(part, source, &values).map_err(|source| Unwritable { name: self.name, language, source })
        };
        Ok(Filled {
            subject: escape::subject(&fill(LINE, parts.subject)?),
            preheader: parts.preheader.map(|source| fill(LINE, source)).transpose()?,
            body: fill(BODY, parts.body)?,
        })
    }

    fn source(&self, language: Language) -> &'static str {
        match language {
            Language::De => self.de,
            Language::En => self.en,
        }
    }
}

impl<'a> Parts<'a> {
    /// Takes a file apart: lines with a name until the first empty one, and the body.
    pub fn of(file: &'a str) -> Self {
        let (head, body) = file.split_once("\n\n").unwrap_or((file, ""));
        let mut parts = Self { body, ..Self::default() };
        for line in head.lines() {
            match line.split_once(':') {
                Some(("Subject", subject)) => parts.subject = subject.trim(),
                Some(("Preheader", preheader)) => parts.preheader = Some(preheader.trim()),
                _ => {}
            }
        }
        parts
    }
}

/// The name of parts that are one line without marks.
const LINE: &str = "line";

/// The name of parts that are Markdown.
const BODY: &str = "body";

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|part| if part == LINE { AutoEscape::None } else { escape::MARKDOWN });
    // It fails for unusual brackets only, and these are the usual ones.
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default());
    environment.set_formatter(escape::format);
    environment.add_function("greeting", greeting);
    environment.add_filter("address", address);
    environment.add_filter("picture", picture);
    environment.add_filter("paragraphs", |text: &str| Value::from_safe_string(escape::paragraphs(text)));
    environment.add_filter("quoted", |text: &str| Value::from_safe_string(escape::quoted(text)));
    environment
}

/// How a mail begins, in its language; the name may be missing.
fn greeting(state: &State<'_, '_>, name: Option<&str>) -> String {
    let is_german = state.lookup("locale").is_some_and(|locale| locale.as_str() == Some("de"));
    if is_german { Language::De } else { Language::En }.greeting(name)
}

/// The name of a picture that travels with the mail, to stand behind what it shows: `[…]({{ id|picture }})`.
fn picture(id: &str) -> Result<Value, Error> {
    let is_sound = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._@".contains(&byte));
    if !is_sound {
        return Err(Error::new(ErrorKind::InvalidOperation, "what is to be shown has no sound name"));
    }
    Ok(Value::from_safe_string(format!("cid:{id}")))
}

/// An address to stand behind words, `[…]({{ url|address }})`, or by itself, `<{{ url|address }}>`.
fn address(text: &str) -> Result<Value, Error> {
    let wrong = || Error::new(ErrorKind::InvalidOperation, "what is to be linked to is no address");
    let url = Url::parse(text).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "https" | "http" | "mailto" | "tel") {
        return Err(wrong());
    }
    // What Markdown would end the address at, or read as an entity: `&copy;`.
    let mut address = String::with_capacity(text.len());
    let mut may_be_entity = false;
    for letter in url.as_str().chars() {
        match letter {
            '(' | ')' | '<' | '>' | '\\' | '|' | ' ' => address.push_str(&format!("%{:02X}", u32::from(letter))),
            ';' if may_be_entity => address.push_str("%3B"),
            letter => address.push(letter),
        }
        may_be_entity = letter == '&' || (may_be_entity && (letter.is_ascii_alphanumeric() || letter == '#'));
    }
    Ok(Value::from_safe_string(address))
}

#[cfg(test)]
impl Parts<'_> {
    /// The values that it asks for.
    pub fn values(&self) -> Result<std::collections::BTreeSet<String>, Error> {
        let mut all = std::collections::BTreeSet::new();
        for source in [self.subject, self.preheader.unwrap_or_default(), self.body] {
            all.extend(ENVIRONMENT.template_from_str(source)?.undeclared_variables(true));
        }
        all.retain(|name| name != "greeting");
        Ok(all)
    }
}
