//! What a post names must be there, and for the viewer to see.

use std::collections::HashSet;
use std::hash::Hash;

use entity::id::{EventId, OrganisationId};
use entity::organisation;
use entity::words::MediaKind;
use sea_orm::DbErr;
use uuid::Uuid;

use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Why};
use crate::media::ops::Shown;
use crate::posts::store::write::{NewPost, SLUGGED};
use crate::{events, media, organisations, programmes};

/// Looks up what a post names: pictures, programme, organisations, events; and whether its slug is free. What it named before may stay, also
/// where its editor does not see it.
pub(super) async fn check(
    cx: &Cx,
    writing: &Writing,
    (post, before): (&NewPost, Option<&NewPost>),
    own: Option<Uuid>,
    findings: &mut Findings,
) -> Result<(), DbErr> {
    let seen = organisations::store::by_ids(&**writing, &cx.viewer, post.mentions.clone()).await?;
    let is_known = |id: &OrganisationId| seen.contains_key(id) || before.is_some_and(|before| before.mentions.contains(id));
    each_once_and_known(findings, "mentionIds", &post.mentions, is_known);
    let seen = events::store::by_ids(&**writing, &cx.viewer, post.events.clone()).await?;
    let is_known = |id: &EventId| seen.contains_key(id) || before.is_some_and(|before| before.events.contains(id));
    each_once_and_known(findings, "eventIds", &post.events, is_known);
    let cover = Shown { field: "coverId", kind: MediaKind::Image, before: before.and_then(|before| before.cover_id), now: post.cover_id };
    let audio = Shown { field: "audioId", kind: MediaKind::Audio, before: before.and_then(|before| before.audio_id), now: post.audio_id };
    media::ops::check(cx, writing, &[cover, audio], findings).await?;
    if let Some(id) = post.programme_id
        && programmes::store::by_ids(&**writing, vec![id]).await?.is_empty()
    {
        findings.refuse(&["programmeId"], Why::NotFound);
    }
    if SLUGGED.is_taken(&**writing, &post.slug, own).await? {
        findings.refuse(&["slug"], Why::Taken);
    }
    Ok(())
}

fn each_once_and_known<Id: Hash + Eq>(findings: &mut Findings, field: &str, ids: &[Id], is_known: impl Fn(&Id) -> bool) {
    let mut named = HashSet::new();
    for (at, id) in ids.iter().enumerate() {
        let at = at.to_string();
        if !is_known(id) {
            findings.refuse(&[field, &at], Why::NotFound);
        } else if !named.insert(id) {
            findings.refuse(&[field, &at], Why::Invalid(Expected::Once));
        }
    }
}

/// Whether what the viewer publishes in the name of an organisation is reviewed first.
pub(super) fn needs_review(cx: &Cx, organisation: &organisation::Model) -> bool {
    let is_trusted = organisation.publishes_without_review;
    !cx.may(&Action::PublishWithoutReview { organisation_id: organisation.id, is_trusted }).is_allowed()
}
