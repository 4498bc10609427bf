//! Posts from a feed, or from WordPress's export.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use entity::id::{MediaId, PostId};
use entity::lists::Contributor;
use entity::organisation;
use entity::words::{ContributorRole, ImportedKind, PostKind, PostStatus};

use super::{Outcome, Problem, Run, Standing, fingerprint, on};
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::files::Spooled;
use crate::imports::read::feed::{Attachment, FeedPost};
use crate::imports::read::{Wrong, markdown};
use crate::kernel::{Fault, Findings, Locale, Markdown, Slug, WebAddress, text};
use crate::media::ops::{NewMedia, upload};
use crate::posts::store::write::{self, NewPost, NewPostText, SLUGGED};
use crate::posts::store::{self, content};
use crate::tags;

const KIND: ImportedKind = ImportedKind::Post;

/// What posts become here.
#[derive(Clone, Debug)]
pub struct Into {
    /// Whose they are.
    pub organisation: organisation::Model,
    /// The language that they are in.
    pub locale: Locale,
    /// How far they are on their way; as they were where nothing is said.
    pub status: Option<PostStatus>,
    /// A copy of WordPress's `uploads`, from which pictures are taken.
    pub uploads: Option<PathBuf>,
    /// The files that the export names.
    pub attachments: HashMap<String, Attachment>,
}

/// Takes a post over.
///
/// # Errors
/// What is wrong with it.
pub async fn take(cx: &Cx, run: &Run, into: &Into, post: &FeedPost) -> Result<Outcome, Problem> {
    let fingerprint = fingerprint(&format!("{:?}", FeedPost { line: 0, ..post.clone() }));
    let mut new = read(into, post)?;
    let picture = picture(into, post)?;
    // A picture that is taken over needs a transaction of its own, before: without its post it is collected.
    let known = run.standing(&cx.begin_write().await?, KIND, &post.id).await?;
    if let (Standing::New, Some((path, alt)), true) = (&known, picture, run.writes) {
        new.cover_id = Some(take_picture(cx, into, post, &path, alt).await?);
    }
    let writing = cx.begin_write().await?;
    let (target, outcome) = match run.standing(&writing, KIND, &post.id).await? {
        Standing::New => (enter(cx, &writing, post, new).await?, Outcome::Added),
        Standing::Came(before) => {
            let Some(now) = store::locked(&writing, &cx.viewer, PostId(before.target_id)).await? else { return Ok(Outcome::Gone) };
            if before.fingerprint == fingerprint {
                return Ok(Outcome::Unchanged);
            }
            if now.revision != before.revision {
                return Ok(Outcome::Kept);
            }
            let old = content::of(&*writing, &now).await?;
            let tags = tags::store::write::of_names(&*writing, &cx.app, &post.tags).await?;
            let status = if old.status == PostStatus::Published { old.status } else { new.status };
            let new = NewPost {
                slug: old.slug,
                cover_id: old.cover_id,
                published_at: old.published_at.or(new.published_at),
                status,
                tags,
                ..new
            };
            let changed = write::replace(&*writing, &cx.app, &now, &new).await?;
            audit::ops::record(cx, &writing, Deed::PostUpdate, Subject::Post(changed.id), &post.title, Changes::none()).await?;
            ((changed.id.0, changed.revision), Outcome::Changed)
        }
    };
    run.finish(cx, writing, (KIND, &post.id), target, fingerprint).await?;
    Ok(outcome)
}

async fn enter(cx: &Cx, writing: &Writing, post: &FeedPost, mut new: NewPost) -> Result<(uuid::Uuid, i32), Problem> {
    let wanted = post.slug.as_deref().unwrap_or(&post.title);
    new.slug = SLUGGED.free_for(&**writing, wanted, new.slug).await?;
    new.tags = tags::store::write::of_names(&**writing, &cx.app, &post.tags).await?;
    if new.status == PostStatus::Published {
        new.published_at = Some(new.published_at.unwrap_or(cx.now()));
    }
    let id = write::insert(&**writing, &cx.app, &new).await?;
    audit::ops::record(cx, writing, Deed::PostCreate, Subject::Post(id), &post.title, Changes::none()).await?;
    Ok((id.0, 1))
}

/// The post that comes of what a feed says.
fn read(into: &Into, post: &FeedPost) -> Result<NewPost, Wrong> {
    let wrong = |what: &str| Wrong::at(post.line, what);
    let title = text::required_line(&post.title, text::TITLE).map_err(|_| wrong("the title is empty, or longer than 200 characters"))?;
    let body = markdown::of_html(&post.content).ok_or_else(|| wrong("the text lies deeper than any page: please put it right there"))?;
    if body.chars().count() > text::BODY {
        return Err(wrong("the text is longer than 100,000 characters"));
    }
    let teaser = post.summary.as_deref().and_then(markdown::of_html).map(|teaser| Markdown::new(&teaser).to_plain_text());
    let teaser = teaser.map(|teaser| teaser.chars().take(text::SUMMARY).collect::<String>()).unwrap_or_default();
    let author = post.author.as_deref().and_then(|author| text::line(author, text::TITLE).ok().flatten());
    let byline = author.clone().unwrap_or_else(|| into.organisation.name.clone());
    let slug: Slug = "beitrag".parse().map_err(|_| wrong("it has no title"))?;
    Ok(NewPost {
        slug,
        kind: PostKind::News,
        status: into.status.unwrap_or(status(post)),
        organisation_id: into.organisation.id,
        programme_id: None,
        original_locale: into.locale.clone(),
        texts: vec![NewPostText { locale: into.locale.clone(), title, teaser, body: Markdown::new(&body), plain_summary: None }],
        byline,
        reading_minutes: None,
        contributors: author.map(|name| Contributor { name, role: ContributorRole::Author, function: None }).into_iter().collect(),
        sources: post.link.as_deref().and_then(|link| link.parse::<WebAddress>().ok()).into_iter().collect(),
        published_at: post.published_at,
        scheduled_for: None,
        mentions: Vec::new(),
        events: Vec::new(),
        cover_id: None,
        audio_id: None,
        tags: Vec::new(),
    })
}

/// How far a post was on its way. What WordPress would publish later, or shows to its own people, is a draft here: the office decides.
fn status(post: &FeedPost) -> PostStatus {
    match post.status.as_deref() {
        None | Some("publish") => PostStatus::Published,
        Some(_) => PostStatus::Draft,
    }
}

/// Where the picture of a post lies, and what it shows; none where it has none, or there is no copy of the uploads.
fn picture(into: &Into, post: &FeedPost) -> Result<Option<(PathBuf, String)>, Wrong> {
    let Some((uploads, attachment)) = into.uploads.as_deref().zip(post.picture.as_ref().and_then(|id| into.attachments.get(id))) else {
        return Ok(None);
    };
    let missing = || Wrong::at(post.line, format!("its picture {} is not in the folder of uploads", attachment.url));
    let (_, path) = attachment.url.split_once("/uploads/").ok_or_else(missing)?;
    let path = Path::new(path);
    // The export is a stranger's: no way leads out of the folder.
    if path.components().any(|part| !matches!(part, Component::Normal(_))) {
        return Err(missing());
    }
    let path = uploads.join(path);
    let alt = attachment.alt.clone().unwrap_or_else(|| post.title.clone());
    if path.is_file() { Ok(Some((path, alt))) } else { Err(missing()) }
}

async fn take_picture(cx: &Cx, into: &Into, post: &FeedPost, path: &Path, alt: String) -> Result<MediaId, Problem> {
    let file = std::fs::File::open(path).map_err(|error| Wrong::at(post.line, format!("{}: {error}", path.display())))?;
    let alt = text::line(&alt, text::ALT).ok().flatten().or_else(|| Some(post.title.clone()));
    let new = NewMedia { file: Some(Spooled { file }), alt, credit: None, findings: Findings::of_input() };
    let taken = upload(cx, Some(&into.organisation), new).await;
    taken.map(|row| row.id).map_err(|fault| match fault {
        Fault::Refusals(_) => match on(post.line, fault) {
            Problem::Wrong(wrong) => Wrong::at(wrong.line, format!("its picture {}: {}", path.display(), wrong.problem)).into(),
            other => other,
        },
        fault => Problem::Fault(fault),
    })
}
