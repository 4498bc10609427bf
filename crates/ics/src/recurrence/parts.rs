//! The parts of a rule: reading them, checking that they go together, and writing them.

use chrono::Weekday;
use rrule::Frequency;

use super::RuleError;
use super::values::{ByDay, Until, frequency, numbers, weekday, weekday_value, weekdays};
use crate::Moment;

/// Greatest `COUNT` and `INTERVAL`.
const MOST: i16 = 1000;
/// Most times of the day at which a rule may fall.
pub(super) const TIMES_PER_DAY: usize = 6;

/// The parts of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) frequency: Frequency,
    pub(super) interval: u16,
    pub(super) count: Option<u16>,
    pub(super) until: Option<Until>,
    pub(super) by_month: Vec<i16>,
    pub(super) by_month_day: Vec<i16>,
    pub(super) by_day: Vec<ByDay>,
    pub(super) by_hour: Vec<i16>,
    pub(super) by_minute: Vec<i16>,
    pub(super) by_set_pos: Vec<i16>,
    pub(super) week_start: Option<Weekday>,
}

impl Parts {
    /// Reads the parts from upper-case text.
    pub(super) fn read(text: &str) -> Result<Self, RuleError> {
        let mut found: Vec<(&'static str, &str)> = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| RuleError::Malformed(part.to_owned()))?;
            let name = known(name)?;
            if found.iter().any(|(other, _)| *other == name) {
                return Err(RuleError::Twice(name));
            }
            found.push((name, value));
        }
        let value = |name: &str| found.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        let list = |name: &'static str, least, most| value(name).map_or(Ok(Vec::new()), |value| numbers(name, value, least, most));
        let single = |name: &'static str| match list(name, 1, MOST)?.as_slice() {
            [] => Ok(None),
            [number] => Ok(Some(number.unsigned_abs())),
            _ => Err(RuleError::Malformed(name.to_owned())),
        };
        let malformed = |name: &str, value: &str| RuleError::Malformed(format!("{name}={value}"));
        Ok(Self {
            frequency: frequency(value("FREQ").ok_or(RuleError::MissingFrequency)?)?,
            interval: single("INTERVAL")?.unwrap_or(1),
            count: single("COUNT")?,
            until: value("UNTIL").map(|value| Until::read(value).ok_or_else(|| malformed("UNTIL", value))).transpose()?,
            by_month: list("BYMONTH", 1, 12)?,
            by_month_day: list("BYMONTHDAY", -31, 31)?,
            by_day: value("BYDAY").map_or(Ok(Vec::new()), weekdays)?,
            by_hour: list("BYHOUR", 0, 23)?,
            by_minute: list("BYMINUTE", 0, 59)?,
            by_set_pos: list("BYSETPOS", -366, 366)?,
            week_start: value("WKST").map(|value| weekday(value).ok_or_else(|| malformed("WKST", value))).transpose()?,
        })
    }

    /// What RFC 5545 3.3.10 does not allow, and what makes no sense.
    pub(super) fn check(&self) -> Result<(), RuleError> {
        let (monthly, yearly) = (self.frequency == Frequency::Monthly, self.frequency == Frequency::Yearly);
        let nths = || self.by_day.iter().filter_map(|day| day.nth);
        if self.count.is_some() && self.until.is_some() {
            return Err(RuleError::CountAndUntil);
        }
        if self.by_hour.len().max(1) * self.by_minute.len().max(1) > TIMES_PER_DAY {
            return Err(RuleError::TooOften(TIMES_PER_DAY));
        }
        if !self.by_month_day.is_empty() && self.frequency == Frequency::Weekly {
            return Err(RuleError::NotWith { part: "BYMONTHDAY", with: "with FREQ=WEEKLY" });
        }
        if nths().next().is_some() && !monthly && !yearly {
            return Err(RuleError::NotWith { part: "a number in BYDAY", with: "with FREQ=DAILY or FREQ=WEEKLY" });
        }
        // The `rrule` crate does not take the fifth last of a month or the 53rd last of a year.
        let (least, most) = if monthly || !self.by_month.is_empty() { (-4, 5) } else { (-52, 53) };
        if nths().any(|nth| !(least..=most).contains(&nth)) {
            return Err(RuleError::OutOfRange { part: "a number in BYDAY", least: least.into(), most: most.into() });
        }
        if !self.by_set_pos.is_empty() && !self.has_other_than_positions() {
            return Err(RuleError::NotWith { part: "BYSETPOS", with: "without another BY… part" });
        }
        let most = self.most_per_period();
        if !self.by_set_pos.is_empty() && self.by_set_pos.iter().all(|position| usize::from(position.unsigned_abs()) > most) {
            return Err(RuleError::Never);
        }
        Ok(())
    }

    /// How many dates a year, month, week or day of this rule can have at most.
    fn most_per_period(&self) -> usize {
        let months = match self.frequency {
            Frequency::Yearly if !self.by_month.is_empty() => self.by_month.len(),
            Frequency::Yearly => 12,
            _ => 1,
        };
        let by_month_day = if self.by_month_day.is_empty() { usize::MAX } else { self.by_month_day.len() * months };
        let each = |day: &ByDay| match (day.nth, self.frequency) {
            (None, Frequency::Yearly) => months * 5,
            (None, Frequency::Monthly) => 5,
            (Some(_), Frequency::Yearly) if !self.by_month.is_empty() => months,
            _ => 1,
        };
        let by_day = if self.by_day.is_empty() { usize::MAX } else { self.by_day.iter().map(each).sum() };
        let days = match by_month_day.min(by_day) {
            usize::MAX if self.frequency == Frequency::Yearly => months,
            usize::MAX => 1,
            most => most,
        };
        days * self.by_hour.len().max(1) * self.by_minute.len().max(1)
    }

    /// The parts as they are meant beside a start: `UNTIL` in the form that goes with it, and no times of the day for days.
    pub(super) fn beside(&self, start: &Moment) -> Self {
        let mut parts = self.clone();
        parts.until = self.until.map(|until| until.beside(start));
        if matches!(start, Moment::Day(_)) {
            parts.by_hour.clear();
            parts.by_minute.clear();
            if !parts.has_other_than_positions() {
                parts.by_set_pos.clear();
            }
        }
        parts
    }

    /// Whether there is something that positions can be counted in.
    fn has_other_than_positions(&self) -> bool {
        let lists = [&self.by_month, &self.by_month_day, &self.by_hour, &self.by_minute];
        !self.by_day.is_empty() || lists.iter().any(|list| !list.is_empty())
    }

    /// The parts in a fixed order, without what goes without saying.
    pub(super) fn text(&self) -> String {
        let mut text = format!("FREQ={}", self.frequency);
        let mut push = |name: &str, value: String| text.extend([";", name, "=", &value]);
        if self.interval != 1 {
            push("INTERVAL", self.interval.to_string());
        }
        if let Some(count) = self.count {
            push("COUNT", count.to_string());
        }
        if let Some(until) = self.until {
            push("UNTIL", until.value());
        }
        let times: [(&str, &[i16]); 2] = [("BYHOUR", &self.by_hour), ("BYMINUTE", &self.by_minute)];
        let lists: [(&str, &[i16]); 2] = [("BYMONTH", &self.by_month), ("BYMONTHDAY", &self.by_month_day)];
        let joined = |list: &[i16]| list.iter().map(i16::to_string).collect::<Vec<_>>().join(",");
        for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            push(name, joined(list));
        }
        if !self.by_day.is_empty() {
            let days = self.by_day.iter().map(|day| match day.nth {
                Some(nth) => format!("{nth}{}", weekday_value(day.weekday)),
                None => weekday_value(day.weekday).to_owned(),
            });
            push("BYDAY", days.collect::<Vec<_>>().join(","));
        }
        for (name, list) in times.iter().filter(|(_, list)| !list.is_empty()) {
            push(name, joined(list));
        }
        if !self.by_set_pos.is_empty() {
            push("BYSETPOS", joined(&self.by_set_pos));
        }
        if let Some(week_start) = self.week_start.filter(|day| *day != Weekday::Mon) {
            push("WKST", weekday_value(week_start).to_owned());
        }
        text
    }
}

/// The name of a part, if it is one that is taken.
fn known(name: &str) -> Result<&'static str, RuleError> {
    const TAKEN: [&str; 11] =
        ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSETPOS", "WKST"];
    match TAKEN.into_iter().find(|taken| *taken == name) {
        Some(taken) => Ok(taken),
        None if matches!(name, "BYSECOND" | "BYWEEKNO" | "BYYEARDAY" | "BYEASTER" | "RSCALE" | "SKIP") => {
            Err(RuleError::Unsupported(name.to_owned()))
        }
        None => Err(RuleError::Unknown(name.to_owned())),
    }
}
