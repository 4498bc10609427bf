//! Calendars that were made, kept for the next who ask: as long as nothing has changed, and no more of them than fit.
//!
//! Whoever asks is given what the database has at that moment, whichever process wrote it. What has changed is made anew once, for all
//! who wait for it; who has it already needs no look at any event.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use tokio::sync::{Mutex as Turn, OnceCell};

use crate::app::App;
use crate::calendar::changes::{Changed, Upon, Watch};
use crate::calendar::feed::Feed;
use crate::calendar::secret::Closed;
use crate::http::conditional::{ENCODINGS, tag};

/// What an entry takes beside its bytes, at the most.
const OVERHEAD: usize = 1024;

/// Calendars by their addresses.
#[derive(Debug)]
pub struct Shelf {
    watch: Watch,
    most: usize,
    places: Mutex<Places>,
}

#[derive(Debug, Default)]
struct Places {
    by_address: HashMap<String, Arc<Place>>,
    bytes: usize,
    /// Counts uses, to know whose last is the longest ago.
    uses: u64,
}

/// Where one calendar stands.
#[derive(Debug, Default)]
struct Place {
    kept: Mutex<Option<Arc<Kept>>>,
    turn: Turn<()>,
    used: Mutex<(u64, usize)>,
}

/// A calendar that was made.
#[derive(Debug)]
pub struct Kept {
    /// Its bytes.
    pub body: Bytes,
    /// Their tag.
    pub tag: String,
    /// Since when it is as it is.
    pub last_modified: DateTime<Utc>,
    /// The name to save it under.
    pub filename: String,
    /// Its bytes as compressed, in each way; none where that did not work.
    pub encoded: [OnceCell<Option<Bytes>>; ENCODINGS.len()],
    upon: Upon,
    made_after: Changed,
    until: Option<DateTime<Utc>>,
}

impl Shelf {
    /// For calendars of so many bytes in all.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { watch: Watch::default(), most, places: Mutex::default() }
    }

    /// The calendar as it is now: the one that stands there, or made anew.
    ///
    /// # Errors
    /// As making it, and where the database fails.
    pub async fn get(&self, app: &App, address: &str, make: impl AsyncFnOnce() -> Result<Feed, Closed>) -> Result<Arc<Kept>, Closed> {
        let place = self.place(address);
        let look = async || {
            let changes = self.watch.look(&app.db).await?;
            let kept = place.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let good = kept.clone().filter(|kept| kept.is_good(changes.upon(kept.upon), app.clock.now()));
            Ok::<_, Closed>((changes, kept, good))
        };
        if let (_, _, Some(good)) = look().await? {
            return Ok(good);
        }
        let _own_turn = place.turn.lock().await;
        // What is read after the counts is at least as new as they are.
        let (changes, before, good) = look().await?;
        if let Some(good) = good {
            return Ok(good);
        }
        let feed = make().await.inspect_err(|_| self.forget(address))?;
        let changed = changes.upon(feed.upon);
        let kept = Arc::new(Kept::of(feed, changed, before.as_deref()));
        *place.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&kept));
        self.weigh(&place, kept.body.len() + address.len() + OVERHEAD);
        Ok(kept)
    }

    /// Counts what a calendar takes in yet another form.
    pub fn add(&self, address: &str, bytes: usize) {
        let place = self.places().by_address.get(address).cloned();
        if let Some(place) = place {
            let held = place.used.lock().unwrap_or_else(PoisonError::into_inner).1;
            self.weigh(&place, held + bytes);
        }
    }

    fn places(&self) -> std::sync::MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, address: &str) -> Arc<Place> {
        let mut places = self.places();
        places.uses += 1;
        let uses = places.uses;
        let place = match places.by_address.get(address) {
            Some(place) => Arc::clone(place),
            None => Arc::clone(places.by_address.entry(address.to_owned()).or_default()),
        };
        place.used.lock().unwrap_or_else(PoisonError::into_inner).0 = uses;
        place
    }

    fn forget(&self, address: &str) {
        let mut places = self.places();
        if let Some(place) = places.by_address.remove(address) {
            places.bytes -= place.used.lock().unwrap_or_else(PoisonError::into_inner).1;
        }
    }

    /// Notes what a place holds now, and clears those that nobody asked for the longest until all fit.
    fn weigh(&self, place: &Arc<Place>, bytes: usize) {
        let mut places = self.places();
        let is_there = places.by_address.values().any(|known| Arc::ptr_eq(known, place));
        if !is_there {
            return;
        }
        let before = std::mem::replace(&mut place.used.lock().unwrap_or_else(PoisonError::into_inner).1, bytes);
        places.bytes = places.bytes - before + bytes;
        while places.bytes > self.most {
            let oldest = places.by_address.iter().min_by_key(|(_, place)| place.used.lock().unwrap_or_else(PoisonError::into_inner).0);
            let Some(address) = oldest.map(|(address, _)| address.clone()) else { break };
            if let Some(gone) = places.by_address.remove(&address) {
                places.bytes -= gone.used.lock().unwrap_or_else(PoisonError::into_inner).1;
            }
        }
    }
}

impl Kept {
    fn of(feed: Feed, changed: Changed, before: Option<&Self>) -> Self {
        let tag = tag(feed.text.as_bytes());
        // Where nothing of it has changed after all, it is as it is since then.
        let since = before.filter(|before| before.tag == tag).map(|before| before.last_modified);
        let last_modified = since.or(changed.last.max(feed.left_at)).unwrap_or(feed.last_modified);
        Self {
            body: feed.text.into(),
            tag,
            last_modified,
            filename: feed.filename,
            encoded: Default::default(),
            upon: feed.upon,
            made_after: changed,
            until: feed.until,
        }
    }

    /// Whether it is what would be made of what the database has now.
    fn is_good(&self, changed: Changed, now: DateTime<Utc>) -> bool {
        self.made_after.count >= changed.count && self.until.is_none_or(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_kept_than_fits_and_what_was_asked_for_last_stays() {
        let shelf = Shelf::new(10_000);
        for address in 0..100 {
            let place = shelf.place(&address.to_string());
            shelf.weigh(&place, 1000);
            shelf.place("0");
            assert!(shelf.places().bytes <= 10_000);
        }
        let kept: Vec<String> =
            (0..100).map(|address| address.to_string()).filter(|address| shelf.places().by_address.contains_key(address)).collect();
        assert_eq!(kept, ["0", "91", "92", "93", "94", "95", "96", "97", "98", "99"]);
        shelf.add("0", 9_500);
        assert!(shelf.places().bytes <= 10_000);
        shelf.forget("99");
        let held: usize = shelf.places().by_address.values().map(|place| place.used.lock().unwrap().1).sum();
        assert_eq!(shelf.places().bytes, held);
    }
}
