//! The queue on both databases.

mod enqueueing;
mod leases;
mod outages;
mod overview;
mod retries;
mod schedules;
mod workers;
mod world;
