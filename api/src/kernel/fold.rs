//! Folding of text, so that search finds what a person means and lists sort as a person expects.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text for search: both the rows and the query go through it.
///
/// Case and diacritics go (`Arkadaş` is `arkadas`); `ü`, `ue` and `u` become one, likewise `ö` and `ä`, and `ß` is `ss`;
/// the gender forms of German become one (`Migrant*innen`, `Migrant:innen`, `MigrantInnen`); all that is no letter or
/// digit parts words.
#[must_use]
pub fn for_search(text: &str) -> String {
    let plain = strip(text);
    let letters: Vec<char> = plain.chars().collect();
    let mut folded = String::with_capacity(plain.len());
    for (at, &letter) in letters.iter().enumerate() {
        if letter.is_alphanumeric() {
            if letter != 'e' || !ends_in_umlaut(&letters[..at]) {
                folded.push(letter);
            }
        } else if !is_gender_mark(&letters, at) && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Folds a name for sorting, as DIN 5007-1 has it: `Ä` beside `A`, `ß` as `ss`, case and punctuation without weight.
#[must_use]
pub fn for_sorting(name: &str) -> String {
    strip(name).chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').collect::<String>().trim().to_owned()
}

/// A text in small letters that an address can bear where it can: `Größe` is `groesse`, `Arkadaş` is `arkadas`.
#[must_use]
pub fn for_addresses(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for letter in text.nfc().flat_map(char::to_lowercase) {
        match letter {
            'ä' => spelled.push_str("ae"),
            'ö' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            // The sign of a gender form is no end of a word.
            '*' | '\u{2019}' | '\'' => {}
            letter => spelled.push(letter),
        }
    }
    strip(&spelled)
}

/// The words of a query, folded, at most eight: more narrow nothing and cost a scan each.
#[must_use]
pub fn words(query: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in for_search(query).split(' ').filter(|word| !word.is_empty()) {
        if words.len() < 8 && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

fn strip(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'đ' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            letter if is_combining_mark(letter) => {}
            letter => plain.push(letter),
        }
    }
    plain
}

/// Whether what stands before an `e` makes it the second half of `ae`, `oe`, or `ue`. After a vowel or `q` the pair is no
/// umlaut in German (`neue`, `Frauen`, `quer`).
fn ends_in_umlaut(before: &[char]) -> bool {
    match before {
        [.., previous, 'a' | 'o' | 'u'] => !matches!(previous, 'a' | 'e' | 'o' | 'u' | 'q'),
        ['a' | 'o' | 'u'] => true,
        _ => false,
    }
}

/// Whether the sign at `at` stands inside a word before the ending `in` or `innen`.
fn is_gender_mark(letters: &[char], at: usize) -> bool {
    let between = at > 0 && letters[at - 1].is_alphabetic();
    between && matches!(letters[at], '*' | ':' | '_' | '·' | '\u{2019}' | '\'' | '/') && letters[at + 1..].starts_with(&['i', 'n'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn umlauts_are_found_however_they_are_typed() {
        for spelling in ["Günes", "Guenes", "gunes", "GÜNES", "Gu\u{308}nes"] {
            assert_eq!(for_search(spelling), "gunes", "{spelling}");
        }
        assert_eq!(for_search("Arkadaş"), for_search("Arkadas"));
        assert_eq!(for_search("Straße"), for_search("Strasse"));
    }

    #[test]
    fn the_gender_forms_are_one_word() {
        for form in ["Migrant*innen", "Migrant:innen", "Migrant_innen", "MigrantInnen", "Migrantinnen", "Migrant/innen"] {
            assert_eq!(for_search(form), "migrantinnen", "{form}");
        }
        assert_eq!(for_search("12:30 in Linden"), "12 30 in linden");
    }

    #[test]
    fn a_u_and_an_e_that_are_no_umlaut_stay() {
        assert_eq!(for_search("Frauennetzwerk neue Treue quer"), "frauennetzwerk neue treue quer");
    }

    #[test]
    fn names_sort_as_din_5007_has_it() {
        let mut names = ["Zebra", "Ägidien", "Adler", "Ahorn", "«Aal»"];
        names.sort_by_key(|name| for_sorting(name));
        assert_eq!(names, ["«Aal»", "Adler", "Ägidien", "Ahorn", "Zebra"]);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once_for_words(text in "[a-zA-ZäöüÄÖÜßşğı *:_-]{0,40}") {
            let once = for_search(&text);
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        }

        #[test]
        fn any_text_folds_without_a_panic(text in "\\PC{0,60}") {
            let _ = (for_search(&text), for_sorting(&text), words(&text));
        }
    }
}
