//! From events in memory to the bytes of their calendar.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono_tz::Europe::Berlin;
use ics::{Calendar, Moment, Person};

use crate::by_hand;
use crate::data::{Event, read};

/// Each is done so often; the fastest and the middle one count.
const ROUNDS: usize = 15;

/// Prints milliseconds, as the scripts for other programs do: what, fastest, middle, bytes.
pub fn measure(file: &Path) -> Result<(), Box<dyn Error>> {
    let events = read(file)?;
    report("miso, crate ics", || with_crate(&events));
    report("by hand, one pass", || by_hand::render(&events));
    std::fs::write(file.with_extension("ics"), with_crate(&events))?;
    Ok(())
}

fn report(what: &str, render: impl Fn() -> String) {
    let mut times: Vec<Duration> = Vec::new();
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        bytes = black_box(render()).len();
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("{what}\t{:.2}\t{:.2}\t{bytes}", milliseconds(times[0]), milliseconds(times[ROUNDS / 2]));
}

/// The events made into those of the crate, and the calendar written.
fn with_crate(events: &[Event]) -> String {
    let mut calendar = Calendar::new("-//Example//EN", "Events");
    calendar.events = events.iter().map(entry).collect();
    ics::render(&calendar)
}

fn entry(event: &Event) -> ics::Event<'_> {
    let stamp = event.stamp.and_utc();
    ics::Event {
        sequence: event.sequence,
        created: Some(stamp),
        last_modified: Some(stamp),
        end: Some(Moment::Local { at: event.end, zone: Berlin }),
        language: Some("de".into()),
        description: Some(event.description.as_str().into()),
        location: Some(event.location.as_str().into()),
        geo: Some((event.latitude, event.longitude)),
        url: Some(event.url.as_str().into()),
        categories: event.categories.iter().map(|category| category.as_str().into()).collect(),
        organizer: Some(Person { name: event.organizer.as_str().into(), email: event.email.as_str().into() }),
        ..ics::Event::new(event.uid.as_str(), stamp, Moment::Local { at: event.start, zone: Berlin }, event.summary.as_str())
    }
}
