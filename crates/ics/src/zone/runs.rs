//! Changes of consecutive years that follow one pattern.

use chrono::{Datelike, NaiveTime};

use super::pattern::Pattern;
use super::transitions::{LAST_YEAR, Onset};

/// Changes of the same kind, one a year without a gap, that share a pattern. Never empty.
#[derive(Debug)]
pub(super) struct Run {
    /// The changes in order of time.
    pub(super) onsets: Vec<Onset>,
    /// What their dates have in common.
    pub(super) pattern: Pattern,
    first: Onset,
    last: Onset,
    time: NaiveTime,
}

impl Run {
    fn new(onset: Onset) -> Self {
        let local = onset.local();
        Self { onsets: vec![onset], pattern: Pattern::of(local.date()), first: onset, last: onset, time: local.time() }
    }

    /// First of the changes.
    pub(super) fn first(&self) -> &Onset {
        &self.first
    }

    /// Last of the changes.
    pub(super) fn last(&self) -> &Onset {
        &self.last
    }

    /// Whether the run lasts as long as the data.
    pub(super) fn is_open(&self) -> bool {
        self.last.local().year() >= LAST_YEAR
    }

    /// Takes the change in if it is next year's of this run.
    fn take(&mut self, onset: Onset) -> bool {
        let local = onset.local();
        let follows = local.year() == self.last.local().year() + 1
            && local.time() == self.time
            && onset.from == self.last.from
            && onset.phase == self.last.phase;
        match self.pattern.and(Pattern::of(local.date())).filter(|_| follows) {
            Some(pattern) => {
                self.pattern = pattern;
                self.last = onset;
                self.onsets.push(onset);
                true
            }
            None => false,
        }
    }
}

/// Sorts changes, given in order of time, into runs.
pub(super) fn runs(onsets: &[Onset]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for onset in onsets {
        if !runs.iter_mut().rev().any(|run| run.take(*onset)) {
            runs.push(Run::new(*onset));
        }
    }
    runs
}
