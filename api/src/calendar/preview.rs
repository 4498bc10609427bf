//! What is in a calendar, for a person who looks before they subscribe.

use std::collections::HashMap;

use entity::id::EventId;
use entity::words::{EventStatus, RegistrationStatus, Visibility};
use entity::{event, event_text, occurrence};

use super::address::{Address, Of};
use super::narrowing::Narrowing;
use super::secret::{self, Closed};
use super::store::personal;
use super::subject::Subject;
use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::events;
use crate::events::rules::course::is_out;
use crate::events::store::filter::Filter;
use crate::events::store::{occurrences, parts};
use crate::kernel::{Fault, Locale, PageRequest, Refused, Wanted};
use crate::secret::Purpose;

/// How many dates are shown.
const SHOWN: usize = 10;

/// What is in a calendar.
#[derive(Debug)]
pub struct Preview {
    /// What it is called.
    pub name: String,
    /// The dates that lie ahead.
    pub total: u64,
    /// The first of them.
    pub ahead: Vec<Ahead>,
}

/// A date that lies ahead.
#[derive(Debug)]
pub struct Ahead {
    /// Its event.
    pub event: event::Model,
    /// The date.
    pub date: occurrence::Model,
    /// Its text, in the language that serves best.
    pub text: Option<event_text::Model>,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Whether somebody has no seat yet.
    pub is_waiting: bool,
}

/// What is in the calendar at an address, said in the languages that are wanted.
///
/// # Errors
/// [`Closed`] where there is none, or no more.
pub async fn of(app: &App, address: &Address, wanted: &Wanted) -> Result<Preview, Closed> {
    let wanted = address.narrowing.locale.clone().map_or_else(|| wanted.clone(), |locale| wanted.clone().led_by(locale));
    let narrowing = Narrowing { locale: Some(wanted.spoken()), ..address.narrowing.clone() };
    match &address.of {
        Of::Network => Ok(of_many(app, Subject::find(app, narrowing).await?, Visibility::Public, &wanted).await?),
        Of::Organisation(slug) => {
            let narrowing = Narrowing { organisation: Some(slug.clone()), ..narrowing };
            Ok(of_many(app, Subject::find(app, narrowing).await?, Visibility::Public, &wanted).await?)
        }
        Of::Event(slug) => Ok(of_event(app, slug, &wanted).await?),
        Of::Members(token) => {
            secret::member(app, token).await?;
            let subject = Subject::find(app, narrowing).await?;
            let words = if is_german(&wanted) { "Für Mitglieder" } else { "For members" };
            let preview = of_many(app, subject, Visibility::Members, &wanted).await?;
            Ok(Preview { name: format!("{} – {words}", preview.name), ..preview })
        }
        Of::Registrations(token) => {
            let person = secret::holder(app, Purpose::Calendar, token).await?;
            let rows = personal::registrations(&app.db, person.id).await?;
            Ok(of_registrations(app, rows, &personal::events(&app.db, person.id).await?, &wanted).await?)
        }
    }
}

async fn of_many(app: &App, subject: Subject, visibility: Visibility, wanted: &Wanted) -> Result<Preview, Fault> {
    let reader = match visibility {
        Visibility::Members => Viewer::Person(SignedIn::any_member()),
        Visibility::Public | Visibility::Unlisted | Visibility::Hosts => Viewer::Visitor,
    };
    let filter = Filter { visibility: Some(visibility), ..subject.filter(app.clock.now()) };
    let page = PageRequest { order: "preview", ..PageRequest::first(SHOWN as u32) };
    let found = occurrences::page(&app.db, &reader, &filter, &page, true).await?;
    let total = found.total.unwrap_or(0);
    let dates: Vec<occurrence::Model> = found.items.into_iter().map(|(_, date)| date).collect();
    let ids = dates.iter().map(|date| date.event_id).collect();
    let events = events::store::by_ids(&app.db, &reader, ids).await?;
    let dates = dates.into_iter().map(|date| (date, false)).collect();
    Ok(Preview { name: subject.name(), total, ahead: with_texts(app, &events, dates, wanted).await? })
}

async fn of_event(app: &App, slug: &str, wanted: &Wanted) -> Result<Preview, Fault> {
    let event = events::store::by_slug(&app.db, &Viewer::Visitor, slug).await?.ok_or(Refused::NotFound)?;
    let mut dates = occurrences::of(&app.db, vec![event.id]).await?.remove(&event.id).unwrap_or_default();
    dates.retain(|date| date.over_at >= app.clock.now());
    let total = dates.len() as u64;
    let events = HashMap::from([(event.id, event)]);
    let ahead = with_texts(app, &events, dates.into_iter().take(SHOWN).map(|date| (date, false)).collect(), wanted).await?;
    let name = ahead.first().and_then(|ahead| ahead.text.as_ref()).map_or_else(|| slug.to_owned(), |text| text.title.clone());
    Ok(Preview { name, total, ahead })
}

async fn of_registrations(
    app: &App,
    rows: Vec<entity::registration::Model>,
    events: &[event::Model],
    wanted: &Wanted,
) -> Result<Preview, Fault> {
    let events: HashMap<EventId, event::Model> =
        events.iter().filter(|event| is_out(event.status)).map(|event| (event.id, event.clone())).collect();
    let all = occurrences::of(&app.db, events.keys().copied().collect()).await?;
    let mut dates: Vec<(occurrence::Model, bool)> = Vec::new();
    for date in all.into_values().flatten().filter(|date| date.over_at >= app.clock.now()) {
        let own = rows.iter().filter(|row| row.event_id == date.event_id && row.occurrence_id.is_none_or(|id| id == date.id));
        let standing: Vec<RegistrationStatus> = own.map(|row| row.status).filter(|status| stands(*status)).collect();
        if !standing.is_empty() {
            dates.push((date, !standing.contains(&RegistrationStatus::Confirmed)));
        }
    }
    dates.sort_by_key(|(date, _)| (date.starts_at, date.id));
    let total = dates.len() as u64;
    dates.truncate(SHOWN);
    let name = if is_german(wanted) { "Meine Anmeldungen" } else { "My registrations" };
    Ok(Preview { name: name.to_owned(), total, ahead: with_texts(app, &events, dates, wanted).await? })
}

fn stands(status: RegistrationStatus) -> bool {
    matches!(status, RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted | RegistrationStatus::Pending)
}

async fn with_texts(
    app: &App,
    events: &HashMap<EventId, event::Model>,
    dates: Vec<(occurrence::Model, bool)>,
    wanted: &Wanted,
) -> Result<Vec<Ahead>, Fault> {
    let texts = parts::texts(&app.db, events.keys().copied().collect()).await?;
    let ahead = dates.into_iter().filter_map(|(date, is_waiting)| {
        let event = events.get(&date.event_id)?.clone();
        let known = texts.get(&event.id).map(Vec::as_slice).unwrap_or_default();
        let text = wanted.pick(&event.original_locale, known, |text| &text.locale).cloned();
        let is_cancelled = date.is_cancelled || event.status == EventStatus::Cancelled;
        Some(Ahead { event, date, text, is_cancelled, is_waiting })
    });
    Ok(ahead.collect())
}

fn is_german(wanted: &Wanted) -> bool {
    Locale::is_german(&wanted.spoken())
}
