//! What has changed since a calendar was made: counts that only rise.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use entity::id::OrganisationId;
use sea_orm::{DatabaseConnection, DbErr};
use tokio::sync::watch;

use super::store::changes;

/// How often something has changed, and when last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// How often.
    pub count: i64,
    /// When last; none where it never did.
    pub last: Option<DateTime<Utc>>,
}

impl Changed {
    /// This, and something else.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { count: self.count + other.count, last: self.last.max(other.last) }
    }
}

/// Upon what a calendar depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upon {
    /// Upon everything.
    All,
    /// Upon the events of one organisation, and what concerns all.
    Organisation(OrganisationId),
}

/// What has changed how often, at one moment.
#[derive(Debug, Default)]
pub struct Changes {
    all: Changed,
    of_all: Changed,
    of: HashMap<OrganisationId, Changed>,
}

impl Changes {
    /// From what concerns all, and what concerns the calendars of single organisations.
    #[must_use]
    pub fn new(of_all: Changed, of: HashMap<OrganisationId, Changed>) -> Self {
        Self { all: of.values().fold(of_all, |sum, one| sum.and(*one)), of_all, of }
    }

    /// What has changed in what a calendar depends upon.
    #[must_use]
    pub fn upon(&self, what: Upon) -> Changed {
        match what {
            Upon::All => self.all,
            Upon::Organisation(id) => self.of.get(&id).map_or(self.of_all, |own| self.of_all.and(*own)),
        }
    }
}

/// Sees what has changed, in whatever process it was. Who asks is told what was so after they asked; those who ask while somebody looks
/// are told together by the next look, so that a thousand readers at once cost the database two.
#[derive(Debug, Default)]
pub struct Watch {
    asked: AtomicU64,
    is_looking: AtomicBool,
    seen: watch::Sender<Seen>,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    /// Of all who asked, those who did so before the look began.
    asked_before: u64,
    total: i64,
    changes: Arc<Changes>,
}

impl Watch {
    /// What has changed by now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn look(&self, db: &DatabaseConnection) -> Result<Arc<Changes>, DbErr> {
        let own = self.asked.fetch_add(1, Ordering::SeqCst);
        let mut news = self.seen.subscribe();
        loop {
            let known = news.borrow_and_update().clone();
            if known.asked_before > own {
                return Ok(known.changes);
            }
            if !self.is_looking.swap(true, Ordering::SeqCst) {
                let mut turn = Looking { watch: self, found: None };
                let found = self.see(db, known).await?;
                let changes = Arc::clone(&found.changes);
                turn.found = Some(found);
                return Ok(changes);
            }
            // Whoever looks tells when they are done, or have given up; and the one that tells stays as long as this does.
            let _ = news.changed().await;
        }
    }

    async fn see(&self, db: &DatabaseConnection, known: Seen) -> Result<Seen, DbErr> {
        let asked_before = self.asked.load(Ordering::SeqCst);
        // Counts only rise, so that the same sum is the same counts.
        if changes::total(db).await? == known.total {
            return Ok(Seen { asked_before, ..known });
        }
        let found = changes::all(db).await?;
        Ok(Seen { asked_before, total: found.all.count, changes: Arc::new(found) })
    }
}

/// The turn of who looks: it ends also where they go away in between.
struct Looking<'a> {
    watch: &'a Watch,
    found: Option<Seen>,
}

impl Drop for Looking<'_> {
    fn drop(&mut self) {
        self.watch.is_looking.store(false, Ordering::SeqCst);
        let found = self.found.take();
        self.watch.seen.send_modify(|seen| *seen = found.unwrap_or_else(|| seen.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_of_one_depends_upon_its_own_and_on_what_concerns_all() {
        let [one, other] = [1, 2].map(|number| OrganisationId(uuid::Uuid::from_u128(number)));
        let changed = |count| Changed { count, last: DateTime::from_timestamp(count, 0) };
        let changes = Changes::new(changed(5), HashMap::from([(one, changed(7))]));
        assert_eq!(changes.upon(Upon::All), Changed { count: 12, last: DateTime::from_timestamp(7, 0) });
        assert_eq!(changes.upon(Upon::Organisation(one)).count, 12);
        assert_eq!(changes.upon(Upon::Organisation(other)), changed(5));
    }
}
