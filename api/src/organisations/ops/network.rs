//! Changing what the network says of itself: as an organisation, and as the network.

use std::collections::HashSet;

use entity::id::OrganisationId;
use entity::lists::OpeningHour;
use entity::words::RelationKind;
use entity::{network, organisation};

use super::edit::{AddressEdit, Edit};
use super::update::is_told_otherwise;
use crate::access::Action;
use crate::app::Cx;
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::refusal::Expected;
use crate::kernel::{EmailAddress, Fault, Findings, Markdown, Patch, WebAddress, Why, revision, translations};
use crate::organisations::jobs::Renamed;
use crate::organisations::store::write::{self, NewOrganisationText};
use crate::organisations::store::{self, content, network as rows};

/// What becomes of the network. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct NetworkEdit {
    /// Name.
    pub name: Patch<String>,
    /// What it is called for short.
    pub short_name: Patch<String>,
    /// Its name in the register.
    pub legal_name: Patch<String>,
    /// What it is and does, in its own language.
    pub description: Patch<Markdown>,
    /// Where its office is.
    pub address: Patch<AddressEdit>,
    /// How to find it.
    pub directions: Patch<String>,
    /// Telephone of the office.
    pub phone: Patch<String>,
    /// Mailbox of the office.
    pub email: Patch<EmailAddress>,
    /// Its own site.
    pub website: Patch<WebAddress>,
    /// When the office is open.
    pub opening_hours: Patch<Vec<OpeningHour>>,
    /// Said beside the opening hours.
    pub opening_hours_note: Patch<String>,
    /// Who pays for its work.
    pub funders: Patch<Vec<OrganisationId>>,
    /// Larger networks of which it is a member.
    pub umbrellas: Patch<Vec<OrganisationId>>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Changes the network.
///
/// # Errors
/// [`crate::kernel::Refused::Forbidden`] to others than administrators; refusals of what was given, all at once.
pub async fn update_network(
    cx: &Cx,
    expected_revision: Option<i32>,
    edit: NetworkEdit,
) -> Result<(network::Model, organisation::Model), Fault> {
    cx.authorise(&Action::AdministerNetwork)?;
    let writing = cx.begin_write().await?;
    let found = rows::locked(&writing).await?;
    let (old, own) = found.ok_or_else(|| Fault::Broken("there is no network".to_owned()))?;
    revision::check(old.revision, expected_revision)?;
    let before = content::of(&*writing, &own).await?;
    let given = match edit.description {
        Patch::Keep => Vec::new(),
        Patch::Clear => vec![NewOrganisationText { locale: before.original_locale.clone(), description: Markdown::new("") }],
        Patch::Set(description) => vec![NewOrganisationText { locale: before.original_locale.clone(), description }],
    };
    let mut of_organisation = Edit {
        name: edit.name,
        short_name: edit.short_name,
        texts: translations::Change { given, removed: Vec::new(), original: Patch::Keep },
        address: edit.address,
        phone: edit.phone,
        email: edit.email,
        website: edit.website,
        findings: edit.findings,
        kind: Patch::Keep,
        slug: Patch::Keep,
        aliases: Patch::Keep,
        legal_form: Patch::Keep,
        focus: Patch::Keep,
        languages: Patch::Keep,
        address_is_public: Patch::Keep,
        location: Patch::Keep,
        founded_on: Patch::Keep,
        publishes_without_review: Patch::Keep,
        logo: Patch::Keep,
        sources: Patch::Keep,
    };
    let after = of_organisation.apply(before.clone());
    let mut findings = of_organisation.findings;
    let legal_name = findings.take("legalName", edit.legal_name.over_required(old.legal_name.clone())).unwrap_or_default();
    let funders = edit.funders.over_list(rows::related_ids(&*writing, RelationKind::Funder).await?);
    let umbrellas = edit.umbrellas.over_list(rows::related_ids(&*writing, RelationKind::Umbrella).await?);
    for (field, ids) in [("funderIds", &funders), ("umbrellaIds", &umbrellas)] {
        let seen = store::by_ids(&*writing, &cx.viewer, ids.clone()).await?;
        let mut known = HashSet::new();
        for (at, id) in ids.iter().enumerate() {
            if !seen.contains_key(id) {
                findings.refuse(&[field, &at.to_string()], Why::NotFound);
            } else if !known.insert(*id) || *id == own.id {
                findings.refuse(&[field, &at.to_string()], Why::Invalid(Expected::Once));
            }
        }
    }
    findings.or_refuse()?;
    let organisation = write::replace(&*writing, &cx.app, &own, &after).await?;
    if is_told_otherwise(&own, &organisation) {
        writing.later_once(&own.id.0.to_string(), &Renamed { organisation: own.id }).await?;
    }
    let row = network::Model {
        revision: old.revision + 1,
        legal_name,
        directions: edit.directions.over(old.directions.clone()),
        opening_hours: edit.opening_hours.over_list(old.opening_hours.0.clone()).into(),
        opening_hours_note: edit.opening_hours_note.over(old.opening_hours_note.clone()),
        updated_at: cx.now(),
        ..old.clone()
    };
    rows::update(&*writing, &row).await?;
    rows::relate(&*writing, RelationKind::Funder, &funders).await?;
    rows::relate(&*writing, RelationKind::Umbrella, &umbrellas).await?;
    let changes = Changes::none()
        .field("name", &own.name, &organisation.name)
        .field("legalName", &old.legal_name, &row.legal_name)
        .field("openingHours", &old.opening_hours, &row.opening_hours)
        .field("website", &own.website, &organisation.website)
        .text("contact", &(&own.email, &own.phone), &(&organisation.email, &organisation.phone))
        .text("address", &before.address, &after.address);
    record(cx, &writing, Deed::NetworkUpdate, Subject::Organisation(own.id), &organisation.name, changes).await?;
    writing.commit().await?;
    Ok((row, organisation))
}
