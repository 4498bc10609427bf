//! Which yearly rule a set of dates may follow.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::recurrence::weekday_value;

/// The ways to say on which day of its month a weekday falls that hold for all dates seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pattern {
    month: u32,
    weekday: Weekday,
    /// It is the nth of the month.
    nth: Option<u32>,
    /// It is the last of the month.
    last: bool,
    /// It is the one in the seven days from any of these days of the month on.
    window: (u32, u32),
}

impl Pattern {
    /// Everything that can be said about one date.
    pub(super) fn of(date: NaiveDate) -> Self {
        let (day, length) = (date.day(), u32::from(date.num_days_in_month()));
        Self {
            month: date.month(),
            weekday: date.weekday(),
            nth: Some(day.div_ceil(7)).filter(|nth| *nth <= 4),
            last: day + 7 > length,
            window: (day.saturating_sub(6).max(1), day.min(length - 6)),
        }
    }

    /// What holds for the dates of both, if anything.
    pub(super) fn and(self, other: Self) -> Option<Self> {
        let common = Self {
            nth: self.nth.filter(|nth| other.nth == Some(*nth)),
            last: self.last && other.last,
            window: (self.window.0.max(other.window.0), self.window.1.min(other.window.1)),
            ..self
        };
        let same = self.month == other.month && self.weekday == other.weekday;
        (same && (common.last || common.nth.is_some() || common.window.0 <= common.window.1)).then_some(common)
    }

    /// The pattern as parts of a yearly rule, in its plainest form.
    pub(super) fn rule_parts(&self) -> String {
        let (month, weekday) = (self.month, weekday_value(self.weekday));
        match (self.last, self.nth) {
            (true, _) => format!("BYMONTH={month};BYDAY=-1{weekday}"),
            (false, Some(nth)) => format!("BYMONTH={month};BYDAY={nth}{weekday}"),
            (false, None) => {
                let days: Vec<String> = (self.window.0..self.window.0 + 7).map(|day| day.to_string()).collect();
                format!("BYMONTH={month};BYMONTHDAY={};BYDAY={weekday}", days.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(dates: &[(i32, u32, u32)]) -> Option<String> {
        let mut patterns = dates.iter().filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(*year, *month, *day)).map(Pattern::of);
        let first = patterns.next()?;
        patterns.try_fold(first, Pattern::and).map(|pattern| pattern.rule_parts())
    }

    #[test]
    fn last_nth_and_window() {
        let parts = common(&[(2022, 3, 27), (2023, 3, 26), (2024, 3, 31)]);
        assert_eq!(parts.as_deref(), Some("BYMONTH=3;BYDAY=-1SU"));
        let parts = common(&[(2022, 3, 13), (2023, 3, 12), (2024, 3, 10)]);
        assert_eq!(parts.as_deref(), Some("BYMONTH=3;BYDAY=2SU"));
        let parts = common(&[(2022, 3, 25), (2023, 3, 24), (2024, 3, 29), (2028, 3, 24), (2029, 3, 23)]);
        assert_eq!(parts.as_deref(), Some("BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR"));
    }

    #[test]
    fn other_weekdays_do_not_fit() {
        assert_eq!(common(&[(2022, 3, 27), (2023, 3, 27)]), None);
    }
}
