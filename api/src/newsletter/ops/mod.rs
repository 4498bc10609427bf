//! Use cases of newsletters.

mod ask;
mod bring;
mod change;
mod confirm;
mod create;
mod deliver;
pub mod edit;
mod find;
mod forget;
pub mod issue;
mod preferences;
mod receive;
mod request;
mod start;

pub use ask::ask;
pub use bring::{Became, Brought, bring};
pub use change::change;
pub use confirm::confirm;
pub use create::{Create, create};
pub use deliver::deliver;
pub use find::by_token;
pub use forget::forget;
pub use preferences::{Change, leave, update};
pub use receive::{Received, receive};
pub use request::{Request, request};
pub use start::{Started, start, tend};
