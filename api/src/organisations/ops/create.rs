//! Entering an organisation.

use entity::organisation;
use entity::words::{MediaKind, MembershipDecision, OrganisationKind};

use super::edit::Edit;
use crate::access::Action;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Locale, PartialDate, Refused, Slug, Why};
use crate::media::ops::Shown;
use crate::organisations::store::write::{self, NewAddress, NewMembership, NewOrganisation, SLUGGED};
use crate::organisations::store::{self, network};
use crate::{media, tags};

/// Enters an organisation; one that is a member is so from `joined_on` on, where that is known.
///
/// # Errors
/// [`Refused::Forbidden`] to others than administrators; refusals of what was given, all at once.
pub async fn create(cx: &Cx, mut edit: Edit, joined_on: Option<PartialDate>) -> Result<organisation::Model, Fault> {
    cx.authorise(&Action::EnterOrganisation)?;
    let writing = cx.begin_write().await?;
    let usual = network::the_network(&*writing).await?.and_then(|(network, _)| network.default_locale.parse().ok());
    let (has_slug, focus) = (!edit.slug.keeps(), std::mem::take(&mut edit.focus));
    let otherwise: Slug = "organisation".parse().map_err(|_| Refused::NotFound)?;
    let mut new = edit.apply(empty(usual.unwrap_or_else(Locale::german), otherwise.clone()));
    if !has_slug {
        new.slug = SLUGGED.free_for(&*writing, &new.name, otherwise).await?;
    }
    if SLUGGED.is_taken(&*writing, &new.slug, None).await? {
        edit.findings.refuse(&["slug"], Why::Taken);
    }
    if joined_on.is_some() && new.kind != OrganisationKind::Member {
        edit.findings.refuse(&["joinedOn"], Why::Invalid(Expected::OfMember));
    }
    let logo = Shown { field: "logoId", kind: MediaKind::Image, before: None, now: new.logo_id };
    media::ops::check(cx, &writing, &[logo], &mut edit.findings).await?;
    edit.findings.or_refuse()?;
    new.tags = tags::store::write::of_names(&*writing, &cx.app, &focus.over_list(Vec::new())).await?;
    let id = write::insert(&*writing, &cx.app, &new).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    if new.kind == OrganisationKind::Member {
        let membership =
            NewMembership { decision: MembershipDecision::Admitted, applied_on: None, joined_on, left_on: None, is_founding: false };
        write::insert_membership(&*writing, &cx.app, id, &membership).await?;
    }
    audit::ops::record(cx, &writing, Deed::OrganisationCreate, Subject::Organisation(id), &new.name, Changes::none()).await?;
    let made = store::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    writing.commit().await?;
    Ok(made)
}

/// What a first change is applied to: nothing is known of it.
fn empty(original_locale: Locale, slug: Slug) -> NewOrganisation {
    NewOrganisation {
        slug,
        name: String::new(),
        short_name: None,
        aliases: Vec::new(),
        kind: OrganisationKind::Member,
        legal_form: None,
        original_locale,
        texts: Vec::new(),
        languages: Vec::new(),
        tags: Vec::new(),
        website: None,
        email: None,
        phone: None,
        address: NewAddress::default(),
        // Many associations are registered at a private home.
        address_is_public: false,
        location: None,
        founded_on: None,
        logo_id: None,
        publishes_without_review: false,
        sources: Vec::new(),
    }
}
