//! Interim.
#![expect(missing_docs, reason = "interim")]
use ::entity::id::JobId;
use ::entity::job;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IntoActiveModel};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    const KIND: &'static str;
}
#[derive(Clone)]
pub struct Queue {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    id: Arc<dyn Fn() -> JobId + Send + Sync>,
}
impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Queue")
    }
}
impl Queue {
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static, id: impl Fn() -> JobId + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), id: Arc::new(id) }
    }
    pub async fn enqueue<J: Job>(&self, tx: &impl ConnectionTrait, job: &J) -> Result<JobId, DbErr> {
        let now = (self.now)();
        let id = (self.id)();
        let row = job::Model {
            id,
            kind: J::KIND.into(),
            payload: serde_json::to_value(job).unwrap_or_default(),
            run_at: now,
            attempts: 0,
            locked_until: None,
            failed_at: None,
            last_error: None,
            created_at: now,
        };
        job::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
        Ok(id)
    }
    pub fn wake(&self) {}
}
