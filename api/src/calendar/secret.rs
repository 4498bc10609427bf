//! Secret addresses of calendars: whose they are, and whether they were ended.

use chrono::NaiveDate;
use entity::id::PersonId;
use entity::person;

use crate::access::Viewer;
use crate::app::App;
use crate::kernel::{Fault, Refused};
use crate::people;
use crate::secret::Purpose;

/// Why there is no calendar at an address.
#[derive(Debug, thiserror::Error)]
pub enum Closed {
    /// There was one, and it was ended: by its owner, or because it is not for them any more.
    #[error("ended")]
    Ended,
    /// There is none, or we could not look.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<sea_orm::DbErr> for Closed {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Fault(error.into())
    }
}

/// The secret of a person's own address.
#[must_use]
pub fn token(app: &App, purpose: Purpose, person: &person::Model) -> String {
    app.links.token(purpose, person.id, person.calendar_version)
}

/// Whose address it is.
///
/// # Errors
/// [`Closed::Ended`] for one that was given before, or whose person is gone.
pub async fn holder(app: &App, purpose: Purpose, token: &str) -> Result<person::Model, Closed> {
    let (id, version) = app.links.read::<PersonId>(purpose, token).ok_or(Fault::Refused(Refused::NotFound))?;
    let person = people::store::by_id(&app.db, id).await?.ok_or(Closed::Ended)?;
    if person.calendar_version == version { Ok(person) } else { Err(Closed::Ended) }
}

/// Whose address of what is for members it is.
///
/// # Errors
/// As [`holder`]; and [`Closed::Ended`] for one whose person belongs to no member any more.
pub async fn member(app: &App, token: &str) -> Result<person::Model, Closed> {
    let person = holder(app, Purpose::MembersCalendar, token).await?;
    if is_member(app, person.id, app.clock.now().date_naive()).await? { Ok(person) } else { Err(Closed::Ended) }
}

/// Whether what is for members is for this person.
///
/// # Errors
/// Where the database fails.
pub async fn is_member(app: &App, id: PersonId, today: NaiveDate) -> Result<bool, Fault> {
    let viewer: Viewer = people::store::viewer(&app.db, id, today).await?;
    Ok(viewer.belongs_to_a_member())
}
