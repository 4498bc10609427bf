//! Markdown of what others write as HTML, or as plain text.

use htmd::HtmlToMarkdown;

/// Elements within elements at the most: no page has so many.
const DEEPEST: usize = 200;

/// Markdown of HTML, as WordPress and feeds have it; none where it lies deeper than any page.
pub fn of_html(html: &str) -> Option<String> {
    let html = paragraphs(&without_shortcodes(html));
    if depth(&html) > DEEPEST {
        return None;
    }
    let converter =
        HtmlToMarkdown::builder().skip_tags(vec!["script", "style", "img", "iframe", "object", "form", "svg", "figcaption"]).build();
    converter.convert(&html).ok().map(|markdown| markdown.trim().to_owned())
}

/// Markdown that shows a plain text as it stands.
pub fn of_plain(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            // A line of a plain text is a line of its own.
            markdown.push_str(if markdown.ends_with('\n') || line.trim().is_empty() { "\n" } else { "  \n" });
        }
        let line = line.trim();
        if line.starts_with(['#', '-', '+', '=', '>', '|']) || line.split_once(['.', ')']).is_some_and(|(number, _)| is_number(number)) {
            let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            markdown.push_str(&line[..digits]);
            markdown.push('\\');
            escape(&line[digits..], &mut markdown);
        } else {
            escape(line, &mut markdown);
        }
    }
    markdown
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn escape(text: &str, markdown: &mut String) {
    for letter in text.chars() {
        if matches!(letter, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '&' | '~') {
            markdown.push('\\');
        }
        markdown.push(letter);
    }
}

/// Paragraphs of a text that has none: WordPress's older editor leaves them to empty lines.
fn paragraphs(html: &str) -> String {
    if ["<p", "<div", "<ul", "<ol", "<table", "<blockquote"].iter().any(|block| html.contains(block)) {
        return html.to_owned();
    }
    let blocks = html.replace("\r\n", "\n");
    let blocks = blocks.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    blocks.map(|block| format!("<p>{}</p>", block.replace('\n', "<br>"))).collect()
}

/// WordPress's own marks that show what is not here, e.g. `[gallery ids="1,2"]`.
fn without_shortcodes(html: &str) -> String {
    let mut left = html;
    let mut kept = String::with_capacity(html.len());
    while let Some(at) = left.find('[') {
        let (before, rest) = left.split_at(at);
        kept.push_str(before);
        let name = rest[1..].trim_start_matches('/');
        let is_known = ["caption", "gallery", "embed", "audio", "video", "playlist"].iter().any(|known| name.starts_with(known));
        match rest.find(']').filter(|_| is_known) {
            Some(end) => left = &rest[end + 1..],
            None => {
                kept.push('[');
                left = &rest[1..];
            }
        }
    }
    kept.push_str(left);
    kept
}

/// How deep elements could lie at the most: those that begin, less those that end.
fn depth(html: &str) -> usize {
    let mut deep = 0_usize;
    let mut most = 0;
    for tag in html.split('<').skip(1) {
        if tag.starts_with('/') {
            deep = deep.saturating_sub(1);
        } else if tag.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && !["br", "img", "hr", "input", "wbr"].iter().any(|void| tag.starts_with(void))
        {
            deep += 1;
            most = most.max(deep);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kernel::Markdown;

    #[test]
    fn what_wordpress_writes_becomes_markdown() {
        let html = "<!-- wp:paragraph --><p>Am <strong>3. Mai</strong>, <a href=\"https://a.example/\">hier</a></p><!-- /wp:paragraph -->[gallery ids=\"1,2\"]<script>x</script>";
        assert_eq!(of_html(html).unwrap(), "Am **3\\. Mai**, [hier](https://a.example/)");
        assert_eq!(of_html("Eins\nzwei\n\nDrei [caption id=\"1\"]Bild[/caption] [x]").unwrap(), "Eins  \nzwei\n\nDrei Bild \\[x\\]");
        assert_eq!(of_html(&"<div>".repeat(10_000)), None);
    }

    proptest! {
        #[test]
        fn a_plain_text_is_shown_as_it_stands(text in "[ -~äß\n]{0,200}") {
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&Markdown::new(&of_plain(&text)).to_plain_text()), words(&text));
        }

        #[test]
        fn no_html_is_too_odd(html in "[<>/a-d\\[\\]&;\" =!-]{0,200}") {
            of_html(&html);
        }
    }
}
