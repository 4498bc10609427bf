//! What XML can hold.

use std::borrow::Cow;

/// A text without what XML 1.0 has no way to write (section 2.2), so that no text of anybody's makes a feed unreadable.
#[must_use]
pub fn fit(text: &str) -> Cow<'_, str> {
    let fits = |letter: char| !matches!(letter, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.chars().all(fits) { text.into() } else { text.chars().filter(|letter| fits(*letter)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_write_goes_and_all_else_stays() {
        assert_eq!(fit("a\u{0}\u{1b}b\u{FFFF}\tc\n💥\u{202e}"), "ab\tc\n💥\u{202e}");
    }
}
