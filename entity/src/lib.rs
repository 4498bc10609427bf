//! The storage vocabulary: one file per table, and the few value types that columns are made of.
//!
//! Nothing here decides anything. Times are UTC instants; partial dates, slugs, locales and addresses are text that was
//! parsed before it came here.
#![expect(missing_docs, reason = "a field that its name explains needs no sentence, and the derives make items of their own")]

pub mod id;
pub mod lists;
pub mod words;

pub mod access_token;
pub mod audit_entry;
pub mod calendar_change;
pub mod calendar_source;
pub mod consent;
pub mod consent_wording;
pub mod delivery;
pub mod event;
pub mod event_feature;
pub mod event_host;
pub mod event_language;
pub mod event_tag;
pub mod event_text;
pub mod event_tombstone;
pub mod former_slug;
pub mod image_variant;
pub mod imported;
pub mod instance;
pub mod invitation;
pub mod job;
pub mod media;
pub mod membership;
pub mod membership_application;
pub mod network;
pub mod network_relation;
pub mod newsletter;
pub mod newsletter_issue;
pub mod newsletter_issue_text;
pub mod newsletter_subscription;
pub mod occurrence;
pub mod organisation;
pub mod organisation_language;
pub mod organisation_person;
pub mod organisation_tag;
pub mod organisation_text;
pub mod person;
pub mod post;
pub mod post_event;
pub mod post_mention;
pub mod post_tag;
pub mod post_text;
pub mod programme;
pub mod programme_funder;
pub mod programme_text;
pub mod registration;
pub mod registration_answer;
pub mod registration_message;
pub mod registration_receipt;
pub mod schedule;
pub mod seat_pool;
pub mod sensitive_answer;
pub mod session;
pub mod sign_in;
pub mod sign_in_address;
pub mod subscriber;
pub mod suppression;
pub mod tag;
pub mod venue;
pub mod venue_feature;
