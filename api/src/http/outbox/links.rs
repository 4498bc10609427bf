//! Text of a mail as HTML: nothing in it is markup, and addresses of pages can be clicked.

const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Escapes what means something in HTML, in text and between quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

/// Escapes a text, and makes links of the addresses in it that begin with `http:` or `https:`.
pub(super) fn linked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = next_address(rest) {
        let (before, from) = rest.split_at(begin);
        let address = address(from);
        out.push_str(&escaped(before));
        let shown = escaped(address);
        out.push_str(&format!("<a href=\"{shown}\" target=\"_blank\" rel=\"noopener noreferrer\">{shown}</a>"));
        rest = &from[address.len()..];
    }
    out.push_str(&escaped(rest));
    out
}

fn next_address(text: &str) -> Option<usize> {
    let begins = SCHEMES.iter().flat_map(|scheme| text.match_indices(scheme)).map(|(at, _)| at);
    // An address has a host at least: a scheme that stands alone is a word.
    begins.filter(|at| !SCHEMES.contains(&address(&text[*at..]))).min()
}

/// The address that a text begins with: up to the first white space or bracket, and without the end of a sentence.
fn address(text: &str) -> &str {
    let is_end = |letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, '<' | '>' | '"' | '`');
    let mut address = text.split(is_end).next().unwrap_or_default();
    loop {
        address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '…', '“', '”', '»']);
        // A bracket that was opened before the address closes behind it.
        match address.strip_suffix(')') {
            Some(shorter) if address.matches(')').count() > address.matches('(').count() => address = shorter,
            _ => return address,
        }
    }
}

/// A mail's HTML whose links open in a window of their own: the frame that shows it can hold no other page.
pub(super) fn opened_elsewhere(html: &str) -> String {
    const TARGET: &str = "<base target=\"_blank\">";
    let head = html.to_ascii_lowercase().find("<head>").map_or(0, |at| at + "<head>".len());
    format!("{}{TARGET}{}", &html[..head], &html[head..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(address: &str) -> String {
        format!("<a href=\"{address}\" target=\"_blank\" rel=\"noopener noreferrer\">{address}</a>")
    }

    #[test]
    fn addresses_of_pages_can_be_clicked_and_nothing_else_can() {
        for (text, expected) in [
            ("at https://a.example/x.", format!("at {}.", link("https://a.example/x"))),
            ("(http://a.example/x_(y).),", format!("({}.),", link("http://a.example/x_(y)"))),
            ("<https://a.example/?a=1&b=2>", format!("&lt;{}&gt;", link("https://a.example/?a=1&amp;b=2"))),
            ("https://a.example/\nhttps://b.example/", format!("{}\n{}", link("https://a.example/"), link("https://b.example/"))),
            ("javascript:alert(1) ftp://a.example https:// http://", "javascript:alert(1) ftp://a.example https:// http://".into()),
            ("https://a.example/\"onclick=\"x", format!("{}&quot;onclick=&quot;x", link("https://a.example/"))),
            ("https://a.example/'x", link("https://a.example/&#39;x")),
            ("<b>&</b>", "&lt;b&gt;&amp;&lt;/b&gt;".into()),
        ] {
            assert_eq!(linked(text), expected);
        }
    }

    #[test]
    fn the_target_of_links_stands_in_the_head() {
        assert_eq!(opened_elsewhere("<html><HEAD><title>"), "<html><HEAD><base target=\"_blank\"><title>");
        assert_eq!(opened_elsewhere("<p>"), "<base target=\"_blank\"><p>");
    }
}
