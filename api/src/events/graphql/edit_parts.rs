//! The smaller parts of what mutations of events are given.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::VenueId;
use entity::lists::AgendaItem;

use super::words::{AttendanceMode, HostRole, PriceKind};
use crate::events::ops::edit::{AccessibilityEdit, ContactEdit, PlaceEdit, ScheduleEdit};
use crate::events::store::write::{NewEventText, NewPrice};
use crate::gql::input::{self, line, list, locales, optional_line};
use crate::gql::scalars::{DateTime, EmailAddress, Locale, Markdown, RecurrenceRule, TimeZone, WebUrl};
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Patch, Why, text};
use crate::venues::graphql::edit::{AccessibilityFactInput, stated};

/// Exceptions and further dates at the most.
const DATES: usize = 1000;

/// An event in one language.
#[derive(Clone, Debug, InputObject)]
pub struct EventTextInput {
    /// The language.
    locale: Locale,
    /// Title, up to 200 characters.
    title: String,
    /// A sentence or two, up to 1,000 characters.
    summary: Option<String>,
    /// What happens, up to 100,000 characters.
    description_markdown: Markdown,
}

/// Who holds an event, or helps.
#[derive(Clone, Debug, InputObject)]
pub struct EventHostInput {
    /// The organisation.
    pub organisation_id: ID,
    /// What it is to the event.
    #[graphql(default_with = "HostRole::Host")]
    pub role: HostRole,
}

/// One date; or a first date and a `recurrence`, less `exceptDates`; or a first date and `furtherDates`.
#[derive(Clone, Debug, InputObject)]
pub struct ScheduleInput {
    /// Start of the first date; local midnight where it is all day.
    starts_at: DateTime,
    /// End of the first date, exclusive.
    ends_at: Option<DateTime>,
    /// When the doors open for the first date.
    doors_at: Option<DateTime>,
    /// Whether dates are whole days.
    #[graphql(default)]
    all_day: bool,
    /// Zone of its times; the network's where left out.
    time_zone: Option<TimeZone>,
    /// Said beside the time, e.g. `Uhrzeit folgt`, up to 200 characters.
    time_note: Option<String>,
    /// By what rule it recurs.
    recurrence: Option<RecurrenceRule>,
    /// Starts that the rule gives and that are left out, up to 1,000.
    except_dates: Option<Vec<DateTime>>,
    /// Starts of dates beside the first, up to 1,000.
    further_dates: Option<Vec<DateTime>>,
}

/// Where something happens.
#[derive(Clone, Debug, InputObject)]
pub struct PlaceInput {
    /// How one takes part.
    #[graphql(default_with = "AttendanceMode::Onsite")]
    mode: AttendanceMode,
    /// The venue.
    venue_id: Option<ID>,
    /// Room in the venue, up to 200 characters.
    room: Option<String>,
    /// Where to take part from afar.
    online_url: Option<WebUrl>,
}

/// A change of where something happens. What is left out stays, null clears.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PlacePatch {
    /// How one takes part.
    mode: MaybeUndefined<AttendanceMode>,
    /// The venue.
    venue_id: MaybeUndefined<ID>,
    /// Room in the venue, up to 200 characters.
    room: MaybeUndefined<String>,
    /// Where to take part from afar.
    online_url: MaybeUndefined<WebUrl>,
}

/// Whom to ask. What is left out of a change stays, null clears.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ContactInput {
    /// Name, up to 200 characters.
    name: MaybeUndefined<String>,
    /// Mailbox.
    email: MaybeUndefined<EmailAddress>,
    /// Telephone, up to 50 characters.
    phone: MaybeUndefined<String>,
}

/// A point of the agenda.
#[derive(Clone, Debug, InputObject)]
pub struct AgendaItemInput {
    /// When.
    at: DateTime,
    /// What, up to 200 characters.
    title: String,
    /// By whom, up to 200 characters.
    speaker: Option<String>,
}

/// Who can take part in an event. What is left out of a change stays, null clears; lists are replaced whole.
#[derive(Clone, Debug, Default, InputObject)]
pub struct EventAccessibilityInput {
    /// Languages that it is held in, up to 20.
    languages: MaybeUndefined<Vec<Locale>>,
    /// Languages into which it is interpreted, up to 20.
    interpretation: MaybeUndefined<Vec<Locale>>,
    /// What is known beside what the venue states; a feature that is not listed is not stated.
    features: MaybeUndefined<Vec<AccessibilityFactInput>>,
    /// Whether there is childcare; null for not stated.
    childcare: MaybeUndefined<bool>,
    /// For whom it is meant, up to 200 characters.
    audience: MaybeUndefined<String>,
    /// What one must bring or fulfil, up to 1,000 characters.
    entry_conditions: MaybeUndefined<String>,
}

/// A price, e.g. the reduced one.
#[derive(Clone, Debug, InputObject)]
pub struct PriceTierInput {
    /// For whom, or for what, up to 200 characters.
    name: String,
    /// In the currency's smallest unit, 0 or more.
    amount: i32,
    /// Currency, ISO 4217.
    #[graphql(default_with = "String::from(\"EUR\")")]
    currency: String,
}

/// What an event costs.
#[derive(Clone, Debug, InputObject)]
pub struct PriceInput {
    /// Whether it costs something.
    kind: PriceKind,
    /// For whom how much, up to 20.
    #[graphql(default)]
    tiers: Vec<PriceTierInput>,
    /// Said beside it, up to 200 characters.
    note: Option<String>,
}

impl EventTextInput {
    pub(super) fn read(findings: &mut Findings, given: Self) -> Option<NewEventText> {
        let locale = findings.take("locale", given.locale.0.parse().map_err(|_| Why::Invalid(Expected::Locale)));
        let title = findings.take("title", text::required_line(&given.title, text::TITLE));
        let summary = given.summary.map_or(Ok(None), |summary| text::lines(&summary, text::SUMMARY));
        let summary = findings.take("summary", summary.map(Option::unwrap_or_default));
        let description = findings.take("descriptionMarkdown", input::markdown(&given.description_markdown));
        Some(NewEventText { locale: locale?, title: title?, summary: summary?, description: description? })
    }
}

impl ScheduleInput {
    pub(super) fn read(self, findings: &mut Findings) -> Option<ScheduleEdit> {
        let rule = self
            .recurrence
            .filter(|rule| !rule.0.trim().is_empty())
            .map(|rule| rule.0.parse().map_err(|_| Why::Invalid(Expected::Recurrence)));
        let recurrence = findings.take("recurrence", rule.transpose());
        let time_note = optional_line(findings, "timeNote", self.time_note, text::TITLE);
        let mut moments = |field: &str, given: Option<Vec<DateTime>>| {
            list(findings, field, given.unwrap_or_default(), DATES, |_, at: DateTime| Some(at.to_utc()))
        };
        let (except_dates, further_dates) = (moments("exceptDates", self.except_dates), moments("furtherDates", self.further_dates));
        Some(ScheduleEdit {
            starts_at: self.starts_at.to_utc(),
            ends_at: self.ends_at.map(DateTime::to_utc),
            doors_at: self.doors_at.map(DateTime::to_utc),
            is_all_day: self.all_day,
            zone: self.time_zone.map(|zone| zone.0),
            time_note,
            recurrence: recurrence?,
            except_dates: except_dates?,
            further_dates: further_dates?,
        })
    }
}

impl PlaceInput {
    pub(super) fn into_patch(self) -> PlacePatch {
        let given = |text: Option<String>| text.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value);
        PlacePatch {
            mode: MaybeUndefined::Value(self.mode),
            venue_id: self.venue_id.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
            room: given(self.room),
            online_url: self.online_url.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
        }
    }
}

impl PlacePatch {
    /// What becomes of a place.
    pub(super) fn read(self, findings: &mut Findings) -> PlaceEdit {
        let venue_id = input::patch(self.venue_id).read(|id| input::id::<VenueId>(&id));
        let online_url = input::patch(self.online_url).read(|url| input::web_address(&url.0));
        PlaceEdit {
            mode: match input::patch(self.mode) {
                Patch::Set(mode) => Patch::Set(mode.into()),
                Patch::Clear => Patch::Clear,
                Patch::Keep => Patch::Keep,
            },
            venue_id: findings.take("venueId", venue_id).unwrap_or_default(),
            room: line(findings, "room", self.room, text::TITLE),
            online_url: findings.take("onlineUrl", online_url).unwrap_or_default(),
        }
    }
}

impl ContactInput {
    pub(super) fn read(self, findings: &mut Findings) -> Option<ContactEdit> {
        let email = input::patch(self.email).read(|email| input::email(&email.0));
        Some(ContactEdit {
            name: line(findings, "name", self.name, text::TITLE),
            email: findings.take("email", email).unwrap_or_default(),
            phone: line(findings, "phone", self.phone, 50),
        })
    }
}

impl AgendaItemInput {
    pub(super) fn read(findings: &mut Findings, given: Self) -> Option<AgendaItem> {
        let title = findings.take("title", text::required_line(&given.title, text::TITLE));
        let speaker = optional_line(findings, "speaker", given.speaker, text::TITLE);
        Some(AgendaItem { at: given.at.to_utc(), title: title?, speaker })
    }
}

impl EventAccessibilityInput {
    pub(super) fn read(self, findings: &mut Findings) -> Option<AccessibilityEdit> {
        let languages = locales(findings, "languages", self.languages);
        let interpretation = locales(findings, "interpretation", self.interpretation);
        let features = stated(findings, self.features);
        Some(AccessibilityEdit {
            languages,
            interpretation,
            features,
            childcare: input::patch(self.childcare),
            audience: line(findings, "audience", self.audience, text::TITLE),
            entry_conditions: line(findings, "entryConditions", self.entry_conditions, text::SUMMARY),
        })
    }
}

impl PriceInput {
    pub(super) fn read(self, findings: &mut Findings) -> Option<NewPrice> {
        let tiers = list(findings, "tiers", self.tiers, 20, |findings, tier: PriceTierInput| {
            let name = findings.take("name", text::required_line(&tier.name, text::TITLE));
            let amount = if tier.amount < 0 { Err(Why::Invalid(Expected::NotNegative)) } else { Ok(i64::from(tier.amount)) };
            let amount = findings.take("amount", amount);
            let currency = findings.take("currency", currency(tier.currency));
            Some(entity::lists::PriceTier { name: name?, amount: amount?, currency: currency? })
        });
        let note = optional_line(findings, "note", self.note, text::TITLE);
        Some(NewPrice { kind: self.kind.into(), tiers: tiers?, note })
    }
}

/// A code of ISO 4217.
pub(super) fn currency(code: String) -> Result<String, Why> {
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(code) } else { Err(Why::Invalid(Expected::Currency)) }
}
