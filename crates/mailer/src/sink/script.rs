//! What the server does instead of saying yes.

use std::collections::HashMap;
use std::time::Duration;

/// When it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// Somebody connects.
    Greeting,
    /// A sender is named.
    Mail,
    /// A recipient is named.
    Rcpt,
    /// A mail is about to come.
    Data,
    /// A mail has come.
    Content,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Another answer. A mail is kept only if it begins with a 2.
    Say(String),
    /// The mail is kept if it has come, and the connection is dropped without a word.
    HangUp,
    /// The usual answer, late.
    Wait(Duration),
}

impl Reaction {
    /// Another answer.
    #[must_use]
    pub fn say(answer: &str) -> Self {
        Self::Say(answer.to_owned())
    }
}

/// What is to be done: lines for somebody, or for everybody (`""`), which may be thousands.
#[derive(Debug, Default)]
pub(super) struct Script {
    lines: HashMap<(At, String), Vec<Line>>,
    many: usize,
}

#[derive(Debug)]
struct Line {
    /// Its place in the script.
    number: usize,
    reaction: Reaction,
    times: Option<u32>,
}

impl Script {
    pub(super) fn add(&mut self, at: At, whom: &str, reaction: Reaction, times: Option<u32>) {
        self.many += 1;
        self.lines.entry((at, whom.to_owned())).or_default().push(Line { number: self.many, reaction, times });
    }

    /// What to do now: the first line that fits and is not used up.
    pub(super) fn next(&mut self, at: At, whom: &str) -> Option<Reaction> {
        let first = |of: &str| {
            let lines = self.lines.get(&(at, of.to_owned()))?;
            lines.iter().position(|line| line.times != Some(0)).map(|place| (lines[place].number, of.to_owned(), place))
        };
        let (_, of, place) = first(whom).into_iter().chain(first("")).min()?;
        let line = self.lines.get_mut(&(at, of))?.get_mut(place)?;
        line.times = line.times.map(|times| times - 1);
        Some(line.reaction.clone())
    }
}
