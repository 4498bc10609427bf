//! Use cases of merging. The office does it.

use entity::id::{ProgrammeId, TagId, VenueId};
use entity::words::SluggedKind;
use entity::{former_slug, programme, tag, venue};

use super::store;
use crate::access::Action;
use crate::app::{App, Cx};
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::ops::Told;
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Refusal, Refused, Slug, Why};
use crate::venues::jobs::Changed;
use crate::venues::store::content;
use crate::{events, organisations, posts, programmes, tags, venues};

/// Has all that bears a tag bear another.
///
/// # Errors
/// [`Refused::NotFound`], [`Refused::Forbidden`] to others than the office; a refusal for a tag and itself.
pub async fn tag(cx: &Cx, from: TagId, into: TagId) -> Result<tag::Model, Fault> {
    two(from, into)?;
    let writing = cx.begin_write().await?;
    let mut both = tags::store::locked(&writing, vec![from, into]).await?;
    let (Some(one), Some(other)) = (both.remove(&from), both.remove(&into)) else { return Err(Refused::NotFound.into()) };
    cx.authorise(&Action::AdministerTags)?;
    store::move_tag(&*writing, from, into).await?;
    store::lead_tag(&*writing, from, into).await?;
    writing.later(&tags::jobs::Renamed { tag: into }).await?;
    let changes = Changes::none().field("name", &one.name, &other.name).field("slug", &one.slug, &other.slug);
    record(cx, &writing, Deed::TagMerge, Subject::Tag(into), &other.name, changes).await?;
    writing.commit().await?;
    Ok(other)
}

/// Has all that happens at a venue happen at another, which keeps what is known of it, and gets the rooms of the one and what only that
/// stated of its accessibility.
///
/// # Errors
/// [`Refused::NotFound`], [`Refused::Forbidden`] to who may not change both; a refusal for a venue and itself.
pub async fn venue(cx: &Cx, from: VenueId, into: VenueId) -> Result<venue::Model, Fault> {
    two(from, into)?;
    let writing = cx.begin_write().await?;
    // In one order, whoever merges which into which.
    let (first, second) = (from.min(into), from.max(into));
    let rows = (venues::store::locked(&writing, first).await?, venues::store::locked(&writing, second).await?);
    let (Some(first), Some(second)) = rows else { return Err(Refused::NotFound.into()) };
    let (one, other) = if first.id == from { (first, second) } else { (second, first) };
    if one.merged_into.is_some() || other.merged_into.is_some() {
        return Err(Refused::NotFound.into());
    }
    cx.authorise(&Action::EditVenue(one.organisation_id))?;
    cx.authorise(&Action::EditVenue(other.organisation_id))?;
    let (left, mut kept) = (content::of(&*writing, &one).await?, content::of(&*writing, &other).await?);
    let is_elsewhere = (&left.name, &left.address, left.location) != (&kept.name, &kept.address, kept.location);
    store::move_venue(&*writing, (from, into), is_elsewhere, cx.now()).await?;
    let rooms: Vec<String> = left.rooms.into_iter().filter(|room| !kept.rooms.contains(room)).collect();
    kept.rooms.extend(rooms);
    kept.features = content::of(&*writing, &other).await?.features;
    let changed = venues::store::write::replace(&*writing, &cx.app, &other, &kept).await?;
    writing.later(&Changed { venue: into, is_elsewhere: false }).await?;
    record(cx, &writing, Deed::VenueMerge, Subject::Venue(into), &changed.name, Changes::none().field("name", &one.name, &changed.name))
        .await?;
    writing.commit().await?;
    Ok(changed)
}

/// Has all that belongs to a programme belong to another.
///
/// # Errors
/// [`Refused::NotFound`], [`Refused::Forbidden`] to others than administrators; a refusal for a programme and itself.
pub async fn programme(cx: &Cx, from: ProgrammeId, into: ProgrammeId) -> Result<programme::Model, Fault> {
    two(from, into)?;
    let writing = cx.begin_write().await?;
    let mut both = programmes::store::by_ids(&*writing, vec![from, into]).await?;
    let (Some(one), Some(other)) = (both.remove(&from), both.remove(&into)) else { return Err(Refused::NotFound.into()) };
    cx.authorise(&Action::AdministerProgrammes)?;
    store::move_programme(&*writing, &one, into).await?;
    let former = former_slug::Model {
        kind: SluggedKind::Programme,
        slug: one.slug.clone(),
        organisation_id: None,
        post_id: None,
        event_id: None,
        programme_id: Some(into),
        created_at: cx.now(),
    };
    let now: Slug = other.slug.parse().map_err(|_| Fault::Broken(format!("`{}` is no slug", other.slug)))?;
    programmes::store::write::SLUGGED.remember(&*writing, former, &now).await?;
    writing.later(&programmes::jobs::Renamed { programme: into }).await?;
    let changes = Changes::none().field("slug", &one.slug, &other.slug);
    record(cx, &writing, Deed::ProgrammeMerge, Subject::Programme(into), &other.slug, changes).await?;
    writing.commit().await?;
    Ok(other)
}

/// Has search, and calendars, tell of a tag as it is called now. What was tagged by one that was just merged follows.
///
/// # Errors
/// Where the database fails.
pub async fn retell_tag(app: &App, id: TagId) -> Result<(), Fault> {
    let writing = app.begin_write().await?;
    for from in store::tags_into(&*writing, id).await? {
        store::move_tag(&*writing, from, id).await?;
    }
    let tagged = store::tagged(&*writing, id).await?;
    writing.commit().await?;
    organisations::ops::retell(app, tagged.organisations).await?;
    events::ops::retell(app, tagged.events, Told::Name).await?;
    posts::ops::retell(app, tagged.posts).await
}

fn two<Id: PartialEq>(from: Id, into: Id) -> Result<(), Refusal> {
    if from == into { Err(Refusal::at(&["into"], Why::Invalid(Expected::Another))) } else { Ok(()) }
}
