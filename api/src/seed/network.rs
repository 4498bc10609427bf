//! The network's own row: its office, and who it stands beside.

use entity::lists::OpeningHour;
use entity::words::Weekday;

use super::files::{NETWORK, OpeningHours};
use super::parse::{Entry, some};
use super::{SeedError, Seeding};
use crate::kernel::Locale;
use crate::organisations::store::write::{self, NewNetwork};

const KIND: &str = "network";
/// Languages of its public life, and of what this platform says.
const LOCALES: [&str; 2] = ["de", "en"];

/// Writes the row, unless there is one.
pub(super) async fn row(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    if write::has_network(seeding.tx).await? {
        seeding.report.count_present(KIND);
        return Ok(());
    }
    let (network, organisations) = (&seeding.files.network, &seeding.known.organisations);
    let entry = Entry { file: NETWORK, slug: &network.slug };
    let funders = network.funders_footer_2022.iter().chain(&network.other_funders);
    let new = NewNetwork {
        organisation_id: entry.find(organisations, "organisation", &network.slug)?,
        legal_name: network.name.clone(),
        directions: None,
        opening_hours: opening_hours(&entry, &network.opening_hours)?,
        opening_hours_note: some(&network.opening_hours_note_de),
        time_zone: entry.parse(&network.timezone)?,
        locales: LOCALES.iter().map(|locale| entry.parse(locale)).collect::<Result<Vec<Locale>, _>>()?,
        funders: funders.map(|funder| entry.find(organisations, "organisation", &funder.slug)).collect::<Result<_, _>>()?,
        umbrellas: vec![entry.find(organisations, "organisation", &network.umbrella.slug)?],
    };
    write::insert_network(seeding.tx, seeding.app, &new).await?;
    seeding.report.count_added(KIND);
    Ok(())
}

fn opening_hours(entry: &Entry<'_>, hours: &[OpeningHours]) -> Result<Vec<OpeningHour>, SeedError> {
    let spans = hours.iter().flat_map(|span| span.days.iter().map(move |day| (day, span)));
    spans.map(|(day, span)| Ok(OpeningHour { weekday: weekday(entry, day)?, opens_at: span.opens, closes_at: span.closes })).collect()
}

fn weekday(entry: &Entry<'_>, day: &str) -> Result<Weekday, SeedError> {
    Ok(match day {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        other => return Err(entry.wrong(format!("`{other}` is no day of the week"))),
    })
}
