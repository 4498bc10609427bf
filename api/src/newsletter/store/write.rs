//! SQL that writes newsletters and issues.

use chrono::{DateTime, Utc};
use entity::id::{NewsletterId, NewsletterIssueId};
use entity::words::Visibility;
use entity::{newsletter, newsletter_issue, newsletter_issue_text};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::{issues_visible_to, visible_to};
use crate::access::Viewer;
use crate::db::insert;
use crate::kernel::translations::InLanguage;
use crate::kernel::{Locale, Markdown, Slug};

/// An issue to be written.
#[derive(Clone, Debug)]
pub struct NewIssue<'a> {
    /// Of which newsletter.
    pub newsletter_id: NewsletterId,
    /// Readable part of its address.
    pub slug: &'a str,
    /// For whom: its newsletter's, or narrower.
    pub visibility: Visibility,
    /// What it says; the first text is the original.
    pub texts: &'a [NewText],
}

/// An issue in one language.
#[derive(Clone, Debug)]
pub struct NewText {
    /// The language.
    pub locale: Locale,
    /// Its subject.
    pub subject: String,
    /// What programs show beside the subject.
    pub preheader: Option<String>,
    /// What it says.
    pub body: Markdown,
}

impl InLanguage for NewText {
    fn locale(&self) -> &Locale {
        &self.locale
    }
}

/// Writes a newsletter where there is none with its slug; whether there was none.
///
/// # Errors
/// Where the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: newsletter::Model) -> Result<bool, DbErr> {
    if newsletter::Entity::find().filter(newsletter::Column::Slug.eq(row.slug.as_str())).one(tx).await?.is_some() {
        return Ok(false);
    }
    newsletter::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(true)
}

/// A newsletter, where the viewer may see it, changed by nobody else until the transaction ends.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, viewer: &Viewer, id: NewsletterId) -> Result<Option<newsletter::Model>, DbErr> {
    lock(tx, visible_to(viewer).filter(newsletter::Column::Id.eq(id))).await
}

/// An issue, where the viewer may see it, changed by nobody else until the transaction ends.
///
/// # Errors
/// Where the database fails.
pub async fn issue_locked(
    tx: &DatabaseTransaction,
    viewer: &Viewer,
    id: NewsletterIssueId,
) -> Result<Option<newsletter_issue::Model>, DbErr> {
    lock(tx, issues_visible_to(viewer).filter(newsletter_issue::Column::Id.eq(id))).await
}

/// As [`issue_locked`], for what is done in our own name.
///
/// # Errors
/// Where the database fails.
pub async fn issue_locked_in_our_name(tx: &DatabaseTransaction, id: NewsletterIssueId) -> Result<Option<newsletter_issue::Model>, DbErr> {
    lock(tx, newsletter_issue::Entity::find_by_id(id)).await
}

async fn lock<E: EntityTrait>(tx: &DatabaseTransaction, select: Select<E>) -> Result<Option<E::Model>, DbErr> {
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }.one(tx).await
}

/// When the last issue of a newsletter went out.
///
/// # Errors
/// Where the database fails.
pub async fn last_started(tx: &impl ConnectionTrait, id: NewsletterId) -> Result<Option<DateTime<Utc>>, DbErr> {
    use newsletter_issue::{Column, Entity};
    let latest = Entity::find().select_only().column(Column::StartedAt).filter(Column::NewsletterId.eq(id));
    let latest = latest.filter(Column::StartedAt.is_not_null()).order_by_desc(Column::StartedAt);
    Ok(latest.into_tuple::<Option<DateTime<Utc>>>().one(tx).await?.flatten())
}

/// The first slug of a title that is free, with a number behind it where others have it.
///
/// # Errors
/// Where the database fails.
pub async fn free_slug<E: EntityTrait>(tx: &impl ConnectionTrait, own: E::Column, title: &str, otherwise: Slug) -> Result<Slug, DbErr> {
    let wanted = Slug::of_title(title).unwrap_or(otherwise);
    let (mut slug, mut number) = (wanted.clone(), 1);
    while E::find().filter(own.eq(slug.as_str())).one(tx).await?.is_some() {
        number += 1;
        slug = wanted.numbered(number);
    }
    Ok(slug)
}

/// Writes a newsletter as it now is.
///
/// # Errors
/// Where the database fails.
pub async fn update(tx: &impl ConnectionTrait, row: &newsletter::Model) -> Result<(), DbErr> {
    use newsletter::{Column, Entity};
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// Writes an issue as it now is, without its texts.
///
/// # Errors
/// Where the database fails.
pub async fn update_issue(tx: &impl ConnectionTrait, row: &newsletter_issue::Model) -> Result<(), DbErr> {
    use newsletter_issue::{Column, Entity};
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// Writes a draft of an issue.
///
/// # Errors
/// Where the database fails.
pub async fn insert_issue(
    tx: &impl ConnectionTrait,
    id: NewsletterIssueId,
    new: &NewIssue<'_>,
    now: DateTime<Utc>,
) -> Result<newsletter_issue::Model, DbErr> {
    let row = newsletter_issue::Model {
        id,
        revision: 1,
        slug: new.slug.to_owned(),
        newsletter_id: new.newsletter_id,
        status: entity::words::NewsletterIssueStatus::Draft,
        visibility: new.visibility,
        original_locale: new.texts.first().map_or_else(Locale::german, |text| text.locale.clone()).to_string(),
        scheduled_for: None,
        started_at: None,
        finished_at: None,
        problem: None,
        created_at: now,
        updated_at: now,
    };
    newsletter_issue::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    insert_texts(tx, id, new.texts).await?;
    Ok(row)
}

/// Writes the texts of an issue anew.
///
/// # Errors
/// Where the database fails.
pub async fn replace_texts(tx: &impl ConnectionTrait, id: NewsletterIssueId, texts: &[NewText]) -> Result<(), DbErr> {
    use newsletter_issue_text::{Column, Entity};
    Entity::delete_many().filter(Column::IssueId.eq(id)).exec(tx).await?;
    insert_texts(tx, id, texts).await
}

async fn insert_texts(tx: &impl ConnectionTrait, id: NewsletterIssueId, texts: &[NewText]) -> Result<(), DbErr> {
    let texts = texts.iter().map(|text| newsletter_issue_text::Model {
        issue_id: id,
        locale: text.locale.to_string(),
        subject: text.subject.clone(),
        preheader: text.preheader.clone(),
        body_markdown: text.body.as_str().to_owned(),
        mailed_markdown: None,
        body_html: text.body.to_html(),
    });
    insert::rows::<newsletter_issue_text::Entity>(tx, texts.collect()).await
}

/// Writes what an issue says in a language with its cards filled in.
///
/// # Errors
/// Where the database fails.
pub async fn fill(tx: &impl ConnectionTrait, id: NewsletterIssueId, locale: &str, filled: &Markdown) -> Result<(), DbErr> {
    use newsletter_issue_text::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::MailedMarkdown, filled.as_str().into())
        .col_expr(Column::BodyHtml, filled.to_html().into())
        .filter(Column::IssueId.eq(id))
        .filter(Column::Locale.eq(locale))
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes an issue with its texts.
///
/// # Errors
/// Where the database fails.
pub async fn delete_issue(tx: &impl ConnectionTrait, id: NewsletterIssueId) -> Result<(), DbErr> {
    newsletter_issue::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Puts an issue into the archive, as sent.
///
/// # Errors
/// Where the database fails.
pub async fn put_into_archive(tx: &impl ConnectionTrait, id: NewsletterIssueId, now: DateTime<Utc>) -> Result<(), DbErr> {
    use newsletter_issue::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::Status, entity::words::NewsletterIssueStatus::Sent.into())
        .col_expr(Column::StartedAt, now.into())
        .col_expr(Column::FinishedAt, now.into())
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
