//! Around what is said: who speaks, why one gets it, and where to turn.

use super::words::{Language, Reason};
use crate::kernel::Locale;

/// What stands around a mail.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// The organisation or the network that speaks.
    pub sender_name: &'a str,
    /// Where the site is, without a slash at its end: the name links to it, and relative links lead there.
    pub public_url: &'a str,
    /// The language of our own words for readers of another one than German and English.
    pub usual_language: Language,
    /// What stands below.
    pub footer: Footer<'a>,
}

/// What stands below a mail.
#[derive(Clone, Debug)]
pub struct Footer<'a> {
    /// Why one gets it.
    pub reason: Reason<'a>,
    /// Who answers for it, a line each: name, postal address, how to reach them.
    pub imprint: &'a str,
    /// Where to turn, in this order.
    pub links: Vec<FooterLink<'a>>,
}

/// Where to turn; each with its address.
#[derive(Clone, Copy, Debug)]
pub enum FooterLink<'a> {
    /// The same on the web.
    Online(&'a str),
    /// What one gets, and in which language.
    Preferences(&'a str),
    /// Out of this list.
    Unsubscribe(&'a str),
    /// Out of all lists.
    UnsubscribeAll(&'a str),
    /// Who answers for it, at length.
    Imprint(&'a str),
    /// What is done with personal data.
    Privacy(&'a str),
}

impl Frame<'_> {
    /// The language of our own words for a reader of this one.
    #[must_use]
    pub fn language(&self, locale: &Locale) -> Language {
        Language::of(locale).unwrap_or(self.usual_language)
    }
}

impl<'a> FooterLink<'a> {
    /// Its words and its address.
    pub(super) fn said(self, language: Language) -> (&'static str, &'a str) {
        let words = language.words();
        match self {
            Self::Online(address) => (words.online, address),
            Self::Preferences(address) => (words.preferences, address),
            Self::Unsubscribe(address) => (words.unsubscribe, address),
            Self::UnsubscribeAll(address) => (words.unsubscribe_all, address),
            Self::Imprint(address) => (words.imprint, address),
            Self::Privacy(address) => (words.privacy, address),
        }
    }
}
