//! What the server does instead of saying yes.

use std::time::Duration;

/// When it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

#[derive(Debug, Default)]
pub(super) struct Script(Vec<Line>);

#[derive(Debug)]
struct Line {
    at: At,
    whom: String,
    reaction: Reaction,
    times: Option<u32>,
}

impl Script {
    pub(super) fn add(&mut self, at: At, whom: &str, reaction: Reaction, times: Option<u32>) {
        self.0.push(Line { at, whom: whom.to_owned(), reaction, times });
    }

    /// What to do now: the first line that fits and is not used up.
    pub(super) fn next(&mut self, at: At, whom: &str) -> Option<Reaction> {
        let fits = |line: &&mut Line| line.at == at && (line.whom.is_empty() || line.whom == whom) && line.times != Some(0);
        let line = self.0.iter_mut().find(fits)?;
        line.times = line.times.map(|times| times - 1);
        Some(line.reaction.clone())
    }
}
