//! Handing mails to a server: which one, how to reach it, and what is said.

mod connection;
mod dial;
mod hello;
mod server;
mod session;
#[cfg(test)]
mod tests;
mod wire;

pub use server::{Encryption, NotAServer, Server};
pub(crate) use session::Session;
