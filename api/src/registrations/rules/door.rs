//! Who is let in at the door.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::words::RegistrationStatus;

use crate::kernel::Why;
use crate::kernel::barred::Barred;

/// Where and when people are let in.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// Whether it is that of what they registered for.
    pub is_here: bool,
    /// When.
    pub now: DateTime<Utc>,
    /// Whose clock hangs there.
    pub zone: Tz,
}

/// Whether somebody comes in whose registration is so far, and who is in since then.
///
/// # Errors
/// [`Why::Barred`] with what is to be told at the door.
pub fn let_in(status: RegistrationStatus, in_since: Option<DateTime<Utc>>, door: &Door) -> Result<(), Why> {
    let barred = match (status, in_since) {
        _ if !door.is_here => Barred::Elsewhere,
        (RegistrationStatus::Pending, _) => Barred::Pending,
        (RegistrationStatus::Waitlisted, _) => Barred::Waitlisted,
        (RegistrationStatus::Declined, _) => Barred::Declined,
        (RegistrationStatus::Cancelled, _) => Barred::Cancelled,
        (RegistrationStatus::Confirmed, Some(since)) => {
            let local = since.with_timezone(&door.zone).naive_local();
            Barred::AlreadyIn { since: local, is_today: local.date() == door.now.with_timezone(&door.zone).date_naive() }
        }
        (RegistrationStatus::Confirmed, None) => return Ok(()),
    };
    Err(Why::Barred(barred))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::kernel::Locale;

    fn door() -> Door {
        Door { is_here: true, now: DateTime::parse_from_rfc3339("2022-06-01T16:30:00Z").unwrap().into(), zone: chrono_tz::Europe::Berlin }
    }

    #[test]
    fn only_who_has_a_seat_here_comes_in_and_once() {
        assert_eq!(let_in(RegistrationStatus::Confirmed, None, &door()), Ok(()));
        let elsewhere = Door { is_here: false, ..door() };
        assert_eq!(let_in(RegistrationStatus::Confirmed, None, &elsewhere), Err(Why::Barred(Barred::Elsewhere)));
        for (status, barred) in [
            (RegistrationStatus::Pending, Barred::Pending),
            (RegistrationStatus::Waitlisted, Barred::Waitlisted),
            (RegistrationStatus::Declined, Barred::Declined),
            (RegistrationStatus::Cancelled, Barred::Cancelled),
        ] {
            assert_eq!(let_in(status, None, &door()), Err(Why::Barred(barred)));
        }
    }

    #[test]
    fn who_is_in_already_is_told_since_when_by_the_clock_on_the_wall() {
        let said = |before: TimeDelta, locale: &str| {
            let why = let_in(RegistrationStatus::Confirmed, Some(door().now - before), &door()).unwrap_err();
            why.message(&locale.parse::<Locale>().unwrap())
        };
        assert_eq!(said(TimeDelta::minutes(27), "de"), "Schon eingelassen um 18:03 Uhr.");
        assert_eq!(said(TimeDelta::minutes(27), "en"), "Already in since 18:03.");
        assert_eq!(said(TimeDelta::days(7), "de"), "Schon eingelassen am 25.05.2022 um 18:30 Uhr.");
    }
}
