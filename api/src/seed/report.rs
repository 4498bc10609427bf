//! What seeding did.

use std::fmt;

/// How many of each kind were added, and how many were there already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    kind: &'static str,
    added: usize,
    present: usize,
}

impl Report {
    /// How many were added, of all kinds.
    #[must_use]
    pub fn added(&self) -> usize {
        self.lines.iter().map(|line| line.added).sum()
    }

    /// How many were there already, of all kinds.
    #[must_use]
    pub fn present(&self) -> usize {
        self.lines.iter().map(|line| line.present).sum()
    }

    pub(super) fn count_added(&mut self, kind: &'static str) {
        self.line(kind).added += 1;
    }

    pub(super) fn count_present(&mut self, kind: &'static str) {
        self.line(kind).present += 1;
    }

    fn line(&mut self, kind: &'static str) -> &mut Line {
        let at = self.lines.iter().position(|line| line.kind == kind).unwrap_or_else(|| {
            self.lines.push(Line { kind, added: 0, present: 0 });
            self.lines.len() - 1
        });
        &mut self.lines[at]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Line { kind, added, present }) in self.lines.iter().enumerate() {
            let parted = if at == 0 { "" } else { "\n" };
            write!(f, "{parted}{kind}: {added} added, {present} there already")?;
        }
        Ok(())
    }
}
