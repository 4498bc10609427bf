//! Other dates that people might want to attend at the same time.

use std::collections::HashMap;

use entity::id::EventId;
use entity::occurrence;
use sea_orm::DbErr;

use crate::app::Cx;
use crate::events::store::clashes as store;

/// For each of these events the dates of others that are at the same time as one of its own that lies ahead, and for the same people: by
/// the same host, on the same topic, in the same district, or of the same sort.
///
/// # Errors
/// Where the database fails.
pub async fn clashes(cx: &Cx, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<occurrence::Model>>, DbErr> {
    store::of(cx.db(), &cx.viewer, ids, cx.now()).await
}
