//! Why a job was not done, and whether trying again could help.

use sea_orm::DbErr;

/// What is kept of a text, in characters.
const LONGEST: usize = 2_000;

/// Why a handler did not do its job.
///
/// The text is kept with the job and shown to administrators until the job is done or discarded. It is the handler's duty to
/// leave out of it what is personal: neither names and addresses, nor what another server answered about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    text: String,
    is_final: bool,
}

impl Failed {
    /// Could succeed later: tried again as the job's [`Retry`](crate::Retry) says.
    #[must_use]
    pub fn again(text: impl AsRef<str>) -> Self {
        Self { text: bounded(text.as_ref()), is_final: false }
    }

    /// Cannot succeed: goes to the dead letters at once.
    #[must_use]
    pub fn never(text: impl AsRef<str>) -> Self {
        Self { text: bounded(text.as_ref()), is_final: true }
    }

    /// Why, in at most 2,000 characters.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether trying again is useless.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.is_final
    }
}

/// The database may answer later.
impl From<DbErr> for Failed {
    fn from(error: DbErr) -> Self {
        Self::again(error.to_string())
    }
}

/// Without the character that PostgreSQL cannot keep.
fn bounded(text: &str) -> String {
    text.chars().filter(|character| *character != '\0').take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_and_loses_what_cannot_be_kept() {
        assert_eq!(Failed::again("ä".repeat(3_000)).text(), "ä".repeat(2_000));
        assert_eq!(Failed::never("a\0b").text(), "ab");
    }
}
