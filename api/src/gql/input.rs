//! Reading what mutations are given: ids, addresses, and fields that are left out, null, or set.

use async_graphql::{Context, Error, ID, MaybeUndefined};

use super::id::Global;
use super::{ContextExt, or_code};
use crate::kernel::refusal::Expected;
use crate::kernel::{EmailAddress, Patch, Refused, WebAddress, Why};

/// What becomes of a field: left out it stays, null clears it.
pub fn patch<T>(given: MaybeUndefined<T>) -> Patch<T> {
    match given {
        MaybeUndefined::Undefined => Patch::Keep,
        MaybeUndefined::Null => Patch::Clear,
        MaybeUndefined::Value(value) => Patch::Set(value),
    }
}

/// An id as an argument of its own: it names what is acted on.
///
/// # Errors
/// The coded error NOT_FOUND for what is no id of this type.
pub fn named<Id: Global>(ctx: &Context<'_>, id: &ID) -> Result<Id, Error> {
    Id::from_global(id).map_err(|_| or_code(ctx.cx(), &Refused::NotFound.into()))
}

/// An id within an input.
///
/// # Errors
/// [`Why::NotFound`] for what is no id of this type.
pub fn id<Id: Global>(id: &ID) -> Result<Id, Why> {
    Id::from_global(id).map_err(|_| Why::NotFound)
}

/// Where somebody is written to.
///
/// # Errors
/// [`Why::Required`] for an empty text, [`Why::Invalid`] for what is no address.
pub fn email(text: &str) -> Result<EmailAddress, Why> {
    if text.trim().is_empty() { Err(Why::Required) } else { text.parse().map_err(|_| Why::Invalid(Expected::EmailAddress)) }
}

/// A place on the web.
///
/// # Errors
/// [`Why::Required`] for an empty text, [`Why::Invalid`] for what is no address of `http` or `https`.
pub fn web_address(text: &str) -> Result<WebAddress, Why> {
    if text.trim().is_empty() { Err(Why::Required) } else { text.parse().map_err(|_| Why::Invalid(Expected::WebAddress)) }
}
