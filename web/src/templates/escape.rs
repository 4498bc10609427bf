//! Escaping of texts: what has a meaning in HTML, in contents and in attributes, and nothing else, so that addresses stay
//! readable.

use minijinja::value::Value;
use minijinja::{AutoEscape, Error, ErrorKind, Output, State, escape_formatter};

/// Writes a value into a page.
pub fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html) => {
            write(out, text).map_err(|error| Error::new(ErrorKind::WriteFailure, "a text could not be written").with_source(error))
        }
        _ => escape_formatter(out, state, value),
    }
}

fn write(out: &mut impl std::fmt::Write, text: &str) -> std::fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_would_read_is_escaped() {
        let mut out = String::new();
        write(&mut out, "<a href=\"/x?y&z\" id='ü'>").unwrap();
        assert_eq!(out, "&lt;a href=&quot;/x?y&amp;z&quot; id=&#39;ü&#39;&gt;");
    }
}
