//! A calendar, from what was asked for to its bytes.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{event, event_tombstone, network, organisation};
use ics::Calendar;

use super::narrowing::Narrowing;
use super::store;
use crate::access::Viewer;
use crate::app::App;
use crate::events::ics::{Addresses, Facts, entries, struck_out};
use crate::events::store::filter::Filter;
use crate::events::store::tombstones;
use crate::events::store::whole::Whole;
use crate::kernel::{Fault, Refused, Wanted};
use crate::mail::Language;
use crate::{events, organisations, programmes};

/// How long a date that is over stays.
const KEPT: TimeDelta = TimeDelta::days(90);

/// The program that made it. Without a version: a new one is no reason for a calendar to change.
const PRODUCT: &str = "-//miso//miso//DE";

/// A calendar's bytes, and what an answer says beside them.
#[derive(Clone, Debug)]
pub struct Feed {
    /// RFC 5545 text.
    pub text: String,
    /// When something in it last changed.
    pub last_modified: DateTime<Utc>,
    /// The name to save it under.
    pub filename: String,
}

/// The calendar of all public events, or of those that it is narrowed to.
///
/// # Errors
/// [`Refused::NotFound`] for an organisation or a programme that there is not.
pub async fn narrowed(app: &App, narrowing: &Narrowing) -> Result<Feed, Fault> {
    let (network, own) = the_network(app).await?;
    let filter = filter(app, narrowing).await?;
    let content = store::matching(&app.db, &filter).await?;
    let withdrawn = tombstones::matching(&app.db, &filter, struck_out_since(app)).await?;
    let words = narrowing.words();
    let name = if words.is_empty() { own.name.clone() } else { format!("{} – {words}", own.name) };
    let source = app.url(&format!("/calendar.ics{}", narrowing.query()));
    Ok(Draft { app, network: &network, own: &own, narrowing, name, page: app.url("/events"), source }.write(
        &content,
        &withdrawn,
        own.updated_at,
        "calendar",
    ))
}

/// The calendar of the public events that an organisation hosts, in any role.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such organisation.
pub async fn of_organisation(app: &App, slug: &str, narrowing: &Narrowing) -> Result<Feed, Fault> {
    let (network, own) = the_network(app).await?;
    let organisation = organisations::store::by_slug(&app.db, &Viewer::Visitor, slug).await?.ok_or(Refused::NotFound)?;
    let filter = Filter { organisation_id: Some(organisation.id), ..filter(app, narrowing).await? };
    let content = store::matching(&app.db, &filter).await?;
    let withdrawn = tombstones::matching(&app.db, &filter, struck_out_since(app)).await?;
    let page = app.url(&format!("/organisations/{}", organisation.slug));
    let source = format!("{page}/calendar.ics{}", narrowing.query());
    let name = organisation.name.clone();
    Ok(Draft { app, network: &network, own: &own, narrowing, name, page, source }.write(
        &content,
        &withdrawn,
        organisation.updated_at,
        &organisation.slug,
    ))
}

/// One event alone, whenever it is, for who has its address; struck out where it was withdrawn lately.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such event, or not for everybody.
pub async fn of_event(app: &App, slug: &str, narrowing: &Narrowing) -> Result<Feed, Fault> {
    let (network, own) = the_network(app).await?;
    let event = events::store::by_slug(&app.db, &Viewer::Visitor, slug).await?;
    let withdrawn = match &event {
        Some(_) => None,
        None => Some(tombstones::by_slug(&app.db, slug, struck_out_since(app)).await?.ok_or(Refused::NotFound)?),
    };
    let slug = event.as_ref().map_or_else(|| slug.to_owned(), |event| event.slug.clone());
    let page = app.url(&format!("/events/{slug}"));
    let source = format!("{page}/calendar.ics{}", narrowing.query());
    let content = Whole::of(&app.db, event.into_iter().collect()).await?;
    let (name, changed) = (own.name.clone(), own.updated_at);
    let draft = Draft { app, network: &network, own: &own, narrowing, name, page, source };
    Ok(draft.write(&content, withdrawn.as_slice(), changed, &slug))
}

/// A calendar before its entries are written.
struct Draft<'a> {
    app: &'a App,
    network: &'a network::Model,
    own: &'a organisation::Model,
    narrowing: &'a Narrowing,
    name: String,
    page: String,
    source: String,
}

impl Draft<'_> {
    fn write(self, content: &Whole, withdrawn: &[event_tombstone::Model], changed: DateTime<Utc>, filename: &str) -> Feed {
        let mut calendar = Calendar::new(PRODUCT, self.name.clone());
        calendar.events = content.events.iter().flat_map(|event| self.entries(content, event)).collect();
        calendar.events.extend(withdrawn.iter().map(|tombstone| self.struck_out(tombstone)));
        let last_modified = calendar.events.iter().map(|entry| entry.last_modified.unwrap_or(entry.stamp).max(entry.stamp)).max();
        let last_modified = last_modified.unwrap_or(changed);
        calendar.url = Some(self.page.into());
        calendar.source = Some(self.source.into());
        calendar.zone = self.network.time_zone.parse().ok();
        calendar.last_modified = Some(last_modified);
        Feed { text: ics::render(&calendar), last_modified, filename: format!("{filename}.ics") }
    }

    fn struck_out(&self, tombstone: &event_tombstone::Model) -> ics::Event<'static> {
        let usual = self.network.default_locale.parse().ok();
        let locale = self.narrowing.locale.as_ref().or(usual.as_ref());
        struck_out(tombstone, locale.and_then(Language::of) != Some(Language::En), &self.app.config.public_host())
    }

    fn entries(&self, content: &Whole, event: &event::Model) -> Vec<ics::Event<'static>> {
        let wanted = self.narrowing.locale.clone().map_or_else(Wanted::default, |locale| Wanted::default().led_by(locale));
        let addresses = Addresses::of(self.app, event);
        let facts = Facts::of(content, event, &wanted, self.own, &addresses);
        entries(facts, |date| date.venue_id.and_then(|id| content.venues.get(&id)))
    }
}

async fn filter(app: &App, narrowing: &Narrowing) -> Result<Filter, Fault> {
    let organisation = match &narrowing.organisation {
        Some(slug) => Some(organisations::store::by_slug(&app.db, &Viewer::Visitor, slug).await?.ok_or(Refused::NotFound)?.id),
        None => None,
    };
    let programme = match &narrowing.programme {
        Some(slug) => Some(programmes::store::by_slug(&app.db, slug).await?.ok_or(Refused::NotFound)?.id),
        None => None,
    };
    Ok(Filter {
        not_over_before: Some(app.clock.now() - KEPT),
        organisation_id: organisation,
        programme_id: programme,
        category: narrowing.category,
        tag: narrowing.tag.clone(),
        district: narrowing.district.clone(),
        language: narrowing.language.clone(),
        features: narrowing.features.clone(),
        ..Filter::default()
    })
}

async fn the_network(app: &App) -> Result<(network::Model, organisation::Model), Fault> {
    Ok(organisations::store::network::the_network(&app.db).await?.ok_or(Refused::NotFound)?)
}

/// Events that were withdrawn earlier have had their time to be struck out.
fn struck_out_since(app: &App) -> DateTime<Utc> {
    app.clock.now() - events::ops::TOMBSTONES_KEPT
}
