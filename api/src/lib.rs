//! miso: the platform with which a network of associations runs its public life.
//!
//! A folder is a concept, a file name is a layer; `ARCHITECTURE.md` has the map. In reading order:

pub mod config;

pub mod access;
pub mod app;
pub mod db;
pub mod kernel;
pub mod gql;
pub mod schema;
pub mod http;
pub mod logging;
pub mod secret;
pub mod people;
pub mod organisations;
pub mod tags;
pub mod programmes;
pub mod venues;
pub mod posts;
pub mod events;
pub mod calendar;
pub mod search;
pub mod node;
pub mod seed;
pub mod cli;
