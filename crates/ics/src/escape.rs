//! What must not stand in a value or a parameter as it is: escaping, its reverse, and the removal of controls.

use std::borrow::Cow;

/// Reads a TEXT value (RFC 5545 3.3.11): `\n` and `\N` are line breaks, a backslash before anything else is dropped.
#[must_use]
pub fn unescape_text(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => text.push('\\'),
            },
            plain => text.push(plain),
        }
    }
    text
}

/// Appends a TEXT value, escaped (RFC 5545 3.3.11). Every kind of line break becomes `\n`; tabs stay; other controls go.
pub(crate) fn push_text(line: &mut String, value: &str) {
    let mut rest = value;
    // What needs a look is rare: all between is copied as it is.
    while let Some(at) = rest.bytes().position(|byte| NEEDS_A_LOOK[usize::from(byte)]) {
        line.push_str(&rest[..at]);
        let mut characters = rest[at..].chars();
        match characters.next() {
            Some('\r') => {
                line.push_str("\\n");
                if characters.as_str().starts_with('\n') {
                    characters.next();
                }
            }
            Some('\n') => line.push_str("\\n"),
            Some(special @ ('\\' | ';' | ',')) => line.extend(['\\', special]),
            Some(separator) if is_separator(separator) => line.push_str("\\n"),
            Some(control) if control.is_control() && control != '\t' => {}
            other => line.extend(other),
        }
        rest = characters.as_str();
    }
    line.push_str(rest);
}

/// The first octets of what a text cannot hold as it is, and of some that it can: backslash, semicolon, comma, controls, and what
/// begins like U+0080 or U+2028.
const NEEDS_A_LOOK: [bool; 256] = {
    let mut table = [false; 256];
    let mut octet = 0;
    while octet < 256 {
        table[octet] = octet < 0x20 || matches!(octet, 0x2c | 0x3b | 0x5c | 0x7f | 0xc2 | 0xe2);
        octet += 1;
    }
    table
};

/// Appends a parameter's value (RFC 5545 3.2, RFC 6868), in quotes if it needs them.
pub(crate) fn push_parameter(line: &mut String, value: &str) {
    let quoted = value.contains([':', ';', ',']);
    if quoted {
        line.push('"');
    }
    for character in visible(value) {
        match character {
            '\n' => line.push_str("^n"),
            '^' => line.push_str("^^"),
            '"' => line.push_str("^'"),
            plain => line.push(plain),
        }
    }
    if quoted {
        line.push('"');
    }
}

/// Reads a parameter's value (RFC 6868 3.2); an unknown pair stays as it is.
pub(crate) fn unescape_parameter(value: &str) -> Cow<'_, str> {
    if !value.contains('^') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        let meant = match (character, characters.peek()) {
            ('^', Some('n')) => '\n',
            ('^', Some('^')) => '^',
            ('^', Some('\'')) => '"',
            _ => {
                text.push(character);
                continue;
            }
        };
        text.push(meant);
        characters.next();
    }
    Cow::Owned(text)
}

/// Appends a value that has no escaping of its own (URI, RECUR, CAL-ADDRESS, …), without anything that could end a line.
pub(crate) fn push_raw(line: &mut String, value: &str) {
    if value.bytes().any(|byte| NEEDS_A_LOOK[usize::from(byte)]) {
        line.extend(value.chars().filter(|character| !character.is_control() && !is_separator(*character)));
    } else {
        line.push_str(value);
    }
}

/// The characters of a text with each CRLF, CR, LF and Unicode line or paragraph separator as one `\n`, and without
/// controls other than tab.
fn visible(value: &str) -> impl Iterator<Item = char> {
    let mut characters = value.chars().peekable();
    std::iter::from_fn(move || {
        loop {
            match characters.next()? {
                '\r' => {
                    characters.next_if_eq(&'\n');
                    return Some('\n');
                }
                '\n' => return Some('\n'),
                separator if is_separator(separator) => return Some('\n'),
                control if control.is_control() && control != '\t' => {}
                plain => return Some(plain),
            }
        }
    })
}

/// Some readers end a line at these, as Unicode says that they may.
fn is_separator(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(push: fn(&mut String, &str), value: &str) -> String {
        let mut line = String::new();
        push(&mut line, value);
        line
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(written(push_text, "a\\b;c,d\r\ne\rf\ng\u{0}h\ti\u{85}"), "a\\\\b\\;c\\,d\\ne\\nf\\ngh\ti");
    }

    #[test]
    fn parameters_are_quoted_when_needed() {
        assert_eq!(written(push_parameter, "Max ^\"M\"\r\n"), "Max ^^^'M^'^n");
        assert_eq!(written(push_parameter, "M: a, b; c"), "\"M: a, b; c\"");
        assert_eq!(unescape_parameter("Max ^^^'M^'^n^x^"), "Max ^\"M\"\n^x^");
    }

    #[test]
    fn raw_values_lose_what_could_end_a_line() {
        assert_eq!(written(push_raw, "https://a\r\nEND:VEVENT\u{2028}\u{7f}"), "https://aEND:VEVENT");
    }

    #[test]
    fn a_lone_backslash_stays() {
        assert_eq!(unescape_text("a\\"), "a\\");
        assert_eq!(unescape_text("a\\:\\N"), "a:\n");
    }
}
