//! Saying where an organisation keeps its calendar.

use entity::id::OrganisationId;
use entity::{calendar_source, organisation};
use fetch::{Address, NotFetchable};

use crate::access::Action;
use crate::app::Cx;
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::calendar_sources::jobs::Fetch;
use crate::calendar_sources::store;
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Findings, Locale, Refused, Why};
use crate::organisations;

/// Where a calendar is.
#[derive(Debug)]
pub struct NewSource {
    /// Its address, as it was given.
    pub address: String,
    /// The language that it is in; that of the network where nothing is said.
    pub locale: Option<Locale>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Says where an organisation keeps its calendar, and has it fetched at once; also where it was said before.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] to others than network staff; refusals of what was given.
pub async fn set(cx: &Cx, id: OrganisationId, mut new: NewSource) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let organisation = organisations::store::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::SetCalendarSource(id))?;
    let address = new.findings.take("address", address(&new.address));
    new.findings.or_refuse()?;
    // It was refused otherwise.
    let Some(address) = address else { return Ok(organisation) };
    let network = organisations::store::network::the_network(&*writing).await?;
    let usual = network.map_or_else(|| Locale::german().to_string(), |(network, _)| network.default_locale);
    let locale = new.locale.map_or(usual, |locale| locale.to_string());
    let before = store::locked(&writing, id).await?;
    let same = before.as_ref().filter(|before| before.address == address.as_str());
    let row = calendar_source::Model {
        organisation_id: id,
        revision: before.as_ref().map_or(1, |before| before.revision + 1),
        address: address.as_str().to_owned(),
        locale: locale.clone(),
        // It is looked at whole again.
        etag: None,
        last_modified: None,
        due_at: cx.now(),
        tried_at: same.and_then(|before| before.tried_at),
        fetched_at: same.and_then(|before| before.fetched_at),
        failures: 0,
        problem: None,
        problem_detail: None,
        report: same.and_then(|before| before.report.clone()),
        created_at: before.as_ref().map_or(cx.now(), |before| before.created_at),
        updated_at: cx.now(),
    };
    store::put(&writing, row).await?;
    writing.later(&Fetch { organisation: id }).await?;
    // The address may be a secret: the log tells that it changed.
    let changes = Changes::none().text("address", &before.as_ref().map(|before| before.address.as_str()), &Some(address.as_str())).field(
        "locale",
        &before.as_ref().map(|before| before.locale.as_str()),
        &Some(locale.as_str()),
    );
    record(cx, &writing, Deed::OrganisationSetCalendarSource, Subject::Organisation(id), &organisation.name, changes).await?;
    writing.commit().await?;
    Ok(organisation)
}

/// Has the calendar of an organisation fetched no more. What came from it stays as it is.
///
/// # Errors
/// As [`set`].
pub async fn remove(cx: &Cx, id: OrganisationId) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let organisation = organisations::store::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::SetCalendarSource(id))?;
    if store::locked(&writing, id).await?.is_some() {
        store::remove(&writing, id).await?;
        let (deed, subject) = (Deed::OrganisationRemoveCalendarSource, Subject::Organisation(id));
        record(cx, &writing, deed, subject, &organisation.name, Changes::none()).await?;
        writing.commit().await?;
    }
    Ok(organisation)
}

fn address(given: &str) -> Result<Address, Why> {
    if given.trim().is_empty() {
        return Err(Why::Required);
    }
    given.parse().map_err(|not| match not {
        NotFetchable::NoAddress => Why::Invalid(Expected::CalendarAddress),
        NotFetchable::WithPassword => Why::Invalid(Expected::AddressWithoutPassword),
    })
}
