//! Programmes that the sources name.

use chrono::NaiveDateTime;

use super::files::{PROGRAMMES, Programme};
use super::parse::Entry;
use super::{SeedError, Seeding};
use crate::kernel::{Locale, Markdown, PartialDate};
use crate::programmes::store::write::{self, NewProgramme, NewProgrammeText};

const KIND: &str = "programmes";

/// Writes those that are missing.
pub(super) async fn all(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    for programme in &seeding.files.programmes {
        if seeding.known.programmes.contains_key(&programme.slug) {
            seeding.report.count_present(KIND);
            continue;
        }
        let new = self::programme(seeding, programme)?;
        let id = write::insert(seeding.tx, seeding.app, &new).await?;
        seeding.known.programmes.insert(programme.slug.clone(), id);
        seeding.report.count_added(KIND);
    }
    Ok(())
}

fn programme(seeding: &Seeding<'_>, programme: &Programme) -> Result<NewProgramme, SeedError> {
    let (entry, organisations) = (Entry { file: PROGRAMMES, slug: &programme.slug }, &seeding.known.organisations);
    let owner = programme.organisation.as_ref().unwrap_or(&seeding.files.network.slug);
    let of_grants = programme.grants.iter().map(|grant| &grant.source);
    Ok(NewProgramme {
        slug: entry.slug()?,
        organisation_id: entry.find(organisations, "organisation", owner)?,
        is_broadcast: programme.kind == "radio",
        original_locale: Locale::german(),
        texts: vec![NewProgrammeText {
            locale: Locale::german(),
            name: programme.name.clone(),
            description: Markdown::new(&description(&entry, programme)?),
        }],
        funders: entry.find_all(organisations, "organisation", &programme.funder_slugs)?,
        started_on: entry.parse_some(programme.started.as_deref())?,
        ended_on: ended_on(seeding, programme)?,
        sources: entry.sources(programme.sources.iter().chain(of_grants).map(String::as_str))?,
    })
}

/// Of a programme that is closed, the last day of its events, where that is known.
fn ended_on(seeding: &Seeding<'_>, programme: &Programme) -> Result<Option<PartialDate>, SeedError> {
    let events = seeding.files.events.iter().filter(|event| event.programme.as_ref() == Some(&programme.slug));
    let last = events.filter_map(|event| event.end_date).max().filter(|_| programme.status == "closed");
    last.map(|day| Entry { file: PROGRAMMES, slug: &programme.slug }.parse(&day.to_string())).transpose()
}

/// Its summary, and all that has no field of its own: its long name, broadcasts, grants, and how it stands.
fn description(entry: &Entry<'_>, programme: &Programme) -> Result<String, SeedError> {
    let mut parts = vec![programme.summary_de.clone()];
    parts.extend(programme.long_name.as_ref().map(|name| format!("Langer Name: {name}.")));
    let mut list = Vec::new();
    for episode in &programme.episodes {
        let aired_at = NaiveDateTime::parse_from_str(&episode.aired_at, "%Y-%m-%dT%H:%M").map_err(|error| entry.wrong(error))?;
        list.push(format!("- {}, {} Minuten: {}", aired_at.format("%d.%m.%Y, %H:%M Uhr"), episode.duration_min, episode.title_de));
    }
    list.extend(programme.grants.iter().map(|grant| format!("- {}: {}", grant.year, grant.note_de)));
    parts.extend((!list.is_empty()).then(|| list.join("\n")));
    parts.push(match programme.status.as_str() {
        "active_2022" => "Stand 2022: läuft.".to_owned(),
        "series" => "Eine Reihe; ihre Veranstaltungen stehen im Kalender.".to_owned(),
        "closed" => "Abgeschlossen.".to_owned(),
        "mentioned_2017" => "Stand 2017: läuft.".to_owned(),
        "later_than_seed" => "Begann nach dem 18. Mai 2022.".to_owned(),
        other => return Err(entry.wrong(format!("`{other}` is no status"))),
    });
    Ok(parts.join("\n\n"))
}
