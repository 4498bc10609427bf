//! Use cases of registrations.

mod ahead;
mod announce;
mod cancel;
mod check_in;
mod create;
mod decide;
mod find;
mod forget;
mod lists;
mod message;
mod move_up;
mod note;
mod reply;
mod seats;
mod spread;
mod update;
mod watch;

pub use ahead::remind_ahead;
pub use cancel::cancel;
pub use check_in::{At, AtTheDoor, check_in, undo_check_in};
pub use create::{Create, Key, Receipt, create};
pub use decide::{approve, decline};
pub use find::{By, Hand, Named, by_token, find};
pub use forget::forget;
pub use lists::{Line, List, list};
pub use message::{Message, message, spread_message};
pub use move_up::let_all_move_up;
pub use reply::{Received, receive};
pub use spread::spread;
pub use update::{Update, update};
pub use watch::watch;
