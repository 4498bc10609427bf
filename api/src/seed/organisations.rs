//! Topics, and the organisations that the sources name.

use chrono::NaiveDate;
use entity::words::{MembershipDecision, OrganisationKind};

use super::files::{self, Fact, NETWORK, NETWORK_TEXT_DE, NETWORK_TEXT_EN, ORGANISATIONS, Organisation, Partner};
use super::parse::{Entry, some};
use super::{SeedError, Seeding};
use crate::kernel::{Locale, Markdown, PartialDate};
use crate::organisations::store::write::{self, NewAddress, NewMembership, NewOrganisation, NewOrganisationText};
use crate::tags::store::write as tag_store;

const TAG: &str = "topics";
pub(super) const ORGANISATION: &str = "organisations";

/// Topics of organisations, posts and events.
pub(super) async fn tags(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    for (slug, name) in &seeding.files.mapping.topics {
        if seeding.known.tags.contains_key(slug) {
            seeding.report.count_present(TAG);
            continue;
        }
        let new = tag_store::NewTag { slug: Entry { file: files::MAPPING, slug }.slug()?, name: name.clone() };
        let id = tag_store::insert(seeding.tx, seeding.app, &new).await?;
        seeding.known.tags.insert(slug.clone(), id);
        seeding.report.count_added(TAG);
    }
    Ok(())
}

/// The organisations of the table, and the partners that only the network's file names.
pub(super) async fn all(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    let files = seeding.files;
    for row in &files.organisations {
        let new = organisation(seeding, row)?;
        let membership = if row.kind == OrganisationKind::Member { Some(membership(seeding, row)?) } else { None };
        insert(seeding, &new, membership).await?;
    }
    for partner in &files.network.partner_organisations {
        if files.organisations.iter().all(|row| row.slug != partner.slug) {
            let new = self::partner(seeding, partner)?;
            insert(seeding, &new, None).await?;
        }
    }
    Ok(())
}

/// Inserts an organisation, unless it is there.
pub(super) async fn insert(seeding: &mut Seeding<'_>, new: &NewOrganisation, membership: Option<NewMembership>) -> Result<(), SeedError> {
    if seeding.known.organisations.contains_key(new.slug.as_str()) {
        seeding.report.count_present(ORGANISATION);
        return Ok(());
    }
    let id = write::insert(seeding.tx, seeding.app, new).await?;
    if let Some(membership) = membership {
        write::insert_membership(seeding.tx, seeding.app, id, &membership).await?;
    }
    seeding.known.organisations.insert(new.slug.to_string(), id);
    seeding.report.count_added(ORGANISATION);
    Ok(())
}

/// A member since nobody knows when, which counts from the network's founding.
pub(super) fn member_since_unknown() -> NewMembership {
    NewMembership { decision: MembershipDecision::Admitted, applied_on: None, joined_on: None, left_on: None, is_founding: false }
}

fn organisation(seeding: &Seeding<'_>, row: &Organisation) -> Result<NewOrganisation, SeedError> {
    let (entry, network) = (Entry { file: ORGANISATIONS, slug: &row.slug }, &seeding.files.network);
    let facts: Vec<&Fact> = seeding.files.facts.iter().filter(|fact| fact.slug == row.slug).collect();
    let is_network = row.slug == network.slug;
    let founded_on = founded_on(seeding, row, &facts)?;
    let address = &network.address;
    Ok(NewOrganisation {
        slug: entry.slug()?,
        name: row.name.clone(),
        short_name: some(&row.short_name),
        aliases: aliases(seeding, row, &facts),
        kind: row.kind,
        legal_form: some(&row.legal_form),
        original_locale: Locale::german(),
        texts: if is_network { network_texts()? } else { texts(row, founded_on.as_ref(), &facts) },
        languages: Vec::new(),
        tags: focus(seeding, &entry)?,
        website: entry.parse_some(Some(&row.website))?,
        email: if is_network { Some(entry.parse(&network.email)?) } else { None },
        phone: is_network.then(|| network.phone.clone()),
        address: if is_network {
            NewAddress {
                street: some(&address.street),
                extra: some(&address.addition),
                postal_code: some(&address.postal_code),
                city: some(&address.city),
                district: some(&address.district),
                country_code: address.country.clone(),
            }
        } else {
            NewAddress { city: some(&row.city), district: some(&row.district), ..NewAddress::default() }
        },
        // No more than city and district is known, and that from what they publish themselves.
        address_is_public: true,
        location: None,
        founded_on,
        logo_id: None,
        publishes_without_review: is_network,
        sources: entry.sources(sources(seeding, row, &facts))?,
    })
}

fn partner(seeding: &Seeding<'_>, partner: &Partner) -> Result<NewOrganisation, SeedError> {
    let entry = Entry { file: NETWORK, slug: &partner.slug };
    Ok(NewOrganisation {
        slug: entry.slug()?,
        name: partner.name.clone(),
        short_name: partner.short_name.clone(),
        aliases: Vec::new(),
        kind: seeding.files.mapping.partner_kinds.get(&partner.slug).copied().unwrap_or(OrganisationKind::Partner),
        legal_form: partner.name.ends_with("e. V.").then(|| "e. V.".to_owned()),
        original_locale: Locale::german(),
        texts: Vec::new(),
        languages: Vec::new(),
        tags: focus(seeding, &entry)?,
        website: entry.parse_some(partner.website.as_deref())?,
        email: None,
        phone: None,
        address: NewAddress::default(),
        address_is_public: true,
        location: None,
        founded_on: None,
        logo_id: None,
        publishes_without_review: false,
        sources: Vec::new(),
    })
}

fn membership(seeding: &Seeding<'_>, row: &Organisation) -> Result<NewMembership, SeedError> {
    let entry = Entry { file: ORGANISATIONS, slug: &row.slug };
    let founded_it = |fact: &Fact| fact.slug == row.slug && fact.field == "joined_year" && fact.value_de.contains("Gründungsmitglied");
    Ok(NewMembership {
        joined_on: entry.parse_some(Some(&row.joined_on))?,
        left_on: entry.parse_some(Some(&row.left_on))?,
        is_founding: seeding.files.facts.iter().any(founded_it),
        ..member_since_unknown()
    })
}

/// The year of the table, or what a fact says more precisely of that year; of the network and its umbrella what their file says.
fn founded_on(seeding: &Seeding<'_>, row: &Organisation, facts: &[&Fact]) -> Result<Option<PartialDate>, SeedError> {
    let (entry, network) = (Entry { file: ORGANISATIONS, slug: &row.slug }, &seeding.files.network);
    if row.slug == network.slug {
        return Ok(Some(entry.parse(&network.founded_on)?));
    }
    if row.slug == network.umbrella.slug {
        return Ok(Some(entry.parse(&network.umbrella.founded_on)?));
    }
    let year: Option<PartialDate> = entry.parse_some(Some(&row.founded_year))?;
    let more_precise = facts.iter().filter(|fact| fact.field == "founded_year").find_map(|fact| {
        let stated: PartialDate = fact.value_de.split(' ').next()?.parse().ok()?;
        stated.as_str().starts_with(year.as_ref()?.as_str()).then_some(stated)
    });
    Ok(more_precise.or(year))
}

fn focus(seeding: &Seeding<'_>, entry: &Entry<'_>) -> Result<Vec<entity::id::TagId>, SeedError> {
    let topics = seeding.files.mapping.focus.get(entry.slug).map_or(&[][..], Vec::as_slice);
    entry.find_all(&seeding.known.tags, "topic", topics)
}

/// Other spellings: the network's own, former names, what its partners' list calls it, and those collected by hand.
fn aliases(seeding: &Seeding<'_>, row: &Organisation, facts: &[&Fact]) -> Vec<String> {
    let (network, mapping) = (&seeding.files.network, &seeding.files.mapping);
    let variants = network.name_variants.iter().filter(|_| row.slug == network.slug);
    let former = facts.iter().filter(|fact| fact.field == "former_name").map(|fact| &fact.value_de);
    let listed = network.partner_organisations.iter().filter(|partner| partner.slug == row.slug).map(|partner| &partner.name);
    let collected = mapping.aliases.get(&row.slug).into_iter().flatten();
    let mut aliases: Vec<String> = Vec::new();
    for name in variants.chain(former).chain(listed).chain(collected) {
        if *name != row.name && *name != row.short_name && !aliases.contains(name) {
            aliases.push(name.clone());
        }
    }
    aliases
}

fn sources<'f>(seeding: &'f Seeding<'_>, row: &'f Organisation, facts: &[&'f Fact]) -> Vec<&'f str> {
    let network = &seeding.files.network;
    let mut sources: Vec<&str> = row.source_url.split(" | ").filter(|source| source.contains("://")).collect();
    sources.extend(facts.iter().map(|fact| fact.source_url.as_str()));
    sources.extend(network.membership_events.iter().filter(|event| event.org == row.slug).map(|event| event.source.as_str()));
    if row.slug == network.slug {
        sources.extend(network.sources.iter().map(String::as_str));
        sources.extend(network.membership_history.iter().map(|count| count.source.as_str()));
    }
    sources
}

fn network_texts() -> Result<Vec<NewOrganisationText>, SeedError> {
    let text = |locale: &str, text: &str| {
        Ok::<_, SeedError>(NewOrganisationText {
            locale: Entry { file: NETWORK, slug: locale }.parse(locale)?,
            description: Markdown::new(text.trim()),
        })
    };
    Ok(vec![text("de", NETWORK_TEXT_DE)?, text("en", NETWORK_TEXT_EN)?])
}

/// Its focus, and below it what is known beside: all facts that do not stand in a field of their own.
fn texts(row: &Organisation, founded_on: Option<&PartialDate>, facts: &[&Fact]) -> Vec<NewOrganisationText> {
    let stands_elsewhere = |fact: &Fact| match fact.field.as_str() {
        "former_name" => true,
        "district" => fact.value_de == row.district,
        "founded_year" => founded_on.is_some_and(|founded_on| founded_on.as_str() == fact.value_de),
        _ => false,
    };
    let facts: Vec<String> = facts.iter().filter(|fact| !stands_elsewhere(fact)).map(|fact| said(fact)).collect();
    let listed = if facts.is_empty() { String::new() } else { format!("Belegt ist:\n\n{}", facts.join("\n")) };
    let description = [row.focus_de.clone(), listed].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    if description.is_empty() {
        return Vec::new();
    }
    vec![NewOrganisationText { locale: Locale::german(), description: Markdown::new(&description) }]
}

fn said(fact: &Fact) -> String {
    let what = match fact.field.as_str() {
        "member" => "Mitgliedschaft",
        "joined_year" => "Aufnahme",
        "left" => "Austritt",
        "founded_year" => "Gründung",
        "district" => "Stadtteil",
        "event" => "Veranstaltung",
        "role" => "Aufgabe",
        other => other,
    };
    let as_of = if fact.as_of.is_empty() { String::new() } else { format!(" (Stand {})", german(&fact.as_of)) };
    format!("- {what}: {}{as_of}", fact.value_de)
}

/// A day as it is written in German; all else as it is.
fn german(date: &str) -> String {
    date.parse::<NaiveDate>().map_or_else(|_| date.to_owned(), |day| day.format("%d.%m.%Y").to_string())
}
