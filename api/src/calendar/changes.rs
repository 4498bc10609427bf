//! What has changed since a calendar was made: counts that only rise.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::OrganisationId;
use sea_orm::DatabaseConnection;
use sea_orm::DbErr;
use tokio::sync::Mutex;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
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
        let mut seen = self.seen.lock().await;
        if seen.asked_before <= own {
            let asked_before = self.asked.load(Ordering::SeqCst);
            // Counts only rise, so that the same sum is the same counts.
            let total = changes::total(db).await?;
            if total != seen.total {
                let found = changes::all(db).await?;
                (seen.total, seen.changes) = (found.all.count, Arc::new(found));
            }
            seen.asked_before = asked_before;
        }
        Ok(Arc::clone(&seen.changes))
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
