//! What stands in a line: words, and what is done to them.

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words of programs.
    Code(String),
    /// Said with weight.
    Strong(Vec<Inline>),
    /// Said with another voice.
    Emphasis(Vec<Inline>),
    /// No longer so.
    Struck(Vec<Inline>),
    /// Words that lead to an address.
    Link {
        /// Of `http`, `https`, `mailto`, or `tel`.
        address: String,
        /// The words.
        label: Vec<Inline>,
    },
    /// The end of a line.
    Break,
}

/// The words alone.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    add_plain(inlines, &mut text);
    text
}

fn add_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Code(words) => text.push_str(words),
            Inline::Strong(within) | Inline::Emphasis(within) | Inline::Struck(within) => add_plain(within, text),
            Inline::Link { label, .. } => add_plain(label, text),
            Inline::Break => text.push(' '),
        }
    }
}

/// An address as people write it.
pub fn bare(address: &str) -> &str {
    address.strip_prefix("mailto:").or_else(|| address.strip_prefix("tel:")).unwrap_or(address)
}
