//! Editing a schedule loses nobody: which of the old dates each new one goes on from.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::schedule::local;

/// A date as it stood before.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// Where the schedule had put it.
    pub original_starts_at: DateTime<Utc>,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// Whether the schedule still had it: one that an earlier change left over was cancelled, and comes back only at its own time.
    pub is_planned: bool,
}

/// For each new start the place of the old date that goes on there, if any. They are matched by equal start, then by local day, then,
/// if equally many remain, by order.
#[must_use]
pub fn matches(before: &[Before], after: &[DateTime<Utc>], zone: Tz) -> Vec<Option<usize>> {
    let mut matching = Matching { found: vec![None; after.len()], is_free: vec![true; before.len()] };
    matching.by(&places(before.iter().map(|date| Some(date.original_starts_at))), after.iter().copied());
    matching.by(&places(before.iter().map(|date| date.is_planned.then_some(date.starts_at))), after.iter().copied());
    let day = |at: DateTime<Utc>| local(at, zone).date();
    let days: HashMap<NaiveDate, Vec<usize>> = places(before.iter().map(|date| date.is_planned.then(|| day(date.original_starts_at))));
    matching.by(&days, after.iter().map(|at| day(*at)));
    matching.by_order(before);
    matching.found
}

struct Matching {
    found: Vec<Option<usize>>,
    is_free: Vec<bool>,
}

impl Matching {
    fn by<K: std::hash::Hash + Eq>(&mut self, before: &HashMap<K, Vec<usize>>, after: impl Iterator<Item = K>) {
        for (at, key) in after.enumerate() {
            if self.found[at].is_some() {
                continue;
            }
            let free = before.get(&key).and_then(|places| places.iter().copied().find(|place| self.is_free[*place]));
            if let Some(place) = free {
                (self.found[at], self.is_free[place]) = (Some(place), false);
            }
        }
    }

    fn by_order(&mut self, before: &[Before]) {
        let left: Vec<usize> = (0..before.len()).filter(|place| self.is_free[*place] && before[*place].is_planned).collect();
        let open: Vec<usize> = (0..self.found.len()).filter(|at| self.found[*at].is_none()).collect();
        if left.len() == open.len() {
            for (at, place) in open.into_iter().zip(left) {
                self.found[at] = Some(place);
            }
        }
    }
}

fn places<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = Option<K>>) -> HashMap<K, Vec<usize>> {
    let mut places: HashMap<K, Vec<usize>> = HashMap::new();
    for (place, key) in keys.enumerate() {
        if let Some(key) = key {
            places.entry(key).or_default().push(place);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    const ZONE: Tz = Tz::Europe__Berlin;

    fn at(day: i64, hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(day) + TimeDelta::hours(hour)
    }

    fn planned(starts: &[DateTime<Utc>]) -> Vec<Before> {
        starts.iter().map(|start| Before { original_starts_at: *start, starts_at: *start, is_planned: true }).collect()
    }

    #[test]
    fn a_date_goes_on_at_its_own_time_first() {
        let before = planned(&[at(0, 8), at(0, 10), at(7, 8)]);
        assert_eq!(matches(&before, &[at(0, 10), at(7, 8), at(14, 8)], ZONE), [Some(1), Some(2), Some(0)]);
    }

    #[test]
    fn a_later_hour_is_the_same_date_of_its_day() {
        let before = planned(&[at(0, 8), at(7, 8), at(14, 8)]);
        assert_eq!(matches(&before, &[at(0, 9), at(7, 9)], ZONE), [Some(0), Some(1)]);
    }

    #[test]
    fn another_weekday_keeps_the_order_where_equally_many_remain() {
        let before = planned(&[at(0, 8), at(7, 8)]);
        assert_eq!(matches(&before, &[at(1, 8), at(8, 8)], ZONE), [Some(0), Some(1)]);
        assert_eq!(matches(&before, &[at(1, 8), at(8, 8), at(15, 8)], ZONE), [None, None, None]);
    }

    #[test]
    fn a_date_that_was_moved_goes_on_where_the_schedule_had_it_or_where_it_is() {
        let mut before = planned(&[at(0, 8), at(7, 8)]);
        before[1].starts_at = at(8, 12);
        assert_eq!(matches(&before, &[at(0, 8), at(7, 8)], ZONE), [Some(0), Some(1)]);
        assert_eq!(matches(&before, &[at(0, 8), at(8, 12), at(20, 8)], ZONE), [Some(0), Some(1), None]);
    }

    #[test]
    fn what_was_left_over_comes_back_at_its_own_time_alone() {
        let mut before = planned(&[at(0, 8), at(7, 8)]);
        before[1].is_planned = false;
        assert_eq!(matches(&before, &[at(0, 8), at(7, 9)], ZONE), [Some(0), None]);
        assert_eq!(matches(&before, &[at(0, 8), at(7, 8)], ZONE), [Some(0), Some(1)]);
    }

    proptest! {
        #[test]
        fn no_date_goes_on_twice_and_equal_starts_always_do(
            before in prop::collection::btree_set((0_i64..30, 0_i64..24), 0..12),
            after in prop::collection::btree_set((0_i64..30, 0_i64..24), 0..12),
        ) {
            let before: Vec<_> = before.into_iter().map(|(day, hour)| at(day, hour)).collect();
            let after: Vec<_> = after.into_iter().map(|(day, hour)| at(day, hour)).collect();
            let found = matches(&planned(&before), &after, ZONE);
            let mut used: Vec<_> = found.iter().flatten().copied().collect();
            used.sort_unstable();
            used.dedup();
            prop_assert_eq!(used.len(), found.iter().flatten().count());
            for (new, old) in after.iter().zip(&found) {
                if let Some(place) = before.iter().position(|start| start == new) {
                    prop_assert_eq!(*old, Some(place));
                }
            }
            if before.len() == after.len() {
                prop_assert!(found.iter().all(Option::is_some));
            }
        }
    }
}
