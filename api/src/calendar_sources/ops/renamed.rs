//! Events that are called otherwise than the last time: some programs invent new UIDs whenever they are asked.

use std::collections::{HashMap, HashSet};

use super::take::Origin;
use crate::app::Cx;
use crate::calendar_sources::rules::{Field, said};
use crate::calendar_sources::store::{self, Came};
use crate::imports::read::calendar::{CalendarEvent, Read};
use crate::kernel::Fault;

/// Where an event that is not known has the title and the time that one had that is gone, it is that one from now on.
pub(super) async fn adopt(cx: &Cx, origin: &Origin<'_>, read: &Read, came: &mut HashMap<String, Came>) -> Result<(), Fault> {
    let events = || read.events.iter().filter_map(|event| event.as_ref().ok());
    let unknown: Vec<&CalendarEvent> = events().filter(|event| !came.contains_key(&event.id)).collect();
    if unknown.is_empty() || came.is_empty() {
        return Ok(());
    }
    let there: HashSet<&str> = events().map(|event| event.id.as_str()).collect();
    let awaited = store::awaited(cx.db(), &origin.key, &origin.seen_in, cx.now()).await?;
    let title = Field::Title.key(&origin.into.locale);
    let mut gone: HashMap<(String, String), String> = HashMap::new();
    for row in awaited.into_iter().filter(|row| !there.contains(row.source_id.as_str())) {
        let fields = row.fields.unwrap_or_default().0;
        if let Some((title, when)) = fields.get(&title).zip(fields.get(&Field::When.key(&origin.into.locale))) {
            gone.insert((title.said.clone(), when.said.clone()), row.source_id);
        }
    }
    let writing = cx.begin_write().await?;
    if gone.is_empty() || !origin.still(&writing).await? {
        return Ok(());
    }
    for event in unknown {
        let Some(before) = gone.remove(&(said(Field::Title, event), said(Field::When, event))) else { continue };
        store::rename(&writing, &origin.key, &before, &event.id).await?;
        if let Some(known) = came.remove(&before) {
            // It says so by another name, so that it is looked at.
            came.insert(event.id.clone(), Came { source_id: event.id.clone(), fingerprint: String::new(), ..known });
        }
    }
    Ok(writing.commit().await?)
}
