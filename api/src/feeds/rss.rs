//! The latest posts as RSS 2.0.

use std::collections::BTreeMap;

use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::{Category, Channel, Enclosure, Guid, Image, Item};

use super::latest::{Entry, Latest};
use super::xml::fit;

/// Writes a feed of RSS. Names of authors stand in `dc:creator`, as RSS itself has room for addresses only.
#[must_use]
pub fn write(latest: &Latest) -> String {
    let own =
        Link { href: latest.address("rss"), rel: "self".to_owned(), mime_type: Some("application/rss+xml".to_owned()), ..Link::default() };
    let title = fit(&latest.title).into_owned();
    let image = |url: &String| Image { url: url.clone(), title: title.clone(), link: latest.page.clone(), ..Image::default() };
    let channel = Channel {
        title: title.clone(),
        link: latest.page.clone(),
        description: fit(&latest.publisher).into_owned(),
        language: Some(latest.locale.clone()),
        last_build_date: Some(latest.last_modified.to_rfc2822()),
        image: latest.icon.as_ref().map(image),
        atom_ext: Some(AtomExtension { links: vec![own] }),
        namespaces: BTreeMap::from([
            ("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned()),
            ("content".to_owned(), "http://purl.org/rss/1.0/modules/content/".to_owned()),
            ("dc".to_owned(), "http://purl.org/dc/elements/1.1/".to_owned()),
        ]),
        items: latest.entries.iter().map(item).collect(),
        ..Channel::default()
    };
    channel.to_string()
}

fn item(entry: &Entry) -> Item {
    Item {
        title: Some(fit(&entry.title).into_owned()),
        link: Some(entry.page.clone()),
        guid: Some(Guid { value: entry.id.clone(), permalink: false }),
        pub_date: Some(entry.published_at.to_rfc2822()),
        description: Some(fit(&entry.teaser).into_owned()).filter(|teaser| !teaser.is_empty()),
        content: Some(fit(&entry.html).into_owned()),
        categories: entry.topics.iter().map(|topic| Category { name: fit(topic).into_owned(), domain: None }).collect(),
        enclosure: entry.recording.as_ref().map(|recording| Enclosure {
            url: recording.address.clone(),
            length: recording.bytes.to_string(),
            mime_type: recording.media_type.clone(),
        }),
        dublin_core_ext: Some(DublinCoreExtension {
            creators: entry.authors.iter().map(|name| fit(name).into_owned()).collect(),
            languages: vec![entry.locale.clone()],
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}
