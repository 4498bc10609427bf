//! Mutations of accounts.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::person;

use super::input::{AccessTokenCreateInput, ViewerUpdateInput};
use super::words::NetworkRole;
use super::{AccessToken, Person, Viewer};
use crate::gql::input::named;
use crate::gql::user_error::done_or_refused;
use crate::gql::{AcceptedPayload, ContextExt, UserError, or_code, payload};
use crate::people::ops;

payload! {
    /// The signed-in person as they now are, or what to put right.
    ViewerPayload {
        /// As they now are; null where it was refused.
        viewer: Viewer
    }
}

payload! {
    /// The person as they now are, or what to put right.
    PersonPayload {
        /// As they now are; null where it was refused.
        person: Person
    }
}

/// The new access token, or what to put right.
#[derive(Clone, Debug, SimpleObject)]
pub struct AccessTokenCreatePayload {
    /// It; null where it was refused.
    access_token: Option<AccessToken>,
    /// Goes into `Authorization: Bearer …`; shown this once.
    secret: Option<String>,
    /// What the caller can put right; empty where all is well.
    errors: Vec<UserError>,
}

/// Mutations of accounts.
#[derive(Debug, Default)]
pub struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Changes how one is called and written to.
    async fn viewer_update(&self, ctx: &Context<'_>, #[graphql(desc = "What changes.")] input: ViewerUpdateInput) -> Result<ViewerPayload> {
        let current = ctx.cx().caller.session();
        let outcome = ops::update(ctx.cx(), input.read()).await;
        ViewerPayload::of(ctx, outcome.map(|row: person::Model| Viewer::of(row, current)))
    }

    /// Gives one's own calendars new secret addresses: that of one's registrations and that of what is for members. The old ones end at
    /// once.
    async fn calendar_token_rotate(&self, ctx: &Context<'_>) -> Result<ViewerPayload> {
        let current = ctx.cx().caller.session();
        let outcome = ops::rotate_calendars(ctx.cx()).await;
        ViewerPayload::of(ctx, outcome.map(|row: person::Model| Viewer::of(row, current)))
    }

    /// Ends one of one's own sessions.
    async fn session_revoke(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<AcceptedPayload> {
        let id = named(ctx, &id)?;
        AcceptedPayload::of(ctx, ops::revoke_session(ctx.cx(), id).await)
    }

    /// Makes a secret by which a program acts for oneself. By it no other can be made, and nothing ended that people sign in by.
    async fn access_token_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What for, and how long.")] input: AccessTokenCreateInput,
    ) -> Result<AccessTokenCreatePayload> {
        let cx = ctx.cx();
        let outcome = done_or_refused(ops::create_access_token(cx, input.read()).await, &cx.spoken());
        Ok(match outcome.map_err(|fault| or_code(cx, &fault))? {
            Err(errors) => AccessTokenCreatePayload { access_token: None, secret: None, errors },
            Ok(made) => AccessTokenCreatePayload { access_token: Some(made.token.into()), secret: Some(made.secret), errors: Vec::new() },
        })
    }

    /// Ends one of one's own access tokens.
    async fn access_token_revoke(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<AcceptedPayload> {
        let id = named(ctx, &id)?;
        AcceptedPayload::of(ctx, ops::revoke_access_token(ctx.cx(), id).await)
    }

    /// Gives a person a part in the network's office, or takes it away; never the last administrator's (administrators).
    async fn person_set_network_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] id: ID,
        #[graphql(desc = "Which part; null for none.")] role: Option<NetworkRole>,
    ) -> Result<PersonPayload> {
        let id = named(ctx, &id)?;
        PersonPayload::of(ctx, ops::set_network_role(ctx.cx(), id, role.map(Into::into)).await)
    }
}
