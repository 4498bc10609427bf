//! Schedules in the database: each due time enqueues once, however many processes look.

use chrono::{DateTime, Utc};
use entity::schedule::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::works::Scheduled;
use crate::{Queue, Works};

/// What a process knows of when schedules are due.
#[derive(Debug, Default)]
pub(crate) struct Timetable {
    /// The first time of all, while nobody else moves one to before it.
    next_at: Option<DateTime<Utc>>,
    is_known: bool,
    has_compared_rules: bool,
}

impl Timetable {
    /// Enqueues what has become due, once for all times that were missed.
    pub async fn enqueue_due<C: Send + 'static>(&mut self, db: &DatabaseConnection, queue: &Queue, works: &Works<C>) -> Result<(), DbErr> {
        let now = queue.now();
        if works.scheduled().is_empty() || (self.is_known && self.next_at.is_none_or(|next_at| next_at > now)) {
            return Ok(());
        }
        let names = works.scheduled().iter().map(|scheduled| scheduled.name);
        let rows = Entity::find().filter(Column::Name.is_in(names)).all(db).await?;
        let mut times = Vec::new();
        for scheduled in works.scheduled() {
            let row = rows.iter().find(|row| row.name == scheduled.name);
            times.push(self.advance(db, queue, scheduled, row, now).await?);
        }
        self.next_at = times.iter().copied().flatten().min();
        self.is_known = times.iter().all(Option::is_some);
        self.has_compared_rules = true;
        Ok(())
    }

    /// When the next one is due, as far as it is known.
    pub const fn next_at(&self) -> Option<DateTime<Utc>> {
        self.next_at
    }

    /// Does what a schedule needs now, and tells when it is due next, unless another process was quicker and knows better.
    async fn advance(
        &self,
        db: &DatabaseConnection,
        queue: &Queue,
        scheduled: &Scheduled,
        row: Option<&Model>,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, DbErr> {
        let next_at = scheduled.schedule.next_after(now);
        let was_first = match row {
            None => begin(db, scheduled, next_at).await?,
            // Compared when one begins, and not later: else processes of two versions would undo each other's times.
            Some(row) if !self.has_compared_rules && row.rule != scheduled.schedule.to_string() => {
                move_on(db, scheduled, row, next_at).await?
            }
            Some(row) if row.next_at <= now => enqueue(db, queue, scheduled, row, next_at).await?,
            Some(row) => return Ok(Some(row.next_at)),
        };
        Ok(was_first.then_some(next_at))
    }
}

async fn begin(db: &DatabaseConnection, scheduled: &Scheduled, next_at: DateTime<Utc>) -> Result<bool, DbErr> {
    let row = Model { name: scheduled.name.to_owned(), rule: scheduled.schedule.to_string(), next_at };
    let unless_another_did = OnConflict::column(Column::Name).do_nothing().to_owned();
    Ok(Entity::insert(row.into_active_model()).on_conflict(unless_another_did).exec_without_returning(db).await? == 1)
}

async fn enqueue(
    db: &DatabaseConnection,
    queue: &Queue,
    scheduled: &Scheduled,
    row: &Model,
    next_at: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let payload = match scheduled.payload() {
        Ok(payload) => payload,
        // A fault of the program, which must not hold up what else there is to do.
        Err(error) => {
            tracing::error!(name = scheduled.name, %error, "a scheduled job cannot be kept");
            return Ok(true);
        }
    };
    let tx = begin_write(db).await?;
    let was_first = move_on(&tx, scheduled, row, next_at).await?;
    if was_first {
        queue.insert(&tx, scheduled.kind, payload, queue.now()).await?;
    }
    tx.commit().await?;
    if was_first {
        queue.wake();
    }
    Ok(was_first)
}

/// Tells whether nobody else had moved it.
async fn move_on(db: &impl ConnectionTrait, scheduled: &Scheduled, row: &Model, next_at: DateTime<Utc>) -> Result<bool, DbErr> {
    let moved = Entity::update_many()
        .col_expr(Column::NextAt, Expr::val(next_at))
        .col_expr(Column::Rule, Expr::val(scheduled.schedule.to_string()))
        .filter(Column::Name.eq(scheduled.name))
        .filter(Column::NextAt.eq(row.next_at))
        .filter(Column::Rule.eq(row.rule.as_str()))
        .exec(db)
        .await?;
    Ok(moved.rows_affected == 1)
}

/// On SQLite it takes the writer's place at once. It begins in a task of its own: cut off in between, as a worker that stops may be, the
/// connection would go on within a transaction that nobody knows of.
pub(crate) async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let db = db.clone();
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let beginning = tokio::spawn(async move { db.begin_with_options(options).await });
    beginning.await.unwrap_or_else(|stopped| Err(DbErr::Custom(stopped.to_string())))
}
