//! Mutations of newsletters: what readers do.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::id::NewsletterId;

use super::Subscriber;
use crate::app::Cx;
use crate::gql::id::Global;
use crate::gql::input;
use crate::gql::scalars::{EmailAddress, Locale};
use crate::gql::{AcceptedPayload, ContextExt, or_code, payload};
use crate::kernel::{Fault, Findings, PersonName, Refused, Why};
use crate::newsletter::ops::{self, Change, Request};

/// Newsletters that are named at once at the most.
const MOST: usize = 100;

payload! {
    /// The reader as they now are, or what to put right.
    SubscriberPayload {
        /// As they now are; null where it was refused.
        subscriber: Subscriber
    }
}

/// Who wants to get what.
#[derive(Clone, Debug, InputObject)]
pub struct SubscriptionRequestInput {
    /// Which newsletters.
    newsletter_ids: Vec<ID>,
    /// For which address.
    email: EmailAddress,
    /// How the reader is called, up to 200 characters.
    name: Option<String>,
    /// In which they are written to; that of the request where left out.
    locale: Option<Locale>,
}

/// What a reader changes; what is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct SubscriberUpdateInput {
    /// How they are called; null for not at all.
    name: MaybeUndefined<String>,
    /// In which they are written to.
    locale: Option<Locale>,
    /// What they get from now on: they leave what is not named, and what is new is confirmed at once.
    newsletter_ids: Option<Vec<ID>>,
}

/// Mutations of newsletters.
#[derive(Debug, Default)]
pub struct NewsletterMutation;

#[Object]
impl NewsletterMutation {
    /// Double opt-in: sends the address one request to confirm, and nothing else until it does. The answer is the same whether the
    /// address was known.
    async fn subscription_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants to get what.")] input: SubscriptionRequestInput,
    ) -> Result<AcceptedPayload> {
        AcceptedPayload::of(ctx, ops::request(ctx.cx(), input.read(ctx.cx())).await)
    }

    /// Confirms what was requested, within seven days. Doing it again changes nothing.
    async fn subscription_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret in the mail that asked for it.")] token: String,
    ) -> Result<SubscriberPayload> {
        SubscriberPayload::of(ctx, ops::confirm(ctx.cx(), &token).await)
    }

    /// Changes how a reader is called, and what they get.
    async fn subscriber_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret in a newsletter's mails.")] token: String,
        #[graphql(desc = "What changes.")] input: SubscriberUpdateInput,
    ) -> Result<SubscriberPayload> {
        let change = match input.read() {
            Ok(change) => change,
            Err(fault) => return SubscriberPayload::of(ctx, Err::<Subscriber, _>(fault)),
        };
        SubscriberPayload::of(ctx, ops::update(ctx.cx(), &token, change).await)
    }

    /// Leaves newsletters, in force for what is not handed over yet. Leaving again changes nothing.
    async fn unsubscribe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret in a newsletter's mails.")] token: String,
        #[graphql(desc = "Which; all where left out.")] newsletter_ids: Option<Vec<ID>>,
    ) -> Result<SubscriberPayload> {
        let cx = ctx.cx();
        let only = newsletter_ids.map(|ids| ids.iter().map(NewsletterId::from_global).collect::<Result<Vec<_>, _>>());
        let only = only.transpose().map_err(|_| or_code(cx, &Refused::NotFound.into()))?;
        SubscriberPayload::of(ctx, ops::leave(cx, &token, only).await)
    }
}

impl SubscriptionRequestInput {
    fn read(self, cx: &Cx) -> Request {
        let mut findings = Findings::of_input();
        if self.newsletter_ids.len() > MOST {
            findings.refuse(&["newsletterIds"], Why::TooLarge(MOST as u64));
        }
        Request {
            newsletters: self.newsletter_ids.iter().take(MOST).map(|id| NewsletterId::from_global(id).ok()).collect(),
            email: findings.take("email", input::email(&self.email.0)),
            name: findings.take("name", name(self.name)).flatten(),
            locale: self.locale.and_then(|locale| locale.0.parse().ok()).unwrap_or_else(|| cx.wanted.first()),
            findings,
        }
    }
}

impl SubscriberUpdateInput {
    fn read(self) -> Result<Change, Fault> {
        let mut findings = Findings::of_input();
        let newsletters: Option<Vec<_>> = self.newsletter_ids.map(|ids| ids.iter().map(|id| NewsletterId::from_global(id).ok()).collect());
        if newsletters.as_ref().is_some_and(|ids| ids.len() > MOST) {
            findings.refuse(&["newsletterIds"], Why::TooLarge(MOST as u64));
        }
        let change = Change {
            name: match self.name {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(text) => findings.take("name", name(Some(text))),
            },
            locale: self.locale.and_then(|locale| locale.0.parse().ok()),
            newsletters,
        };
        if findings.is_empty() { Ok(change) } else { Err(findings.into()) }
    }
}

/// No name is fine.
fn name(text: Option<String>) -> Result<Option<PersonName>, Why> {
    match text {
        Some(text) if !text.trim().is_empty() => PersonName::parse(&text).map(Some),
        _ => Ok(None),
    }
}
