//! An issue of a newsletter in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::{newsletter_issue, newsletter_issue_text};

use super::loaders::{IssueTexts, ReadNewsletter};
use super::words::NewsletterIssueStatus;
use super::{Newsletter, NewsletterIssuePreview};
use crate::access::Action;
use crate::events::graphql::words::Visibility;
use crate::gql::id::Global;
use crate::gql::scalars::{DateTime, Html, Locale, Markdown, WebUrl};
use crate::gql::{ContextExt, or_code};
use crate::kernel::Fault;
use crate::newsletter::ops;
use crate::newsletter::store::deliveries;

/// An issue of a newsletter.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct NewsletterIssue {
    /// Global id.
    pub id: ID,
    /// Raised by every change.
    revision: i32,
    /// Readable part of its address.
    slug: String,
    /// How far it is.
    status: NewsletterIssueStatus,
    /// Its newsletter's, or narrower.
    visibility: Visibility,
    /// When it is to be sent.
    scheduled_for: Option<DateTime>,
    /// When sending began.
    started_at: Option<DateTime>,
    /// When the last mail was on its way.
    finished_at: Option<DateTime>,
    /// When it was begun.
    created_at: DateTime,
    /// When it was last changed.
    updated_at: DateTime,
    /// The row.
    #[graphql(skip)]
    pub row: Arc<newsletter_issue::Model>,
}

/// An issue in one language.
#[derive(Clone, Debug, SimpleObject)]
pub struct NewsletterIssueText {
    /// The language.
    locale: Locale,
    /// Its subject.
    subject: String,
    /// What programs show beside the subject.
    preheader: Option<String>,
    /// What it says.
    body: Html,
    /// What it says, as it was written.
    body_markdown: Markdown,
}

/// How the deliveries of an issue stand, counted from the ledger.
#[derive(Clone, Copy, Debug, SimpleObject)]
#[graphql(complex)]
pub struct DeliveryReport {
    /// All readers who get it.
    recipients: u64,
    /// Not tried yet.
    queued: u64,
    /// Accepted by the mail server.
    sent: u64,
    /// To be tried again.
    deferred: u64,
    /// Refused by the reader's server.
    bounced: u64,
    /// Given up.
    failed: u64,
    /// Not written to, as the address bounced or complained before.
    suppressed: u64,
    /// Not written to, as the reader left.
    unsubscribed: u64,
    /// Mails a second since sending began; null before the first.
    messages_per_second: Option<f64>,
    /// When it will be done at this rate; null where nothing is left or the rate is not known.
    estimated_end_at: Option<DateTime>,
    #[graphql(skip)]
    issue: entity::id::NewsletterIssueId,
}

impl From<newsletter_issue::Model> for NewsletterIssue {
    fn from(row: newsletter_issue::Model) -> Self {
        Self {
            id: row.id.to_global(),
            revision: row.revision,
            slug: row.slug.clone(),
            status: row.status.into(),
            visibility: row.visibility.into(),
            scheduled_for: row.scheduled_for.map(DateTime::utc),
            started_at: row.started_at.map(DateTime::utc),
            finished_at: row.finished_at.map(DateTime::utc),
            created_at: DateTime::utc(row.created_at),
            updated_at: DateTime::utc(row.updated_at),
            row: Arc::new(row),
        }
    }
}

impl From<&newsletter_issue_text::Model> for NewsletterIssueText {
    fn from(text: &newsletter_issue_text::Model) -> Self {
        Self {
            locale: text.locale.clone().into(),
            subject: text.subject.clone(),
            preheader: text.preheader.clone(),
            body: Html(text.body_html.clone()),
            body_markdown: Markdown(text.body_markdown.clone()),
        }
    }
}

#[ComplexObject]
impl DeliveryReport {
    /// Why sending stopped itself.
    async fn problem(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx.load(self.issue).await?.and_then(|issue: NewsletterIssue| issue.row.problem.clone()))
    }
}

#[ComplexObject]
impl NewsletterIssue {
    /// The newsletter that it is an issue of.
    async fn newsletter(&self, ctx: &Context<'_>) -> Result<Newsletter> {
        let found = ctx.load_sure(ReadNewsletter(self.row.newsletter_id)).await?;
        Ok(Newsletter::from(found.as_ref().clone()))
    }

    /// Its page, with nothing of any reader on it.
    async fn url(&self, ctx: &Context<'_>) -> WebUrl {
        WebUrl(ctx.cx().app.url(&format!("/issues/{}", self.slug)))
    }

    /// Its subject.
    async fn subject(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.text(ctx).await?.map(|text| text.subject).unwrap_or_default())
    }

    /// What programs show beside the subject.
    async fn preheader(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.text(ctx).await?.and_then(|text| text.preheader))
    }

    /// What it says.
    async fn body(&self, ctx: &Context<'_>) -> Result<Html> {
        Ok(Html(self.text(ctx).await?.map(|text| text.body_html).unwrap_or_default()))
    }

    /// What it says, as it was written.
    async fn body_markdown(&self, ctx: &Context<'_>) -> Result<Markdown> {
        Ok(Markdown(self.text(ctx).await?.map(|text| text.body_markdown).unwrap_or_default()))
    }

    /// Language of its text here.
    async fn locale(&self, ctx: &Context<'_>) -> Result<Locale> {
        Ok(self.text(ctx).await?.map_or_else(|| self.row.original_locale.clone(), |text| text.locale).into())
    }

    /// Languages that it is written in.
    async fn locales(&self, ctx: &Context<'_>) -> Result<Vec<Locale>> {
        let texts = ctx.load(IssueTexts(self.row.id)).await?.unwrap_or_default();
        Ok(texts.iter().map(|text| text.locale.clone().into()).collect())
    }

    /// The whole text in one language; null where there is none.
    async fn translation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which language.")] locale: Locale,
    ) -> Result<Option<NewsletterIssueText>> {
        let texts = ctx.load(IssueTexts(self.row.id)).await?.unwrap_or_default();
        Ok(texts.iter().find(|text| text.locale == locale.0).map(NewsletterIssueText::from))
    }

    /// The whole mail as a reader of a language gets it, its links dead, and what is wrong with it (its editors).
    #[graphql(complexity = "200 + child_complexity")]
    async fn preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reader's language; the viewer's where left out.")] locale: Option<Locale>,
    ) -> Result<Option<NewsletterIssuePreview>> {
        let cx = ctx.cx();
        let locale = locale.map_or_else(|| cx.wanted.first().to_string(), |locale| locale.0.into_owned());
        let (written, flaws) = ops::issue::preview(cx, &self.row, &locale).await.map_err(|fault| or_code(cx, &fault))?;
        Ok(Some(NewsletterIssuePreview {
            bytes: written.html.len() + written.text.len(),
            subject: written.subject,
            html: written.html,
            text: written.text,
            problems: flaws.iter().map(|flaw| flaw.message(&cx.spoken())).collect(),
        }))
    }

    /// How its deliveries stand, counted from the ledger (its editors).
    async fn delivery(&self, ctx: &Context<'_>) -> Result<Option<DeliveryReport>> {
        let newsletter = ctx.load_sure(ReadNewsletter(self.row.newsletter_id)).await?;
        let cx = ctx.cx();
        let count = async {
            cx.authorise(&Action::EditNewsletter(newsletter.organisation_id))?;
            Ok::<_, Fault>(deliveries::report(cx.db(), self.row.id).await?)
        };
        let report = count.await.map_err(|fault| or_code(cx, &fault))?;
        Ok(Some(self.report(report, cx.now())))
    }
}

impl NewsletterIssue {
    fn report(&self, report: deliveries::Report, now: chrono::DateTime<chrono::Utc>) -> DeliveryReport {
        let pace = report.pace(self.row.started_at, self.row.finished_at, now);
        DeliveryReport {
            recipients: report.recipients,
            queued: report.queued,
            sent: report.sent,
            deferred: report.deferred,
            bounced: report.bounced,
            failed: report.failed,
            suppressed: report.suppressed,
            unsubscribed: report.unsubscribed,
            messages_per_second: pace,
            estimated_end_at: report.ends_at(pace, now).map(DateTime::utc),
            issue: self.row.id,
        }
    }

    async fn text(&self, ctx: &Context<'_>) -> Result<Option<newsletter_issue_text::Model>> {
        let texts = ctx.load(IssueTexts(self.row.id)).await?.unwrap_or_default();
        Ok(ctx.cx().wanted.pick(&self.row.original_locale, &texts, |text| &text.locale).cloned())
    }
}
