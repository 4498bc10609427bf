//! The signed-in person in GraphQL: their account, their sessions, their access tokens.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::id::SessionId;
use entity::{access_token, person, session};

use super::Person;
use crate::calendar::graphql::CalendarLinks;
use crate::gql::id::Global;
use crate::gql::scalars::DateTime;
use crate::gql::{ContextExt, or_code};
use crate::kernel::Page;
use crate::people::store::credentials;
use crate::registrations::graphql::connection::RegistrationConnection;

/// The signed-in person.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Viewer {
    /// Who they are.
    person: Person,
    #[graphql(skip)]
    row: Arc<person::Model>,
    #[graphql(skip)]
    current: Option<SessionId>,
}

/// Where somebody is signed in. It lasts 30 days from its last use.
#[derive(Clone, Debug, SimpleObject)]
pub struct Session {
    /// Global id.
    pub id: ID,
    /// When they signed in.
    created_at: DateTime,
    /// When it was last used, to the hour.
    last_used_at: DateTime,
    /// When it ends unless it is used before.
    expires_at: DateTime,
    /// Whether it is the one in which this is asked.
    is_current: bool,
    #[graphql(skip)]
    key: SessionId,
}

/// A secret by which a program acts for a person. It is shown once, when it is made.
#[derive(Clone, Debug, SimpleObject)]
pub struct AccessToken {
    /// Global id.
    pub id: ID,
    /// What it is for, in its owner's words.
    name: String,
    /// When it was made.
    created_at: DateTime,
    /// When it was last used, to the hour.
    last_used_at: Option<DateTime>,
    /// When it ends; null for one that does not end by itself.
    expires_at: Option<DateTime>,
}

impl Viewer {
    /// Whoever asks, in this session where it is one.
    #[must_use]
    pub fn of(row: person::Model, current: Option<SessionId>) -> Self {
        Self { row: Arc::new(row.clone()), person: Person::own(row), current }
    }
}

impl Session {
    /// The same, asked for in a session.
    #[must_use]
    pub fn seen_from(self, current: Option<SessionId>) -> Self {
        Self { is_current: Some(self.key) == current, ..self }
    }
}

impl From<session::Model> for Session {
    fn from(row: session::Model) -> Self {
        Self {
            id: row.id.to_global(),
            created_at: DateTime::utc(row.created_at),
            last_used_at: DateTime::utc(row.last_used_at),
            expires_at: DateTime::utc(row.expires_at),
            is_current: false,
            key: row.id,
        }
    }
}

impl From<access_token::Model> for AccessToken {
    fn from(row: access_token::Model) -> Self {
        Self {
            id: row.id.to_global(),
            name: row.name,
            created_at: DateTime::utc(row.created_at),
            last_used_at: row.last_used_at.map(DateTime::utc),
            expires_at: row.expires_at.map(DateTime::utc),
        }
    }
}

#[ComplexObject]
impl Viewer {
    /// What they registered for with the address that they proved to be theirs, the latest first.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn registrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<RegistrationConnection> {
        RegistrationConnection::own(ctx, self.row.id, Page { first, after, last, before }).await
    }

    /// Secret calendar of their own registrations; what they wait for is in it as not certain. Only to themself: a program that acts for
    /// them with an access token is refused, as the address would outlast the token.
    async fn calendar(&self, ctx: &Context<'_>) -> Result<CalendarLinks> {
        let cx = ctx.cx();
        cx.in_person().map_err(|refused| or_code(cx, &refused.into()))?;
        Ok(CalendarLinks::of_registrations(&cx.app, &self.row))
    }

    /// Secret calendar of what is for members; null where they belong to none. Only to themself, as `calendar` is.
    async fn members_calendar(&self, ctx: &Context<'_>) -> Result<Option<CalendarLinks>> {
        let cx = ctx.cx();
        cx.in_person().map_err(|refused| or_code(cx, &refused.into()))?;
        Ok(cx.viewer.belongs_to_a_member().then(|| CalendarLinks::of_members(&cx.app, &self.row)))
    }

    /// Their access tokens, the latest first; those that ended, too.
    async fn access_tokens(&self, ctx: &Context<'_>) -> Result<Vec<AccessToken>> {
        let cx = ctx.cx();
        let rows = credentials::access_tokens_of(cx.db(), self.row.id).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(rows.into_iter().map(AccessToken::from).collect())
    }

    /// Where they are signed in, the latest first.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        let cx = ctx.cx();
        let rows = credentials::sessions_of(cx.db(), self.row.id, cx.now()).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(rows.into_iter().map(|row| Session::from(row).seen_from(self.current)).collect())
    }
}
