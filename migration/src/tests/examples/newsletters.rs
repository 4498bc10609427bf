//! A newsletter, an issue, a reader, and what was sent.

use entity::id::{ConsentId, ConsentWordingId, NewsletterId, NewsletterIssueId, OrganisationId, SubscriberId, SubscriptionId};
use entity::words::{
    ConsentChannel, ConsentStep, DeliveryStatus, NewsletterIssueStatus, SubscriptionStatus, SuppressionReason, Visibility,
};
use entity::{
    consent, consent_wording, delivery, newsletter, newsletter_issue, newsletter_issue_text, newsletter_subscription, subscriber,
    suppression,
};
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

/// Writes one of each.
pub async fn insert(db: &DatabaseConnection) {
    issue(db).await;
    reader(db).await;
    let delivery = delivery::Model {
        issue_id: NewsletterIssueId(ID),
        subscription_id: SubscriptionId(ID),
        status: DeliveryStatus::Sent,
        attempts: 1,
        next_at: moment(0),
        locked_until: None,
        sent_at: Some(moment(0)),
        last_error: None,
    };
    put(db, delivery).await;
    put(db, suppression::Model { email_hash: text("hash"), reason: SuppressionReason::Bounced, at: moment(0) }).await;
}

async fn issue(db: &DatabaseConnection) {
    let newsletter = newsletter::Model {
        id: NewsletterId(ID),
        revision: 1,
        slug: text("brief"),
        organisation_id: OrganisationId(ID),
        name: text("Brief"),
        description: String::new(),
        visibility: Visibility::Public,
        reply_to: None,
        created_at: moment(0),
        updated_at: moment(0),
    };
    put(db, newsletter).await;
    let issue = newsletter_issue::Model {
        id: NewsletterIssueId(ID),
        revision: 1,
        slug: text("brief-1"),
        newsletter_id: NewsletterId(ID),
        status: NewsletterIssueStatus::Sent,
        visibility: Visibility::Public,
        original_locale: text("de"),
        scheduled_for: None,
        started_at: Some(moment(0)),
        finished_at: Some(moment(1)),
        problem: None,
        created_at: moment(0),
        updated_at: moment(0),
    };
    put(db, issue).await;
    let words = newsletter_issue_text::Model {
        issue_id: NewsletterIssueId(ID),
        locale: text("de"),
        subject: text("Probe"),
        preheader: None,
        body_markdown: text("Probe"),
        mailed_markdown: Some(text("Text")),
        body_html: text("<p>Probe</p>"),
    };
    put(db, words).await;
}

async fn reader(db: &DatabaseConnection) {
    let subscriber = subscriber::Model {
        id: SubscriberId(ID),
        email: text("ada@example.org"),
        name: None,
        locale: text("de"),
        secret_version: 0,
        confirm_version: 0,
        asked_at: None,
        created_at: moment(0),
        updated_at: moment(0),
    };
    put(db, subscriber).await;
    let subscription = newsletter_subscription::Model {
        id: SubscriptionId(ID),
        newsletter_id: NewsletterId(ID),
        subscriber_id: SubscriberId(ID),
        status: SubscriptionStatus::Confirmed,
        requested_at: moment(0),
        confirmed_at: Some(moment(0)),
        ended_at: None,
    };
    put(db, subscription).await;
    let wording = consent_wording::Model {
        id: ConsentWordingId(ID),
        locale: text("de"),
        text: text("Ja"),
        digest: text("digest"),
        first_shown_at: moment(0),
    };
    put(db, wording).await;
    let consent = consent::Model {
        id: ConsentId(ID),
        subscriber_id: SubscriberId(ID),
        newsletter_id: NewsletterId(ID),
        step: ConsentStep::Confirmed,
        channel: ConsentChannel::ConfirmationLink,
        wording_id: Some(ConsentWordingId(ID)),
        at: moment(0),
    };
    put(db, consent).await;
}
