//! Inserting rows, many in one statement.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IntoActiveModel};

/// Rows in one statement: SQLite takes 32,766 variables, and the widest table has less than 80 columns.
const AT_ONCE: usize = 400;

/// Inserts rows in their order; none of them is asked back.
///
/// # Errors
/// Where the database fails, or a constraint does not hold.
pub async fn rows<E>(db: &impl ConnectionTrait, rows: Vec<E::Model>) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let mut left = rows.into_iter().peekable();
    while left.peek().is_some() {
        let some = left.by_ref().take(AT_ONCE).map(IntoActiveModel::into_active_model);
        E::insert_many(some).exec_without_returning(db).await?;
    }
    Ok(())
}
