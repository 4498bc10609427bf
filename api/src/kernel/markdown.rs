//! CommonMark to HTML that is safe to put into a page.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// How deep one thing may lie within others: quotations of quotations, lists of lists.
const DEEPEST: usize = 24;

/// CommonMark as its author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown(String);

impl Markdown {
    /// A text, with line ends made one kind and control characters gone.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        Self(text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Safe HTML: no raw HTML of the author's, headings below the page's own, links that give nothing away, and no images
    /// (those come with media of our own).
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut raw = String::with_capacity(self.0.len() * 2);
        html::push_html(&mut raw, self.events().map(below_the_pages_own));
        ammonia::Builder::default()
            .tags(HashSet::from([
                "a",
                "abbr",
                "blockquote",
                "br",
                "code",
                "del",
                "em",
                "h3",
                "h4",
                "h5",
                "h6",
                "hr",
                "li",
                "ol",
                "p",
                "pre",
                "strong",
                "table",
                "tbody",
                "td",
                "th",
                "thead",
                "tr",
                "ul",
            ]))
            .tag_attributes(HashMap::from([("a", HashSet::from(["href", "title"])), ("ol", HashSet::from(["start"]))]))
            .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
            .url_relative(ammonia::UrlRelative::PassThrough)
            .link_rel(Some("noopener nofollow ugc"))
            .clean(&raw)
            .to_string()
    }

    /// The words alone, paragraphs parted by an empty line, the address behind each link: for calendars and search.
    #[must_use]
    pub fn to_plain_text(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        let mut links: Vec<String> = Vec::new();
        for event in self.events() {
            match event {
                Event::Text(words) | Event::Code(words) => text.push_str(&words),
                Event::SoftBreak => text.push(' '),
                Event::HardBreak | Event::End(TagEnd::Item | TagEnd::TableRow) => text.push('\n'),
                Event::Start(Tag::Item) => text.push_str("- "),
                Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
                Event::End(TagEnd::Link) => {
                    if let Some(address) = links.pop().filter(|address| !text.ends_with(address.as_str())) {
                        text.push_str(&format!(" ({address})"));
                    }
                }
                Event::End(TagEnd::TableCell) => text.push(' '),
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::CodeBlock) => text.push_str("\n\n"),
                _ => {}
            }
        }
        let mut lines: Vec<&str> = Vec::new();
        for line in text.lines().map(str::trim_end) {
            if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
                lines.push(line);
            }
        }
        lines.join("\n").trim_end().to_owned()
    }

    /// How many words it has, by which reading time is computed.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.to_plain_text().split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
    }

    /// What the parser reads, less raw HTML and images, and no deeper than anybody writes: all that is ever shown of it.
    pub fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
        let mut open: usize = 0;
        let shown = Parser::new_ext(&self.0, options).filter(|event| {
            !matches!(
                event,
                Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Start(Tag::Image { .. } | Tag::HtmlBlock)
                    | Event::End(TagEnd::Image | TagEnd::HtmlBlock)
            )
        });
        // What is within too many others is shown, but within no more: who makes HTML safe takes the square of the depth.
        shown.filter(move |event| match event {
            Event::Start(_) => {
                open += 1;
                open <= DEEPEST
            }
            Event::End(_) => {
                open = open.saturating_sub(1);
                open < DEEPEST
            }
            _ => true,
        })
    }
}

/// Headings two levels down: the page has `h1` and `h2`.
fn below_the_pages_own(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            Event::Start(Tag::Heading { level: lowered(level), id: None, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
        event => event,
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(text: &str) -> String {
        Markdown::new(text).to_html()
    }

    #[test]
    fn no_text_lies_deeper_than_anybody_writes_and_none_of_it_is_lost() {
        let many = 100_000;
        for piece in
            [">", "- ", "1. ", "* ", "*", "_", "~", "[", "![", "](", "`", "<", "|", "> - ", "**a ", "[a](b", "<div>", "&#", "\\", "|-"]
        {
            let text = format!("{}\n\nEnde", piece.repeat(many / piece.len()));
            let html = html(&text);
            let deepest = html.split('<').skip(1).fold((0_i32, 0), |(deep, most), tag| {
                let deep = deep + if tag.starts_with('/') { -1 } else { i32::from(!tag.starts_with("br") && !tag.starts_with("hr")) };
                (deep, most.max(deep))
            });
            assert!(deepest.1 <= 40, "{piece}: {}", deepest.1);
            assert!(html.contains("Ende") && Markdown::new(&text).to_plain_text().contains("Ende"), "{piece}");
        }
        assert_eq!(html("> > > a").matches("<blockquote>").count(), 3);
    }

    #[test]
    fn emphasis_links_and_headings_become_html() {
        assert_eq!(html("Am **3. Mai**"), "<p>Am <strong>3. Mai</strong></p>\n");
        assert_eq!(html("# Titel"), "<h3>Titel</h3>\n");
        assert!(html("[hier](https://example.org)").contains(r#"<a href="https://example.org" rel="noopener nofollow ugc">hier</a>"#));
    }

    #[test]
    fn nothing_that_runs_comes_through() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://tracker.example/x.gif)",
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "<a href=\"https://a\" onclick=\"x()\">x</a>",
            "<svg/onload=alert(1)>",
            "<style>*{display:none}</style>",
            "[x](<javascript:alert(1)>)",
            "a\u{0}<iframe src=//x>",
        ] {
            let page = html(hostile);
            for bad in ["<script", "<img", "href=\"javascript:", "href=\"data:", "<a href=\"https://a\" on", "<svg", "<style", "<iframe"] {
                assert!(!page.contains(bad), "{hostile} gave {page}");
            }
        }
    }

    #[test]
    fn plain_text_keeps_words_lists_and_addresses() {
        let text = Markdown::new("## Ort\n\nIm **Saal**\nvon [Faust](https://faust.example).\n\n- eins\n- zwei\n").to_plain_text();
        assert_eq!(text, "Ort\n\nIm Saal von Faust (https://faust.example).\n\n- eins\n- zwei");
    }

    #[test]
    fn words_are_counted_without_marks() {
        assert_eq!(Markdown::new("Das **Fest** – [hier](https://example.org/a)").word_count(), 4);
    }

    proptest! {
        #[test]
        fn no_text_can_open_a_tag_of_its_own(text in "[<>a-z\"'=/ !\\[\\]()`*#&;:\\n-]{0,80}") {
            let page = html(&text);
            for bad in ["<script", "<img", "<iframe", "<svg", "<style", "<form", "href=\"javascript:"] {
                prop_assert!(!page.contains(bad));
            }
        }
    }
}
