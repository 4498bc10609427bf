//! A day, month, or year, as precisely as it is known.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

/// `2012-05-03`, `2009-12`, or `2009`. Kept as that text: as text it sorts by its first day, and a day lies in it when its
/// own text begins with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate(String);

/// A text that is no partial date.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day, month or year such as 2012-05-03, 2009-12 or 2009")]
pub struct NotAPartialDate;

impl PartialDate {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is before another, as far as both are known: what may be the same day is not before it.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        let known = self.as_str().len().min(other.as_str().len());
        self.as_str()[..known] < other.as_str()[..known]
    }

    /// Whether its first day is `day` or before.
    #[must_use]
    pub fn has_begun_by(&self, day: NaiveDate) -> bool {
        self.0 <= day.to_string()
    }

    /// Whether its last day is `day` or after.
    #[must_use]
    pub fn has_not_ended_before(&self, day: NaiveDate) -> bool {
        self.0.as_str() >= &day.to_string()[..self.0.len()]
    }
}

impl PartialEq<str> for PartialDate {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl FromStr for PartialDate {
    type Err = NotAPartialDate;

    fn from_str(text: &str) -> Result<Self, NotAPartialDate> {
        let whole = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            10 => text.to_owned(),
            _ => return Err(NotAPartialDate),
        };
        match whole.parse::<NaiveDate>() {
            Ok(day) if day.to_string() == whole => Ok(Self(text.to_owned())),
            _ => Err(NotAPartialDate),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_months_and_years_are_read_and_nothing_else() {
        for good in ["2012-05-03", "2009-12", "2009"] {
            assert_eq!(good.parse::<PartialDate>().unwrap().as_str(), good);
        }
        for bad in ["", "12", "2009-13", "2009-1", "2012-02-30", "2012-5-3", "+009", "20x9", "2009-"] {
            assert_eq!(bad.parse::<PartialDate>(), Err(NotAPartialDate), "{bad}");
        }
    }

    #[test]
    fn it_counts_from_its_first_day_to_its_last() {
        let month: PartialDate = "2023-02".parse().unwrap();
        assert!(!month.has_begun_by(day("2023-01-31")));
        assert!(month.has_begun_by(day("2023-02-01")));
        assert!(month.has_not_ended_before(day("2023-02-28")));
        assert!(!month.has_not_ended_before(day("2023-03-01")));
        assert!("2023".parse::<PartialDate>().unwrap().has_not_ended_before(day("2023-12-31")));
    }
}
