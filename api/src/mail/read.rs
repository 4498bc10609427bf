//! Reads Markdown into the blocks that a mail consists of.

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag};
use url::Url;

use super::document::Block;
use super::inline::{Inline, bare, plain};
use crate::kernel::Markdown;

/// Things within things at the most; what lies deeper is shown as if it lay there.
const DEEPEST: usize = 24;

/// The blocks of a text. No picture comes through, but for those that travel with a message of ours. Links within the site are made whole with its address; what cannot be followed is no link.
pub fn blocks(text: &Markdown, public_url: &str, has_pictures: bool) -> Vec<Block> {
    let mut depth = 0_usize;
    let events = text.events().filter(|event| match event {
        Event::Start(_) => {
            depth += 1;
            depth <= DEEPEST
        }
        Event::End(_) => {
            depth = depth.saturating_sub(1);
            depth < DEEPEST
        }
        _ => true,
    });
    Reader { events, public_url, has_pictures }.blocks()
}

/// How the address of what travels with the mail begins (RFC 2392).
const CID: &str = "cid:";

struct Reader<'a, E> {
    events: E,
    public_url: &'a str,
    has_pictures: bool,
}

impl<'m, E: Iterator<Item = Event<'m>>> Reader<'_, E> {
    /// What comes until the end of what was begun.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Items of a tight list have words without a paragraph around them.
        let mut loose: Vec<Inline> = Vec::new();
        while let Some(event) = self.events.next() {
            let block = match event {
                Event::Start(Tag::Paragraph) => paragraph(self.inlines()),
                Event::Start(Tag::Heading { level, .. }) => Block::Heading(rank(level), self.inlines()),
                Event::Start(Tag::BlockQuote(_)) => Block::Quotation(self.blocks()),
                Event::Start(Tag::CodeBlock(_)) => Block::Verbatim(plain(&self.inlines())),
                Event::Start(Tag::List(first)) => Block::Items(first, self.items()),
                Event::Start(Tag::Table(_)) => self.table(),
                Event::Rule => Block::Rule,
                Event::End(_) => break,
                event => {
                    self.inline(event, &mut loose);
                    continue;
                }
            };
            flush(&mut loose, &mut blocks);
            blocks.push(block);
        }
        flush(&mut loose, &mut blocks);
        blocks
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.blocks()),
                Event::End(_) => break,
                // Deeper than is looked into.
                event => {
                    let mut words = Vec::new();
                    self.inline(event, &mut words);
                    items.push(vec![Block::Paragraph(words)]);
                }
            }
        }
        items
    }

    fn table(&mut self) -> Block {
        let mut head = Vec::new();
        let mut rows = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => head = self.cells(),
                Event::Start(Tag::TableRow) => rows.push(self.cells()),
                Event::End(_) => break,
                _ => {}
            }
        }
        if head.iter().any(|cell| !cell.is_empty()) {
            return Block::Table(head, rows);
        }
        if head.len() != 2 {
            return Block::Table(Vec::new(), rows);
        }
        let pair = |row: Vec<Vec<Inline>>| {
            let mut cells = row.into_iter();
            (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())
        };
        Block::Facts(rows.into_iter().map(pair).collect())
    }

    fn cells(&mut self) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => cells.push(self.inlines()),
                Event::End(_) => break,
                _ => {}
            }
        }
        cells
    }

    fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some(event) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, &mut inlines);
        }
        inlines
    }

    fn inline(&mut self, event: Event<'m>, into: &mut Vec<Inline>) {
        match event {
            Event::Text(words) => match into.last_mut() {
                Some(Inline::Text(before)) => before.push_str(&words),
                _ => into.push(Inline::Text(words.into_string())),
            },
            Event::Code(words) => into.push(Inline::Code(words.into_string())),
            Event::SoftBreak => into.push(Inline::Text(" ".to_owned())),
            Event::HardBreak => into.push(Inline::Break),
            Event::Start(Tag::Strong) => into.push(Inline::Strong(self.inlines())),
            Event::Start(Tag::Emphasis) => into.push(Inline::Emphasis(self.inlines())),
            Event::Start(Tag::Strikethrough) => into.push(Inline::Struck(self.inlines())),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let label = self.inlines();
                let address = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                let shown = Some(&address).filter(|address| self.has_pictures && address.starts_with(CID)).cloned();
                match shown.or_else(|| followed(&address, self.public_url)) {
                    Some(address) if plain(&label).trim().is_empty() => {
                        into.push(Inline::Link { label: vec![Inline::Text(bare(&address).to_owned())], address });
                    }
                    Some(address) => into.push(Inline::Link { address, label }),
                    None => into.extend(label),
                }
            }
            Event::Start(_) => into.extend(self.inlines()),
            _ => {}
        }
    }
}

fn flush(loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(paragraph(std::mem::take(loose)));
    }
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    if let [Inline::Strong(within)] = inlines.as_slice()
        && let [Inline::Link { address, label }] = within.as_slice()
    {
        return Block::Button { label: plain(label), address: address.clone() };
    }
    if let [Inline::Link { address, label }] = inlines.as_slice()
        && let Some(id) = address.strip_prefix(CID)
    {
        return Block::Picture { label: plain(label), id: id.to_owned() };
    }
    Block::Paragraph(inlines)
}

/// The address of a link, whole and of a kind that can be followed from a mail.
fn followed(address: &str, public_url: &str) -> Option<String> {
    let url = match Url::parse(address) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) if !address.is_empty() && !address.starts_with('#') => {
            let base = Url::parse(&format!("{public_url}/")).ok()?;
            let within = if address.starts_with("//") { address } else { address.trim_start_matches('/') };
            base.join(within).ok()?
        }
        Err(_) => return None,
    };
    let is_followed = match url.scheme() {
        "http" | "https" => url.has_host(),
        scheme => matches!(scheme, "mailto" | "tel"),
    };
    is_followed.then(|| String::from(url))
}

fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Block> {
        blocks(&Markdown::new(text), "https://example.org", false)
    }

    fn words(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.to_owned())]
    }

    #[test]
    fn a_bold_link_alone_is_a_button_and_no_other_is() {
        let button = Block::Button { label: "Absagen".into(), address: "https://example.org/x".into() };
        assert_eq!(read("**[Absagen](/x)**"), [button]);
        for other in ["[Absagen](/x)", "**[Absagen](/x)**.", "**[Absagen](/x) jetzt**", "**[Absagen](javascript:x)**"] {
            assert!(matches!(read(other).as_slice(), [Block::Paragraph(_)]), "{other}");
        }
    }

    #[test]
    fn a_picture_that_travels_with_a_message_of_ours_comes_through_and_no_other() {
        let ours = |text: &str| blocks(&Markdown::new(text), "https://example.org", true);
        let picture = Block::Picture { label: "Code".into(), id: "code@example.org".into() };
        assert_eq!(ours("[Code](cid:code@example.org)"), [picture]);
        assert_eq!(ours("![Code](https://example.org/x.png)"), [Block::Paragraph(words("Code"))]);
        assert!(matches!(ours("[Code](cid:code@example.org) *hier*").as_slice(), [Block::Paragraph(_)]));
        assert_eq!(read("[Code](cid:code@example.org)"), [Block::Paragraph(words("Code"))]);
    }

    #[test]
    fn two_columns_without_a_head_are_facts() {
        assert_eq!(read("| | |\n|-|-|\n| Wo | Saal |"), [Block::Facts(vec![(words("Wo"), words("Saal"))])]);
        assert!(matches!(read("| A | B |\n|-|-|\n| Wo | Saal |").as_slice(), [Block::Table(head, _)] if head.len() == 2));
        assert!(matches!(read("| | | |\n|-|-|-|\n| a | b | c |").as_slice(), [Block::Table(head, _)] if head.is_empty()));
    }

    #[test]
    fn only_links_that_can_be_followed_are_links() {
        let address = |text: &str| followed(text, "https://example.org/miso");
        assert_eq!(address("/events/a").as_deref(), Some("https://example.org/miso/events/a"));
        assert_eq!(address("mailto:a@example.org").as_deref(), Some("mailto:a@example.org"));
        assert_eq!(address("https://exämple.org/ü").as_deref(), Some("https://xn--exmple-cua.org/%C3%BC"));
        for bad in
            ["", "#ort", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "https://", "ftp://example.org", "file:///etc"]
        {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_lies_too_deep_is_still_said() {
        let text = format!("{}tief", ">".repeat(5000));
        assert!(format!("{:?}", read(&text)).contains("tief"));
        assert!(format!("{:?}", read(&format!("{}tief", "- ".repeat(500)))).contains("tief"));
    }
}
