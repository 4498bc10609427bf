//! How much one client may ask for: a bucket for each, which fills again with time.
//!
//! It lies in the memory of one process, so that no client's address is ever stored or logged. What is counted over all processes
//! is counted in the database, by other things than clients.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// What a full bucket holds: the cost that may be taken at once.
const CAPACITY: TimeDelta = TimeDelta::seconds(FULL_BUCKET as i64);
/// The same in seconds, in which it fills again.
pub const FULL_BUCKET: u32 = 3000;
/// Buckets that are kept before those are let go that are full.
const MOST: usize = 50_000;

/// Where a request comes from, as far as it can be told apart: an address of IPv4, or a network of IPv6, as one household or
/// machine has many addresses in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client(u128);

/// The buckets of all clients.
#[derive(Default)]
pub struct Throttle {
    /// When each will be full again.
    full_at: Mutex<HashMap<Client, DateTime<Utc>>>,
}

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(u128::from(u32::from(address))),
            IpAddr::V6(address) => Self(u128::from(address) >> 64 << 64),
        }
    }
}

/// Whoever it is, it is printed nowhere.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}

impl fmt::Debug for Throttle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Throttle")
    }
}

impl Throttle {
    /// Takes what something costs, where the client still has as much; a second fills in one.
    #[must_use]
    pub fn take(&self, client: Client, cost: u32, now: DateTime<Utc>) -> bool {
        self.with(client, now, |full_at| {
            let after = *full_at + TimeDelta::seconds(cost.into());
            let has_enough = after - now <= CAPACITY;
            if has_enough {
                *full_at = after;
            }
            has_enough
        })
    }

    /// Takes what something did cost, as far as there is as much.
    pub fn charge(&self, client: Client, cost: u32, now: DateTime<Utc>) {
        self.with(client, now, |full_at| *full_at = (*full_at + TimeDelta::seconds(cost.into())).min(now + CAPACITY));
    }

    fn with<T>(&self, client: Client, now: DateTime<Utc>, then: impl FnOnce(&mut DateTime<Utc>) -> T) -> T {
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST && !buckets.contains_key(&client) {
            buckets.retain(|_, full_at| *full_at > now);
            // So many at once are no readers of ours: rather forget what they took than run out of memory.
            if buckets.len() >= MOST {
                buckets.clear();
            }
        }
        let full_at = buckets.entry(client).or_insert(now);
        *full_at = (*full_at).max(now);
        then(full_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(address: &str) -> Client {
        Client::from(address.parse::<IpAddr>().unwrap())
    }

    #[test]
    fn a_client_gets_as_much_as_the_bucket_holds_and_more_with_time() {
        let (throttle, now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        let (ours, theirs) = (client("192.0.2.1"), client("192.0.2.2"));
        assert_eq!((0..100).filter(|_| throttle.take(ours, 50, now)).count(), 60);
        assert!(!throttle.take(ours, 1, now));
        assert!(throttle.take(theirs, 50, now));
        let later = now + TimeDelta::seconds(50);
        assert!(throttle.take(ours, 50, later) && !throttle.take(ours, 1, later));
        throttle.charge(ours, 5000, later);
        assert!(throttle.take(ours, 3000, later + CAPACITY));
    }

    #[test]
    fn a_network_of_ipv6_is_one_client_and_a_mapped_address_is_that_of_ipv4() {
        assert_eq!(client("2001:db8::1"), client("2001:db8::ffff:1"));
        assert_ne!(client("2001:db8::1"), client("2001:db8:0:1::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
        assert_eq!(format!("{:?}", client("192.0.2.1")), "Client");
    }
}
