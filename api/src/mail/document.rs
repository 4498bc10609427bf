//! A mail as what it consists of, read from Markdown: the text part and the HTML part are two ways to write it.

use super::inline::{Inline, plain};
use super::read;
use crate::kernel::Markdown;

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// A part that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading and its level; levels are in order.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// What one is asked to do: a paragraph of one bold link alone.
    Button {
        /// The words on it.
        label: String,
        /// Where it leads.
        address: String,
    },
    /// Facts by their names: a table of two columns with an empty head.
    Facts(Vec<(Vec<Inline>, Vec<Inline>)>),
    /// A list; numbered ones have a first number.
    Items(Option<u64>, Vec<Vec<Block>>),
    /// A picture that travels with the mail.
    Picture {
        /// What it shows, for who does not see it.
        label: String,
        /// Its name in the mail.
        id: String,
    },
    /// What somebody else said.
    Quotation(Vec<Block>),
    /// Lines as they are.
    Verbatim(String),
    /// A table: its head, which may be empty, and its rows.
    Table(Vec<Vec<Inline>>, Vec<Vec<Vec<Inline>>>),
    /// A pause.
    Rule,
}

impl Document {
    /// Reads a text. Links within the site are made whole with its address; what cannot be followed is no link.
    pub fn read(text: &Markdown, public_url: &str) -> Self {
        let mut document = Self { blocks: read::blocks(text, public_url, false) };
        document.put_headings_in_order(1);
        document
    }

    /// As [`Document::read`], with the pictures that travel with a message of ours.
    pub fn of_message(text: &Markdown, public_url: &str) -> Self {
        let mut document = Self { blocks: read::blocks(text, public_url, true) };
        document.put_headings_in_order(1);
        document
    }

    /// Puts a title above, unless it is there already; headings are below it.
    pub fn entitle(&mut self, title: &str) {
        if matches!(self.blocks.first(), Some(Block::Heading(_, words)) if plain(words).trim() == title) {
            self.blocks.remove(0);
        }
        self.put_headings_in_order(2);
        self.blocks.insert(0, Block::Heading(1, vec![Inline::Text(title.to_owned())]));
    }

    /// How it begins: the words of its first paragraph.
    pub fn beginning(&self) -> Option<String> {
        self.blocks.iter().find_map(|block| if let Block::Paragraph(words) = block { Some(plain(words)) } else { None })
    }

    /// Gives headings levels from `highest` on: one below that which they stand under, with none left out.
    fn put_headings_in_order(&mut self, highest: u8) {
        let mut above: Vec<(u8, u8)> = Vec::new();
        for block in &mut self.blocks {
            if let Block::Heading(level, _) = block {
                above.retain(|(written, _)| *written < *level);
                let given = above.last().map_or(highest, |(_, given)| given + 1);
                above.push((*level, given));
                *level = given;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_leave_no_level_out() {
        let levels = |document: &Document| -> Vec<u8> {
            document.blocks.iter().filter_map(|block| if let Block::Heading(level, _) = block { Some(*level) } else { None }).collect()
        };
        let mut document = Document::read(&Markdown::new("# a\n\n### b\n\n###### c\n\n## d"), "https://example.org");
        assert_eq!(levels(&document), [1, 2, 3, 2]);
        document.entitle("Titel");
        assert_eq!(levels(&document), [1, 2, 3, 4, 3]);
        let mut document = Document::read(&Markdown::new("## a\n\n#### b\n\n## c\n\n# d"), "https://example.org");
        document.entitle("Titel");
        assert_eq!(levels(&document), [1, 2, 3, 2, 2]);
    }

    #[test]
    fn a_title_stands_once() {
        let mut document = Document::read(&Markdown::new("## Sommer *hier*\n\nText"), "https://example.org");
        document.entitle("Sommer hier");
        assert_eq!(document.blocks.len(), 2);
        assert!(matches!(document.blocks.first(), Some(Block::Heading(1, _))));
    }
}
