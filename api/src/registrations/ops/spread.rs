//! What happened to an event is told to whoever is registered for it.

use entity::id::RegistrationId;

use crate::app::App;
use crate::events::jobs::{Happened, What};
use crate::kernel::Fault;
use crate::registrations::jobs::{News, Tell};
use crate::registrations::store;

/// People told in one transaction.
const AT_ONCE: u64 = 500;

/// Leaves a mail to be written to everybody whose registration stands, for the event or for the date that it happened to.
///
/// # Errors
/// Where the database fails.
pub async fn spread(app: &App, happened: Happened) -> Result<(), Fault> {
    let news = match happened.what {
        What::Moved => News::EventMoved,
        What::Cancelled => News::EventCancelled,
        What::Postponed => News::EventPostponed,
        What::Reinstated => News::EventReinstated,
    };
    let mut after: Option<RegistrationId> = None;
    loop {
        let writing = app.begin_write().await?;
        let ids = store::standing_for(&*writing, (happened.event, happened.occurrence), after, AT_ONCE).await?;
        for registration in &ids {
            // One that waits for the same news tells how it stands then.
            let key = format!("{}.{news:?}", registration.0.simple());
            writing.later_once(&key, &Tell { registration: *registration, news, at: Some(happened.at) }).await?;
        }
        writing.commit().await?;
        after = ids.last().copied();
        if after.is_none() {
            return Ok(());
        }
    }
}
