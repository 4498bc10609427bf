//! Use cases of newsletters.

mod ask;
mod confirm;
mod deliver;
mod find;
mod forget;
mod preferences;
mod receive;
mod request;
mod start;

pub use ask::ask;
pub use confirm::confirm;
pub use deliver::deliver;
pub use find::by_token;
pub use forget::forget;
pub use preferences::{Change, leave, update};
pub use receive::{Received, receive};
pub use request::{Request, request};
pub use start::{Started, start, tend};
