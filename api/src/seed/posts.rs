//! Posts that the sources have: in German whole, in English a title and a summary.

use chrono::NaiveTime;
use chrono_tz::Tz;
use entity::lists;
use entity::words::{PostKind, PostStatus};

use super::files::{POST_TITLES, POSTS, Post};
use super::parse::Entry;
use super::{SeedError, Seeding};
use crate::events::rules::schedule::instant;
use crate::kernel::Markdown;
use crate::posts::store::write::{self, NewPost, NewPostText};

const KIND: &str = "posts";

/// Writes those that are missing.
pub(super) async fn all(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    for post in &seeding.files.posts {
        if seeding.known.posts.contains_key(&post.slug) {
            seeding.report.count_present(KIND);
            continue;
        }
        let new = self::post(seeding, post)?;
        let id = write::insert(seeding.tx, seeding.app, &new).await?;
        seeding.known.posts.insert(post.slug.clone(), id);
        seeding.report.count_added(KIND);
    }
    Ok(())
}

fn post(seeding: &Seeding<'_>, post: &Post) -> Result<NewPost, SeedError> {
    let (entry, known) = (Entry { file: POSTS, slug: &post.slug }, &seeding.known);
    let network = &seeding.files.network;
    let zone: Tz = entry.parse(&network.timezone)?;
    // Only the day is known: noon.
    let noon = post.published_on.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(12);
    let contributor =
        |one: &super::files::Contributor| lists::Contributor { name: one.name.clone(), role: one.role, function: one.function_de.clone() };
    Ok(NewPost {
        slug: entry.slug()?,
        kind: kind(&entry, &post.kind)?,
        status: PostStatus::Published,
        organisation_id: entry.find(&known.organisations, "organisation", &network.slug)?,
        programme_id: None,
        original_locale: entry.parse(&post.language)?,
        texts: texts(seeding, post)?,
        byline: post.author.clone(),
        reading_minutes: post.reading_minutes_source,
        contributors: post.contributors.iter().map(contributor).collect(),
        sources: entry.sources(post.sources.iter().map(String::as_str))?,
        published_at: Some(instant(noon, zone)),
        scheduled_for: None,
        mentions: entry.find_all(&known.organisations, "organisation", &post.organisations)?,
        events: entry.find_all(&known.events, "event", &post.events)?,
        cover_id: None,
        audio_id: None,
        tags: entry.find_all(&known.tags, "topic", &post.topics)?,
    })
}

/// German as it is, and English with the summary as teaser and body.
fn texts(seeding: &Seeding<'_>, post: &Post) -> Result<Vec<NewPostText>, SeedError> {
    let entry = Entry { file: POST_TITLES, slug: &post.slug };
    let english = seeding.files.post_titles.get(&post.slug).ok_or_else(|| entry.wrong("there is no title in English"))?;
    Ok(vec![
        NewPostText {
            locale: entry.parse(&post.language)?,
            title: post.title.clone(),
            teaser: post.teaser_de.clone(),
            body: Markdown::new(&post.body_md),
            plain_summary: post.summary_plain_de.clone(),
        },
        NewPostText {
            locale: entry.parse("en")?,
            title: english.clone(),
            teaser: post.summary_en.clone(),
            body: Markdown::new(&post.summary_en),
            plain_summary: None,
        },
    ])
}

fn kind(entry: &Entry<'_>, kind: &str) -> Result<PostKind, SeedError> {
    Ok(match kind {
        "news" => PostKind::News,
        "report" => PostKind::Report,
        "interview" => PostKind::Interview,
        "position" => PostKind::Statement,
        other => return Err(entry.wrong(format!("`{other}` is no kind of post"))),
    })
}
