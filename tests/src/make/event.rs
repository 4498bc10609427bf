//! Events and their dates.

use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::id::OrganisationId;
use entity::words::{
    AccessibilityFeature, AttendanceMode, EventCategory, EventStatus, HostRole, PriceKind, RegistrationMode, RegistrationScope, Visibility,
};
use entity::{event, event_feature, event_host, event_language, event_tag, event_text, occurrence};

use super::{folded, position, texts};
use crate::world::{World, instant};

/// An event to be.
pub struct EventMaker<'w> {
    world: &'w World,
    row: event::Model,
    texts: Vec<[String; 2]>,
    hosts: Vec<(OrganisationId, HostRole)>,
    dates: Vec<DateTime<Utc>>,
    tags: Vec<String>,
    features: Vec<(AccessibilityFeature, bool)>,
    languages: Vec<(String, bool)>,
    change_date: fn(&mut occurrence::Model),
}

impl World {
    /// A public event of an organisation, on 1 June 2022 from six to eight in the evening in Berlin, titled in German as its
    /// slug.
    #[must_use]
    pub fn event(&self, slug: &str, host: OrganisationId) -> EventMaker<'_> {
        let maker = EventMaker {
            world: self,
            row: usual(self, slug),
            texts: Vec::new(),
            hosts: vec![(host, HostRole::Host)],
            dates: Vec::new(),
            tags: Vec::new(),
            features: Vec::new(),
            languages: Vec::new(),
            change_date: |_| {},
        };
        maker.text("de", slug)
    }
}

impl EventMaker<'_> {
    /// Changes the row.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut event::Model)) -> Self {
        change(&mut self.row);
        self
    }

    /// Changes every date.
    #[must_use]
    pub fn with_dates(mut self, change: fn(&mut occurrence::Model)) -> Self {
        self.change_date = change;
        self
    }

    /// It is as far on its way as this.
    #[must_use]
    pub fn status(self, status: EventStatus) -> Self {
        let was_published = matches!(status, EventStatus::Published | EventStatus::Postponed | EventStatus::Cancelled);
        self.with(|row| {
            row.status = status;
            row.published_at = row.published_at.filter(|_| was_published);
            row.handed_in_at = (status == EventStatus::InReview).then_some(row.created_at);
            row.scheduled_for = (status == EventStatus::Scheduled).then(|| instant("2030-01-01T09:00:00Z"));
        })
    }

    /// It is for these viewers.
    #[must_use]
    pub fn visibility(self, visibility: Visibility) -> Self {
        self.with(|row| row.visibility = visibility)
    }

    /// Its title in a language.
    #[must_use]
    pub fn text(mut self, locale: &str, title: &str) -> Self {
        self.texts.retain(|[known, _]| known != locale);
        self.texts.push([locale, title].map(str::to_owned));
        self
    }

    /// Another host, in a role.
    #[must_use]
    pub fn hosted_by(mut self, id: OrganisationId, role: HostRole) -> Self {
        self.hosts.push((id, role));
        self
    }

    /// It has this date, for two hours; the first one replaces the usual one.
    #[must_use]
    pub fn on(mut self, moment: &str) -> Self {
        self.dates.push(instant(moment));
        self
    }

    /// It has this topic.
    #[must_use]
    pub fn tagged(mut self, slug: &str) -> Self {
        self.tags.push(slug.to_owned());
        self
    }

    /// It has a feature of accessibility, or has it not.
    #[must_use]
    pub fn feature(mut self, feature: AccessibilityFeature, is_available: bool) -> Self {
        self.features.push((feature, is_available));
        self
    }

    /// It is held in this language.
    #[must_use]
    pub fn held_in(mut self, locale: &str) -> Self {
        self.languages.push((locale.to_owned(), false));
        self
    }

    /// It is interpreted into this language.
    #[must_use]
    pub fn interpreted_into(mut self, locale: &str) -> Self {
        self.languages.push((locale.to_owned(), true));
        self
    }

    /// Enters it with its dates.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn make(mut self) -> event::Model {
        self.settle();
        let id = self.row.id;
        let row = self.world.enter(self.row).await;
        for (at, (organisation_id, role)) in self.hosts.into_iter().enumerate() {
            self.world.enter(event_host::Model { event_id: id, organisation_id, role, position: position(at) }).await;
        }
        for [locale, title] in self.texts {
            let (description_markdown, description_html) = texts("Was geschehen wird.");
            let summary = "Worum es geht.".to_owned();
            self.world.enter(event_text::Model { event_id: id, locale, title, summary, description_markdown, description_html }).await;
        }
        for starts_at in self.dates {
            let mut date = date(self.world, &row, starts_at);
            (self.change_date)(&mut date);
            self.world.enter(date).await;
        }
        for (at, slug) in self.tags.iter().enumerate() {
            let tag_id = self.world.tag(slug).await.id;
            self.world.enter(event_tag::Model { event_id: id, tag_id, position: position(at) }).await;
        }
        for (feature, is_available) in self.features {
            self.world.enter(event_feature::Model { event_id: id, feature, is_available, note: None }).await;
        }
        for (at, (locale, is_interpretation)) in self.languages.into_iter().enumerate() {
            self.world.enter(event_language::Model { event_id: id, locale, is_interpretation, position: position(at) }).await;
        }
        row
    }

    /// Makes the row agree with dates and texts.
    fn settle(&mut self) {
        if self.dates.is_empty() {
            self.dates.push(self.row.starts_at);
        }
        let lasts = self.row.ends_at.map(|ends_at| ends_at - self.row.starts_at);
        self.row.starts_at = self.dates[0];
        self.row.ends_at = lasts.map(|lasts| self.row.starts_at + lasts);
        if self.row.recurrence.is_none() {
            self.row.further_dates = self.dates[1..].to_vec().into();
        }
        self.row.search_title = folded(self.texts.iter().map(|[_, title]| title.as_str()));
        self.row.search_text = self.row.search_title.clone();
    }
}

fn date(world: &World, event: &event::Model, starts_at: DateTime<Utc>) -> occurrence::Model {
    let ends_at = event.ends_at.map(|ends_at| starts_at + (ends_at - event.starts_at));
    occurrence::Model {
        id: world.app.new_id(),
        revision: 1,
        event_id: event.id,
        starts_at,
        ends_at,
        doors_at: None,
        original_starts_at: starts_at,
        over_at: ends_at.unwrap_or_else(|| end_of_day(starts_at, &event.time_zone)),
        place_is_own: false,
        mode: event.mode,
        venue_id: event.venue_id,
        room: event.room.clone(),
        online_url: event.online_url.clone(),
        is_cancelled: false,
        cancellation_reason: None,
        capacity: None,
        sequence: 0,
        updated_at: world.app.clock.now(),
    }
}

fn end_of_day(moment: DateTime<Utc>, zone: &str) -> DateTime<Utc> {
    let zone: Tz = zone.parse().unwrap();
    let tomorrow = moment.with_timezone(&zone).date_naive() + Days::new(1);
    tomorrow.and_time(chrono::NaiveTime::MIN).and_local_timezone(zone).earliest().unwrap().to_utc()
}

fn usual(world: &World, slug: &str) -> event::Model {
    let now = world.app.clock.now();
    let starts_at = instant("2022-06-01T16:00:00Z");
    event::Model {
        id: world.app.new_id(),
        revision: 1,
        slug: slug.to_owned(),
        status: EventStatus::Published,
        visibility: Visibility::Public,
        category: EventCategory::Talk,
        original_locale: "de".to_owned(),
        programme_id: None,
        starts_at,
        ends_at: Some(starts_at + TimeDelta::hours(2)),
        doors_at: None,
        is_all_day: false,
        time_zone: "Europe/Berlin".to_owned(),
        time_note: None,
        recurrence: None,
        except_dates: Vec::new().into(),
        further_dates: Vec::new().into(),
        mode: AttendanceMode::Onsite,
        venue_id: None,
        room: None,
        online_url: None,
        agenda: Vec::new().into(),
        childcare: None,
        audience: None,
        entry_conditions: None,
        price_kind: PriceKind::NotStated,
        price_tiers: Vec::new().into(),
        price_note: None,
        registration_mode: RegistrationMode::None,
        registration_scope: RegistrationScope::EachDate,
        walk_ins_welcome: false,
        registration_opens_at: None,
        registration_closes_at: None,
        closes_minutes_before: None,
        capacity: None,
        waitlist: true,
        pending_holds_seats: true,
        max_seats: 1,
        external_url: None,
        questions: Vec::new().into(),
        contact_name: None,
        contact_email: None,
        contact_phone: None,
        website: None,
        sources: Vec::new().into(),
        cancellation_reason: None,
        outcome_guests: None,
        outcome_online_guests: None,
        outcome_donations: None,
        outcome_currency: "EUR".to_owned(),
        outcome_note: None,
        published_at: Some(now),
        scheduled_for: None,
        review_note: None,
        sequence: 0,
        revised_at: now,
        search_title: String::new(),
        search_text: String::new(),
        created_at: now,
        updated_at: now,
        handed_in_at: None,
        cover_id: None,
    }
}
