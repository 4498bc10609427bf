//! A person's words in headers: cleaned, encoded where they need it (RFC 2047), and folded.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Longest line that should be (RFC 5322 2.1.1).
pub(super) const LINE: usize = 78;
/// Longest line that holds an encoded word (RFC 2047 2).
const ENCODED_LINE: usize = 76;
/// Longest encoded word (RFC 2047 2).
const ENCODED_WORD: usize = 75;
const OPENING: &str = "=?utf-8?B?";
const CLOSING: &str = "?=";
/// Longest name before an address; what is longer is no name.
const LONGEST_NAME: usize = 200;

/// One line of a text: control characters and line breaks of every kind are spaces, and of several spaces one is left.
pub(super) fn cleaned(text: &str) -> String {
    let is_gap = |letter: char| letter == ' ' || letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text as the whole of a header's value, which begins at a column of its line.
pub(super) fn text(text: &str, column: usize) -> String {
    let text = cleaned(text);
    let is_plain = is_printable(&text) && text.split(' ').all(|word| word.len() < LINE - column);
    if is_plain { fold(text.split(' '), column) } else { encoded(&text, column) }
}

/// A name as it stands before an address, or `None` where nothing is left of it.
pub(super) fn phrase(name: &str, column: usize) -> Option<String> {
    let name = cleaned(name);
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let fits = column + name.len() + 2 <= LINE;
    match name.as_str() {
        "" => None,
        _ if fits && is_printable(&name) && !name.contains(['"', '\\']) => Some(format!("\"{name}\"")),
        _ => Some(encoded(&name, column)),
    }
}

/// Words with single spaces between them, some of which become the break of a line.
pub(super) fn fold<'a>(words: impl IntoIterator<Item = &'a str>, mut column: usize) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            if column + 1 + word.len() > LINE {
                out.push_str("\r\n");
                column = 0;
            }
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    out
}

/// How long the last line is, of a value that begins at a column.
pub(super) fn last_column(value: &str, column: usize) -> usize {
    value.rsplit_once("\r\n").map_or(column + value.len(), |(_, line)| line.len())
}

/// Whether it can stand as it is, and nobody will take a part of it for an encoded word.
fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !text.contains("=?")
}

/// Encoded words, one a line. Between two of them there is nothing, whatever stands between the lines.
fn encoded(text: &str, mut column: usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let room = (ENCODED_LINE.saturating_sub(column)).min(ENCODED_WORD).saturating_sub(OPENING.len() + CLOSING.len());
        let octets = (room / 4 * 3).max(4);
        let (word, later) = rest.split_at(rest.floor_char_boundary(octets));
        if !out.is_empty() {
            out.push_str("\r\n ");
        }
        out.push_str(OPENING);
        STANDARD.encode_string(word, &mut out);
        out.push_str(CLOSING);
        rest = later;
        column = 1;
    }
    out
}
