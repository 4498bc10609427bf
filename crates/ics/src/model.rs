//! What a calendar is made of (RFC 5545, RFC 7986). See [`crate::render`] for how it is written.

use std::borrow::Cow;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

use crate::Moment;

/// A calendar object: a feed, a download, or an invitation (RFC 5545 3.6).
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar<'a> {
    /// Who made the file, such as `-//Example//EN` (RFC 5545 3.7.3).
    pub prod_id: Cow<'a, str>,
    /// Name that programs show (RFC 7986 5.1).
    pub name: Cow<'a, str>,
    /// What the calendar is about (RFC 7986 5.2).
    pub description: Option<Cow<'a, str>>,
    /// Language of name and description, as in `de` (RFC 5545 3.2.10).
    pub language: Option<Cow<'a, str>>,
    /// Page about the calendar (RFC 7986 5.5).
    pub url: Option<Cow<'a, str>>,
    /// Address from which the calendar can be fetched again (RFC 7986 5.8).
    pub source: Option<Cow<'a, str>>,
    /// Zone in which programs show the calendar at first.
    pub zone: Option<Tz>,
    /// What the receiver shall do with it; none in feeds and downloads (RFC 5546 1.4).
    pub method: Option<Method>,
    /// How often to fetch it again (RFC 7986 5.7).
    pub refresh: Duration,
    /// When anything in it was last changed (RFC 7986 5.4).
    pub last_modified: Option<DateTime<Utc>>,
    /// Events, written in this order.
    pub events: Vec<Event<'a>>,
}

/// What the receiver shall do with a calendar object (RFC 5546 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Take note.
    Publish,
    /// Answer.
    Request,
    /// Strike it out.
    Cancel,
    /// Take note of an answer.
    Reply,
}

/// An event, or one date of a repeated one (RFC 5545 3.6.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'a> {
    /// Name of the event for ever (RFC 5545 3.8.4.7).
    pub uid: Cow<'a, str>,
    /// Goes up when time, place, recurrence or status changes (RFC 5545 3.8.7.4).
    pub sequence: u32,
    /// When the event was last revised (RFC 5545 3.8.7.2).
    pub stamp: DateTime<Utc>,
    /// When it was entered (RFC 5545 3.8.7.1).
    pub created: Option<DateTime<Utc>>,
    /// When it was last changed (RFC 5545 3.8.7.3).
    pub last_modified: Option<DateTime<Utc>>,
    /// When it begins (RFC 5545 3.8.2.4).
    pub start: Moment,
    /// When it ends, exclusive; none if that is not known (RFC 5545 3.8.2.2).
    pub end: Option<Moment>,
    /// The date of the series that this event takes the place of, as it was planned (RFC 5545 3.8.4.4).
    pub recurrence_id: Option<Moment>,
    /// Recurrence rule (RFC 5545 3.8.5.3). One that [`crate::Rule::parse`] refuses is not written.
    pub rule: Option<Cow<'a, str>>,
    /// Dates of the rule that do not take place (RFC 5545 3.8.5.1).
    pub except: Vec<Moment>,
    /// Dates beside those of the rule (RFC 5545 3.8.5.2).
    pub further: Vec<Moment>,
    /// Title (RFC 5545 3.8.1.12).
    pub summary: Cow<'a, str>,
    /// Language of title, description and place (RFC 5545 3.2.10).
    pub language: Option<Cow<'a, str>>,
    /// Plain text (RFC 5545 3.8.1.5).
    pub description: Option<Cow<'a, str>>,
    /// The description as HTML, for programs that show it (`X-ALT-DESC`, as Outlook has it).
    pub alt_description: Option<Cow<'a, str>>,
    /// Place in one line (RFC 5545 3.8.1.7).
    pub location: Option<Cow<'a, str>>,
    /// Latitude and longitude in degrees (RFC 5545 3.8.1.6).
    pub geo: Option<(f64, f64)>,
    /// Page about the event (RFC 5545 3.8.4.6).
    pub url: Option<Cow<'a, str>>,
    /// Categories (RFC 5545 3.8.1.2).
    pub categories: Vec<Cow<'a, str>>,
    /// Who invites (RFC 5545 3.8.4.3).
    pub organizer: Option<Person<'a>>,
    /// Who is invited; written only with a method other than publishing, so never in a feed (RFC 5545 3.8.4.1).
    pub attendee: Option<Attendee<'a>>,
    /// Whether it takes place (RFC 5545 3.8.1.11).
    pub status: Status,
    /// Whether the time still counts as free (RFC 5545 3.8.2.7).
    pub transparent: bool,
    /// For whom it is (RFC 5545 3.8.1.3).
    pub class: Option<Class>,
    /// Address of a video conference (RFC 7986 5.11).
    pub conference: Option<Cow<'a, str>>,
    /// Address of an image (RFC 7986 5.10).
    pub image: Option<Cow<'a, str>>,
    /// UID of the event that this one continues or belongs to (RFC 5545 3.8.4.5).
    pub related_to: Option<Cow<'a, str>>,
}

/// A name with a mail address (RFC 5545 3.3.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person<'a> {
    /// Name that is shown.
    pub name: Cow<'a, str>,
    /// Address without `mailto:`.
    pub email: Cow<'a, str>,
}

/// The person an invitation goes to (RFC 5545 3.8.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee<'a> {
    /// Who it is.
    pub person: Person<'a>,
    /// What the person has answered.
    pub participation: Participation,
    /// Whether an answer is asked for (RFC 5545 3.2.17).
    pub rsvp: bool,
}

/// What an invited person has answered (RFC 5545 3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Participation {
    /// Nothing yet.
    NeedsAction,
    /// Comes.
    Accepted,
    /// Perhaps comes, or waits for a place.
    Tentative,
    /// Does not come.
    Declined,
}

/// Whether an event takes place (RFC 5545 3.8.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// It does.
    #[default]
    Confirmed,
    /// Perhaps.
    Tentative,
    /// It does not.
    Cancelled,
}

/// For whom an event is (RFC 5545 3.8.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Everybody.
    Public,
    /// Its owner.
    Private,
    /// Members.
    Confidential,
}

impl<'a> Calendar<'a> {
    /// A calendar without events that is fetched once an hour.
    pub fn new(prod_id: impl Into<Cow<'a, str>>, name: impl Into<Cow<'a, str>>) -> Self {
        Self {
            prod_id: prod_id.into(),
            name: name.into(),
            description: None,
            language: None,
            url: None,
            source: None,
            zone: None,
            method: None,
            refresh: Duration::hours(1),
            last_modified: None,
            events: Vec::new(),
        }
    }
}

impl<'a> Event<'a> {
    /// A confirmed event of which nothing else is known.
    pub fn new(uid: impl Into<Cow<'a, str>>, stamp: DateTime<Utc>, start: Moment, summary: impl Into<Cow<'a, str>>) -> Self {
        Self {
            uid: uid.into(),
            sequence: 0,
            stamp,
            created: None,
            last_modified: None,
            start,
            end: None,
            recurrence_id: None,
            rule: None,
            except: Vec::new(),
            further: Vec::new(),
            summary: summary.into(),
            language: None,
            description: None,
            alt_description: None,
            location: None,
            geo: None,
            url: None,
            categories: Vec::new(),
            organizer: None,
            attendee: None,
            status: Status::default(),
            transparent: false,
            class: None,
            conference: None,
            image: None,
            related_to: None,
        }
    }
}
