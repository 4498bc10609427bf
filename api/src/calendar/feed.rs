//! A calendar, from what was asked for to its bytes.

use chrono::{DateTime, TimeDelta, Utc};
use entity::words::Visibility;
use entity::{event, event_tombstone, network, organisation};
use ics::Calendar;

use super::address::{Address, Of};
use super::changes::Upon;
use super::narrowing::Narrowing;
use super::store;
use super::subject::Subject;
use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::events;
use crate::events::ics::{Addresses, Facts, entries, struck_out};
use crate::events::ops::TOMBSTONES_KEPT;
use crate::events::store::filter::Filter;
use crate::events::store::tombstones;
use crate::events::store::whole::Whole;
use crate::kernel::{Fault, Refused, Wanted};

/// How long a date that is over stays.
pub const KEPT: TimeDelta = TimeDelta::days(90);

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
    /// Upon what it depends.
    pub upon: Upon,
    /// When the clock alone last took something away.
    pub left_at: Option<DateTime<Utc>>,
    /// When it will next.
    pub until: Option<DateTime<Utc>>,
}

/// A public calendar.
///
/// # Errors
/// [`Refused::NotFound`] where there is none.
pub async fn public(app: &App, address: &Address) -> Result<Feed, Fault> {
    match &address.of {
        Of::Network => of_network(app, address).await,
        Of::Organisation(slug) => of_organisation(app, slug, address).await,
        Of::Event(slug) => of_event(app, slug, address).await,
        Of::Registrations(_) | Of::Members(_) => Err(Refused::NotFound.into()),
    }
}

async fn of_network(app: &App, address: &Address) -> Result<Feed, Fault> {
    let subject = Subject::find(app, address.narrowing.clone()).await?;
    let canonical = Address { of: Of::Network, narrowing: subject.narrowing.clone() };
    let source = Some(app.url(&canonical.path_and_query()));
    let about = About { name: subject.name(), page: app.url("/events"), source, is_of_one: false };
    of_many(app, subject, Visibility::Public, about, "calendar".to_owned()).await
}

async fn of_organisation(app: &App, slug: &str, address: &Address) -> Result<Feed, Fault> {
    let narrowing = Narrowing { organisation: Some(slug.to_owned()), ..address.narrowing.clone() };
    let mut subject = Subject::find(app, narrowing).await?;
    // Its address names it before the query does.
    let slug = subject.narrowing.organisation.take().unwrap_or_default();
    let canonical = Address { of: Of::Organisation(slug.clone()), narrowing: subject.narrowing.clone() };
    let page = app.url(&format!("/organisations/{slug}"));
    let source = Some(app.url(&canonical.path_and_query()));
    let about = About { name: subject.name(), page, source, is_of_one: true };
    of_many(app, subject, Visibility::Public, about, slug).await
}

/// What is for members: the same for all of them who read the same language, without a word of whose address it was asked for by.
///
/// # Errors
/// [`Refused::NotFound`] for an organisation or a programme that there is not.
pub async fn for_members(app: &App, narrowing: &Narrowing) -> Result<Feed, Fault> {
    let subject = Subject::find(app, narrowing.clone()).await?;
    let name = if subject.is_german() { "Für Mitglieder" } else { "For members" };
    let about = About { name: format!("{} – {name}", subject.name()), page: app.url("/events"), source: None, is_of_one: false };
    of_many(app, subject, Visibility::Members, about, "members".to_owned()).await
}

async fn of_many(app: &App, subject: Subject, visibility: Visibility, about: About, filename: String) -> Result<Feed, Fault> {
    let is_of_one = about.is_of_one;
    let now = app.clock.now();
    let filter = Filter { visibility: Some(visibility), ..subject.filter(now - KEPT) };
    let reader = match visibility {
        Visibility::Members => Viewer::Person(SignedIn::any_member()),
        Visibility::Public | Visibility::Unlisted | Visibility::Hosts => Viewer::Visitor,
    };
    let content = store::matching(&app.db, &reader, &filter).await?;
    let withdrawn = tombstones::matching(&app.db, visibility, &filter, now - TOMBSTONES_KEPT).await?;
    let left_at =
        store::left_at(&app.db, now - KEPT, KEPT).await?.max(tombstones::left_at(&app.db, now - TOMBSTONES_KEPT, TOMBSTONES_KEPT).await?);
    let leave = content
        .dates
        .values()
        .flatten()
        .map(|date| date.over_at + KEPT)
        .chain(withdrawn.iter().map(|one| one.withdrawn_at + TOMBSTONES_KEPT));
    let until = leave.filter(|at| *at > now).min();
    let upon = subject.organisation.as_ref().filter(|_| is_of_one).map_or(Upon::All, |organisation| Upon::Organisation(organisation.id));
    let changed = subject.organisation.as_ref().unwrap_or(&subject.own).updated_at;
    let draft = Draft::of(app, subject);
    let feed = blocking(move || draft.write(about, &content, &withdrawn, changed, filename)).await?;
    Ok(Feed { upon, left_at, until, ..feed })
}

/// One event alone, whenever it is, for who has its address; struck out where it was withdrawn lately.
async fn of_event(app: &App, slug: &str, address: &Address) -> Result<Feed, Fault> {
    let event = events::store::by_slug(&app.db, &Viewer::Visitor, slug).await?;
    let withdrawn = match &event {
        Some(_) => None,
        None => {
            let since = app.clock.now() - TOMBSTONES_KEPT;
            Some(tombstones::by_slug(&app.db, slug, since).await?.ok_or(Refused::NotFound)?)
        }
    };
    let subject = Subject::find(app, address.narrowing.clone()).await?;
    let slug = event.as_ref().map_or_else(|| slug.to_owned(), |event| event.slug.clone());
    let canonical = Address { of: Of::Event(slug.clone()), narrowing: address.narrowing.clone() };
    let content = Whole::of(&app.db, event.into_iter().collect()).await?;
    let (own_name, changed) = (subject.own.name.clone(), subject.own.updated_at);
    let draft = Draft::of(app, subject);
    let name = content.events.first().and_then(|event| draft.title(&content, event)).unwrap_or(own_name);
    let source = Some(app.url(&canonical.path_and_query()));
    let about = About { name, page: app.url(&format!("/events/{slug}")), source, is_of_one: false };
    let until = withdrawn.as_ref().map(|tombstone| tombstone.withdrawn_at + TOMBSTONES_KEPT);
    Ok(Feed { until, ..draft.write(about, &content, withdrawn.as_slice(), changed, slug) })
}

/// Long work that asks nobody for anything: done where it keeps nobody waiting.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Broken(format!("a calendar was not written: {error}")))
}

/// What a calendar says of itself.
pub(super) struct About {
    /// What it is called.
    pub name: String,
    /// The page about it.
    pub page: String,
    /// Where it can be fetched again; none where that is a secret.
    pub source: Option<String>,
    /// Whether it is of one organisation by its address, whatever else it is narrowed to.
    pub is_of_one: bool,
}

/// What entries are written with.
pub(super) struct Draft {
    pub app: App,
    pub network: network::Model,
    pub own: organisation::Model,
    pub wanted: Wanted,
    pub is_german: bool,
}

impl Draft {
    fn of(app: &App, subject: Subject) -> Self {
        let (wanted, is_german) = (subject.wanted(), subject.is_german());
        Self { app: app.clone(), network: subject.network, own: subject.own, wanted, is_german }
    }

    fn write(&self, about: About, content: &Whole, withdrawn: &[event_tombstone::Model], changed: DateTime<Utc>, filename: String) -> Feed {
        let mut all: Vec<ics::Event<'_>> = content.events.iter().flat_map(|event| self.entries(content, event)).collect();
        all.extend(withdrawn.iter().map(|tombstone| self.struck_out(tombstone)));
        self.finish(about, all, changed, filename)
    }

    /// The calendar of these entries.
    pub fn finish(&self, about: About, entries: Vec<ics::Event<'_>>, changed: DateTime<Utc>, filename: String) -> Feed {
        let mut calendar = Calendar::new(PRODUCT, about.name);
        calendar.events = entries;
        calendar.last_modified = calendar.events.iter().map(|entry| entry.last_modified.unwrap_or(entry.stamp).max(entry.stamp)).max();
        calendar.url = Some(about.page.into());
        calendar.source = about.source.map(Into::into);
        calendar.zone = self.network.time_zone.parse().ok();
        let last_modified = calendar.last_modified.unwrap_or(changed);
        let text = ics::render(&calendar);
        Feed { text, last_modified, filename: filename + ".ics", upon: Upon::All, left_at: None, until: None }
    }

    /// What strikes out an event that was withdrawn.
    pub fn struck_out(&self, tombstone: &event_tombstone::Model) -> ics::Event<'static> {
        struck_out(tombstone, self.is_german, &self.app.config.public_host())
    }

    fn entries(&self, content: &Whole, event: &event::Model) -> Vec<ics::Event<'static>> {
        let addresses = Addresses::of(&self.app, content, event);
        entries(Facts::of(content, event, &self.wanted, &self.own, &addresses))
    }

    fn title(&self, content: &Whole, event: &event::Model) -> Option<String> {
        let texts = content.texts.get(&event.id).map(Vec::as_slice).unwrap_or_default();
        let text = self.wanted.pick(&event.original_locale, texts, |text| &text.locale)?;
        Some(text.title.clone()).filter(|title| !title.is_empty())
    }
}
