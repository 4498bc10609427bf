//! The grammar of our GraphQL, without any feature: context, ids, connections, errors, scalars.

pub mod batch;
pub mod connection;
pub mod context;
pub mod error;
pub mod id;
pub mod input;
pub mod loader;
pub mod range;
pub mod scalars;
pub mod shape;
pub mod upload;
pub mod user_error;

pub use connection::PageInfo;
pub(crate) use connection::connection;
pub use context::ContextExt;
pub use error::or_code;
pub use loader::Loaders;
pub(crate) use user_error::payload;
pub use user_error::{AcceptedPayload, DeletePayload, UserError};

use crate::kernel::fault::BadInput;
use crate::kernel::page;

/// What a list costs: its items, each with what is asked of it.
#[must_use]
pub fn list_cost(first: Option<i32>, last: Option<i32>, of_one: usize) -> usize {
    let size = first.or(last).and_then(|size| usize::try_from(size).ok()).unwrap_or(page::USUAL_SIZE as usize);
    size.min(page::LARGEST_SIZE as usize).saturating_mul(of_one).saturating_add(1)
}

/// A text of a filter, where it is no longer than `most` characters. U+0000, which no text in a database has, is left out.
///
/// # Errors
/// [`BadInput::TooLong`].
pub fn bounded(text: Option<String>, most: usize) -> Result<Option<String>, BadInput> {
    if text.as_ref().is_some_and(|text| text.chars().count() > most) {
        return Err(BadInput::TooLong(most));
    }
    Ok(text.map(|text| text.replace('\0', "")))
}
