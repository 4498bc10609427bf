//! The history of the schema, written by hand: one file per step, in the order of their names.
//!
//! A step never imports `entity`: it says what the database became on that day, while entities say what it is now. A test
//! compares where the history ends with what the entities expect. What a step once did stays as it is; changes are new steps.
//!
//! The same steps make SQLite and PostgreSQL. What both databases can hold by themselves they hold, under names that can be read
//! in an error (`event_ends_after_start`): words of enums, shapes of slugs and partial dates, ranges of numbers, who refers to
//! whom. Texts compare byte by byte and moments as moments on both, so that lists have one order everywhere.

mod conditions;
mod table;
mod trigrams;

mod m20261123_000001_network_and_organisations;
mod m20261123_000002_programmes_venues_tags;
mod m20261123_000003_posts;
mod m20261123_000004_events;
mod m20261123_000005_former_slugs;
mod m20261123_000006_people_jobs_audit;
mod m20261123_000007_schedules;
mod m20261123_000008_registrations;
mod m20261123_000009_newsletters;
mod m20261123_000010_signing_in;
mod m20261123_000011_invitations;
mod m20261123_000012_dates_have_sequences;
mod m20261123_000013_event_tombstones;
mod m20261123_000014_review_desk;
mod m20261123_000015_media;
mod m20261123_000016_imports;
mod m20261123_000017_registrations_are_decided_and_written_to;
mod m20261123_000018_merged;
mod m20261123_000021_calendars_of_people;
mod m20261123_000022_calendar_changes;
mod m20261123_000023_calendar_sources;
mod m20261123_000024_readers_leave_by_mail;
mod m20261123_000025_issues_with_cards;

#[cfg(test)]
mod tests;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{MigrationTrait, async_trait};

/// Brings a database from any step of the history to any other.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_network_and_organisations::Migration),
            Box::new(m20261123_000002_programmes_venues_tags::Migration),
            Box::new(m20261123_000003_posts::Migration),
            Box::new(m20261123_000004_events::Migration),
            Box::new(m20261123_000005_former_slugs::Migration),
            Box::new(m20261123_000006_people_jobs_audit::Migration),
            Box::new(m20261123_000007_schedules::Migration),
            Box::new(m20261123_000008_registrations::Migration),
            Box::new(m20261123_000009_newsletters::Migration),
            Box::new(m20261123_000010_signing_in::Migration),
            Box::new(m20261123_000011_invitations::Migration),
            Box::new(m20261123_000012_dates_have_sequences::Migration),
            Box::new(m20261123_000013_event_tombstones::Migration),
            Box::new(m20261123_000014_review_desk::Migration),
            Box::new(m20261123_000015_media::Migration),
            Box::new(m20261123_000016_imports::Migration),
            Box::new(m20261123_000017_registrations_are_decided_and_written_to::Migration),
            Box::new(m20261123_000018_merged::Migration),
            Box::new(m20261123_000021_calendars_of_people::Migration),
            Box::new(m20261123_000022_calendar_changes::Migration),
            Box::new(m20261123_000023_calendar_sources::Migration),
            Box::new(m20261123_000024_readers_leave_by_mail::Migration),
            Box::new(m20261123_000025_issues_with_cards::Migration),
        ]
    }
}
