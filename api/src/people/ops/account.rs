//! Changing one's own account.

use entity::person;

use crate::access::Action;
use crate::app::Cx;
use crate::kernel::{Fault, Findings, Locale, Patch, PersonName, Refused};
use crate::people::store::write;

/// What changes.
#[derive(Debug)]
pub struct Change {
    /// How one is called.
    pub name: Patch<PersonName>,
    /// In which language one is written to.
    pub locale: Patch<Locale>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Gives the viewer's own calendars new secret addresses, and ends the old ones.
///
/// # Errors
/// [`Refused::Unauthenticated`] to visitors, [`Refused::Forbidden`] to programs that act for somebody.
pub async fn rotate_calendars(cx: &Cx) -> Result<person::Model, Fault> {
    cx.authorise(&Action::UseAccount)?;
    cx.in_person()?;
    let id = cx.viewer.person_id().ok_or(Refused::Unauthenticated)?;
    let writing = cx.begin_write().await?;
    let old = write::lock(&writing, id).await?.ok_or(Refused::Unauthenticated)?;
    let calendar_version = old.calendar_version + 1;
    write::set_calendar_version(&*writing, id, calendar_version).await?;
    writing.commit().await?;
    Ok(person::Model { calendar_version, ..old })
}

/// Changes how one is called and written to.
///
/// # Errors
/// [`Refused::Unauthenticated`] to visitors; refusals of what was given.
pub async fn update(cx: &Cx, change: Change) -> Result<person::Model, Fault> {
    cx.authorise(&Action::UseAccount)?;
    let id = cx.viewer.person_id().ok_or(Refused::Unauthenticated)?;
    let writing = cx.begin_write().await?;
    let old = write::lock(&writing, id).await?.ok_or(Refused::Unauthenticated)?;
    let mut findings = change.findings;
    let locale = change.locale.read(|locale| Ok(locale.to_string())).and_then(|locale| locale.over_required(old.locale.clone()));
    let Some(locale) = findings.take("locale", locale).filter(|_| findings.is_empty()) else { return Err(findings.into()) };
    let name = match change.name {
        Patch::Keep => old.name.clone(),
        Patch::Clear => None,
        Patch::Set(name) => Some(name.to_string()),
    };
    write::describe(&*writing, id, name.clone(), locale.clone()).await?;
    writing.commit().await?;
    Ok(person::Model { name, locale, ..old })
}
