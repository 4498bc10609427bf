//! Use cases of media.

mod collect;
mod shown;
mod upload;

pub use collect::collect;
pub use shown::{Shown, check};
pub use upload::{NewMedia, upload};
