//! A change of an event, and the event that comes of it. To create one is to change an empty one.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::id::{MediaId, OrganisationId, ProgrammeId, VenueId};
use entity::lists::{AgendaItem, Question};
use entity::words::{AttendanceMode, EventCategory, HostRole, RegistrationMode, RegistrationScope, Visibility};
use ics::Rule;

use crate::events::rules::schedule::{self, Schedule, Unsound};
use crate::events::store::write::{NewAccessibility, NewContact, NewEvent, NewEventText, NewPlace, NewPrice, NewRegistrationPolicy};
use crate::kernel::refusal::Expected;
use crate::kernel::{EmailAddress, Fault, Findings, Locale, Patch, Refusal, Slug, WebAddress, Why, translations};
use crate::venues::store::write::NewFeature;

/// What becomes of an event. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Edit {
    /// Who holds it, the one answerable for it first.
    pub hosts: Patch<Vec<(OrganisationId, HostRole)>>,
    /// Texts that are added, or replace those of their languages.
    pub texts: Vec<NewEventText>,
    /// Languages whose texts go.
    pub remove_locales: Vec<Locale>,
    /// Language of the text that the others translate.
    pub original_locale: Patch<Locale>,
    /// When it is.
    pub schedule: Patch<ScheduleEdit>,
    /// What sort of event it is.
    pub category: Patch<EventCategory>,
    /// Who may see it.
    pub visibility: Patch<Visibility>,
    /// Readable part of its address.
    pub slug: Patch<Slug>,
    /// Where it is.
    pub place: Patch<PlaceEdit>,
    /// Programme that it belongs to.
    pub programme: Patch<ProgrammeId>,
    /// What happens in its course.
    pub agenda: Patch<Vec<AgendaItem>>,
    /// Who can take part.
    pub accessibility: Patch<AccessibilityEdit>,
    /// What it costs.
    pub price: Patch<NewPrice>,
    /// How one registers.
    pub policy: Patch<PolicyEdit>,
    /// Whom to ask.
    pub contact: Patch<ContactEdit>,
    /// Its own site.
    pub website: Patch<WebAddress>,
    /// The picture above it.
    pub cover: Patch<MediaId>,
    /// Names of its topics.
    pub tags: Patch<Vec<String>>,
    /// Where its facts were found.
    pub sources: Patch<Vec<WebAddress>>,
    /// What is wrong already.
    pub findings: Findings,
}

/// When it is; replaces the whole.
#[derive(Clone, Debug)]
pub struct ScheduleEdit {
    /// Start of the first date.
    pub starts_at: DateTime<Utc>,
    /// End of the first date.
    pub ends_at: Option<DateTime<Utc>>,
    /// When the doors open.
    pub doors_at: Option<DateTime<Utc>>,
    /// Whether dates are whole days.
    pub is_all_day: bool,
    /// Zone of its times; the network's where none is given.
    pub zone: Option<Tz>,
    /// Said beside the time.
    pub time_note: Option<String>,
    /// By what rule it recurs.
    pub recurrence: Option<Rule>,
    /// Starts that are left out.
    pub except_dates: Vec<DateTime<Utc>>,
    /// Starts of dates beside the first.
    pub further_dates: Vec<DateTime<Utc>>,
}

/// Where it is, field by field.
#[derive(Clone, Debug, Default)]
pub struct PlaceEdit {
    /// How one takes part.
    pub mode: Patch<AttendanceMode>,
    /// The venue.
    pub venue_id: Patch<VenueId>,
    /// Room in it.
    pub room: Patch<String>,
    /// Where to take part from afar.
    pub online_url: Patch<WebAddress>,
}

/// Who can take part, field by field.
#[derive(Clone, Debug, Default)]
pub struct AccessibilityEdit {
    /// Languages that it is held in.
    pub languages: Patch<Vec<Locale>>,
    /// Languages into which it is interpreted.
    pub interpretation: Patch<Vec<Locale>>,
    /// What is stated beside what the venue states.
    pub features: Patch<Vec<NewFeature>>,
    /// Whether there is childcare.
    pub childcare: Patch<bool>,
    /// For whom it is meant.
    pub audience: Patch<String>,
    /// What one must bring or fulfil.
    pub entry_conditions: Patch<String>,
}

/// How one registers, field by field.
#[derive(Clone, Debug, Default)]
pub struct PolicyEdit {
    /// Whether, and how.
    pub mode: Patch<RegistrationMode>,
    /// For a date, or for the whole.
    pub scope: Patch<RegistrationScope>,
    /// Whether one can also just come.
    pub walk_ins_welcome: Patch<bool>,
    /// From when.
    pub opens_at: Patch<DateTime<Utc>>,
    /// Until when.
    pub closes_at: Patch<DateTime<Utc>>,
    /// Before each date's start.
    pub closes_minutes_before: Patch<i32>,
    /// Seats.
    pub capacity: Patch<i32>,
    /// Whether one can wait for a seat.
    pub waitlist: Patch<bool>,
    /// Whether a request that waits for approval keeps its seats.
    pub pending_holds_seats: Patch<bool>,
    /// Seats per registration.
    pub max_seats: Patch<i32>,
    /// Where one registers elsewhere.
    pub external_url: Patch<WebAddress>,
    /// What is asked of who registers.
    pub questions: Patch<Vec<Question>>,
}

/// Whom to ask, field by field.
#[derive(Clone, Debug, Default)]
pub struct ContactEdit {
    /// Name.
    pub name: Patch<String>,
    /// Mailbox.
    pub email: Patch<EmailAddress>,
    /// Telephone.
    pub phone: Patch<String>,
}

impl ScheduleEdit {
    /// All of a schedule.
    #[must_use]
    pub fn of(schedule: Schedule) -> Self {
        Self {
            starts_at: schedule.starts_at,
            ends_at: schedule.ends_at,
            doors_at: schedule.doors_at,
            is_all_day: schedule.is_all_day,
            zone: Some(schedule.zone),
            time_note: None,
            recurrence: schedule.recurrence,
            except_dates: schedule.except_dates,
            further_dates: schedule.further_dates,
        }
    }
}

impl PlaceEdit {
    /// All of a place.
    #[must_use]
    pub fn of(place: NewPlace) -> Self {
        Self {
            mode: Patch::Set(place.mode),
            venue_id: Patch::of(place.venue_id),
            room: Patch::of(place.room),
            online_url: Patch::of(place.online_url),
        }
    }
}

impl Edit {
    /// One that leaves everything as it is.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            hosts: Patch::Keep,
            texts: Vec::new(),
            remove_locales: Vec::new(),
            original_locale: Patch::Keep,
            schedule: Patch::Keep,
            category: Patch::Keep,
            visibility: Patch::Keep,
            slug: Patch::Keep,
            place: Patch::Keep,
            programme: Patch::Keep,
            agenda: Patch::Keep,
            accessibility: Patch::Keep,
            price: Patch::Keep,
            policy: Patch::Keep,
            contact: Patch::Keep,
            website: Patch::Keep,
            cover: Patch::Keep,
            tags: Patch::Keep,
            sources: Patch::Keep,
            findings: Findings::of_input(),
        }
    }

    /// The event that comes of a change, but for its topics, which are known by their names first; `zone` is the network's. What
    /// is wrong with it is added to the findings.
    pub fn apply(&mut self, mut event: NewEvent, zone: Tz) -> NewEvent {
        let findings = &mut self.findings;
        if let Some(hosts) = take(findings, "hosts", std::mem::take(&mut self.hosts), event.hosts.clone()) {
            event.hosts = hosts;
        }
        if event.hosts.is_empty() {
            findings.refuse(&["hosts"], Why::Required);
        }
        let change = translations::Change {
            given: std::mem::take(&mut self.texts),
            removed: std::mem::take(&mut self.remove_locales),
            original: std::mem::take(&mut self.original_locale),
        };
        texts(&mut event, change, findings);
        if let Some(category) = take(findings, "category", std::mem::take(&mut self.category), event.category) {
            event.category = category;
        }
        if let Some(visibility) = take(findings, "visibility", std::mem::take(&mut self.visibility), event.visibility) {
            event.visibility = visibility;
        }
        if let Some(slug) = take(findings, "slug", std::mem::take(&mut self.slug), event.slug.clone()) {
            event.slug = slug;
        }
        match std::mem::take(&mut self.schedule) {
            Patch::Keep => {}
            Patch::Clear => findings.refuse(&["schedule"], Why::Required),
            Patch::Set(edit) => when(&mut event, edit, zone, findings),
        }
        event.place = findings.within(&["place"], |findings| place(event.place.clone(), std::mem::take(&mut self.place), findings));
        event.programme_id = std::mem::take(&mut self.programme).over(event.programme_id);
        event.agenda = std::mem::take(&mut self.agenda).over_list(event.agenda);
        event.accessibility = accessibility(event.accessibility, std::mem::take(&mut self.accessibility));
        event.price = match std::mem::take(&mut self.price) {
            Patch::Keep => event.price,
            Patch::Clear => no_price(),
            Patch::Set(price) => price,
        };
        event.registration =
            findings.within(&["registrationPolicy"], |findings| policy(event.registration, std::mem::take(&mut self.policy), findings));
        event.contact = contact(event.contact, std::mem::take(&mut self.contact));
        event.website = std::mem::take(&mut self.website).over(event.website);
        event.cover_id = std::mem::take(&mut self.cover).over(event.cover_id);
        event.sources = std::mem::take(&mut self.sources).over_list(event.sources);
        event
    }
}

/// What it costs, where nobody said so.
#[must_use]
pub fn no_price() -> NewPrice {
    NewPrice { kind: entity::words::PriceKind::NotStated, tiers: Vec::new(), note: None }
}

fn take<T>(findings: &mut Findings, field: &str, patch: Patch<T>, old: T) -> Option<T> {
    findings.take(field, patch.over_required(old))
}

fn texts(event: &mut NewEvent, change: translations::Change<NewEventText>, findings: &mut Findings) {
    translations::apply(&mut event.texts, &mut event.original_locale, change, findings);
    if event.texts.is_empty() {
        findings.refuse(&["texts"], Why::Required);
    }
}

fn when(event: &mut NewEvent, edit: ScheduleEdit, zone: Tz, findings: &mut Findings) {
    event.schedule = Schedule {
        starts_at: edit.starts_at,
        ends_at: edit.ends_at,
        doors_at: edit.doors_at,
        is_all_day: edit.is_all_day,
        zone: edit.zone.unwrap_or(zone),
        recurrence: edit.recurrence,
        except_dates: edit.except_dates,
        further_dates: edit.further_dates,
    };
    event.time_note = edit.time_note;
    // A rule without an end is sound if its first date is.
    if let Err(unsound) = schedule::dates(&event.schedule, event.schedule.starts_at) {
        let (field, why) = wrong_with_schedule(&unsound);
        findings.refuse(&["schedule", field], why);
    }
}

/// What is seen only once all dates up to the horizon are known, such as a rule without an end that has too many.
pub(super) fn wrong_at_horizon(unsound: &Unsound) -> Fault {
    let (field, why) = wrong_with_schedule(unsound);
    Refusal::at(&["input", "schedule", field], why).into()
}

pub(super) fn wrong_with_schedule(unsound: &Unsound) -> (&'static str, Why) {
    match unsound {
        Unsound::EndsBeforeStart => ("endsAt", Why::EndsBeforeStart),
        Unsound::DoorsAfterStart => ("doorsAt", Why::Invalid(Expected::BeforeStart)),
        Unsound::NotAtMidnight => ("startsAt", Why::Invalid(Expected::Midnight)),
        Unsound::RecurrenceAndFurtherDates => ("furtherDates", Why::Invalid(Expected::RecurrenceOrFurtherDates)),
        Unsound::NoDate => ("exceptDates", Why::Invalid(Expected::SomeDate)),
        Unsound::TooManyDates => ("recurrence", Why::TooLarge(schedule::MOST_DATES as u64)),
        Unsound::Rule(_) => ("recurrence", Why::Invalid(Expected::Recurrence)),
    }
}

/// The place that comes of a change.
pub(super) fn place(old: NewPlace, edit: Patch<PlaceEdit>, findings: &mut Findings) -> NewPlace {
    let place = match edit {
        Patch::Keep => return old,
        Patch::Clear => NewPlace { mode: AttendanceMode::Onsite, venue_id: None, room: None, online_url: None },
        Patch::Set(edit) => NewPlace {
            mode: findings.take("mode", edit.mode.over_required(old.mode)).unwrap_or(old.mode),
            venue_id: edit.venue_id.over(old.venue_id),
            room: edit.room.over(old.room),
            online_url: edit.online_url.over(old.online_url),
        },
    };
    if place.room.is_some() && place.venue_id.is_none() {
        findings.refuse(&["room"], Why::Invalid(Expected::Venue));
    }
    place
}

fn accessibility(old: NewAccessibility, edit: Patch<AccessibilityEdit>) -> NewAccessibility {
    match edit {
        Patch::Keep => old,
        Patch::Clear => NewAccessibility::default(),
        Patch::Set(edit) => NewAccessibility {
            languages: edit.languages.over_list(old.languages),
            interpretation: edit.interpretation.over_list(old.interpretation),
            features: edit.features.over_list(old.features),
            childcare: edit.childcare.over(old.childcare),
            audience: edit.audience.over(old.audience),
            entry_conditions: edit.entry_conditions.over(old.entry_conditions),
        },
    }
}

fn contact(old: NewContact, edit: Patch<ContactEdit>) -> NewContact {
    match edit {
        Patch::Keep => old,
        Patch::Clear => NewContact::default(),
        Patch::Set(edit) => {
            NewContact { name: edit.name.over(old.name), email: edit.email.over(old.email), phone: edit.phone.over(old.phone) }
        }
    }
}

fn policy(old: NewRegistrationPolicy, edit: Patch<PolicyEdit>, findings: &mut Findings) -> NewRegistrationPolicy {
    let edit = match edit {
        Patch::Keep => return old,
        Patch::Clear => return NewRegistrationPolicy::default(),
        Patch::Set(edit) => edit,
    };
    let policy = NewRegistrationPolicy {
        mode: take(findings, "mode", edit.mode, old.mode).unwrap_or(old.mode),
        scope: take(findings, "scope", edit.scope, old.scope).unwrap_or(old.scope),
        walk_ins_welcome: take(findings, "walkInsWelcome", edit.walk_ins_welcome, old.walk_ins_welcome).unwrap_or(old.walk_ins_welcome),
        opens_at: edit.opens_at.over(old.opens_at),
        closes_at: edit.closes_at.over(old.closes_at),
        closes_minutes_before: edit.closes_minutes_before.over(old.closes_minutes_before),
        capacity: edit.capacity.over(old.capacity),
        waitlist: take(findings, "waitlist", edit.waitlist, old.waitlist).unwrap_or(old.waitlist),
        pending_holds_seats: take(findings, "pendingHoldsSeats", edit.pending_holds_seats, old.pending_holds_seats)
            .unwrap_or(old.pending_holds_seats),
        max_seats: take(findings, "maxSeats", edit.max_seats, old.max_seats).unwrap_or(old.max_seats),
        external_url: edit.external_url.over(old.external_url),
        questions: edit.questions.over_list(old.questions),
    };
    if policy.closes_at.zip(policy.opens_at).is_some_and(|(closes, opens)| closes <= opens) {
        findings.refuse(&["closesAt"], Why::Invalid(Expected::AfterOpening));
    }
    for (field, number, least) in [
        ("closesMinutesBefore", policy.closes_minutes_before, 0),
        ("capacity", policy.capacity, 0),
        ("maxSeats", Some(policy.max_seats), 1),
    ] {
        if number.is_some_and(|number| number < least) {
            findings.refuse(&[field], Why::Invalid(if least == 0 { Expected::NotNegative } else { Expected::Positive }));
        }
    }
    if policy.mode == RegistrationMode::External && policy.external_url.is_none() {
        findings.refuse(&["externalUrl"], Why::Required);
    }
    policy
}
