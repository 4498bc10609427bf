//! Reading back what we wrote as text.

use std::str::FromStr;

use sea_orm::DbErr;

/// What a column holds; `what` says what it should be.
///
/// # Errors
/// Where it is something that we would not have written.
pub fn read<T: FromStr>(what: &str, text: &str) -> Result<T, DbErr> {
    text.parse().map_err(|_| DbErr::Type(format!("`{text}` is no {what}")))
}
