//! When somebody is reminded: once, the day before, at an hour at which one reads mail.

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// By the clock on the wall where it is.
const HOUR: u32 = 10;
/// Who was confirmed so shortly before has just had a mail.
const JUST_CONFIRMED: TimeDelta = TimeDelta::hours(24);
/// How far ahead a start can lie of whose day before it is that hour already: until the end of the next day, and an hour where clocks
/// change.
pub const LOOK_AHEAD: TimeDelta = TimeDelta::hours(24 - HOUR as i64 + 24 + 1);

/// The moment from which on those are reminded who come to what starts then.
#[must_use]
pub fn moment(starts_at: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
    let day = starts_at.with_timezone(&zone).date_naive().pred_opt()?;
    let local = day.and_time(NaiveTime::from_hms_opt(HOUR, 0, 0)?);
    Some(zone.from_local_datetime(&local).earliest()?.with_timezone(&Utc))
}

/// Before which moment somebody must have been confirmed to be reminded now; none where nobody is now: it is not yet that hour, or no
/// longer that day.
#[must_use]
pub fn confirmed_before(starts_at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let moment = moment(starts_at, zone)?;
    let is_that_day = now.with_timezone(&zone).date_naive() == moment.with_timezone(&zone).date_naive();
    (now >= moment && is_that_day).then(|| moment - JUST_CONFIRMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().into()
    }

    #[test]
    fn one_is_reminded_on_the_day_before_from_ten_by_the_clock_on_the_wall() {
        let berlin = chrono_tz::Europe::Berlin;
        // The clocks go forward in the night between.
        let start = at("2022-03-27T16:00:00Z");
        assert_eq!(moment(start, berlin), Some(at("2022-03-26T09:00:00Z")));
        let before = |now: &str| confirmed_before(start, berlin, at(now));
        assert_eq!(before("2022-03-26T08:59:59Z"), None);
        assert_eq!(before("2022-03-26T09:00:00Z"), Some(at("2022-03-25T09:00:00Z")));
        assert_eq!(before("2022-03-26T22:59:59Z"), Some(at("2022-03-25T09:00:00Z")));
        assert_eq!(before("2022-03-26T23:00:00Z"), None, "then it is today");
        assert_eq!(moment(at("2022-06-01T03:00:00Z"), chrono_tz::America::New_York), Some(at("2022-05-30T14:00:00Z")));
    }

    #[test]
    fn no_start_of_whose_day_before_it_is_that_hour_lies_further_ahead_than_is_looked() {
        for zone in [chrono_tz::Europe::Berlin, chrono_tz::Pacific::Kiritimati, chrono_tz::UTC] {
            for minute in 0..(60 * 24 * 3) {
                let start = at("2022-10-29T00:00:00Z") + TimeDelta::minutes(minute);
                assert!(start - moment(start, zone).unwrap() <= LOOK_AHEAD);
            }
        }
    }
}
