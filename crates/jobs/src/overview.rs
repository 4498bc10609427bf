//! What an administrator sees of the queue and does about it.

use chrono::{DateTime, Utc};
use entity::id::JobId;
use entity::job::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Queue;

/// How many jobs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Due or ahead, at no worker.
    pub waiting: u64,
    /// At a worker.
    pub running: u64,
    /// Given up.
    pub failed: u64,
}

/// A job that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its id.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// How often it was begun.
    pub attempts: i32,
    /// When it was given up.
    pub failed_at: DateTime<Utc>,
    /// Why the last attempt failed.
    pub last_error: String,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
}

impl Queue {
    /// How many jobs there are of every kind, known or not.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn counts(&self, db: &impl ConnectionTrait) -> Result<Counts, DbErr> {
        let failed = Entity::find().filter(Column::FailedAt.is_not_null()).count(db).await?;
        let pending = Entity::find().filter(Column::FailedAt.is_null()).count(db).await?;
        let is_running = Column::FailedAt.is_null().and(Column::LockedUntil.gt(self.now()));
        let running = Entity::find().filter(is_running).count(db).await?;
        Ok(Counts { waiting: pending.saturating_sub(running), running, failed })
    }

    /// Dead letters, the latest first, at most `limit` of those that follow the letter `after` which was given up at that moment.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn dead_letters(
        &self,
        db: &impl ConnectionTrait,
        after: Option<(DateTime<Utc>, JobId)>,
        limit: u64,
    ) -> Result<Vec<DeadLetter>, DbErr> {
        let mut query = Entity::find().filter(Column::FailedAt.is_not_null());
        if let Some((failed_at, id)) = after {
            let place = Expr::tuple([Column::FailedAt.into_expr(), Column::Id.into_expr()]);
            query = query.filter(place.lt(Expr::tuple([Expr::val(failed_at), Expr::val(id.0)])));
        }
        let rows = query.order_by_desc(Column::FailedAt).order_by_desc(Column::Id).limit(limit).all(db).await?;
        Ok(rows.into_iter().filter_map(letter).collect())
    }

    /// Puts a dead letter back, as if it had never been tried; tells whether there was one. To be followed by [`Queue::wake`].
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn retry(&self, tx: &impl ConnectionTrait, id: JobId) -> Result<bool, DbErr> {
        Ok(self.put_back(tx, Column::Id.eq(id)).await? == 1)
    }

    /// Puts back all dead letters of a kind, once it is known why they failed; tells how many there were.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn retry_all(&self, tx: &impl ConnectionTrait, kind: &str) -> Result<u64, DbErr> {
        self.put_back(tx, Column::Kind.eq(kind)).await
    }

    /// Removes a dead letter; tells whether there was one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn discard(&self, tx: &impl ConnectionTrait, id: JobId) -> Result<bool, DbErr> {
        let discarded = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::FailedAt.is_not_null()).exec(tx).await?;
        Ok(discarded.rows_affected == 1)
    }

    /// Removes the dead letters that were given up before `moment`, so that none is kept for ever; tells how many there were.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn discard_before(&self, tx: &impl ConnectionTrait, moment: DateTime<Utc>) -> Result<u64, DbErr> {
        Ok(Entity::delete_many().filter(Column::FailedAt.lt(moment)).exec(tx).await?.rows_affected)
    }

    async fn put_back(&self, tx: &impl ConnectionTrait, which: Expr) -> Result<u64, DbErr> {
        let put_back = Entity::update_many()
            .col_expr(Column::FailedAt, Expr::val(Option::<DateTime<Utc>>::None))
            .col_expr(Column::Attempts, Expr::val(0))
            .col_expr(Column::RunAt, Expr::val(self.now()))
            .filter(which)
            .filter(Column::FailedAt.is_not_null())
            .exec(tx)
            .await?;
        self.tell(tx).await?;
        Ok(put_back.rows_affected)
    }
}

fn letter(row: Model) -> Option<DeadLetter> {
    let Model { id, kind, attempts, failed_at, last_error, created_at, .. } = row;
    Some(DeadLetter { id, kind, attempts, failed_at: failed_at?, last_error: last_error.unwrap_or_default(), created_at })
}
