//! How fast mails go out: so many a second, none to a domain that puts everything off, at hours when people are awake, and few in the first
//! days of a mail server that nobody knows yet.

use std::time::{Duration, Instant};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// Even steps: so many a second, and no burst after a pause.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steps {
    free_at: Option<Instant>,
}

impl Steps {
    /// How long the next one would wait for its turn.
    #[must_use]
    pub fn wait(&self, now: Instant) -> Duration {
        self.free_at.map_or(Duration::ZERO, |at| at.saturating_duration_since(now))
    }

    /// How long the next one waits for its turn; its turn is taken. Without a rate nobody waits.
    pub fn next(&mut self, per_second: f64, now: Instant) -> Duration {
        if per_second <= 0.0 {
            return Duration::ZERO;
        }
        let wait = self.wait(now);
        self.free_at = Some(now + wait + Duration::from_secs_f64(1.0 / per_second));
        wait
    }
}

/// Recipients of a domain that are put off one after another before the domain as a whole is let alone.
const IN_A_ROW: u32 = 3;

/// How a domain takes what comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mood {
    put_off: u32,
    rests: i32,
    rests_until: Option<DateTime<Utc>>,
}

impl Mood {
    /// Until when nothing is sent to it; none where something is.
    #[must_use]
    pub fn rests_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.rests_until.filter(|until| *until > now)
    }

    /// It took a mail, or refused one for good: it listens.
    pub fn listened(&mut self) {
        *self = Self::default();
    }

    /// It put a recipient off. After some in a row it is let alone, ever longer; then one is tried, and either it listens, or it is let
    /// alone again.
    pub fn put_off(&mut self, now: DateTime<Utc>) {
        self.put_off += 1;
        if self.put_off >= IN_A_ROW && self.rests_until(now).is_none() {
            self.rests += 1;
            self.rests_until = Some(now + super::pause(self.rests));
        }
    }
}

/// Hours of the day at which mails go out, in a zone; over midnight where the end is before the beginning, and all day where they are the
/// same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// From when on.
    pub from: NaiveTime,
    /// Until when.
    pub until: NaiveTime,
    /// Whose clocks are meant.
    pub zone: Tz,
}

impl Hours {
    /// When they begin next; none where it is time.
    #[must_use]
    pub fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let here = now.with_timezone(&self.zone);
        let (time, day) = (here.time(), here.date_naive());
        let is_open = match self.from.cmp(&self.until) {
            std::cmp::Ordering::Less => (self.from..self.until).contains(&time),
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Greater => time >= self.from || time < self.until,
        };
        if is_open {
            return None;
        }
        let days = [day, day.checked_add_days(Days::new(1))?];
        // An hour that the clocks leave out begins with the next.
        let at = |day: NaiveDate| {
            let begins =
                (0..4).find_map(|later| day.and_time(self.from + TimeDelta::minutes(30 * later)).and_local_timezone(self.zone).earliest());
            begins.map(|at| at.with_timezone(&Utc))
        };
        days.into_iter().filter_map(at).find(|at| *at > now)
    }
}

/// Mails of a day at the most while a mail server warms up: twice as many each day as on the one before; none where it is warm, which it
/// is after two weeks.
#[must_use]
pub fn warm_up(first: u64, from: NaiveDate, today: NaiveDate) -> Option<u64> {
    let day = u32::try_from((today - from).num_days()).ok()?;
    (day < 14).then(|| first.saturating_mul(2_u64.pow(day)))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn mails_go_out_in_even_steps_and_without_a_rate_at_once() {
        let (mut steps, start) = (Steps::default(), Instant::now());
        let waits: Vec<u128> = (0..4).map(|_| steps.next(10.0, start).as_millis()).collect();
        assert_eq!(waits, [0, 100, 200, 300]);
        assert_eq!(steps.next(10.0, start + Duration::from_secs(60)), Duration::ZERO, "a pause is no credit");
        assert_eq!(steps.next(10.0, start + Duration::from_secs(60)).as_millis(), 100);
        assert_eq!(steps.next(0.0, start), Duration::ZERO);
    }

    #[test]
    fn a_domain_that_puts_all_off_is_let_alone_ever_longer_until_it_listens() {
        let (mut mood, mut now) = (Mood::default(), DateTime::UNIX_EPOCH);
        mood.put_off(now);
        mood.put_off(now);
        assert_eq!(mood.rests_until(now), None, "two may be two mailboxes");
        let mut rests = Vec::new();
        for _ in 0..6 {
            mood.put_off(now);
            let until = mood.rests_until(now).unwrap();
            rests.push((until - now).num_minutes());
            now = until;
        }
        assert_eq!(rests, [1, 5, 15, 60, 240, 240]);
        mood.listened();
        mood.put_off(now);
        assert_eq!(mood.rests_until(now), None);
    }

    #[test]
    fn mails_go_out_in_the_hours_that_are_set_also_over_midnight_and_when_the_clocks_change() {
        let hours = |from: u32, until: u32| Hours {
            from: NaiveTime::from_hms_opt(from, 0, 0).unwrap(),
            until: NaiveTime::from_hms_opt(until, 0, 0).unwrap(),
            zone: chrono_tz::Europe::Berlin,
        };
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(hours(8, 20).next(at("2022-06-01T06:00:00Z")), None);
        assert_eq!(hours(8, 20).next(at("2022-06-01T05:59:00Z")), Some(at("2022-06-01T06:00:00Z")));
        assert_eq!(hours(8, 20).next(at("2022-06-01T18:00:00Z")), Some(at("2022-06-02T06:00:00Z")));
        assert_eq!(hours(20, 8).next(at("2022-06-01T22:00:00Z")), None);
        assert_eq!(hours(20, 8).next(at("2022-06-01T10:00:00Z")), Some(at("2022-06-01T18:00:00Z")));
        assert_eq!(hours(0, 0).next(at("2022-06-01T10:00:00Z")), None);
        // 02:00 is left out on that day.
        assert_eq!(hours(2, 4).next(at("2022-03-27T00:30:00Z")), Some(at("2022-03-27T01:00:00Z")));
        assert_eq!(Utc.timestamp_opt(0, 0).single().and_then(|now| hours(8, 20).next(now)), Some(at("1970-01-01T07:00:00Z")));
    }

    #[test]
    fn a_new_server_sends_twice_as_many_each_day() {
        let day = |day| NaiveDate::from_ymd_opt(2022, 6, day).unwrap();
        assert_eq!(warm_up(500, day(1), day(1)), Some(500));
        assert_eq!(warm_up(500, day(1), day(4)), Some(4000));
        assert_eq!(warm_up(500, day(1), day(15)), None);
        assert_eq!(warm_up(500, day(2), day(1)), None, "it has not begun");
    }
}
