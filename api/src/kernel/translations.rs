//! What becomes of a thing's texts, one for each language, one of them the original.

use super::patch::Patch;
use super::refusal::{Expected, Findings, Why};
use super::text;
use crate::kernel::Locale;

/// A text in one language.
pub trait InLanguage {
    /// The language.
    fn locale(&self) -> &Locale;
}

/// A change of the texts of a thing.
#[derive(Debug)]
pub struct Change<T> {
    /// Texts that are added, or replace those of their languages.
    pub given: Vec<T>,
    /// Languages whose texts go.
    pub removed: Vec<Locale>,
    /// Language of the text that the others translate.
    pub original: Patch<Locale>,
}

/// The texts that come of a change, and the language of the original. Who had none has the first that is given as the original.
pub fn apply<T: InLanguage>(texts: &mut Vec<T>, original: &mut Locale, change: Change<T>, findings: &mut Findings) {
    if let (true, Some(first)) = (texts.is_empty(), change.given.first()) {
        *original = first.locale().clone();
    }
    for text in change.given {
        match texts.iter_mut().find(|known| known.locale() == text.locale()) {
            Some(known) => *known = text,
            None => texts.push(text),
        }
    }
    if let Some(chosen) = findings.take("originalLocale", change.original.over_required(original.clone())) {
        *original = chosen;
    }
    for (at, locale) in change.removed.iter().enumerate() {
        if locale == original || texts.iter().all(|text| text.locale() != locale) {
            findings.refuse(&["removeLocales", &at.to_string()], Why::Invalid(Expected::TextToSpare));
        }
        texts.retain(|text| text.locale() != locale || locale == original);
    }
    if !texts.is_empty() && texts.iter().all(|text| text.locale() != original) {
        findings.refuse(&["originalLocale"], Why::Invalid(Expected::TextToSpare));
    }
    if texts.len() > text::LANGUAGES {
        findings.refuse(&["texts"], Why::TooLarge(text::LANGUAGES as u64));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Said(Locale, &'static str);

    impl InLanguage for Said {
        fn locale(&self) -> &Locale {
            &self.0
        }
    }

    fn said(locale: &str, text: &'static str) -> Said {
        Said(locale.parse().unwrap(), text)
    }

    #[test]
    fn texts_are_added_replaced_and_removed_by_language() {
        let (mut texts, mut original, mut findings) = (vec![said("de", "alt"), said("fa", "weg")], Locale::german(), Findings::of_input());
        let change =
            Change { given: vec![said("en", "new"), said("de", "neu")], removed: vec!["fa".parse().unwrap()], original: Patch::Keep };
        apply(&mut texts, &mut original, change, &mut findings);
        assert!(findings.is_empty());
        assert_eq!(texts, [said("de", "neu"), said("en", "new")]);
    }

    #[test]
    fn the_original_stays_and_is_a_text_that_is_there() {
        let (mut texts, mut original, mut findings) = (vec![said("de", "a")], Locale::german(), Findings::of_input());
        let change = Change { given: Vec::new(), removed: vec![Locale::german(), "fa".parse().unwrap()], original: Patch::Keep };
        apply(&mut texts, &mut original, change, &mut findings);
        assert_eq!((texts.len(), findings.into_refusals().len()), (1, 2));
        let (mut none, mut findings) = (Vec::new(), Findings::of_input());
        let change = Change { given: vec![said("en", "first")], removed: Vec::new(), original: Patch::Keep };
        apply(&mut none, &mut original, change, &mut findings);
        assert!(findings.is_empty() && original.as_str() == "en");
    }
}
