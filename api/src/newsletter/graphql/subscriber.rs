//! A reader in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::{newsletter_subscription, subscriber};

use super::Newsletter;
use super::loaders::{ReadNewsletter, SubscriptionsOf};
use super::words::SubscriptionStatus;
use crate::gql::ContextExt;
use crate::gql::id::Global;
use crate::gql::scalars::{DateTime, EmailAddress, Locale};

/// A reader with all they read; only by their own secret link.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Subscriber {
    /// Global id.
    pub id: ID,
    /// Where they are written to.
    email: EmailAddress,
    /// How they are called.
    name: Option<String>,
    /// In which language they are written to.
    locale: Locale,
    #[graphql(skip)]
    row: Arc<subscriber::Model>,
}

/// That a reader gets a newsletter, wants to, or did.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct NewsletterSubscription {
    /// Global id.
    pub id: ID,
    /// Where the reader is written to.
    email: EmailAddress,
    /// How they are called.
    name: Option<String>,
    /// In which language they are written to.
    locale: Locale,
    /// How it stands.
    status: SubscriptionStatus,
    /// When it was asked for.
    requested_at: DateTime,
    /// When it was confirmed.
    confirmed_at: Option<DateTime>,
    /// When the reader left.
    ended_at: Option<DateTime>,
    #[graphql(skip)]
    newsletter_id: entity::id::NewsletterId,
}

impl From<subscriber::Model> for Subscriber {
    fn from(row: subscriber::Model) -> Self {
        Self {
            id: row.id.to_global(),
            email: row.email.clone().into(),
            name: row.name.clone(),
            locale: row.locale.clone().into(),
            row: Arc::new(row),
        }
    }
}

impl NewsletterSubscription {
    /// Of a reader.
    #[must_use]
    pub fn of(reader: &subscriber::Model, row: &newsletter_subscription::Model) -> Self {
        Self {
            id: row.id.to_global(),
            email: reader.email.clone().into(),
            name: reader.name.clone(),
            locale: reader.locale.clone().into(),
            status: row.status.into(),
            requested_at: DateTime::utc(row.requested_at),
            confirmed_at: row.confirmed_at.map(DateTime::utc),
            ended_at: row.ended_at.map(DateTime::utc),
            newsletter_id: row.newsletter_id,
        }
    }
}

#[ComplexObject]
impl Subscriber {
    /// What they get, wanted to, or did, in the order in which they asked for it.
    async fn subscriptions(&self, ctx: &Context<'_>) -> Result<Vec<NewsletterSubscription>> {
        let rows = ctx.load(SubscriptionsOf(self.row.id)).await?.unwrap_or_default();
        Ok(rows.iter().map(|row| NewsletterSubscription::of(&self.row, row)).collect())
    }
}

#[ComplexObject]
impl NewsletterSubscription {
    /// Which newsletter.
    async fn newsletter(&self, ctx: &Context<'_>) -> Result<Newsletter> {
        let found = ctx.load_sure(ReadNewsletter(self.newsletter_id)).await?;
        Ok(Newsletter::from(found.as_ref().clone()))
    }
}
