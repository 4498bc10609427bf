//! Parts a GraphQL document into tokens, as the parser will, without allocating.
//!
//! It never sees fewer tokens or brackets than the parser: where the two could differ, a string that does not end, it reads
//! on behind as the parser would.

/// A token, as far as limits care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `{`, `(`, or `[`.
    Open,
    /// `}`, `)`, or `]`.
    Close,
    /// A name, a number, a string, or another sign.
    Other,
}

/// The tokens of a document.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at = behind_ignored(bytes, at);
        let token = match bytes.get(at)? {
            b'{' | b'(' | b'[' => Token::Open,
            b'}' | b')' | b']' => Token::Close,
            _ => Token::Other,
        };
        at = behind_token(bytes, at);
        Some(token)
    })
}

/// Where the next token begins: behind white space, commas, byte order marks and comments.
fn behind_ignored(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\n' | b'\r' | b',') => at += 1,
            Some(b'#') => {
                while bytes.get(at).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    at += 1;
                }
            }
            Some(0xEF) if bytes[at..].starts_with("\u{feff}".as_bytes()) => at += 3,
            _ => return at,
        }
    }
}

fn behind_token(bytes: &[u8], at: usize) -> usize {
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let rest = &bytes[at..];
    match rest[0] {
        b'"' => at + string(rest),
        byte if word(&byte) || byte == b'-' => at + 1 + rest[1..].iter().take_while(|byte| word(byte) || **byte == b'.').count(),
        b'.' if rest.starts_with(b"...") => at + 3,
        _ => at + 1,
    }
}

/// How long the string is with which `rest` begins. One in three quotes that never ends is an empty string and another one.
fn string(rest: &[u8]) -> usize {
    if rest.starts_with(b"\"\"\"") {
        return block_string(rest).unwrap_or(2);
    }
    let mut at = 1;
    loop {
        match rest.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') => return at + 1,
            None | Some(b'\n' | b'\r') => return at.min(rest.len()),
            Some(_) => at += 1,
        }
    }
}

fn block_string(rest: &[u8]) -> Option<usize> {
    let mut at = 3;
    while at < rest.len() {
        if rest[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if rest[at..].starts_with(b"\"\"\"") {
            return Some(at + 3);
        } else {
            at += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn count(text: &str) -> usize {
        tokens(text).count()
    }

    #[test]
    fn tokens_are_counted_as_the_grammar_has_them() {
        assert_eq!(count("query Q($a: [Int!]! = [1, -2.5e3]) @x { b: c(d: $a) ...F }"), 32);
        assert_eq!(count("{ a # { b { c\n d }"), 4);
        assert_eq!(count("\u{feff}{,,, a ,}"), 3);
        assert_eq!(count(r#"{ a(b: "}}} \" {", c: """ { \""" " { """) }"#), 11);
    }

    #[test]
    fn nothing_hides_behind_a_string_that_does_not_end() {
        assert_eq!(tokens("{a(b:[\"\"\"x\" [[[[[").filter(|token| *token == Token::Open).count(), 8);
        assert_eq!(tokens("{a(b:[\"x\n [[[[[").filter(|token| *token == Token::Open).count(), 8);
        assert_eq!(count("\"\\"), 1);
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "\\PC{0,80}|[\"\\\\#\n{}a ]{0,80}") {
            prop_assert!(count(&text) <= text.len());
        }
    }
}
