//! What it means that an issue comes back.

use chrono::{DateTime, TimeDelta, Utc};
use entity::words::DeliveryStatus;
use mailer::{Blame, Refusal, Why};

/// How long after a mail was accepted it can come back: servers try for five days, and some are slow to say so. What comes later is none
/// of theirs.
const DAYS: i64 = 30;

/// Whether a mail that was accepted then can still come back.
#[must_use]
pub fn can_come_back(sent_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now <= sent_at + TimeDelta::days(DAYS)
}

/// What becomes of a delivery that comes back, and whether its address is gone for good; nothing where it is still underway. A refusal of
/// *ours* is no matter of the reader; nor is it one of everybody else's, as it would be of the server that sends for us: the other
/// end is one of many.
#[must_use]
pub fn what_becomes(why: Why) -> Option<(DeliveryStatus, bool)> {
    match why {
        Why::Underway => None,
        Why::GivenUp | Why::Refused(Blame::Sender) => Some((DeliveryStatus::Failed, false)),
        Why::Refused(Blame::Recipient(refusal)) => Some((DeliveryStatus::Bounced, refusal == Refusal::Gone)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_comes_back_within_a_month_or_never() {
        let sent_at = DateTime::UNIX_EPOCH;
        assert!(can_come_back(sent_at, sent_at + TimeDelta::days(30)));
        assert!(!can_come_back(sent_at, sent_at + TimeDelta::days(30) + TimeDelta::seconds(1)));
    }

    #[test]
    fn only_what_the_readers_own_server_refuses_for_good_counts_against_the_reader() {
        let bounced = |why| what_becomes(why).filter(|(status, _)| *status == DeliveryStatus::Bounced).map(|(_, is_gone)| is_gone);
        assert_eq!(bounced(Why::Refused(Blame::Recipient(Refusal::Gone))), Some(true));
        assert_eq!(bounced(Why::Refused(Blame::Recipient(Refusal::Full))), Some(false));
        assert_eq!(bounced(Why::Refused(Blame::Recipient(Refusal::Unclear))), Some(false));
        assert_eq!(bounced(Why::Refused(Blame::Sender)), None);
        assert_eq!(bounced(Why::GivenUp), None);
        assert_eq!(what_becomes(Why::Underway), None);
    }
}
