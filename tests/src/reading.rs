//! How people read newsletters: ask, confirm, leave; through the public door.

use entity::id::{NewsletterId, NewsletterIssueId, OrganisationId, SubscriberId};
use entity::words::{SubscriptionStatus, Visibility};
use entity::{newsletter, newsletter_issue, newsletter_subscription, subscriber};
use miso::gql::id::Global;
use miso::kernel::{Locale, Markdown};
use miso::newsletter::store::write::{self, NewIssue, NewText};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;

use crate::Answer;
use crate::world::World;

/// Rows in one statement.
const AT_ONCE: usize = 500;

impl World {
    /// A public newsletter of an organisation.
    pub async fn newsletter(&self, slug: &str, organisation: OrganisationId) -> newsletter::Model {
        let now = self.app.clock.now();
        let row = newsletter::Model {
            id: self.app.new_id(),
            revision: 1,
            slug: slug.to_owned(),
            organisation_id: organisation,
            name: slug.to_owned(),
            description: String::new(),
            visibility: Visibility::Public,
            reply_to: None,
            created_at: now,
            updated_at: now,
        };
        newsletter::Entity::insert(row.clone().into_active_model()).exec_without_returning(self.db()).await.unwrap();
        row
    }

    /// A draft of an issue, in German and English.
    pub async fn issue(&self, slug: &str, newsletter: NewsletterId) -> newsletter_issue::Model {
        let id: NewsletterIssueId = self.app.new_id();
        let text = |locale: &str, subject: &str, body: &str| NewText {
            locale: locale.parse::<Locale>().unwrap(),
            subject: subject.to_owned(),
            preheader: None,
            body: Markdown::new(body),
        };
        let texts = [text("de", "Neues", "Guten Tag, hier ist **Neues**."), text("en", "News", "Hello, here is **news**.")];
        let new = NewIssue { newsletter_id: newsletter, slug, visibility: Visibility::Public, texts: &texts };
        write::insert_issue(self.db(), id, &new, self.app.clock.now()).await.unwrap()
    }

    /// So many readers who confirmed, `reader0@example.org` and so on.
    pub async fn readers(&self, newsletter: NewsletterId, count: usize) {
        let now = self.app.clock.now();
        let ids: Vec<SubscriberId> = (0..count).map(|_| self.app.new_id()).collect();
        let readers = ids.iter().enumerate().map(|(number, id)| subscriber::Model {
            id: *id,
            email: format!("reader{number}@example.org"),
            name: None,
            locale: "de".to_owned(),
            secret_version: 0,
            confirm_version: 0,
            asked_at: Some(now),
            created_at: now,
            updated_at: now,
        });
        for some in readers.map(IntoActiveModel::into_active_model).collect::<Vec<_>>().chunks(AT_ONCE) {
            subscriber::Entity::insert_many(some.to_vec()).exec_without_returning(self.db()).await.unwrap();
        }
        let subscriptions = ids.iter().map(|id| newsletter_subscription::Model {
            id: self.app.new_id(),
            newsletter_id: newsletter,
            subscriber_id: *id,
            status: SubscriptionStatus::Confirmed,
            requested_at: now,
            confirmed_at: Some(now),
            ended_at: None,
        });
        for some in subscriptions.map(IntoActiveModel::into_active_model).collect::<Vec<_>>().chunks(AT_ONCE) {
            newsletter_subscription::Entity::insert_many(some.to_vec()).exec_without_returning(self.db()).await.unwrap();
        }
    }

    /// Asks for newsletters for an address, and lets the mail go out.
    pub async fn asks_for(&self, newsletters: &[&newsletter::Model], email: &str) -> Answer {
        let query = "mutation($input: SubscriptionRequestInput!) { subscriptionRequest(input: $input) { accepted errors { path code } } }";
        let ids: Vec<_> = newsletters.iter().map(|one| one.id.to_global().0).collect();
        let answer = self.graphql(query, json!({ "input": { "newsletterIds": ids, "email": email } })).await;
        assert!(self.run_jobs().await.failed.is_empty());
        answer
    }

    /// The secret in the latest mail to an address, behind this part of an address of ours, e.g. `/subscriptions/confirm/`.
    #[must_use]
    pub fn secret_mailed(&self, email: &str, before: &str) -> String {
        let letter = self.app.mailer.sent().into_iter().rev().find(|mail| mail.envelope.to.to_string() == email).unwrap().letter();
        let text = letter.text.unwrap();
        let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
        rest.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap().to_owned()
    }

    /// Confirms by the secret in the latest mail to an address.
    pub async fn confirms(&self, email: &str) -> Answer {
        let token = self.secret_mailed(email, "/subscriptions/confirm/");
        let query = "mutation($token: String!) {
            subscriptionConfirm(token: $token) { subscriber { email subscriptions { status newsletter { slug } } } errors { code path } }
        }";
        self.graphql(query, json!({ "token": token })).await
    }

    /// The subjects of the mails to an address.
    #[must_use]
    pub fn subjects_to(&self, email: &str) -> Vec<String> {
        let sent = self.app.mailer.sent();
        sent.iter().filter(|mail| mail.envelope.to.to_string() == email).map(|mail| mail.letter().subject).collect()
    }
}
