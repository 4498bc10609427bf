//! Whose turn it is: lanes of a process keep to its rates together, and know together which domains put everything off.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::config::Delivery;
use crate::kernel::Fault;
use crate::newsletter::rules::pace::{Hours, Mood, Steps, warm_up};
use crate::newsletter::store::deliveries;

/// Whose clocks are meant by the hours at which mails go out.
const ZONE: chrono_tz::Tz = chrono_tz::Tz::Europe__Berlin;
/// Domains that are known at the most; those that are at ease are forgotten first.
const DOMAINS: usize = 10_000;
/// Up to so long a lane waits for the turn of a domain; for what takes longer it lets others go first.
const PATIENCE: Duration = Duration::from_millis(100);
/// How often a second one looks again for a domain whose connections are all taken.
const BUSY: f64 = 10.0;

/// How fast mails of this process go out.
#[derive(Debug, Default)]
pub struct Pace(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    all: Steps,
    domains: HashMap<String, Domain>,
}

#[derive(Debug, Default)]
struct Domain {
    mood: Mood,
    steps: Steps,
    /// The turns of those that were put off.
    planned: Steps,
    in_flight: u32,
}

/// Whether a mail may go out.
#[derive(Debug)]
pub enum Asked {
    /// It may.
    Turn(Turn),
    /// After so long.
    Wait(Duration),
    /// Not before this moment: others go first.
    PutOff(DateTime<Utc>),
}

/// The turn of a mail; its domain is free for another when it is dropped.
#[derive(Debug)]
pub struct Turn {
    pace: Arc<Pace>,
    domain: String,
}

impl Pace {
    /// Whether a mail to a domain may go out now.
    pub fn ask(self: &Arc<Self>, delivery: &Delivery, domain: &str, now: DateTime<Utc>) -> Asked {
        let (at, mut known) = (Instant::now(), self.known());
        if known.domains.len() >= DOMAINS && !known.domains.contains_key(domain) {
            known.domains.retain(|_, domain| domain.in_flight > 0 || domain.mood.rests_until(now).is_some());
        }
        let known = &mut *known;
        let of = known.domains.entry(domain.to_owned()).or_default();
        if let Some(until) = of.mood.rests_until(now) {
            return Asked::PutOff(until);
        }
        let later = |wait: Duration| now + TimeDelta::from_std(wait).unwrap_or(TimeDelta::seconds(1));
        if delivery.connections_per_domain > 0 && of.in_flight >= delivery.connections_per_domain {
            return Asked::PutOff(later(PATIENCE + of.planned.next(BUSY, at)));
        }
        let wait = of.steps.wait(at);
        if wait > PATIENCE {
            return Asked::PutOff(later(wait + of.planned.next(delivery.per_second_and_domain, at)));
        }
        let wait = wait.max(known.all.wait(at));
        if !wait.is_zero() {
            return Asked::Wait(wait);
        }
        _ = known.all.next(delivery.per_second, at);
        _ = of.steps.next(delivery.per_second_and_domain, at);
        of.in_flight += 1;
        Asked::Turn(Turn { pace: Arc::clone(self), domain: domain.to_owned() })
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// The domain listened: it took the mail, or refused it for good.
    pub fn listened(&self) {
        self.with(|domain| domain.mood.listened());
    }

    /// The domain put the recipient off.
    pub fn was_put_off(&self, now: DateTime<Utc>) {
        self.with(|domain| domain.mood.put_off(now));
    }

    fn with(&self, change: impl FnOnce(&mut Domain)) {
        if let Some(domain) = self.pace.known().domains.get_mut(&self.domain) {
            change(domain);
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.with(|domain| domain.in_flight = domain.in_flight.saturating_sub(1));
    }
}

/// How many mails may go out now; or when some may again.
///
/// # Errors
/// Where the database fails.
pub async fn allowance(app: &App, most: u64) -> Result<Result<u64, DateTime<Utc>>, Fault> {
    let (delivery, now) = (&app.config.delivery, app.clock.now());
    if let Some((from, until)) = delivery.hours()
        && let Some(at) = (Hours { from, until, zone: ZONE }).next(now)
    {
        return Ok(Err(at));
    }
    let today = now.with_timezone(&ZONE).date_naive();
    let of_today = delivery.warm_up_from().and_then(|from| warm_up(u64::from(delivery.warm_up_first), from, today));
    let Some(of_today) = of_today else { return Ok(Ok(most)) };
    let midnight = today.and_hms_opt(0, 0, 0).and_then(|midnight| midnight.and_local_timezone(ZONE).earliest());
    let midnight = midnight.map_or(now, |midnight| midnight.with_timezone(&Utc));
    let left = of_today.saturating_sub(deliveries::sent_since(&app.db, midnight).await?);
    if left == 0 {
        return Ok(Err(midnight + TimeDelta::hours(25)));
    }
    // Lanes that ask at the same time do not take more together than there is.
    Ok(Ok(most.min(left.div_ceil(u64::from(delivery.connections * delivery.lanes)))))
}
