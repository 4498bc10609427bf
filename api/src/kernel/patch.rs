//! A change of one field: left as it is, cleared, or set.

use super::refusal::Why;

/// What becomes of a field in an update: what is left out stays, null clears, anything else sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It becomes empty.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Patch<T> {
    /// One after which a field is exactly this, or empty.
    #[must_use]
    pub fn of(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }

    /// What a field becomes that may be empty.
    #[must_use]
    pub fn over(self, old: Option<T>) -> Option<T> {
        match self {
            Self::Keep => old,
            Self::Clear => None,
            Self::Set(new) => Some(new),
        }
    }

    /// What a field becomes that cannot be empty.
    ///
    /// # Errors
    /// [`Why::Required`] where it is cleared.
    pub fn over_required(self, old: T) -> Result<T, Why> {
        match self {
            Self::Keep => Ok(old),
            Self::Clear => Err(Why::Required),
            Self::Set(new) => Ok(new),
        }
    }

    /// What a list becomes: replaced whole, or emptied.
    #[must_use]
    pub fn over_list(self, old: T) -> T
    where
        T: Default,
    {
        match self {
            Self::Keep => old,
            Self::Clear => T::default(),
            Self::Set(new) => new,
        }
    }

    /// The same change of what is read from the value.
    ///
    /// # Errors
    /// What reading the value refuses.
    pub fn read<U>(self, read: impl FnOnce(T) -> Result<U, Why>) -> Result<Patch<U>, Why> {
        Ok(match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(read(value)?),
        })
    }

    /// As [`Patch::read`], of a value that may turn out to be empty, which clears.
    ///
    /// # Errors
    /// What reading the value refuses.
    pub fn read_text<U>(self, read: impl FnOnce(T) -> Result<Option<U>, Why>) -> Result<Patch<U>, Why> {
        Ok(match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => read(value)?.map_or(Patch::Clear, Patch::Set),
        })
    }

    /// Whether the field stays as it is.
    #[must_use]
    pub fn keeps(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_stays_and_null_clears() {
        assert_eq!(Patch::Keep.over(Some(1)), Some(1));
        assert_eq!(Patch::Clear.over(Some(1)), None);
        assert_eq!(Patch::Set(2).over(Some(1)), Some(2));
        assert_eq!(Patch::Clear.over_required(1), Err(Why::Required));
        assert_eq!(Patch::Set(vec![2]).over_list(vec![1]), vec![2]);
        assert_eq!(Patch::Set(" ").read_text(|text| Ok(Some(text.trim()).filter(|text| !text.is_empty()))), Ok(Patch::Clear));
    }
}
