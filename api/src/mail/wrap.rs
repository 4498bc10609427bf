//! Lines of a text part: words filled into lines, addresses never cut.

use unicode_normalization::char::is_combining_mark;

/// Columns of a line at the most, unless a word is longer.
pub const COLUMNS: usize = 72;

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.chars()
        .filter(|letter| {
            !is_combining_mark(*letter) && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{ad}')
        })
        .count()
}

/// Fills words into lines of so many columns; a line that was ended stays ended.
pub fn fill(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for given in text.split('\n') {
        let mut line = String::new();
        let mut filled = 0;
        for word in given.split([' ', '\t']).filter(|word| !word.is_empty()) {
            let wide = width(word);
            if filled > 0 && filled + 1 + wide > columns {
                lines.push(std::mem::take(&mut line));
                filled = 0;
            }
            if filled > 0 {
                line.push(' ');
                filled += 1;
            }
            line.push_str(word);
            filled += wide;
        }
        lines.push(line);
    }
    lines
}

/// Puts `first` before the first line, and as many spaces before the others.
pub fn hang(first: &str, lines: Vec<String>) -> Vec<String> {
    let space = " ".repeat(width(first));
    let put = |(at, line): (usize, String)| match (at, line.is_empty()) {
        (0, _) => format!("{first}{line}").trim_end().to_owned(),
        (_, true) => line,
        (_, false) => format!("{space}{line}"),
    };
    lines.into_iter().enumerate().map(put).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_and_addresses_stay_whole() {
        let address = "https://example.org/registrations/0123456789012345678901234567890123456789012345678901234567890";
        let lines = fill(&format!("Hier ist eine Adresse, die länger ist als eine Zeile: {address} und so weiter.\nNeu."), COLUMNS);
        assert_eq!(lines, ["Hier ist eine Adresse, die länger ist als eine Zeile:", address, "und so weiter.", "Neu."]);
    }

    #[test]
    fn marks_above_letters_take_no_column() {
        assert_eq!(width("سَلَام"), 4);
        assert_eq!(width("a\u{200c}b"), 2);
        assert_eq!(hang("10. ", vec!["a".into(), String::new(), "b".into()]), ["10. a", "", "    b"]);
    }
}
