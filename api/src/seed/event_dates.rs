//! When the events of the sources were: their schedules, and of a touring exhibition the stations.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::id::VenueId;

use super::SeedError;
use super::files::{Event, Station};
use super::parse::Entry;
use crate::events::rules::schedule::{self, PlannedDate, Schedule, instant};
use crate::events::store::write::{NewDate, NewPlace};

/// Its schedule. Where no time is known it is all day, and its last day is in; a touring exhibition begins anew at each
/// station, and what is said of its whole time is said by its stations.
pub(super) fn schedule(entry: &Entry<'_>, event: &Event, zone: Tz) -> Result<Schedule, SeedError> {
    let last_day = event.stations.first().map(|station| station.to).or(event.end_date);
    let mut further_dates = Vec::new();
    for station in event.stations.iter().skip(1) {
        let from = station.from.ok_or_else(|| entry.wrong(format!("station `{}` has no first day", station.venue)))?;
        further_dates.push(midnight(from, zone));
    }
    Ok(Schedule {
        starts_at: event.starts_at.map_or_else(|| midnight(event.date, zone), |at| instant(at, zone)),
        ends_at: event.ends_at.map(|at| instant(at, zone)).or(last_day.map(|day| after(day, zone))),
        doors_at: None,
        is_all_day: event.starts_at.is_none(),
        zone,
        recurrence: None,
        except_dates: Vec::new(),
        further_dates,
    })
}

/// Its dates: one, or one for each station, until its last day there.
pub(super) fn dates(
    entry: &Entry<'_>,
    event: &Event,
    schedule: &Schedule,
    of_event: &NewPlace,
    venues: &HashMap<String, VenueId>,
) -> Result<Vec<NewDate>, SeedError> {
    let planned = schedule::dates(schedule, schedule.starts_at).map_err(|unsound| entry.wrong(unsound))?;
    if event.stations.is_empty() {
        return Ok(planned.into_iter().map(NewDate::planned).collect());
    }
    let station = |(when, station): (PlannedDate, &Station)| {
        let ends_at = after(station.to, schedule.zone);
        let venue_id = Some(entry.find(venues, "venue", &station.venue)?);
        let place = NewPlace { venue_id, room: station.room.clone(), ..of_event.clone() };
        let when = PlannedDate { ends_at: Some(ends_at), over_at: ends_at, ..when };
        Ok(NewDate { place: (place != *of_event).then_some(place), ..NewDate::planned(when) })
    };
    planned.into_iter().zip(&event.stations).map(station).collect()
}

/// What is not known of its time.
pub(super) fn time_note(entry: &Entry<'_>, event: &Event) -> Result<Option<String>, SeedError> {
    match event.date_precision.as_str() {
        "month" => Ok(Some("genauer Tag offen".to_owned())),
        "day" => Ok(event.starts_at.is_none().then(|| "Uhrzeit nicht bekannt".to_owned())),
        other => Err(entry.wrong(format!("`{other}` is no precision"))),
    }
}

fn midnight(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN), zone)
}

/// The end of a day.
fn after(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    midnight(day + TimeDelta::days(1), zone)
}
