//! Values that come from people: words in a mail, and never a mark, a link, or an address that a mail program makes a link of.

use std::borrow::Cow;

use minijinja::value::Value;
use minijinja::{AutoEscape, Error, ErrorKind, Output, State};

/// How the bodies of templates are escaped.
pub const MARKDOWN: AutoEscape = AutoEscape::Custom(Cow::Borrowed("markdown"));

/// Letters of a subject, and of a preheader: more is shown by no program.
const LONGEST_LINE: usize = 200;

/// Writes a value into a template.
pub fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_none() || value.is_undefined() {
        return Err(Error::new(ErrorKind::UndefinedError, "a value is not there"));
    }
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let written = match state.auto_escape() {
        AutoEscape::None => out.write_str(&line(&text)),
        _ if value.is_safe() => out.write_str(&text),
        _ => out.write_str(&markdown(&text)),
    };
    written.map_err(|error| Error::new(ErrorKind::WriteFailure, "a value could not be written").with_source(error))
}

/// A text as one line, without anything that cannot be seen.
pub fn line(text: &str) -> String {
    let visible: String = text.chars().filter_map(seen).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as a subject: one line that is not too long.
pub fn subject(text: &str) -> String {
    let line = line(text);
    match line.char_indices().nth(LONGEST_LINE) {
        None => line,
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
    }
}

/// A text as one line of Markdown that says just its words, whichever way it runs.
pub fn markdown(text: &str) -> String {
    let line = line(text);
    let mut escaped = String::with_capacity(line.len() + line.len() / 4);
    let turns_around = line.chars().any(runs_to_the_left);
    if turns_around {
        escaped.push(OWN_DIRECTION);
    }
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        if letter.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(letter);
        if begins_an_address(before, letter, &line[at + letter.len_utf8()..]) {
            escaped.push(UNSEEN);
        }
        before = letter;
    }
    if turns_around {
        escaped.push(END_OF_OWN_DIRECTION);
    }
    escaped
}

/// A text with its lines and paragraphs, as Markdown that says just its words. For the beginning of a line.
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let mut written = String::with_capacity(text.len() * 2);
    let mut is_after_words = false;
    for line in text.split('\n').map(markdown) {
        match (line.is_empty(), is_after_words) {
            (false, true) => written.push_str("\\\n"),
            (false, false) if !written.is_empty() => written.push_str("\n\n"),
            _ => {}
        }
        is_after_words = !line.is_empty();
        written.push_str(&line);
    }
    written
}

/// A text with its lines and paragraphs, as a quotation. For the beginning of a line.
pub fn quoted(text: &str) -> String {
    paragraphs(text).lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// Stands where a mail program would else find an address.
const UNSEEN: char = '\u{200c}';

/// Around a text that would else carry away what stands beside it: an Arabic title in a German sentence.
const OWN_DIRECTION: char = '\u{2068}';
const END_OF_OWN_DIRECTION: char = '\u{2069}';

/// Whether it is a letter of Hebrew, Arabic, Syriac, Thaana, or N'Ko.
fn runs_to_the_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{1e900}'..='\u{1e95f}')
}

/// Whether what stands around a letter looks as the middle of an address does: `http://`, `name@example`, `example.org`.
fn begins_an_address(before: char, letter: char, rest: &str) -> bool {
    let mut behind = rest.chars();
    match letter {
        ':' => rest.starts_with("//"),
        '@' => !before.is_whitespace() && behind.next().is_some_and(|letter| !letter.is_whitespace()),
        '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}' => {
            before.is_alphanumeric() && behind.by_ref().take(2).filter(|letter| letter.is_alphabetic()).count() == 2
        }
        _ => false,
    }
}

/// A letter as it is shown: ends of lines are spaces, and what steers programs or turns texts around is gone.
fn seen(letter: char) -> Option<char> {
    match letter {
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_words() {
        assert_eq!(markdown("*Amal* [hier](x) <b>"), r"\*Amal\* \[hier\]\(x\) \<b\>");
        assert_eq!(markdown("  a\r\nBcc: b\u{0}\u{202e} "), r"a Bcc\: b");
        assert_eq!(markdown("1. Mai | Ü"), r"1\. Mai \| Ü");
    }

    #[test]
    fn addresses_are_no_links() {
        assert_eq!(line(&markdown("http://boese.example")), "http\\:\u{200c}\\/\\/boese\\.\u{200c}example");
        assert_eq!(markdown("a@b.example"), "a\\@\u{200c}b\\.\u{200c}example");
        for harmless in ["z.B.", "e.V.", "18.00", "Ende.", "@ hier", "Dr. Beispiel"] {
            assert!(!markdown(harmless).contains(UNSEEN), "{harmless}");
        }
    }

    #[test]
    fn a_text_that_runs_to_the_left_keeps_to_itself() {
        assert_eq!(markdown("ما الجديد؟"), "\u{2068}ما الجديد؟\u{2069}");
        assert_eq!(markdown("\u{2069}\u{202e}Amal"), "Amal");
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs("\n# a\r\nb\n\n\n- c\n"), "\\# a\\\nb\n\n\\- c");
        assert_eq!(quoted("a\n\nb"), "> a\n> \n> b");
    }

    #[test]
    fn a_subject_is_one_line_of_bounded_length() {
        assert_eq!(subject("Neu:\r\nBcc: x\u{7}"), "Neu: Bcc: x");
        assert_eq!(subject(&"ü".repeat(300)).chars().count(), LONGEST_LINE + 1);
    }
}
