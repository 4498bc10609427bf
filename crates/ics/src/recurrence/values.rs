//! Reading and writing the values of a rule's parts.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use rrule::Frequency;

use super::RuleError;
use crate::Moment;
use crate::moment::{date_time_value, date_value};

/// A weekday, perhaps only the nth or nth last of a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ByDay {
    /// Not zero.
    pub(super) nth: Option<i16>,
    pub(super) weekday: Weekday,
}

/// When a rule ends, inclusive, in the form in which it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    Day(NaiveDate),
    Floating(NaiveDateTime),
    Utc(DateTime<Utc>),
}

impl Until {
    pub(super) fn read(value: &str) -> Option<Self> {
        let floating = |value: &str| {
            let shaped = value.len() == 15 && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T');
            shaped.then(|| NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok()).flatten()
        };
        if value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return NaiveDate::parse_from_str(value, "%Y%m%d").ok().map(Self::Day);
        }
        match value.strip_suffix('Z') {
            Some(value) => floating(value).map(|at| Self::Utc(at.and_utc())),
            None => floating(value).map(Self::Floating),
        }
    }

    /// The end in the form that goes with a start.
    pub(super) fn beside(self, start: &Moment) -> Self {
        if matches!(start, Moment::Day(_)) {
            return Self::Day(match self {
                Self::Day(day) => day,
                Self::Floating(at) => at.date(),
                Self::Utc(instant) => instant.date_naive(),
            });
        }
        match self {
            Self::Day(day) => {
                let end = day.and_time(NaiveTime::MIN) + TimeDelta::seconds(86_399);
                Self::Utc(start.moved_to(end).instant())
            }
            Self::Floating(at) => Self::Utc(start.moved_to(at).instant()),
            Self::Utc(instant) => Self::Utc(instant),
        }
    }

    pub(super) fn value(&self) -> String {
        match self {
            Self::Day(day) => date_value(*day),
            Self::Floating(at) => date_time_value(*at),
            Self::Utc(instant) => date_time_value(instant.naive_utc()) + "Z",
        }
    }
}

/// Reads `FREQ`; what comes more than once a day is refused.
pub(super) fn frequency(value: &str) -> Result<Frequency, RuleError> {
    match value {
        "YEARLY" => Ok(Frequency::Yearly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "WEEKLY" => Ok(Frequency::Weekly),
        "DAILY" => Ok(Frequency::Daily),
        "HOURLY" | "MINUTELY" | "SECONDLY" => Err(RuleError::TooOften(super::parts::TIMES_PER_DAY)),
        _ => Err(RuleError::Malformed(format!("FREQ={value}"))),
    }
}

/// Reads a list of numbers; zero is never among what they may be if `least` is negative.
pub(super) fn numbers(part: &'static str, value: &str, least: i16, most: i16) -> Result<Vec<i16>, RuleError> {
    let out_of_range = RuleError::OutOfRange { part, least: least.into(), most: most.into() };
    value
        .split(',')
        .map(|number| {
            let shaped = number.trim_start_matches(['+', '-']).bytes().all(|byte| byte.is_ascii_digit());
            let number: i16 = match number.parse() {
                Ok(number) => number,
                Err(_) if shaped && number.bytes().any(|byte| byte.is_ascii_digit()) => return Err(out_of_range.clone()),
                Err(_) => return Err(RuleError::Malformed(format!("{part}={value}"))),
            };
            let fits = (least..=most).contains(&number) && (number != 0 || least >= 0);
            if fits { Ok(number) } else { Err(out_of_range.clone()) }
        })
        .collect()
}

/// Reads `BYDAY`: `MO`, `2TU`, `-1FR`.
pub(super) fn weekdays(value: &str) -> Result<Vec<ByDay>, RuleError> {
    let malformed = || RuleError::Malformed(format!("BYDAY={value}"));
    value
        .split(',')
        .map(|day| {
            let at = day.len().checked_sub(2).ok_or_else(malformed)?;
            let (nth, name) = day.split_at_checked(at).ok_or_else(malformed)?;
            let weekday = weekday(name).ok_or_else(malformed)?;
            let nth = match nth {
                "" => None,
                nth => numbers("BYDAY", nth, -53, 53)?.first().copied(),
            };
            Ok(ByDay { nth, weekday })
        })
        .collect()
}

/// Reads the two letters of a weekday.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    match name {
        "MO" => Some(Weekday::Mon),
        "TU" => Some(Weekday::Tue),
        "WE" => Some(Weekday::Wed),
        "TH" => Some(Weekday::Thu),
        "FR" => Some(Weekday::Fri),
        "SA" => Some(Weekday::Sat),
        "SU" => Some(Weekday::Sun),
        _ => None,
    }
}

/// Writes the two letters of a weekday.
pub(crate) fn weekday_value(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
