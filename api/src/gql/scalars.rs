//! The scalars of the schema. Output is made from what was checked when it was stored; input is parsed here once.

use std::borrow::Cow;

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::kernel;

/// An instant, RFC 3339 with an offset, e.g. `2022-05-17T18:00:00+02:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub chrono::DateTime<FixedOffset>);

impl DateTime {
    /// An instant in UTC.
    #[must_use]
    pub fn utc(at: chrono::DateTime<Utc>) -> Self {
        Self(at.fixed_offset())
    }

    /// An instant with the offset that a zone has then.
    #[must_use]
    pub fn local(at: chrono::DateTime<Utc>, zone: Tz) -> Self {
        Self(zone.from_utc_datetime(&at.naive_utc()).fixed_offset())
    }

    /// The instant.
    #[must_use]
    pub fn to_utc(self) -> chrono::DateTime<Utc> {
        self.0.to_utc()
    }
}

/// An instant, RFC 3339 with an offset, e.g. `2022-05-17T18:00:00+02:00`.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(&value)?;
        let at = chrono::DateTime::parse_from_rfc3339(text)
            .map_err(|_| InputValueError::custom("an instant needs a day, a time and an offset, e.g. 2022-05-17T18:00:00+02:00"))?;
        Ok(Self(at))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

macro_rules! text_scalars {
    ($($(#[$doc:meta])* $name:ident $(= $graphql:literal)?: $inner:ty, $parse:expr, $print:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name(pub $inner);

        $(#[$doc])*
        #[Scalar$((name = $graphql))?]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                let parse: fn(&str) -> Result<$inner, String> = $parse;
                parse(text(&value)?).map(Self).map_err(InputValueError::custom)
            }

            fn to_value(&self) -> Value {
                let print: fn(&$inner) -> String = $print;
                Value::String(print(&self.0))
            }
        }
    )+};
}

text_scalars! {
    /// A calendar day, ISO 8601, e.g. `2012-05-03`.
    Date: NaiveDate,
        |text| text.parse::<NaiveDate>().map_err(|_| "a day is written as 2012-05-03".to_owned()), NaiveDate::to_string;
    /// A day, month or year, as precisely as it is known: `2012-05-03`, `2009-12` or `2009`.
    PartialDate: Cow<'static, str>,
        |text| text.parse::<kernel::PartialDate>().map(|date| date.to_string().into()).map_err(|error| error.to_string()),
        Cow::to_string;
    /// A time of day, e.g. `09:00`.
    TimeOfDay: NaiveTime,
        |text| NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "a time of day is written as 09:00".to_owned()),
        |time| time.format("%H:%M").to_string();
    /// A language tag, BCP 47, e.g. `de`, `fa`, `ckb`, `de-simple` (Einfache Sprache), `gsg` (German Sign Language).
    Locale: Cow<'static, str>,
        |text| text.parse::<kernel::Locale>().map(|locale| locale.to_string().into()).map_err(|error| error.to_string()),
        Cow::to_string;
    /// An IANA time zone, e.g. `Europe/Berlin`.
    TimeZone: Tz,
        |text| text.parse::<Tz>().map_err(|_| "a time zone has a name such as Europe/Berlin".to_owned()), |zone| zone.name().to_owned();
    /// An absolute URL. Where a mutation is given a text that is none, it says so in its `errors`, as of anything that a person types.
    WebUrl = "URL": String, |text| Ok(text.to_owned()), String::clone;
    /// An e-mail address. Where a mutation is given a text that is none, it says so in its `errors`, as of anything that a person types.
    EmailAddress: String, |text| Ok(text.to_owned()), String::clone;
    /// CommonMark text.
    Markdown: String, |text| Ok(kernel::Markdown::new(text).as_str().to_owned()), String::clone;
    /// Sanitised HTML, safe to insert into a page.
    Html = "HTML": String, |_| Err("HTML is not taken from outside; write Markdown".to_owned()), String::clone;
    /// A recurrence rule, RFC 5545 section 3.3.10 without `RRULE:`, e.g. `FREQ=WEEKLY;BYDAY=TU;COUNT=10`.
    RecurrenceRule: String, |text| Ok(text.to_owned()), String::clone;
}

impl From<String> for PartialDate {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<String> for Locale {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<String> for WebUrl {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<String> for EmailAddress {
    fn from(text: String) -> Self {
        Self(text)
    }
}

fn text<T: InputType>(value: &Value) -> Result<&str, InputValueError<T>> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(InputValueError::expected_type(other.clone())),
    }
}
