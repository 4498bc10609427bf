//! A point in a calendar, in the three forms that iCalendar knows (RFC 5545 3.3.4 and 3.3.5).

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

/// A point in a calendar: a day, a local time in a zone, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A whole day, written with `VALUE=DATE`.
    Day(NaiveDate),
    /// What the clock on the wall shows at a place, written with `TZID`.
    Local {
        /// Time on the wall.
        at: NaiveDateTime,
        /// Zone of the wall.
        zone: Tz,
    },
    /// An instant, written with a final `Z`.
    Utc(DateTime<Utc>),
}

impl Moment {
    /// Day on which the moment lies, in its own zone.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.local().date()
    }

    /// Zone that has to be described in the calendar; none for days, instants, and zones that are UTC by another name.
    #[must_use]
    pub fn zone(&self) -> Option<Tz> {
        match self {
            Self::Local { zone, .. } if !is_utc(*zone) => Some(*zone),
            _ => None,
        }
    }

    /// Instant of the moment. A day begins at midnight UTC; a time that is skipped when clocks go forward counts with the
    /// offset before the change, and one that comes twice is the first of the two (RFC 5545 3.3.5).
    #[must_use]
    pub fn instant(&self) -> DateTime<Utc> {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN).and_utc(),
            Self::Local { at, zone } => instant_in(*at, *zone),
            Self::Utc(instant) => *instant,
        }
    }

    /// The moment without its zone: the wall's time, the instant's time in UTC, a day's midnight.
    pub(crate) fn local(&self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::Local { at, .. } => *at,
            Self::Utc(instant) => instant.naive_utc(),
        }
    }

    /// A moment of the same kind as this one at another local time.
    pub(crate) fn moved_to(&self, local: NaiveDateTime) -> Self {
        match self {
            Self::Day(_) => Self::Day(local.date()),
            Self::Local { zone, .. } => Self::Local { at: local, zone: *zone },
            Self::Utc(_) => Self::Utc(local.and_utc()),
        }
    }

    /// Local time, in the terms of this moment, of an instant.
    pub(crate) fn local_of(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Self::Local { zone, .. } => {
                let offset = zone.offset_from_utc_datetime(&instant.naive_utc()).fix();
                instant.naive_utc().checked_add_offset(offset).unwrap_or_else(|| instant.naive_utc())
            }
            _ => instant.naive_utc(),
        }
    }

    /// Value as written after the colon.
    pub(crate) fn push_value(&self, out: &mut String) {
        match self {
            Self::Day(day) => push_date(out, *day),
            Self::Local { at, zone } => {
                push_date_time(out, *at);
                if is_utc(*zone) {
                    out.push('Z');
                }
            }
            Self::Utc(instant) => {
                push_date_time(out, instant.naive_utc());
                out.push('Z');
            }
        }
    }
}

/// `20220517`; years that do not have four digits are brought to the nearest that has.
pub(crate) fn push_date(out: &mut String, day: NaiveDate) {
    let year = u32::try_from(day.year().clamp(0, 9999)).unwrap_or(0);
    push_two_digits(out, year / 100);
    push_two_digits(out, year % 100);
    push_two_digits(out, day.month());
    push_two_digits(out, day.day());
}

/// `20220517T180000`.
pub(crate) fn push_date_time(out: &mut String, at: NaiveDateTime) {
    push_date(out, at.date());
    out.push('T');
    push_two_digits(out, at.hour());
    push_two_digits(out, at.minute());
    push_two_digits(out, at.second());
}

/// A calendar holds many times, and the usual way of writing numbers takes longer for them than for all its texts.
fn push_two_digits(out: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        out.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

/// As [`push_date`].
pub(crate) fn date_value(day: NaiveDate) -> String {
    let mut value = String::with_capacity(8);
    push_date(&mut value, day);
    value
}

/// As [`push_date_time`].
pub(crate) fn date_time_value(at: NaiveDateTime) -> String {
    let mut value = String::with_capacity(16);
    push_date_time(&mut value, at);
    value
}

/// Whether the zone is UTC under one of its names.
fn is_utc(zone: Tz) -> bool {
    matches!(zone.name(), "UTC" | "UCT" | "Universal" | "Zulu" | "Etc/UTC" | "Etc/UCT" | "Etc/Universal" | "Etc/Zulu")
}

/// Instant of a local time; see [`Moment::instant`].
fn instant_in(at: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    // No gap is longer than a day, so a day and an hour earlier the old offset is in force.
    let offset = zone.offset_from_local_datetime(&at).earliest().map(|offset| offset.fix()).or_else(|| {
        let before = at.checked_sub_signed(TimeDelta::hours(25))?;
        zone.offset_from_local_datetime(&before).latest().map(|offset| offset.fix())
    });
    offset.and_then(|offset| at.checked_sub_offset(offset)).unwrap_or(at).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(moment: &Moment) -> String {
        let mut value = String::new();
        moment.push_value(&mut value);
        value
    }

    fn berlin(day: u32, month: u32, hour: u32, minute: u32) -> Moment {
        let at = NaiveDate::from_ymd_opt(2022, month, day).and_then(|day| day.and_hms_opt(hour, minute, 0));
        Moment::Local { at: at.unwrap_or_default(), zone: Tz::Europe__Berlin }
    }

    #[test]
    fn a_skipped_time_counts_with_the_offset_before() {
        assert_eq!(berlin(27, 3, 2, 30).instant().to_rfc3339(), "2022-03-27T01:30:00+00:00");
    }

    #[test]
    fn a_repeated_time_is_the_first() {
        assert_eq!(berlin(30, 10, 2, 30).instant().to_rfc3339(), "2022-10-30T00:30:00+00:00");
    }

    #[test]
    fn utc_by_another_name_is_an_instant() {
        let Moment::Local { at, .. } = berlin(17, 5, 18, 0) else { return };
        let moment = Moment::Local { at, zone: Tz::Etc__UTC };
        assert_eq!((moment.zone(), value(&moment).as_str()), (None, "20220517T180000Z"));
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            for zone in [Tz::Pacific__Kiritimati, Tz::Pacific__Niue, Tz::Europe__Berlin] {
                let moment = Moment::Local { at: instant.naive_utc(), zone };
                let _ = (moment.instant(), moment.local_of(instant), value(&moment));
            }
        }
    }
}
