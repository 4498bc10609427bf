//! miso: the platform with which a network of associations runs its public life.
//!
//! A folder is a concept, a file name is a layer; `ARCHITECTURE.md` has the map. In reading order:

pub mod config;

pub mod access;
pub mod app;
pub mod audit;
pub mod backlog;
pub mod calendar;
pub mod calendar_sources;
pub mod cli;
pub mod db;
pub mod events;
pub mod feeds;
pub mod files;
pub mod gql;
pub mod http;
pub mod imports;
pub mod inbox;
pub mod invitations;
pub mod kernel;
pub mod live;
pub mod logging;
pub mod mail;
pub mod media;
pub mod memberships;
pub mod merging;
pub mod newsletter;
pub mod node;
pub mod organisations;
pub mod people;
pub mod posts;
pub mod programmes;
pub mod registrations;
pub mod review;
pub mod schema;
pub mod search;
pub mod secret;
pub mod seed;
pub mod tags;
pub mod venues;
pub mod worker;
