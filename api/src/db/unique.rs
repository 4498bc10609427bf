//! Uniqueness is the database's word: what it refuses as there twice becomes a refusal.

use sea_orm::{DbErr, SqlErr};

use crate::kernel::{Fault, Refusal, Why};

/// The fault of a statement, where what was written twice is the argument at `path`.
#[must_use]
pub fn taken(error: DbErr, path: &[&str]) -> Fault {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::at(path, Why::Taken).into(),
        _ => error.into(),
    }
}
