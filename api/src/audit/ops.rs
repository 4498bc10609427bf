//! Writing the audit log.

use entity::audit_entry;
use sea_orm::DbErr;

use super::rules::{Changes, Deed, Subject};
use super::store;
use crate::access::Viewer;
use crate::app::{App, Cx, Writing};

/// Notes what the viewer did, in the transaction in which they did it. `label` is how the subject is called now.
///
/// # Errors
/// Where the database fails.
pub async fn record(cx: &Cx, writing: &Writing, deed: Deed, subject: Subject, label: &str, changes: Changes) -> Result<(), DbErr> {
    write(&cx.app, writing, Some(&cx.viewer), (deed, subject, label), changes).await
}

/// Notes what happened by itself, as somebody had chosen before.
///
/// # Errors
/// Where the database fails.
pub async fn record_of_its_own(
    app: &App,
    writing: &Writing,
    deed: Deed,
    subject: Subject,
    label: &str,
    changes: Changes,
) -> Result<(), DbErr> {
    write(app, writing, None, (deed, subject, label), changes).await
}

async fn write(
    app: &App,
    writing: &Writing,
    viewer: Option<&Viewer>,
    (deed, subject, label): (Deed, Subject, &str),
    changes: Changes,
) -> Result<(), DbErr> {
    let actor_id = viewer.and_then(Viewer::account);
    let (subject_kind, subject_id) = subject.key();
    let entry = audit_entry::Model {
        id: app.new_id(),
        at: app.clock.now(),
        actor_id,
        action: deed.word().to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject_id,
        summary: label.to_owned(),
        changes: changes.into_json(),
    };
    store::insert(&**writing, entry).await
}
