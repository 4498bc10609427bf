//! SQL that writes newsletters and issues.

use chrono::{DateTime, Utc};
use entity::id::{NewsletterId, NewsletterIssueId};
use entity::words::Visibility;
use entity::{newsletter, newsletter_issue, newsletter_issue_text};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::kernel::{Locale, Markdown};

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

/// Writes a draft of an issue; the first text is the original.
///
/// # Errors
/// Where the database fails.
pub async fn insert_issue(
    tx: &impl ConnectionTrait,
    id: NewsletterIssueId,
    newsletter_id: NewsletterId,
    slug: &str,
    texts: &[NewText],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = newsletter_issue::Model {
        id,
        revision: 1,
        slug: slug.to_owned(),
        newsletter_id,
        status: entity::words::NewsletterIssueStatus::Draft,
        visibility: Visibility::Public,
        original_locale: texts.first().map_or_else(Locale::german, |text| text.locale.clone()).to_string(),
        scheduled_for: None,
        started_at: None,
        finished_at: None,
        problem: None,
        created_at: now,
        updated_at: now,
    };
    newsletter_issue::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    let texts = texts.iter().map(|text| newsletter_issue_text::Model {
        issue_id: id,
        locale: text.locale.to_string(),
        subject: text.subject.clone(),
        preheader: text.preheader.clone(),
        body_markdown: text.body.as_str().to_owned(),
        body_html: text.body.to_html(),
    });
    newsletter_issue_text::Entity::insert_many(texts.map(IntoActiveModel::into_active_model)).exec_without_returning(tx).await?;
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
