//! All that a message tells of a registration and its event, and the letter that it becomes.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::words::{EventStatus, RegistrationStatus};
use entity::{event, network, occurrence, organisation, registration};
use jobs::Failed;
use mailer::{Invitation, Nature, Picture};
use serde_json::{Value, json};

use crate::app::App;
use crate::events::said::{place, when};
use crate::events::store::whole::Whole;
use crate::kernel::{Locale, Wanted};
use crate::mail::letter::Letter;
use crate::mail::{self, Footer, Frame, Language, Reason, Template, Written};
use crate::organisations;
use crate::organisations::letters::imprint;
use crate::registrations::jobs::{News, Tell};
use crate::registrations::picture::qr_code;
use crate::registrations::{invitation, store};
use crate::secret::Purpose;

/// All that a message tells.
pub(super) struct Told {
    pub row: registration::Model,
    whole: Whole,
    network: Option<network::Model>,
    own: Option<organisation::Model>,
    position: Option<u32>,
}

impl Told {
    pub async fn load(app: &App, row: registration::Model) -> Result<Option<Self>, Failed> {
        let Some(event) = store::parts::events(&app.db, vec![row.event_id]).await?.remove(&row.event_id) else { return Ok(None) };
        let whole = Whole::of(&app.db, vec![event]).await?;
        let (network, own) = organisations::store::network::the_network(&app.db).await?.unzip();
        let position = store::parts::places_in_line(&app.db, vec![row.id]).await?.remove(&row.id);
        Ok(Some(Self { row, whole, network, own, position }))
    }

    fn event(&self) -> Result<&event::Model, Failed> {
        self.whole.events.first().ok_or_else(|| Failed::never("the event is gone"))
    }

    /// The organisation that answers for the event, else the network.
    fn host(&self) -> Option<&organisation::Model> {
        let hosts = self.whole.hosts.values().next().and_then(|hosts| hosts.first());
        hosts.and_then(|host| self.whole.organisations.get(&host.organisation_id)).or(self.own.as_ref())
    }

    /// The date that is registered for; of an event as a whole, its first.
    fn date(&self) -> Option<&occurrence::Model> {
        let mut dates = self.whole.dates.values().flatten();
        dates.find(|date| self.row.occurrence_id.is_none_or(|id| date.id == id))
    }

    /// Whether the event still is as it became then.
    pub fn is_still_so(&self, news: News, now: DateTime<Utc>) -> Result<bool, Failed> {
        let event = self.event()?;
        let date_is_off = self.date().is_some_and(|date| date.is_cancelled) && self.row.occurrence_id.is_some();
        let takes_place = event.status == EventStatus::Published && !date_is_off;
        Ok(match news {
            News::EventMoved => matches!(event.status, EventStatus::Published | EventStatus::Postponed) && !date_is_off,
            News::EventCancelled => date_is_off || !matches!(event.status, EventStatus::Published | EventStatus::Postponed),
            News::EventPostponed => event.status == EventStatus::Postponed,
            News::EventReinstated => takes_place,
            // A reminder that is late by a day says what is wrong.
            News::Ahead => takes_place && self.date().is_some_and(|date| is_tomorrow(date.starts_at, &event.time_zone, now)),
            News::Registered | News::Again | News::MovedUp | News::Cancelled | News::Approved | News::Declined | News::Changed => true,
        })
    }

    fn locale(&self) -> Locale {
        self.row.locale.parse().unwrap_or_else(|_| Locale::german())
    }

    /// The letter with some news.
    pub fn news(&self, app: &App, template: &Template, job: Tell) -> Result<Letter<'_>, Failed> {
        let mut written = self.write(app, template, json!({}))?;
        if self.row.status == RegistrationStatus::Confirmed && written.html.contains(&self.picture_id(app)) {
            written.pictures.push(self.picture(app)?);
        }
        // A reminder changes nothing in a calendar.
        let invitation = if job.news == News::Ahead { None } else { self.invitation(app, self.event()?) };
        Ok(Letter { invitation, ..self.letter(written, self.id(job), self.happened_at(job))? })
    }

    /// A message in the person's language, with what else it tells.
    pub fn write(&self, app: &App, template: &Template, more: Value) -> Result<Written, Failed> {
        let event = self.event()?;
        let imprint = self.imprint();
        let usual = self.network.as_ref().and_then(|network| network.default_locale.parse::<Locale>().ok());
        let frame = Frame {
            sender_name: self.sender_name(),
            public_url: &app.config.public_url,
            usual_language: usual.and_then(|locale| Language::of(&locale)).unwrap_or(Language::De),
            footer: Footer { reason: Reason::Registration, imprint: &imprint, links: Vec::new() },
        };
        let locale = self.locale();
        let mut values = self.values(app, event, frame.language(&locale));
        if let (Value::Object(values), Value::Object(more)) = (&mut values, more) {
            values.extend(more);
        }
        mail::write(template, &locale, values, &frame).map_err(|error| Failed::never(error.to_string()))
    }

    /// What is written in its envelope: from the host, who gets the answer.
    pub fn letter(&self, written: Written, id: String, date: DateTime<Utc>) -> Result<Letter<'_>, Failed> {
        let event = self.event()?;
        let host_email = self.host().and_then(|host| host.email.as_deref());
        Ok(Letter {
            name: Some(&self.row.name),
            email: &self.row.email,
            sender_name: self.sender_name().into(),
            reply_to: event.contact_email.as_deref().or(host_email),
            written,
            id,
            date,
            nature: Nature::Automatic,
            invitation: None,
        })
    }

    fn sender_name(&self) -> &str {
        self.host().map_or("", |host| host.name.as_str())
    }

    fn values(&self, app: &App, event: &event::Model, language: Language) -> Value {
        let wanted = Wanted::default().led_by(language.locale()).led_by(self.locale());
        let texts = self.whole.texts.get(&event.id).map(Vec::as_slice).unwrap_or_default();
        let title = wanted.pick(&event.original_locale, texts, |text| &text.locale).map_or("", |text| text.title.as_str());
        let date = self.date();
        let has_seat = self.row.status == RegistrationStatus::Confirmed;
        json!({
            "name": self.row.name,
            "title": title,
            "when": date.map(|date| when(event, date, language)),
            "place": date.and_then(|date| place(date, date.venue_id.and_then(|id| self.whole.venues.get(&id)))),
            "online": date.and_then(|date| date.online_url.as_deref()).filter(|_| has_seat),
            "code": has_seat.then(|| self.code(app)),
            "code_picture": self.picture_id(app),
            "seats": self.row.seats,
            "position": self.position,
            "waiting": self.row.status == RegistrationStatus::Waitlisted,
            "pending": self.row.status == RegistrationStatus::Pending,
            "decline_reason": self.row.decline_reason,
            "reason": date.and_then(|date| date.cancellation_reason.as_deref()).or(event.cancellation_reason.as_deref()),
            "host": self.host().map(|host| host.name.as_str()),
            "link": app.url(&format!("/registrations/{}", app.links.token(Purpose::Registration, self.row.id, self.row.secret_version))),
            "page": app.url(&format!("/events/{}", event.slug)),
        })
    }

    /// What lets the person in.
    fn code(&self, app: &App) -> String {
        app.links.token(Purpose::CheckIn, self.row.id, self.row.secret_version)
    }

    fn picture_id(&self, app: &App) -> String {
        format!("code.{}@{}", self.row.id.0.simple(), app.config.public_host())
    }

    fn picture(&self, app: &App) -> Result<Picture, Failed> {
        let content = qr_code(&self.code(app))?;
        Ok(Picture { id: self.picture_id(app), filename: "code.png".to_owned(), media_type: "image/png".to_owned(), content })
    }

    fn invitation(&self, app: &App, event: &event::Model) -> Option<Invitation> {
        let wanted = Wanted::default().led_by(self.locale());
        let own = self.own.as_ref().or(self.host())?;
        let (method, calendar) = invitation::of(app, own, &self.whole, event, &self.row, &wanted)?;
        let method = if method == ics::Method::Cancel { "CANCEL" } else { "REQUEST" };
        Some(Invitation { method: method.to_owned(), calendar, filename: format!("{}.ics", event.slug) })
    }

    fn imprint(&self) -> String {
        self.own
            .as_ref()
            .or(self.host())
            .map_or_else(String::new, |own| imprint(self.network.as_ref().map(|network| network.legal_name.as_str()), own))
    }

    /// The same for the same news, however often they are sent.
    fn id(&self, job: Tell) -> String {
        let word = match job.news {
            News::Registered => "registered",
            News::Again => "again",
            News::MovedUp => "moved-up",
            News::Cancelled => "cancelled",
            News::Approved => "approved",
            News::Declined => "declined",
            News::Changed => "changed",
            News::Ahead => "ahead",
            News::EventMoved => "event-moved",
            News::EventCancelled => "event-cancelled",
            News::EventPostponed => "event-postponed",
            News::EventReinstated => "event-reinstated",
        };
        format!("registration.{}.{word}.{}", self.row.id.0.simple(), self.happened_at(job).timestamp())
    }

    fn happened_at(&self, job: Tell) -> DateTime<Utc> {
        let row = &self.row;
        match job.news {
            News::Registered => row.created_at,
            News::Again => row.reminded_at.unwrap_or(row.created_at),
            News::MovedUp => row.confirmed_at.unwrap_or(row.updated_at),
            News::Cancelled => row.cancelled_at.unwrap_or(row.updated_at),
            News::Approved => row.approved_at.unwrap_or(row.updated_at),
            News::Declined => row.updated_at,
            News::Ahead => row.told_ahead_at.unwrap_or(row.updated_at),
            News::Changed | News::EventMoved | News::EventCancelled | News::EventPostponed | News::EventReinstated => {
                job.at.unwrap_or(row.updated_at)
            }
        }
    }
}

fn is_tomorrow(starts_at: DateTime<Utc>, zone: &str, now: DateTime<Utc>) -> bool {
    let zone: Tz = zone.parse().unwrap_or(chrono_tz::UTC);
    now.with_timezone(&zone).date_naive().succ_opt() == Some(starts_at.with_timezone(&zone).date_naive())
}
