//! A one-pass writer of content lines (RFC 5545 3.1) into one `String`.

use chrono::{DateTime, Utc};

use crate::Moment;
use crate::escape::{push_parameter, push_raw, push_text};
use crate::fold::fold_into;

/// Writes components and properties one after the other.
///
/// Names of components, properties and parameters are the program's own; values may be anything: none of them can end its
/// line, so none can add a property or a component.
#[derive(Debug, Clone, Default)]
pub struct Writer {
    out: String,
    line: String,
}

/// Names and values of a property's parameters.
type Parameters<'a> = &'a [(&'static str, &'a str)];

impl Writer {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for so many octets.
    #[must_use]
    pub fn with_capacity(octets: usize) -> Self {
        Self { out: String::with_capacity(octets), line: String::new() }
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Opens a component: `BEGIN:VEVENT`.
    pub fn begin(&mut self, component: &'static str) {
        self.property("BEGIN", &[], |line| line.push_str(component));
    }

    /// Closes a component: `END:VEVENT`.
    pub fn end(&mut self, component: &'static str) {
        self.property("END", &[], |line| line.push_str(component));
    }

    /// A TEXT property, escaped (RFC 5545 3.3.11).
    pub fn text(&mut self, name: &'static str, value: &str) {
        self.text_with(name, &[], value);
    }

    /// A TEXT property with parameters.
    pub fn text_with(&mut self, name: &'static str, params: Parameters<'_>, value: &str) {
        self.property(name, params, |line| push_text(line, value));
    }

    /// A list of TEXT values, such as `CATEGORIES`; nothing if there are none.
    pub fn text_list<'v>(&mut self, name: &'static str, values: impl IntoIterator<Item = &'v str>) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            return;
        }
        self.property(name, &[], |line| {
            for (index, value) in values.enumerate() {
                if index > 0 {
                    line.push(',');
                }
                push_text(line, value);
            }
        });
    }

    /// A value without escaping of its own, such as RECUR; controls are dropped.
    pub fn raw(&mut self, name: &'static str, value: &str) {
        self.raw_with(name, &[], value);
    }

    /// A value without escaping of its own, with parameters.
    pub fn raw_with(&mut self, name: &'static str, params: Parameters<'_>, value: &str) {
        self.property(name, params, |line| push_raw(line, value));
    }

    /// A word from a fixed list, such as `CONFIRMED`.
    pub fn token(&mut self, name: &'static str, value: &'static str) {
        self.raw(name, value);
    }

    /// An INTEGER (RFC 5545 3.3.8).
    pub fn integer(&mut self, name: &'static str, value: impl Into<i64>) {
        self.raw(name, &value.into().to_string());
    }

    /// A URI (RFC 5545 3.3.13), for properties whose value is one by default.
    pub fn uri(&mut self, name: &'static str, value: &str) {
        self.raw(name, value);
    }

    /// A URI or CAL-ADDRESS with parameters; `VALUE=URI` is among them where the property asks for it.
    pub fn uri_with(&mut self, name: &'static str, params: Parameters<'_>, value: &str) {
        self.raw_with(name, params, value);
    }

    /// An instant: `DTSTAMP:20220517T160000Z`.
    pub fn utc(&mut self, name: &'static str, instant: DateTime<Utc>) {
        self.property(name, &[], |line| Moment::Utc(instant).push_value(line));
    }

    /// A moment in its own form: with `VALUE=DATE`, with `TZID`, or in UTC.
    pub fn moment(&mut self, name: &'static str, moment: &Moment) {
        let zone = moment.zone();
        let params: Parameters<'_> = match (moment, &zone) {
            (Moment::Day(_), _) => &[("VALUE", "DATE")],
            (_, Some(zone)) => &[("TZID", zone.name())],
            (_, None) => &[],
        };
        self.property(name, params, |line| moment.push_value(line));
    }

    /// Moments of a list such as `EXDATE` or `RDATE`, one property each.
    pub fn moments(&mut self, name: &'static str, moments: &[Moment]) {
        for moment in moments {
            self.moment(name, moment);
        }
    }

    /// One logical line.
    fn property(&mut self, name: &'static str, params: Parameters<'_>, push_value: impl FnOnce(&mut String)) {
        self.line.clear();
        self.line.push_str(name);
        for (name, value) in params {
            self.line.extend([";", name, "="]);
            push_parameter(&mut self.line, value);
        }
        self.line.push(':');
        push_value(&mut self.line);
        fold_into(&mut self.out, &self.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use chrono_tz::Tz;

    #[test]
    fn each_kind_of_value() {
        let day = NaiveDate::from_ymd_opt(2022, 5, 17).unwrap_or_default();
        let at = day.and_hms_opt(18, 0, 0).unwrap_or_default();
        let mut writer = Writer::new();
        writer.begin("VEVENT");
        writer.text_with("SUMMARY", &[("LANGUAGE", "de")], "Tanz, Musik");
        writer.text_list("CATEGORIES", ["a,b", "c"]);
        writer.text_list("RESOURCES", []);
        writer.integer("SEQUENCE", 3_u32);
        writer.uri_with("ORGANIZER", &[("CN", "A: B")], "mailto:a@example.org");
        writer.utc("DTSTAMP", at.and_utc());
        writer.moments("RDATE", &[Moment::Day(day), Moment::Local { at, zone: Tz::Europe__Berlin }, Moment::Utc(at.and_utc())]);
        writer.end("VEVENT");
        let expected = "BEGIN:VEVENT\r\nSUMMARY;LANGUAGE=de:Tanz\\, Musik\r\nCATEGORIES:a\\,b,c\r\nSEQUENCE:3\r\n\
            ORGANIZER;CN=\"A: B\":mailto:a@example.org\r\nDTSTAMP:20220517T180000Z\r\nRDATE;VALUE=DATE:20220517\r\n\
            RDATE;TZID=Europe/Berlin:20220517T180000\r\nRDATE:20220517T180000Z\r\nEND:VEVENT\r\n";
        assert_eq!(writer.finish(), expected);
    }
}
