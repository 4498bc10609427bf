//! Rows put to what they belong to.

use std::collections::HashMap;
use std::hash::Hash;

/// The rows of each owner, in their order.
#[must_use]
pub fn by<K: Hash + Eq, T>(rows: Vec<T>, owner: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut grouped: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        grouped.entry(owner(&row)).or_default().push(row);
    }
    grouped
}
