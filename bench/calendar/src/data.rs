//! The events that every writer is given: the same each time, with German, Arabic, emoji, and what breaks careless writers.

use std::error::Error;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// An event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// Its name for ever.
    pub uid: String,
    /// Title.
    pub summary: String,
    /// Plain text.
    pub description: String,
    /// Place in one line.
    pub location: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// On the wall in Berlin, e.g. `2022-05-17T18:00:00`.
    pub start: NaiveDateTime,
    /// The same.
    pub end: NaiveDateTime,
    /// Last revision, UTC.
    pub stamp: NaiveDateTime,
    /// How often it was moved.
    pub sequence: u32,
    /// Page.
    pub url: String,
    /// Categories.
    pub categories: Vec<String>,
    /// Who holds it.
    pub organizer: String,
    /// At which mailbox.
    pub email: String,
}

const TITLES: [&str; 6] = [
    "Fest der Kulturen – Musik, Tanz; Essen",
    "Lesung: „Über die Grenze“ mit Gespräch",
    "ورشة عمل حول المشاركة السياسية",
    "Women’s café 🎉👩‍🌾 (open to all)",
    "Beratung\r\nBEGIN:VEVENT",
    "Sitzung des Vorstands, öffentlicher Teil \\ Protokoll",
];

const PARAGRAPH: &str = "Ein Abend mit Beiträgen aus den Mitgliedsorganisationen, anschließend Gespräch und Imbiss. Der Raum ist ohne Stufen \
    zu erreichen; Gebärdensprache auf Anfrage. ";

/// Writes so many events, as JSON.
pub fn write(count: u32, file: &Path) -> Result<(), Box<dyn Error>> {
    let first = NaiveDate::from_ymd_opt(2022, 1, 3).and_then(|day| day.and_hms_opt(18, 0, 0)).ok_or("no such day")?;
    let events: Vec<Event> = (0..count).map(|number| event(number, first)).collect();
    Ok(std::fs::write(file, serde_json::to_string(&events)?)?)
}

/// Reads them.
pub fn read(file: &Path) -> Result<Vec<Event>, Box<dyn Error>> {
    Ok(serde_json::from_str(&std::fs::read_to_string(file)?)?)
}

fn event(number: u32, first: NaiveDateTime) -> Event {
    let at = number as usize;
    let start = first + TimeDelta::hours(i64::from(number) * 7);
    Event {
        uid: format!("018f0000-0000-7000-8000-{number:012x}@miso.example"),
        summary: format!("{} {number}", TITLES[at % TITLES.len()]),
        description: format!("{}\n\nhttps://miso.example/events/event-{number}", PARAGRAPH.repeat(1 + at % 4)),
        location: format!("Kulturzentrum Faust, Zur Bettfedernfabrik {}, 30451 Hannover", 1 + at % 90),
        latitude: 52.37 + f64::from(number % 100) / 10_000.0,
        longitude: 9.73 + f64::from(number % 100) / 10_000.0,
        start,
        end: start + TimeDelta::hours(2),
        stamp: first - TimeDelta::minutes(i64::from(number % 10_000)),
        sequence: number % 4,
        url: format!("https://miso.example/events/event-{number}"),
        categories: vec!["Konzert".to_owned(), "Kultur, Bildung".to_owned()],
        organizer: "MiSO-Netzwerk Hannover e. V.".to_owned(),
        email: "info@miso.example".to_owned(),
    }
}
