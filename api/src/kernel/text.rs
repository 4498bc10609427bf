//! Texts that a person types: one line, or several.

use super::refusal::Why;

/// Characters of a title or a name at the most.
pub const TITLE: usize = 200;
/// Characters of what a picture shows at the most.
pub const ALT: usize = 500;
/// Characters of a sentence or two at the most.
pub const SUMMARY: usize = 1000;
/// Characters of a whole text at the most.
pub const BODY: usize = 100_000;
/// Languages in which a thing has texts at the most.
pub const LANGUAGES: usize = 50;

/// A line: line breaks, other control characters and runs of spaces become one space each; none where nothing is left.
///
/// # Errors
/// [`Why::TooLong`] for more than `most` characters.
pub fn line(text: &str, most: usize) -> Result<Option<String>, Why> {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    within(words.collect::<Vec<_>>().join(" "), most)
}

/// As [`line`], of what cannot be empty.
///
/// # Errors
/// [`Why::Required`] where nothing is left, [`Why::TooLong`] for more than `most` characters.
pub fn required_line(text: &str, most: usize) -> Result<String, Why> {
    line(text, most)?.ok_or(Why::Required)
}

/// Lines: line ends become one kind, other control characters go, and so do spaces around the whole; none where nothing is left.
///
/// # Errors
/// [`Why::TooLong`] for more than `most` characters.
pub fn lines(text: &str, most: usize) -> Result<Option<String>, Why> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    within(text.trim().to_owned(), most)
}

/// As [`lines`], of what cannot be empty.
///
/// # Errors
/// [`Why::Required`] where nothing is left, [`Why::TooLong`] for more than `most` characters.
pub fn required_lines(text: &str, most: usize) -> Result<String, Why> {
    lines(text, most)?.ok_or(Why::Required)
}

fn within(text: String, most: usize) -> Result<Option<String>, Why> {
    match text.chars().count() {
        0 => Ok(None),
        length if length > most => Err(Why::TooLong(most)),
        _ => Ok(Some(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_and_lines_keep_their_ends() {
        assert_eq!(line(" a\r\nb\u{0} ", 9), Ok(Some("a b".to_owned())));
        assert_eq!(lines(" a\r\n\tb\u{0} ", 9), Ok(Some("a\nb".to_owned())));
        assert_eq!((line(" \n", 9), lines("\u{7}", 9)), (Ok(None), Ok(None)));
        assert_eq!(required_line(" ", 9), Err(Why::Required));
        assert_eq!(line("äöü", 2), Err(Why::TooLong(2)));
    }
}
