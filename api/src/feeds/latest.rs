//! The latest posts of the network, of an organisation, or about a topic, before they are written in a format of feeds.

use chrono::{DateTime, Utc};
use entity::words::MediaKind;
use entity::{media, organisation, post, tag};
use url::form_urlencoded;

use super::store;
use crate::access::Viewer;
use crate::app::App;
use crate::files::name::address;
use crate::kernel::{Fault, Locale, PageRequest, Refused};
use crate::posts::store::list::{self, Filter};
use crate::posts::store::parts;
use crate::{media as pictures, organisations, tags};

/// Posts, or issues, in a feed.
pub const MOST: u32 = 50;

/// Which posts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Slug of an organisation.
    pub organisation: Option<String>,
    /// Slug of a topic.
    pub tag: Option<String>,
    /// The language of its texts; each post's original where none is given, or there is no text in it.
    pub locale: Option<Locale>,
}

/// What all formats say of a feed.
#[derive(Clone, Debug)]
pub struct Latest {
    /// Whose posts, or about what.
    pub title: String,
    /// The page that shows the same.
    pub page: String,
    /// What its addresses have before and behind the name of the format, e.g. `https://example.org/posts` and `?tag=x`.
    pub at: (String, String),
    /// The language that it begins with.
    pub locale: String,
    /// Who writes, where nobody else is named.
    pub publisher: String,
    /// A picture that stands for it.
    pub icon: Option<String>,
    /// When something in it last changed.
    pub last_modified: DateTime<Utc>,
    /// The latest first.
    pub entries: Vec<Entry>,
}

/// A post in a feed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// For ever the same.
    pub id: String,
    /// Its page.
    pub page: String,
    /// In its language.
    pub title: String,
    /// Safe HTML.
    pub html: String,
    /// A sentence or two; may be empty.
    pub teaser: String,
    /// Of title and text.
    pub locale: String,
    /// Since when it is public.
    pub published_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Who wrote it; the organisation where nobody is named.
    pub authors: Vec<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Its picture.
    pub picture: Option<String>,
    /// Its recording.
    pub recording: Option<Recording>,
}

/// What can be listened to.
#[derive(Clone, Debug)]
pub struct Recording {
    /// Where it lies.
    pub address: String,
    /// Its media type.
    pub media_type: String,
    /// Its size.
    pub bytes: i64,
    /// How long it lasts.
    pub seconds: Option<i32>,
}

impl Latest {
    /// Its own address in a format, e.g. `atom`.
    #[must_use]
    pub fn address(&self, format: &str) -> String {
        let (before, behind) = &self.at;
        format!("{before}.{format}{behind}")
    }
}

impl Scope {
    /// Reads the query of an address; the first parameter or value that makes no sense is none.
    #[must_use]
    pub fn read(organisation: Option<String>, query: &str) -> Option<Self> {
        let mut scope = Self { organisation, ..Self::default() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "tag" if scope.tag.is_none() && value.chars().count() <= 200 => scope.tag = Some(value.replace('\0', "")),
                "locale" if scope.locale.is_none() => scope.locale = Some(value.parse().ok()?),
                _ => return None,
            }
        }
        Some(scope)
    }

    /// The query that says the same, with its `?`; empty where there is nothing to say.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(tag) = &self.tag {
            query.append_pair("tag", tag);
        }
        if let Some(locale) = &self.locale {
            query.append_pair("locale", locale.as_str());
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// The text in its language; the original where it has none, or there is none in it.
    #[must_use]
    pub fn choose<'t, T>(&self, original: &str, texts: &'t [T], locale: impl Fn(&T) -> &String) -> Option<&'t T> {
        let wanted = self.locale.as_ref().and_then(|wanted| texts.iter().find(|text| locale(text) == wanted.as_str()));
        wanted.or_else(|| texts.iter().find(|text| locale(text) == original))
    }
}

/// The latest posts of a scope.
///
/// # Errors
/// [`Refused::NotFound`] for an organisation or a topic that there is not.
pub async fn latest(app: &App, scope: &Scope) -> Result<Latest, Fault> {
    let (network, own) = organisations::store::network::the_network(&app.db).await?.ok_or(Refused::NotFound)?;
    let whose = match &scope.organisation {
        Some(slug) => organisations::store::by_slug(&app.db, &Viewer::Visitor, slug).await?.ok_or(Refused::NotFound)?,
        None => own.clone(),
    };
    let tag = match &scope.tag {
        Some(slug) => Some(tags::store::all(&app.db, false).await?.into_iter().find(|tag| tag.slug == *slug).ok_or(Refused::NotFound)?),
        None => None,
    };
    let of = scope.organisation.is_some().then_some(whose.id);
    let filter = Filter { organisation_id: of, tag: scope.tag.clone(), ..Filter::default() };
    let found = list::page(&app.db, &Viewer::Visitor, &filter, &PageRequest::first(MOST), false).await?;
    let posts: Vec<post::Model> = found.items.into_iter().map(|(_, post)| post).collect();
    let entries = entries(app, scope, &posts).await?;
    let changed = store::last_change(&app.db, of).await?;
    Ok(Latest {
        title: title(&whose, tag.as_ref()),
        page: page(app, scope, &whose),
        at: (
            app.url(&scope.organisation.as_ref().map_or("/posts".to_owned(), |_| format!("/organisations/{}/posts", whose.slug))),
            scope.query(),
        ),
        locale: scope.locale.as_ref().map_or(network.default_locale, |locale| locale.as_str().to_owned()),
        publisher: whose.name.clone(),
        icon: match whose.logo_id {
            Some(id) => pictures::store::by_ids(&app.db, vec![id]).await?.remove(&id).map(|logo| app.url(&address(&logo.file))),
            None => None,
        },
        last_modified: changed.map_or(whose.updated_at, |changed| changed.max(whose.updated_at)),
        entries,
    })
}

fn title(whose: &organisation::Model, tag: Option<&tag::Model>) -> String {
    tag.map_or_else(|| whose.name.clone(), |tag| format!("{} – {}", whose.name, tag.name))
}

fn page(app: &App, scope: &Scope, whose: &organisation::Model) -> String {
    match (&scope.organisation, &scope.tag) {
        (Some(_), _) => app.url(&format!("/organisations/{}", whose.slug)),
        (None, Some(tag)) => {
            app.url(&format!("/posts?{}", form_urlencoded::Serializer::new(String::new()).append_pair("tag", tag).finish()))
        }
        (None, None) => app.url("/posts"),
    }
}

async fn entries(app: &App, scope: &Scope, posts: &[post::Model]) -> Result<Vec<Entry>, Fault> {
    let ids: Vec<_> = posts.iter().map(|post| post.id).collect();
    let mut texts = parts::texts(&app.db, ids.clone()).await?;
    let mut topics = parts::tags(&app.db, ids).await?;
    let owners = organisations::store::by_ids(&app.db, &Viewer::Visitor, posts.iter().map(|post| post.organisation_id).collect()).await?;
    let shown = posts.iter().flat_map(|post| [post.cover_id, post.audio_id]).flatten().collect();
    let shown = pictures::store::by_ids(&app.db, shown).await?;
    let entry = |post: &post::Model| {
        let texts = texts.remove(&post.id).unwrap_or_default();
        let text = scope.choose(&post.original_locale, &texts, |text| &text.locale)?;
        let owner = owners.get(&post.organisation_id).map(|owner| owner.name.clone());
        let audio = post.audio_id.and_then(|id| shown.get(&id)).filter(|media| media.kind == MediaKind::Audio);
        Some(Entry {
            id: format!("urn:uuid:{}", post.id.0),
            page: app.url(&format!("/posts/{}", post.slug)),
            title: text.title.clone(),
            html: text.body_html.clone(),
            teaser: text.teaser.clone(),
            locale: text.locale.clone(),
            published_at: post.published_at?,
            updated_at: post.updated_at,
            authors: if post.byline.is_empty() { owner.into_iter().collect() } else { vec![post.byline.clone()] },
            topics: topics.remove(&post.id).unwrap_or_default().into_iter().map(|tag| tag.name).collect(),
            picture: post.cover_id.and_then(|id| shown.get(&id)).map(|cover| app.url(&address(&cover.file))),
            recording: audio.map(|audio| recording(app, audio)),
        })
    };
    Ok(posts.iter().filter_map(entry).collect())
}

fn recording(app: &App, audio: &media::Model) -> Recording {
    Recording {
        address: app.url(&address(&audio.file)),
        media_type: audio.media_type.clone(),
        bytes: audio.bytes,
        seconds: audio.duration_seconds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written_and_what_it_does_not_take_is_none() {
        let scope = Scope::read(None, "tag=b%26b&locale=de").unwrap();
        assert_eq!((scope.tag.as_deref(), scope.query().as_str()), (Some("b&b"), "?tag=b%26b&locale=de"));
        assert_eq!(Scope::read(None, "").unwrap().query(), "");
        for wrong in ["tag=a&tag=b", "locale=%00", "page=2"] {
            assert_eq!(Scope::read(None, wrong), None, "{wrong}");
        }
    }
}
