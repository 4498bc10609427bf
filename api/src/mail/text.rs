//! The text part: headings underlined, links as numbers with their addresses below.

use super::document::{Block, Document};
use super::inline::{Inline, bare, plain};
use super::wrap::{COLUMNS, fill, hang, width};

/// Writes a document as text, with the addresses of its links at the end.
pub fn write(document: &Document) -> String {
    let mut writer = Writer::default();
    let mut lines = writer.blocks(&document.blocks, COLUMNS);
    if !writer.addresses.is_empty() {
        lines.push(String::new());
        let numbered = writer.addresses.iter().enumerate();
        lines.extend(numbered.map(|(at, address)| format!("[{}] {}", at + 1, bare(address))));
    }
    lines.join("\n")
}

#[derive(Default)]
struct Writer {
    addresses: Vec<String>,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], columns: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for block in blocks {
            let written = self.block(block, columns.max(20));
            if !lines.is_empty() && !written.is_empty() {
                lines.push(String::new());
            }
            lines.extend(written);
        }
        lines
    }

    fn block(&mut self, block: &Block, columns: usize) -> Vec<String> {
        match block {
            Block::Heading(level, words) => self.heading(*level, words, columns),
            Block::Paragraph(words) => fill(&self.line(words), columns),
            Block::Button { label, address } => fill(&format!("{label}:"), columns).into_iter().chain([bare(address).to_owned()]).collect(),
            Block::Facts(facts) => self.facts(facts, columns),
            Block::Items(first, items) => self.items(*first, items, columns),
            Block::Quotation(blocks) => {
                let quote = |line: String| format!("> {line}").trim_end().to_owned();
                self.blocks(blocks, columns.saturating_sub(2)).into_iter().map(quote).collect()
            }
            Block::Verbatim(text) => text.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned()).collect(),
            Block::Table(head, rows) => self.table(head, rows, columns),
            // What it says stands beside it in words.
            Block::Picture { .. } => Vec::new(),
            Block::Rule => vec!["-".repeat(columns.min(24))],
        }
    }

    fn heading(&mut self, level: u8, words: &[Inline], columns: usize) -> Vec<String> {
        let mut lines = fill(&self.line(words), columns);
        let longest = lines.iter().map(|line| width(line)).max().unwrap_or_default();
        match level {
            1 => lines.push("=".repeat(longest)),
            2 => lines.push("-".repeat(longest)),
            _ => {}
        }
        lines
    }

    fn facts(&mut self, facts: &[(Vec<Inline>, Vec<Inline>)], columns: usize) -> Vec<String> {
        let labels: Vec<String> = facts.iter().map(|(label, _)| format!("{}:", self.line(label))).collect();
        // A label that is too long for its column is not made room for by all others.
        let room = labels.iter().map(|label| width(label)).filter(|wide| *wide <= columns / 3).max().unwrap_or_default() + 1;
        let mut lines = Vec::new();
        for ((_, value), label) in facts.iter().zip(labels) {
            let space = " ".repeat(room.saturating_sub(width(&label)).max(1));
            let said = fill(&self.line(value), columns.saturating_sub(room));
            lines.extend(hang(&format!("{label}{space}"), said));
        }
        lines
    }

    fn items(&mut self, first: Option<u64>, items: &[Vec<Block>], columns: usize) -> Vec<String> {
        let is_loose = items.iter().any(|item| item.len() > 1 && !item.iter().skip(1).all(|block| matches!(block, Block::Items(..))));
        let mut lines = Vec::new();
        for (number, item) in (first.unwrap_or(1)..).zip(items) {
            let mark = first.map_or_else(|| "- ".to_owned(), |_| format!("{number}. "));
            if is_loose && !lines.is_empty() {
                lines.push(String::new());
            }
            let mut said = self.blocks(item, columns.saturating_sub(mark.len()));
            if !is_loose {
                said.retain(|line| !line.is_empty());
            }
            if said.is_empty() {
                said.push(String::new());
            }
            lines.extend(hang(&mark, said));
        }
        lines
    }

    /// Each row by itself: no screen is wide enough for every table.
    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], columns: usize) -> Vec<String> {
        let names: Vec<String> = head.iter().map(|cell| self.line(cell)).collect();
        let mut lines = Vec::new();
        for row in rows {
            let cells = row.iter().enumerate().map(|(at, cell)| (names.get(at), self.line(cell))).collect::<Vec<_>>();
            let said = cells.into_iter().filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| match name {
                Some(name) if !name.is_empty() => format!("{name}: {cell}"),
                _ => cell,
            });
            lines.extend(hang("- ", fill(&said.collect::<Vec<_>>().join("; "), columns.saturating_sub(2))));
        }
        lines
    }

    /// Words of a line; what was broken is.
    fn line(&mut self, inlines: &[Inline]) -> String {
        let mut text = String::new();
        self.say(inlines, &mut text);
        text.trim().to_owned()
    }

    fn say(&mut self, inlines: &[Inline], text: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(words) | Inline::Code(words) => text.push_str(words),
                Inline::Strong(within) | Inline::Emphasis(within) | Inline::Struck(within) => self.say(within, text),
                Inline::Link { address, label } => text.push_str(&self.link(address, label)),
                Inline::Break => text.push('\n'),
            }
        }
    }

    fn link(&mut self, address: &str, label: &[Inline]) -> String {
        let words = plain(label);
        if words.trim_end_matches('/') == bare(address).trim_end_matches('/') {
            return bare(address).to_owned();
        }
        let at = self.addresses.iter().position(|known| known == address).unwrap_or_else(|| {
            self.addresses.push(address.to_owned());
            self.addresses.len() - 1
        });
        format!("{words} [{}]", at + 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kernel::Markdown;

    fn text(markdown: &str) -> String {
        write(&Document::read(&Markdown::new(markdown), "https://example.org"))
    }

    #[test]
    fn an_address_that_is_its_own_words_is_said_once() {
        assert_eq!(text("<https://example.org/a> und <a@example.org>"), "https://example.org/a und a@example.org");
        assert_eq!(text("[example.org](https://example.org)"), "example.org [1]\n\n[1] https://example.org/");
        assert_eq!(text("[hier](/a), [dort](/a)"), "hier [1], dort [1]\n\n[1] https://example.org/a");
    }

    #[test]
    fn facts_stand_below_each_other() {
        assert_eq!(text("| | |\n|-|-|\n| Wo | im Saal |\n| Wann | **um 6** |"), "Wo:   im Saal\nWann: um 6");
    }

    #[test]
    fn items_are_set_apart_only_if_they_are_long() {
        assert_eq!(text("- a\n  - b\n- c"), "- a\n  - b\n- c");
        assert_eq!(text("1. a\n\n   b\n2. c"), "1. a\n\n   b\n\n2. c");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_a_line(words in prop::collection::vec("[a-zäß]{1,20}|\n|\n\n|\n- |\n> |\n# |\n2\\. |\\*\\*", 0..60)) {
            for line in text(&words.join(" ").replace("\n ", "\n")).lines() {
                prop_assert!(width(line) <= COLUMNS, "{line}");
            }
        }
    }
}
