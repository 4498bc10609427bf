//! The HTML part: what a document says, with its looks on each element, since many programs read no style sheet.

use super::document::{Block, Document};
use super::inline::Inline;

/// Writes the blocks of a document, for a text that runs this way.
pub fn write(document: &Document, direction: &'static str) -> String {
    let mut writer = Writer { out: String::new(), side: Side::of(direction) };
    writer.blocks(&document.blocks, USUAL);
    writer.out
}

/// A text with what HTML would read escaped: for contents and attributes.
pub fn escaped(text: &str) -> String {
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

/// Where lines begin and end.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// `left`, or `right` where text runs from right to left.
    pub start: &'static str,
    /// The other one.
    pub end: &'static str,
}

impl Side {
    /// Of a direction, `ltr` or `rtl`.
    pub fn of(direction: &str) -> Self {
        if direction == "rtl" { Self { start: "right", end: "left" } } else { Self { start: "left", end: "right" } }
    }
}

/// Space above and below a block, in pixels.
type Room = (u8, u8);

/// The room of a block among others.
const USUAL: Room = (0, 16);

/// That of the last one within something.
const LAST: Room = (0, 0);

/// That of a block below the words of an item.
const IN_ITEM: Room = (6, 0);

struct Writer {
    out: String,
    side: Side,
}

impl Writer {
    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn blocks(&mut self, blocks: &[Block], last: Room) {
        for (at, block) in blocks.iter().enumerate() {
            self.block(block, if at + 1 == blocks.len() { last } else { USUAL });
        }
    }

    fn block(&mut self, block: &Block, (above, below): Room) {
        let Side { start, .. } = self.side;
        let margin = format!("margin:{above}px 0 {below}px");
        match block {
            Block::Heading(level, words) => self.heading(*level, words),
            Block::Paragraph(words) => {
                self.put(&format!("<p style=\"{margin}\">"));
                self.inlines(words);
                self.put("</p>\n");
            }
            Block::Button { label, address } => self.button(label, address),
            Block::Facts(facts) => self.facts(facts),
            Block::Items(first, items) => self.items(*first, items, &margin),
            Block::Quotation(blocks) => {
                self.put(&format!(
                    "<blockquote class=\"quiet accent-line\" style=\"{margin};padding:2px 0;padding-{start}:16px;\
                     border-{start}:3px solid #0d5661;color:#4c5a60\">\n"
                ));
                self.blocks(blocks, LAST);
                self.put("</blockquote>\n");
            }
            Block::Verbatim(text) => {
                self.put(&format!(
                    "<pre class=\"tint ink\" style=\"{margin};padding:12px 16px;background-color:#e6f0ef;color:#1b2529;\
                     border-radius:8px;font-family:Consolas,Menlo,monospace;font-size:14px;line-height:1.5;white-space:pre-wrap;\
                     word-break:break-word\">"
                ));
                self.put(&escaped(text.trim_end()));
                self.put("</pre>\n");
            }
            Block::Table(head, rows) => self.table(head, rows),
            Block::Picture { label, id } => {
                let (label, id) = (escaped(label), escaped(id));
                self.put(&format!(
                    "<p style=\"{margin}\"><img src=\"cid:{id}\" alt=\"{label}\" width=\"200\" height=\"200\" \
                     style=\"display:block;width:200px;height:200px;border:0;background-color:#ffffff\"></p>\n"
                ));
            }
            Block::Rule => {
                self.put("<hr class=\"line\" style=\"margin:28px 0;border:0;border-top:1px solid #ddd8cd\">\n");
            }
        }
    }

    fn heading(&mut self, level: u8, words: &[Inline]) {
        let level = level.clamp(1, 6);
        let look = match level {
            1 => "margin:0 0 18px;font-size:27px;line-height:1.25;font-weight:700",
            2 => "margin:32px 0 10px;font-size:20px;line-height:1.3;font-weight:700",
            _ => "margin:24px 0 8px;font-size:17px;line-height:1.35;font-weight:700",
        };
        self.put(&format!("<h{level} class=\"ink\" style=\"{look};color:#1b2529\">"));
        self.inlines(words);
        self.put(&format!("</h{level}>\n"));
    }

    /// A cell with a colour: Outlook gives room to cells, not to links.
    fn button(&mut self, label: &str, address: &str) {
        let (label, address) = (escaped(label), escaped(address));
        self.put(&format!(
            "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
             style=\"margin:8px 0 24px\"><tr>\
             <td class=\"button\" align=\"center\" bgcolor=\"#0d5661\" style=\"border-radius:24px;background-color:#0d5661;\
             mso-padding-alt:12px 26px\"><a class=\"button-words\" href=\"{address}\" style=\"display:inline-block;padding:12px 26px;\
             border-radius:24px;color:#ffffff;font-weight:600;line-height:24px;text-decoration:none\">{label}</a></td></tr></table>\n"
        ));
    }

    fn facts(&mut self, facts: &[(Vec<Inline>, Vec<Inline>)]) {
        let Side { start, end } = self.side;
        self.put(
            "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:4px 0 20px;width:100%;\
             border-collapse:collapse\">\n",
        );
        for (at, (label, value)) in facts.iter().enumerate() {
            let line = if at + 1 == facts.len() { "" } else { "border-bottom:1px solid #ddd8cd;" };
            self.put(&format!(
                "<tr><th scope=\"row\" class=\"quiet line\" align=\"{start}\" valign=\"top\" style=\"{line}padding:9px 0;\
                 padding-{end}:16px;width:28%;font-weight:400;word-break:normal;text-align:{start};color:#4c5a60\">"
            ));
            self.inlines(label);
            self.put(&format!(
                "</th><td class=\"ink line\" align=\"{start}\" valign=\"top\" style=\"{line}padding:9px 0;text-align:{start};\
                 color:#1b2529;word-break:break-word\">"
            ));
            self.inlines(value);
            self.put("</td></tr>\n");
        }
        self.put("</table>\n");
    }

    fn items(&mut self, first: Option<u64>, items: &[Vec<Block>], margin: &str) {
        let start = self.side.start;
        let look = format!("style=\"{margin};padding:0;padding-{start}:24px\"");
        match first {
            Some(1) => self.put(&format!("<ol {look}>\n")),
            Some(first) => self.put(&format!("<ol start=\"{first}\" {look}>\n")),
            None => self.put(&format!("<ul {look}>\n")),
        }
        for item in items {
            self.put("<li style=\"margin:0 0 6px\">");
            match item.as_slice() {
                // A paragraph in an item would be set apart from its bullet.
                [Block::Paragraph(words), rest @ ..] => {
                    self.inlines(words);
                    for block in rest {
                        self.block(block, IN_ITEM);
                    }
                }
                all => self.blocks(all, LAST),
            }
            self.put("</li>\n");
        }
        self.put(if first.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        let Side { start, end } = self.side;
        self.put(
            "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:4px 0 20px;width:100%;\
             border-collapse:collapse;font-size:15px\">\n",
        );
        let look = format!("style=\"padding:8px 0;padding-{end}:14px;border-bottom:1px solid #ddd8cd;text-align:{start}");
        if !head.is_empty() {
            self.put("<tr>");
            for cell in head {
                self.put(&format!(
                    "<th scope=\"col\" class=\"quiet line\" align=\"{start}\" valign=\"bottom\" {look};font-weight:600;word-break:normal;color:#4c5a60\">"
                ));
                self.inlines(cell);
                self.put("</th>");
            }
            self.put("</tr>\n");
        }
        for row in rows {
            self.put("<tr>");
            for cell in row {
                self.put(&format!("<td class=\"ink line\" align=\"{start}\" valign=\"top\" {look};color:#1b2529\">"));
                self.inlines(cell);
                self.put("</td>");
            }
            self.put("</tr>\n");
        }
        self.put("</table>\n");
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => self.put(&escaped(words)),
                Inline::Code(words) => {
                    self.put("<code style=\"font-family:Consolas,Menlo,monospace;font-size:15px\">");
                    self.put(&escaped(words));
                    self.put("</code>");
                }
                Inline::Strong(within) => self.within("strong", within),
                Inline::Emphasis(within) => self.within("em", within),
                Inline::Struck(within) => self.within("del", within),
                Inline::Link { address, label } => {
                    let address = escaped(address);
                    self.put(&format!("<a class=\"link\" href=\"{address}\" style=\"color:#0d5661;text-decoration:underline\">"));
                    self.inlines(label);
                    self.put("</a>");
                }
                Inline::Break => self.put("<br>\n"),
            }
        }
    }

    fn within(&mut self, tag: &str, inlines: &[Inline]) {
        self.put(&format!("<{tag}>"));
        self.inlines(inlines);
        self.put(&format!("</{tag}>"));
    }
}
