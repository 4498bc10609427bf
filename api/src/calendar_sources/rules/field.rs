//! Whether a field follows its calendar.

use entity::lists::TakenField;

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The calendar says nothing new of it.
    Same,
    /// The calendar says something new, which it becomes.
    Take,
    /// The calendar says something new, and it was changed here: that stays.
    Keep,
}

/// What becomes of a field of which the calendar says `said` now, and which is `here` now. `taken` is what it said, and what stood here,
/// when it was last taken over.
#[must_use]
pub fn turn(taken: Option<&TakenField>, said: &str, here: &str) -> Turn {
    match taken {
        Some(taken) if taken.said == said => Turn::Same,
        Some(taken) if taken.here == here => Turn::Take,
        // What was never taken over, as a text in another language, comes in where there is none.
        None if here.is_empty() => Turn::Take,
        _ => Turn::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_here_stays_and_all_else_follows() {
        let taken = TakenField { said: "a".to_owned(), here: "A".to_owned() };
        assert_eq!(turn(Some(&taken), "a", "A"), Turn::Same);
        assert_eq!(turn(Some(&taken), "a", "ours"), Turn::Same);
        assert_eq!(turn(Some(&taken), "b", "A"), Turn::Take);
        assert_eq!(turn(Some(&taken), "b", "ours"), Turn::Keep);
        assert_eq!((turn(None, "a", ""), turn(None, "a", "ours")), (Turn::Take, Turn::Keep));
    }
}
