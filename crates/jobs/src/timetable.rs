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

/// What a process knows of when schedules are due. Others only move times ahead, so that what it knows is at most too early.
#[derive(Debug, Default)]
pub(crate) struct Timetable {
    next_at: Option<DateTime<Utc>>,
    is_known: bool,
}

impl Timetable {
    /// Enqueues what has become due, once for all times that were missed.
    pub async fn enqueue_due<C: Send + 'static>(&mut self, db: &DatabaseConnection, queue: &Queue, works: &Works<C>) -> Result<(), DbErr> {
        let now = queue.now();
        if self.is_known && self.next_at.is_none_or(|next_at| next_at > now) {
            return Ok(());
        }
        let names = works.scheduled().iter().map(|scheduled| scheduled.name);
        let rows = if works.scheduled().is_empty() { Vec::new() } else { Entity::find().filter(Column::Name.is_in(names)).all(db).await? };
        let mut first = None;
        for scheduled in works.scheduled() {
            let row = rows.iter().find(|row| row.name == scheduled.name);
            let next_at = self.one(db, queue, scheduled, row, now).await?;
            first = Some(first.map_or(next_at, |first: DateTime<Utc>| first.min(next_at)));
        }
        self.next_at = first;
        self.is_known = true;
        Ok(())
    }

    /// When the next one is due, as far as it is known.
    pub const fn next_at(&self) -> Option<DateTime<Utc>> {
        self.next_at
    }

    /// Does what a schedule needs now, and tells when it is due next.
    async fn one(
        &self,
        db: &DatabaseConnection,
        queue: &Queue,
        scheduled: &Scheduled,
        row: Option<&Model>,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, DbErr> {
        let next_at = scheduled.schedule.next_after(now);
        match row {
            None => begin(db, scheduled, next_at).await?,
            // Only who has just come asks for the rule: else processes of two versions would undo each other's times.
            Some(row) if !self.is_known && row.rule != scheduled.schedule.to_string() => change(db, scheduled, row, next_at).await?,
            Some(row) if row.next_at <= now => enqueue(db, queue, scheduled, row, next_at).await?,
            Some(row) => return Ok(row.next_at),
        }
        Ok(next_at)
    }
}

async fn begin(db: &DatabaseConnection, scheduled: &Scheduled, next_at: DateTime<Utc>) -> Result<(), DbErr> {
    let row = Model { name: scheduled.name.to_owned(), rule: scheduled.schedule.to_string(), next_at };
    let unless_another_did = OnConflict::column(Column::Name).do_nothing().to_owned();
    Entity::insert(row.into_active_model()).on_conflict(unless_another_did).exec_without_returning(db).await?;
    Ok(())
}

async fn change(db: &DatabaseConnection, scheduled: &Scheduled, row: &Model, next_at: DateTime<Utc>) -> Result<(), DbErr> {
    move_on(db, scheduled, row, next_at).await?;
    Ok(())
}

async fn enqueue(db: &DatabaseConnection, queue: &Queue, scheduled: &Scheduled, row: &Model, next_at: DateTime<Utc>) -> Result<(), DbErr> {
    let tx = begin_write(db).await?;
    if move_on(&tx, scheduled, row, next_at).await? {
        queue.insert(&tx, scheduled.kind, scheduled.payload()?, queue.now()).await?;
    }
    tx.commit().await?;
    queue.wake();
    Ok(())
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

/// On SQLite it takes the writer's place at once.
pub(crate) async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    db.begin_with_options(TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() })
        .await
}
