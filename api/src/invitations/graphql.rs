//! Invitations in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use entity::id::{InvitationId, OrganisationId};
use entity::invitation;

use super::ops::Invite;
use super::{ops, rules, store};
use crate::gql::id::Global;
use crate::gql::input::{email, named};
use crate::gql::loader::{objects, parts};
use crate::gql::scalars::{DateTime, EmailAddress};
use crate::gql::{ContextExt, or_code};
use crate::organisations::graphql::{Organisation, OrganisationPayload};
use crate::people::graphql::OrganisationRole;

/// Characters of a secret that are looked at.
const SECRET: usize = 200;

/// An invitation to act for an organisation. It can be accepted once, by who signs in with the address that it was sent to.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Invitation {
    /// Global id.
    pub id: ID,
    /// The address that it was sent to.
    email: EmailAddress,
    /// What whoever accepts it may do.
    role: OrganisationRole,
    /// When it was sent.
    created_at: DateTime,
    /// Until when it can be accepted.
    expires_at: DateTime,
    /// When it was accepted; null where it was not.
    accepted_at: Option<DateTime>,
    #[graphql(skip)]
    row: Arc<invitation::Model>,
}

impl From<invitation::Model> for Invitation {
    fn from(row: invitation::Model) -> Self {
        Self {
            id: row.id.to_global(),
            email: row.email.clone().into(),
            role: row.role.into(),
            created_at: DateTime::utc(row.created_at),
            expires_at: DateTime::utc(row.expires_at),
            accepted_at: row.accepted_at.map(DateTime::utc),
            row: Arc::new(row),
        }
    }
}

#[ComplexObject]
impl Invitation {
    /// Whether it can be accepted now.
    async fn is_open(&self, ctx: &Context<'_>) -> bool {
        rules::is_open(&self.row, ctx.cx().now())
    }

    /// Who invites; null where that is not to be seen yet.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        ctx.load(self.row.organisation_id).await
    }
}

objects! {
    InvitationId => Invitation = |cx, ids| store::by_ids(cx.db(), &cx.viewer, ids);
}

parts! {
    /// Whom an organisation invited.
    InvitationsOf(OrganisationId) => Vec<invitation::Model> = |cx, ids| store::of(cx.db(), &cx.viewer, ids);
}

/// Whom to invite.
#[derive(Clone, Debug, InputObject)]
pub struct OrganisationInviteInput {
    /// The address to write to.
    email: EmailAddress,
    /// What they may do for it.
    role: OrganisationRole,
}

/// Queries of invitations.
#[derive(Debug, Default)]
pub struct InvitationQuery;

#[Object]
impl InvitationQuery {
    /// By the secret in an invitation's mail; null for any other text, and once it was taken back or replaced.
    async fn invitation_by_token(&self, ctx: &Context<'_>, #[graphql(desc = "The secret.")] token: String) -> Result<Option<Invitation>> {
        let found = ops::by_token(ctx.cx(), secret(&token)).await.map_err(|fault| or_code(ctx.cx(), &fault))?;
        Ok(found.map(Invitation::from))
    }
}

/// Mutations of invitations.
#[derive(Debug, Default)]
pub struct InvitationMutation;

#[Object]
impl InvitationMutation {
    /// Mails an invitation to an address, in place of an earlier one (its owners, administrators). Whether the address has an account
    /// is not told.
    async fn organisation_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation.")] id: ID,
        #[graphql(desc = "Whom, and as what.")] input: OrganisationInviteInput,
    ) -> Result<OrganisationPayload> {
        let id: OrganisationId = named(ctx, &id)?;
        let invite = Invite { email: email(&input.email.0), role: input.role.into() };
        OrganisationPayload::of(ctx, ops::invite(ctx.cx(), id, invite).await)
    }

    /// Takes back an invitation that is not accepted yet (its organisation's owners, administrators).
    async fn invitation_revoke(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<OrganisationPayload> {
        let id: InvitationId = named(ctx, &id)?;
        OrganisationPayload::of(ctx, ops::revoke(ctx.cx(), id).await)
    }

    /// Joins the organisation that invited the address of the signed-in person; FORBIDDEN where it invited another one.
    async fn invitation_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret in the invitation's mail.")] token: String,
    ) -> Result<OrganisationPayload> {
        OrganisationPayload::of(ctx, ops::accept(ctx.cx(), secret(&token)).await)
    }
}

fn secret(given: &str) -> &str {
    let given = given.trim();
    given.char_indices().nth(SECRET).map_or(given, |(at, _)| &given[..at])
}
