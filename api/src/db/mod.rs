//! What every `store.rs` stands on: the connection, transactions, and paging by keyset.

pub mod connection;
pub mod former_slug;
pub mod grouping;
pub mod insert;
pub mod keyset;
pub mod like;
pub mod notify;
pub mod partition;
pub mod together;
pub mod transaction;
pub mod unique;
pub mod written;

pub use connection::connect;
