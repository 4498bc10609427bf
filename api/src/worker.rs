//! What is to be done later, and by whom: every job and every schedule, one line each.

use std::time::Duration;

use chrono_tz::Tz;
use jobs::{Failed, Schedule, Settings, Worker, Works};

use crate::app::App;
use crate::kernel::Fault;
use crate::{
    backlog, calendar, calendar_sources, events, inbox, invitations, media, memberships, merging, newsletter, people, posts, registrations,
    review,
};

/// At night here, when few are awake.
const ZONE: Tz = Tz::Europe__Berlin;

/// Every job and schedule.
#[must_use]
pub fn works() -> Works<App> {
    Works::new()
        .handle(backlog::work::forget)
        .handle(calendar::work::fold)
        .handle(calendar_sources::work::tend)
        .handle(calendar_sources::work::fetch)
        .handle(inbox::work::collect)
        .handle(newsletter::work::ask_to_confirm)
        .handle(newsletter::work::write_request)
        .handle(newsletter::work::deliver)
        .handle(newsletter::work::send_when_due)
        .handle(newsletter::work::forget)
        .handle(newsletter::work::tend)
        .handle(media::work::collect)
        .handle(memberships::work::tell)
        .handle(memberships::work::forget)
        .handle(merging::work::tell_of_tag)
        .handle(review::work::remind)
        .handle(posts::work::publish)
        .handle(posts::work::tell_of_organisation)
        .handle(posts::work::tell_of_programme)
        .handle(posts::work::tell_returned)
        .handle(events::work::publish)
        .handle(events::work::tell_returned)
        .handle(events::work::extend)
        .handle(events::work::retell)
        .handle(events::work::forget_tombstones)
        .handle(registrations::work::spread)
        .handle(registrations::work::let_move_up)
        .handle(registrations::work::remind_ahead)
        .handle(registrations::work::spread_message)
        .handle(registrations::work::deliver_message)
        .handle(invitations::work::mail)
        .handle(invitations::work::forget)
        .handle(people::work::mail_sign_in)
        .handle(people::work::forget)
        .handle(registrations::work::tell)
        .handle(registrations::work::forget)
        .schedule("backlog.forget", Schedule::daily_at(3, 0, ZONE), || backlog::jobs::Forget {})
        .schedule("calendar.fold", Schedule::every_minutes(60), || calendar::jobs::Fold {})
        .schedule("calendar_sources.tend", Schedule::every_minutes(10), || calendar_sources::jobs::Tend {})
        .schedule("events.extend", Schedule::daily_at(2, 40, ZONE), || events::jobs::Extend {})
        .schedule("events.forget_tombstones", Schedule::daily_at(2, 50, ZONE), || events::jobs::ForgetTombstones {})
        .schedule("inbox.collect", Schedule::every_minutes(5), || inbox::jobs::Collect {})
        .schedule("invitations.forget", Schedule::daily_at(3, 40, ZONE), || invitations::jobs::Forget {})
        .schedule("media.collect", Schedule::daily_at(3, 50, ZONE), || media::jobs::Collect {})
        .schedule("memberships.forget", Schedule::daily_at(3, 40, ZONE), || memberships::jobs::Forget {})
        .schedule("review.remind", Schedule::daily_at(7, 0, ZONE), review::jobs::Remind::default)
        .schedule("newsletter.forget", Schedule::daily_at(3, 20, ZONE), || newsletter::jobs::Forget {})
        .schedule("newsletter.tend", Schedule::every_minutes(5), || newsletter::jobs::Tend {})
        .schedule("people.forget", Schedule::daily_at(3, 30, ZONE), || people::jobs::Forget {})
        .schedule("registrations.remind_ahead", Schedule::every_minutes(15), || registrations::jobs::RemindAhead {})
        .schedule("registrations.forget", Schedule::daily_at(3, 10, ZONE), || registrations::jobs::Forget {})
}

/// Does what is to be done, until `stop`.
pub async fn work(app: App, stop: impl Future<Output = ()> + Send) {
    let settings = Settings {
        slots: app.config.job_slots as usize,
        lease: Duration::from_secs(u64::from(app.config.job_lease_seconds)),
        listen_url: (!app.config.is_embedded()).then(|| app.config.database()),
        ..Settings::default()
    };
    Worker::new(app.db.clone(), app.queue.clone(), works(), app, settings).run(stop).await;
}

/// A fault may pass; a refusal stays one.
impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(_) | Fault::Refusals(_) => Self::never(fault.to_string()),
            Fault::Database(_) | Fault::Broken(_) => Self::again(fault.to_string()),
        }
    }
}
