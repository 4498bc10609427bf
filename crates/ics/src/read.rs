//! Reading calendars back: components, properties and parameters as they stand, without judging what they mean.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use ical::PropertyParser;
use ical::property::PropertyError;
use thiserror::Error;

use crate::Moment;
use crate::escape::{unescape_parameter, unescape_text};

/// Components within components; RFC 5545 needs three.
const DEEPEST: usize = 16;

/// A component, such as an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Component {
    /// Name in upper case, such as `VEVENT`.
    pub name: String,
    /// Properties in the order in which they stand.
    pub properties: Vec<Property>,
    /// Components within this one.
    pub children: Vec<Component>,
}

/// A property, such as a title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Property {
    /// Name in upper case, such as `SUMMARY`.
    pub name: String,
    /// Names, in upper case, and values of the parameters. More than ten values of one parameter are not read.
    pub params: Vec<(String, Vec<String>)>,
    /// Value as it stands, still escaped.
    pub value: String,
}

/// Why a calendar cannot be read.
#[derive(Debug, Error)]
pub enum ParseError {
    /// A line is not a property.
    #[error("line {line} is not a property: {source}")]
    Line {
        /// Number of the physical line on which the property begins.
        line: usize,
        /// What is wrong with it.
        source: PropertyError,
    },
    /// A property stands outside of all components.
    #[error("line {line} is outside of any component")]
    Outside {
        /// Number of the line.
        line: usize,
    },
    /// An end without its beginning.
    #[error("line {line} ends {name}, which is not open")]
    NotOpen {
        /// Number of the line.
        line: usize,
        /// Name of the component.
        name: String,
    },
    /// A component that does not end.
    #[error("{name} does not end")]
    NotClosed {
        /// Name of the component.
        name: String,
    },
    /// Components within components without measure.
    #[error("line {line} nests components too deeply")]
    TooDeep {
        /// Number of the line.
        line: usize,
    },
}

/// Reads all components of a text, by rights one `VCALENDAR` (RFC 5545 3.4).
///
/// # Errors
/// When a line is not a property, or components do not begin and end as they should.
pub fn parse(text: &str) -> Result<Vec<Component>, ParseError> {
    let mut done = Vec::new();
    let mut open: Vec<Component> = Vec::new();
    for (line, content) in logical_lines(text) {
        let property = property(line, &content)?;
        match property.name.as_str() {
            "BEGIN" if open.len() >= DEEPEST => return Err(ParseError::TooDeep { line }),
            "BEGIN" => open.push(Component { name: component_name(&property), ..Component::default() }),
            "END" => {
                let name = component_name(&property);
                let Some(component) = open.pop_if(|component| component.name == name) else {
                    return Err(ParseError::NotOpen { line, name });
                };
                open.last_mut().map_or(&mut done, |parent| &mut parent.children).push(component);
            }
            _ => open.last_mut().ok_or(ParseError::Outside { line })?.properties.push(property),
        }
    }
    match open.pop() {
        Some(component) => Err(ParseError::NotClosed { name: component.name }),
        None => Ok(done),
    }
}

impl Component {
    /// First property of a name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// Text of the first property of a name.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.property(name).map(Property::text)
    }

    /// Children of a name.
    pub fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Component> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

impl Property {
    /// First value of a parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(other, _)| other == name)?.1.first().map(String::as_str)
    }

    /// Value as TEXT (RFC 5545 3.3.11).
    #[must_use]
    pub fn text(&self) -> String {
        unescape_text(&self.value)
    }

    /// Value as a list of TEXT, such as `CATEGORIES`.
    #[must_use]
    pub fn text_list(&self) -> Vec<String> {
        let mut escaped = false;
        let values = self.value.split(|character| {
            let splits = character == ',' && !escaped;
            escaped = character == '\\' && !escaped;
            splits
        });
        values.map(unescape_text).collect()
    }

    /// Value as moments, such as of `DTSTART` or `EXDATE`. None if one of them is not a moment, is a local time without a
    /// zone, or one in a zone that IANA does not know.
    #[must_use]
    pub fn moments(&self) -> Option<Vec<Moment>> {
        self.value.split(',').map(|value| moment(value.trim(), self.param("TZID"))).collect()
    }
}

fn moment(value: &str, zone: Option<&str>) -> Option<Moment> {
    if !value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T' || byte == b'Z') {
        return None;
    }
    let time = |value: &str| NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok();
    match (value.len(), value.strip_suffix('Z')) {
        (8, _) => NaiveDate::parse_from_str(value, "%Y%m%d").ok().map(Moment::Day),
        (16, Some(value)) => time(value).map(|at| Moment::Utc(at.and_utc())),
        (15, None) => Some(Moment::Local { at: time(value)?, zone: zone?.parse::<Tz>().ok()? }),
        _ => None,
    }
}

fn component_name(property: &Property) -> String {
    property.value.trim().to_ascii_uppercase()
}

/// Unfolded lines that are not empty, each with the number of its first physical line (RFC 5545 3.1).
fn logical_lines(text: &str) -> impl Iterator<Item = (usize, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut physical = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).zip(1..).peekable();
    std::iter::from_fn(move || {
        let (line, number) = physical.next()?;
        let mut content = line.to_owned();
        while let Some((line, _)) = physical.next_if(|(line, _)| line.starts_with([' ', '\t'])) {
            content.extend(line.get(1..));
        }
        Some((number, content))
    })
    .filter(|(_, content)| !content.trim().is_empty())
}

/// Reads one line: name and parameters by the `ical` crate, the value as it stands, as the crate takes white space at its
/// end and colons at its beginning away.
fn property(line: usize, content: &str) -> Result<Property, ParseError> {
    let (head, value) = match value_index(content) {
        Some(index) => (&content[..index], &content[index + 1..]),
        None => return Err(ParseError::Line { line, source: PropertyError::MissingDelimiter { line, delimiter: ':' } }),
    };
    let head = format!("{head}:");
    let read = PropertyParser::from_reader(head.as_bytes()).next();
    let read = read.unwrap_or(Err(PropertyError::MissingName { line })).map_err(|source| ParseError::Line { line, source })?;
    let params = read.params.unwrap_or_default().into_iter();
    Ok(Property {
        name: read.name.to_ascii_uppercase(),
        params: params.map(|(name, values)| (name, values.iter().map(|value| unescape_parameter(value).into_owned()).collect())).collect(),
        value: value.to_owned(),
    })
}

/// Where the colon before the value is: the first outside of quotes, or the first if all are within.
fn value_index(content: &str) -> Option<usize> {
    let mut quoted = false;
    let outside = content.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    });
    outside.or_else(|| content.find(':'))
}
