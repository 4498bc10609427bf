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

/// A line: line breaks, other control characters and runs of spaces become one space each, and what would turn the direction of what
/// stands beside it goes; none where nothing is left that could be seen.
///
/// # Errors
/// [`Why::TooLong`] for more than `most` characters.
pub fn line(text: &str, most: usize) -> Result<Option<String>, Why> {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    let line: String = words.collect::<Vec<_>>().join(" ").chars().filter(|letter| !turns_direction(*letter)).collect();
    within(if line.chars().all(is_invisible) { String::new() } else { line }, most)
}

/// Whether a character begins or ends a run in another direction (Unicode Bidirectional Algorithm, sections 2.1 to 2.5): where one end
/// is missing, everything that follows on the page is turned.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character shows nothing by itself (Unicode's `Default_Ignorable_Code_Point`, and spaces). Some join the letters around them,
/// and so belong into names of many languages; alone they are no name.
fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
        )
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

    #[test]
    fn a_line_turns_nothing_beside_it_and_is_not_one_where_nothing_can_be_seen() {
        assert_eq!(line("\u{202E}lamA\u{2066} B", 9), Ok(Some("lamA B".to_owned())));
        assert_eq!(line("می\u{200C}خواهم", 9), Ok(Some("می\u{200C}خواهم".to_owned())));
        for nothing in ["\u{200B}\u{FEFF}", "\u{3164}", "\u{202E}\u{200F} \u{2060}"] {
            assert_eq!(required_line(nothing, 9), Err(Why::Required), "{nothing:?}");
        }
    }
}
