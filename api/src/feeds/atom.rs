//! The latest posts as Atom (RFC 4287).

use atom_syndication::{Category, Content, Entry, Feed, Generator, Link, Person, Text};
use chrono::{DateTime, Utc};

use super::latest::{self, Latest};
use super::xml::fit;

/// Writes a feed of Atom.
#[must_use]
pub fn write(latest: &Latest) -> String {
    let own = latest.address("atom");
    let feed = Feed {
        title: text(&latest.title, &latest.locale),
        id: own.clone(),
        updated: latest.last_modified.fixed_offset(),
        authors: vec![person(&latest.publisher)],
        generator: Some(Generator { value: "miso".to_owned(), uri: None, version: None }),
        icon: latest.icon.clone(),
        links: vec![link("self", own, Some("application/atom+xml")), link("alternate", latest.page.clone(), Some("text/html"))],
        lang: Some(latest.locale.clone()),
        entries: latest.entries.iter().map(entry).collect(),
        ..Feed::default()
    };
    feed.to_string()
}

fn entry(entry: &latest::Entry) -> Entry {
    let mut links = vec![link("alternate", entry.page.clone(), Some("text/html"))];
    if let Some(recording) = &entry.recording {
        let length = Some(recording.bytes.to_string());
        links.push(Link { length, ..link("enclosure", recording.address.clone(), Some(&recording.media_type)) });
    }
    Entry {
        title: text(&entry.title, &entry.locale),
        id: entry.id.clone(),
        updated: at(entry.updated_at),
        published: Some(at(entry.published_at)),
        authors: entry.authors.iter().map(|name| person(name)).collect(),
        categories: entry.topics.iter().map(|topic| Category { term: fit(topic).into_owned(), ..Category::default() }).collect(),
        links,
        summary: Some(&entry.teaser).filter(|teaser| !teaser.is_empty()).map(|teaser| text(teaser, &entry.locale)),
        content: Some(Content {
            value: Some(fit(&entry.html).into_owned()),
            content_type: Some("html".to_owned()),
            lang: Some(entry.locale.clone()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn at(moment: DateTime<Utc>) -> DateTime<chrono::FixedOffset> {
    moment.fixed_offset()
}

fn text(value: &str, locale: &str) -> Text {
    Text { lang: Some(locale.to_owned()), ..Text::plain(fit(value)) }
}

fn person(name: &str) -> Person {
    Person { name: fit(name).into_owned(), ..Person::default() }
}

fn link(rel: &str, href: String, media_type: Option<&str>) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: media_type.map(str::to_owned), ..Link::default() }
}
