//! Reading what mutations are given: ids, addresses, and fields that are left out, null, or set.

use async_graphql::{Context, Error, ID, MaybeUndefined};

use super::id::Global;
use super::scalars::{Locale, Markdown, WebUrl};
use super::{ContextExt, or_code};
use crate::kernel::refusal::Expected;
use crate::kernel::translations::InLanguage;
use crate::kernel::{self, EmailAddress, Findings, Patch, Refused, Slug, WebAddress, Why, text};

/// What becomes of a field: left out it stays, null clears it.
pub fn patch<T>(given: MaybeUndefined<T>) -> Patch<T> {
    match given {
        MaybeUndefined::Undefined => Patch::Keep,
        MaybeUndefined::Null => Patch::Clear,
        MaybeUndefined::Value(value) => Patch::Set(value),
    }
}

/// An id as an argument of its own: it names what is acted on.
///
/// # Errors
/// The coded error NOT_FOUND for what is no id of this type.
pub fn named<Id: Global>(ctx: &Context<'_>, id: &ID) -> Result<Id, Error> {
    Id::from_global(id).map_err(|_| or_code(ctx.cx(), &Refused::NotFound.into()))
}

/// An id within an input.
///
/// # Errors
/// [`Why::NotFound`] for what is no id of this type.
pub fn id<Id: Global>(id: &ID) -> Result<Id, Why> {
    Id::from_global(id).map_err(|_| Why::NotFound)
}

/// Where somebody is written to.
///
/// # Errors
/// [`Why::Required`] for an empty text, [`Why::Invalid`] for what is no address.
pub fn email(text: &str) -> Result<EmailAddress, Why> {
    if text.trim().is_empty() { Err(Why::Required) } else { text.parse().map_err(|_| Why::Invalid(Expected::EmailAddress)) }
}

/// A place on the web.
///
/// # Errors
/// [`Why::Required`] for an empty text, [`Why::Invalid`] for what is no address of `http` or `https`.
pub fn web_address(text: &str) -> Result<WebAddress, Why> {
    if text.trim().is_empty() { Err(Why::Required) } else { text.parse().map_err(|_| Why::Invalid(Expected::WebAddress)) }
}

/// A field that may be left out of what is made, as one of a change.
pub fn or_left_out<T>(given: Option<T>) -> MaybeUndefined<T> {
    given.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value)
}

/// What becomes of a field, as we have it.
pub fn patch_of<T: Into<U>, U>(given: MaybeUndefined<T>) -> Patch<U> {
    match patch(given) {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(value) => Patch::Set(value.into()),
    }
}

/// What becomes of a field whose parts are read with findings.
pub fn patch_within<T, U>(
    findings: &mut Findings,
    field: &str,
    given: MaybeUndefined<T>,
    read: impl FnOnce(T, &mut Findings) -> Option<U>,
) -> Patch<U> {
    match patch(given) {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(value) => findings.within(&[field], |findings| read(value, findings)).map_or(Patch::Keep, Patch::Set),
    }
}

/// What becomes of a list, where there are not too many.
pub fn patch_list<T, U>(
    findings: &mut Findings,
    field: &str,
    given: MaybeUndefined<Vec<T>>,
    most: usize,
    read: impl FnMut(&mut Findings, T) -> Option<U>,
) -> Patch<Vec<U>> {
    match patch(given) {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(items) => list(findings, field, items, most, read).map_or(Patch::Keep, Patch::Set),
    }
}

/// The items of a list, where there are not too many.
pub fn list<T, U>(
    findings: &mut Findings,
    field: &str,
    items: Vec<T>,
    most: usize,
    read: impl FnMut(&mut Findings, T) -> Option<U>,
) -> Option<Vec<U>> {
    if items.len() > most {
        findings.refuse(&[field], Why::TooLarge(most as u64));
        return None;
    }
    findings.each(field, items, read)
}

/// Texts, one for each language.
pub fn texts<T, U: InLanguage>(findings: &mut Findings, given: Option<Vec<T>>, read: impl FnMut(&mut Findings, T) -> Option<U>) -> Vec<U> {
    let texts = list(findings, "texts", given.unwrap_or_default(), text::LANGUAGES, read).unwrap_or_default();
    for (at, text) in texts.iter().enumerate() {
        if texts[..at].iter().any(|known| known.locale() == text.locale()) {
            findings.refuse(&["texts", &at.to_string(), "locale"], Why::Invalid(Expected::OneTextPerLanguage));
        }
    }
    texts
}

/// A whole text.
///
/// # Errors
/// [`Why::TooLong`] for more than 100,000 characters.
pub fn markdown(given: &Markdown) -> Result<kernel::Markdown, Why> {
    if given.0.chars().count() > text::BODY { Err(Why::TooLong(text::BODY)) } else { Ok(kernel::Markdown::new(&given.0)) }
}

/// A language.
///
/// # Errors
/// [`Why::Invalid`] for what is none.
pub fn locale(given: &Locale) -> Result<kernel::Locale, Why> {
    given.0.parse().map_err(|_| Why::Invalid(Expected::Locale))
}

/// The readable part of an address.
///
/// # Errors
/// [`Why::Invalid`] for what is none.
pub fn slug(given: &str) -> Result<Slug, Why> {
    given.parse().map_err(|_| Why::Invalid(Expected::Slug))
}

/// Places on the web, up to 50.
pub fn web_addresses(findings: &mut Findings, field: &str, given: Vec<WebUrl>) -> Option<Vec<WebAddress>> {
    list(findings, field, given, 50, |findings, url| findings.take_at(&[], web_address(&url.0)))
}

/// Languages whose texts go; what is no language has none.
pub fn removed(given: Option<Vec<Locale>>) -> Vec<kernel::Locale> {
    given.unwrap_or_default().iter().take(100).filter_map(|locale| locale.0.parse().ok()).collect()
}

/// A line of a change.
pub fn line(findings: &mut Findings, field: &str, given: MaybeUndefined<String>, most: usize) -> Patch<String> {
    findings.take(field, patch(given).read_text(|text| text::line(&text, most))).unwrap_or_default()
}

/// What becomes of what an id names.
pub fn patch_id<Id: Global>(findings: &mut Findings, field: &str, given: MaybeUndefined<ID>) -> Patch<Id> {
    findings.take(field, patch(given).read(|given| id::<Id>(&given))).unwrap_or_default()
}

/// A line of what is made.
pub fn optional_line(findings: &mut Findings, field: &str, given: Option<String>, most: usize) -> Option<String> {
    given.and_then(|text| findings.take(field, text::line(&text, most)).flatten())
}

/// What becomes of a list of languages, up to 20, each once.
pub fn locales(findings: &mut Findings, field: &str, given: MaybeUndefined<Vec<Locale>>) -> Patch<Vec<kernel::Locale>> {
    let mut known: Vec<kernel::Locale> = Vec::new();
    match patch(given) {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(locales) => list(findings, field, locales, 20, |findings, locale: Locale| {
            let locale: kernel::Locale = findings.take_at(&[], locale.0.parse().map_err(|_| Why::Invalid(Expected::Locale)))?;
            if known.contains(&locale) {
                findings.refuse(&[], Why::Invalid(Expected::Once));
                return None;
            }
            known.push(locale.clone());
            Some(locale)
        })
        .map_or(Patch::Keep, Patch::Set),
    }
}
