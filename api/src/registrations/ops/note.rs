//! What organisers do with registrations is noted: which and when, by whom, and nothing of whose they are.

use entity::{event, registration};

use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::store::parts;
use crate::kernel::Fault;

/// Notes what an organiser did with a registration, under the name of its event.
pub(super) async fn note(
    cx: &Cx,
    writing: &Writing,
    deed: Deed,
    (row, event): (&registration::Model, &event::Model),
    changes: Changes,
) -> Result<(), Fault> {
    let title = title(writing, event).await?;
    Ok(audit::ops::record(cx, writing, deed, Subject::Registration(row.id), &title, changes).await?)
}

/// How an event is called, in its own language.
pub(super) async fn title(writing: &Writing, event: &event::Model) -> Result<String, Fault> {
    let heads = parts::heads(&**writing, vec![event.id]).await?.remove(&event.id).unwrap_or_default();
    Ok(heads.into_iter().find(|head| head.locale == event.original_locale).map(|head| head.title).unwrap_or_default())
}
