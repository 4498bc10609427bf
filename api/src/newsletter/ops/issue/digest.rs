//! Beginning an issue as a digest: what was published since the last one, and what is ahead.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::NewsletterId;
use entity::words::EventStatus;
use entity::{newsletter, newsletter_issue};

use super::check::reader_of;
use super::write::insert;
use crate::access::{Action, Viewer};
use crate::app::Cx;
use crate::audit::rules::Deed;
use crate::events::store::{self as events, filter, occurrences, parts as event_parts};
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Locale, Markdown, Page, Refusal, Refused, Why};
use crate::mail::Language;
use crate::newsletter::mail::digest::Digest;
use crate::newsletter::store::write::{self, NewText};
use crate::organisations::store::network::the_network;
use crate::posts::store::{list, parts as post_parts};

/// How far back a digest looks where no issue went out before.
const AT_FIRST: TimeDelta = TimeDelta::days(30);
/// How far ahead it looks where nothing is said.
const AHEAD: TimeDelta = TimeDelta::days(35);
/// Posts at the most: the latest.
const POSTS: i32 = 20;
/// Dates that are looked through at the most; an event stands once.
const DATES: i32 = 100;
/// Events at the most: the next.
const EVENTS: usize = 30;

/// What a digest tells, with the title of the first in each language.
struct Contents {
    digest: Digest,
    titles: Vec<(String, String)>,
    original: String,
}

/// Begins an issue as a digest of what is for all of its readers: of its organisation, or, where that is the network's own, of everybody.
/// It looks back to the last issue that went out, and 35 days ahead, where nothing else is said.
///
/// # Errors
/// [`Refused::NotFound`] and [`Refused::Forbidden`] as for any issue; [`Why::EndsBeforeStart`]; a refusal where there is nothing to tell.
pub async fn draft_digest(
    cx: &Cx,
    id: NewsletterId,
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> Result<newsletter_issue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let newsletter = write::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::EditNewsletter(newsletter.organisation_id))?;
    let last = write::last_started(&*writing, id).await?;
    let since = since.or(last).unwrap_or_else(|| cx.now() - AT_FIRST);
    let until = until.unwrap_or_else(|| cx.now() + AHEAD);
    if until <= since {
        return Err(Refusal::at(&["until"], Why::EndsBeforeStart).into());
    }
    let (network, own) = the_network(&*writing).await?.unzip();
    let scope = if own.is_some_and(|own| own.id == newsletter.organisation_id) { None } else { Some(newsletter.organisation_id) };
    let contents = contents(cx, &writing, &newsletter, scope, (since, until)).await?;
    let contents = contents.ok_or_else(|| Refusal::of_state(Why::Invalid(Expected::News)))?;
    // Our own words are in these two; the network says which of them it speaks, and first.
    let usual = network.as_ref().map_or_else(|| "de".to_owned(), |network| network.default_locale.clone());
    let mut locales: Vec<Language> = [Language::De, Language::En].into_iter().collect();
    locales.sort_by_key(|language| language.locale().as_str() != usual);
    let texts = locales.into_iter().map(|language| text(&contents, &language.locale())).collect::<Result<Vec<_>, Fault>>()?;
    insert(cx, writing, Deed::NewsletterIssueDraftDigest, &newsletter, (None, newsletter.visibility, &texts)).await
}

fn text(contents: &Contents, locale: &Locale) -> Result<NewText, Fault> {
    let of = |wanted: &str| contents.titles.iter().find(|(locale, _)| locale == wanted).map(|(_, title)| title.as_str());
    let first = of(locale.as_str()).or_else(|| of(&contents.original)).unwrap_or_default();
    let written = contents.digest.written(locale, first).map_err(|error| Fault::Broken(error.to_string()))?;
    Ok(NewText { locale: locale.clone(), subject: written.subject, preheader: None, body: Markdown::new(&written.body) })
}

async fn contents(
    cx: &Cx,
    writing: &crate::app::Writing,
    newsletter: &newsletter::Model,
    scope: Option<entity::id::OrganisationId>,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Contents>, Fault> {
    let reader: Viewer = reader_of(newsletter.visibility);
    let first = |most: i32| Page { first: Some(most), ..Page::default() }.parse("digest");
    let narrowed = list::Filter { organisation_id: scope, from: Some(since), until: Some(cx.now()), ..list::Filter::default() };
    let posts = list::page(&**writing, &reader, &narrowed, &first(POSTS)?, false).await?;
    let posts: Vec<_> = posts.items.into_iter().map(|(_, post)| post).collect();
    let narrowed = filter::Filter { organisation_id: scope, from: Some(cx.now()), until: Some(until), ..filter::Filter::default() };
    let dates = occurrences::page(&**writing, &reader, &narrowed, &first(DATES)?, false).await?;
    let mut seen = HashSet::new();
    let ids: Vec<_> =
        dates.items.iter().filter(|(_, date)| !date.is_cancelled && seen.insert(date.event_id)).map(|(_, date)| date.event_id).collect();
    let known = events::by_ids(&**writing, &reader, ids.clone()).await?;
    let mut ahead: Vec<_> = ids.iter().filter_map(|id| known.get(id)).filter(|event| event.status == EventStatus::Published).collect();
    let more = dates.has_next || ahead.len() > EVENTS;
    ahead.truncate(EVENTS);
    let (titles, original) = if let Some(post) = posts.first() {
        let heads = post_parts::heads(&**writing, vec![post.id]).await?.remove(&post.id).unwrap_or_default();
        (heads.into_iter().map(|head| (head.locale, head.title)).collect(), post.original_locale.clone())
    } else if let Some(event) = ahead.first() {
        let heads = event_parts::heads(&**writing, vec![event.id]).await?.remove(&event.id).unwrap_or_default();
        (heads.into_iter().map(|head| (head.locale, head.title)).collect(), event.original_locale.clone())
    } else {
        return Ok(None);
    };
    let digest = Digest {
        newsletter: newsletter.name.clone(),
        posts: posts.into_iter().map(|post| post.slug).collect(),
        events: ahead.into_iter().map(|event| event.slug.clone()).collect(),
        more,
    };
    Ok(Some(Contents { digest, titles, original }))
}
