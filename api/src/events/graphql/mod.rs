//! Events and their dates in GraphQL.

pub mod connection;
pub mod edit;
pub mod edit_date;
pub mod edit_parts;
pub mod edit_policy;
pub mod event;
pub mod input;
pub mod loaders;
pub mod mutation;
pub mod occurrence;
pub mod parts;
pub mod place;
pub mod policy;
pub mod query;
pub mod schedule;
pub mod seats;
pub mod subscription;
pub mod words;

pub use event::Event;
pub use mutation::EventMutation;
pub use occurrence::Occurrence;
pub use query::EventQuery;
pub use subscription::EventSubscription;
