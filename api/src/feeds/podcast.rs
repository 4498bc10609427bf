//! The podcast of a programme: RSS 2.0 with enclosures, and what podcast directories ask for beside it.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use entity::id::MediaId;
use entity::words::MediaKind;
use entity::{media, organisation, post, post_text, programme, programme_text};
use rss::extension::atom::{AtomExtension, Link};
use rss::extension::itunes::{ITunesCategory, ITunesChannelExtension, ITunesItemExtension, ITunesOwner};
use rss::{Channel, Enclosure, Guid, Item};

use super::store;
use crate::access::Viewer;
use crate::app::App;
use crate::files::name::address;
use crate::kernel::{Fault, Markdown, Refused};
use crate::{media as pictures, organisations, posts, programmes};

/// A feed's bytes, and when something in it last changed.
#[derive(Debug)]
pub struct Feed {
    /// RSS 2.0.
    pub text: Vec<u8>,
    /// When something in it last changed.
    pub last_modified: DateTime<Utc>,
}

/// The podcast of a programme, in the language that each text was written in.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such programme, or it does not broadcast.
pub async fn of_programme(app: &App, slug: &str) -> Result<Feed, Fault> {
    let found = programmes::store::by_slug(&app.db, slug).await?.filter(|programme| programme.is_broadcast);
    let programme = found.ok_or(Refused::NotFound)?;
    let texts = programmes::store::texts(&app.db, vec![programme.id]).await?.remove(&programme.id).unwrap_or_default();
    let text = texts.into_iter().find(|text| text.locale == programme.original_locale).ok_or(Refused::NotFound)?;
    let owners = organisations::store::by_ids(&app.db, &Viewer::Visitor, vec![programme.organisation_id]).await?;
    let owner = owners.into_values().next().ok_or(Refused::NotFound)?;
    let episodes = store::episodes(&app.db, programme.id).await?;
    let mut texts = posts::store::parts::texts(&app.db, episodes.iter().map(|post| post.id).collect()).await?;
    let shown = episodes.iter().flat_map(|post| [post.audio_id, post.cover_id]).chain([owner.logo_id]).flatten().collect();
    let shown = pictures::store::by_ids(&app.db, shown).await?;
    let items = episodes.iter().filter_map(|post| {
        let texts = texts.remove(&post.id)?;
        episode(app, post, texts.iter().find(|text| text.locale == post.original_locale)?, &shown)
    });
    let mut channel = channel(app, &programme, &text, &owner, &shown);
    channel.set_items(items.collect::<Vec<_>>());
    let times = episodes.iter().map(|post| post.updated_at).chain([programme.updated_at, owner.updated_at]);
    let last_modified = times.max().unwrap_or(programme.updated_at);
    channel.set_last_build_date(last_modified.to_rfc2822());
    let mut bytes = Vec::new();
    channel.write_to(&mut bytes).map_err(|error| Fault::Broken(format!("a podcast cannot be written: {error}")))?;
    Ok(Feed { text: bytes, last_modified })
}

fn channel(
    app: &App,
    programme: &programme::Model,
    text: &programme_text::Model,
    owner: &organisation::Model,
    shown: &HashMap<MediaId, media::Model>,
) -> Channel {
    let page = app.url(&format!("/programmes/{}", programme.slug));
    let description = Some(Markdown::new(&text.description_markdown).to_plain_text()).filter(|text| !text.trim().is_empty());
    let mut itunes = ITunesChannelExtension::default();
    itunes.set_author(owner.name.clone());
    itunes.set_explicit("false".to_owned());
    // Directories take no podcast without a category; of theirs this fits what associations tell.
    itunes.set_categories(vec![ITunesCategory { text: "Society & Culture".to_owned(), subcategory: None }]);
    if let Some(email) = &owner.email {
        itunes.set_owner(ITunesOwner { name: Some(owner.name.clone()), email: Some(email.clone()) });
    }
    if let Some(logo) = owner.logo_id.and_then(|id| shown.get(&id)) {
        itunes.set_image(app.url(&address(&logo.file)));
    }
    let own = Link {
        href: app.url(&format!("/programmes/{}/podcast.xml", programme.slug)),
        rel: "self".to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let mut channel = Channel::default();
    channel.set_title(text.name.clone());
    channel.set_link(page);
    channel.set_description(description.unwrap_or_else(|| text.name.clone()));
    channel.set_language(programme.original_locale.clone());
    channel.set_itunes_ext(itunes);
    channel.set_atom_ext(AtomExtension { links: vec![own] });
    channel.set_namespaces(BTreeMap::from([
        ("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned()),
        ("content".to_owned(), "http://purl.org/rss/1.0/modules/content/".to_owned()),
        ("itunes".to_owned(), "http://www.itunes.com/dtds/podcast-1.0.dtd".to_owned()),
    ]));
    channel
}

fn episode(app: &App, post: &post::Model, text: &post_text::Model, shown: &HashMap<MediaId, media::Model>) -> Option<Item> {
    let audio = shown.get(&post.audio_id?).filter(|media| media.kind == MediaKind::Audio)?;
    let mut itunes = ITunesItemExtension::default();
    if let Some(seconds) = audio.duration_seconds {
        itunes.set_duration(seconds.to_string());
    }
    if let Some(cover) = post.cover_id.and_then(|id| shown.get(&id)) {
        itunes.set_image(app.url(&address(&cover.file)));
    }
    let mut item = Item::default();
    item.set_title(text.title.clone());
    item.set_link(app.url(&format!("/posts/{}", post.slug)));
    item.set_guid(Guid { value: format!("{}@{}", post.id.0, app.config.public_host()), permalink: false });
    item.set_pub_date(post.published_at.map(|at| at.to_rfc2822()));
    item.set_description(Some(text.teaser.clone()).filter(|teaser| !teaser.is_empty()));
    item.set_content(text.body_html.clone());
    item.set_enclosure(Enclosure {
        url: app.url(&address(&audio.file)),
        length: audio.bytes.to_string(),
        mime_type: audio.media_type.clone(),
    });
    item.set_itunes_ext(itunes);
    Some(item)
}
