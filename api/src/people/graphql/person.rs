//! A person in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::person;

use super::loaders::Affiliations;
use super::words::{NetworkRole, OrganisationRole};
use crate::access::Action;
use crate::gql::id::Global;
use crate::gql::scalars::{DateTime, EmailAddress, Locale};
use crate::gql::{ContextExt, or_code};
use crate::organisations::graphql::Organisation;

/// A person with an account. What colleagues see is `name`; the rest is for the person and administrators.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Person {
    /// Global id.
    pub id: ID,
    /// As they want to be called.
    name: Option<String>,
    #[graphql(skip)]
    row: Arc<person::Model>,
    /// Whether it is the person who just signed in: they ask for themselves, and were still a visitor when they did.
    #[graphql(skip)]
    is_own: bool,
}

/// An organisation that a person acts for.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrganisationAffiliation {
    /// Which.
    organisation: Organisation,
    /// What they may do for it.
    role: OrganisationRole,
}

impl From<person::Model> for Person {
    fn from(row: person::Model) -> Self {
        Self { id: row.id.to_global(), name: row.name.clone(), row: Arc::new(row), is_own: false }
    }
}

impl Person {
    /// Whoever asks.
    #[must_use]
    pub fn own(row: person::Model) -> Self {
        Self { is_own: true, ..Self::from(row) }
    }

    fn authorise(&self, ctx: &Context<'_>) -> Result<()> {
        if self.is_own {
            return Ok(());
        }
        ctx.cx().authorise(&Action::SeeAccount(self.row.id)).map_err(|refused| or_code(ctx.cx(), &refused.into()))
    }
}

#[ComplexObject]
impl Person {
    /// Where they are written to (the person, administrators).
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<EmailAddress>> {
        self.authorise(ctx)?;
        Ok(Some(self.row.email.clone().into()))
    }

    /// In which language they are written to (the person, administrators).
    async fn locale(&self, ctx: &Context<'_>) -> Result<Option<Locale>> {
        self.authorise(ctx)?;
        Ok(Some(self.row.locale.clone().into()))
    }

    /// Their part in the network's office; null also where they have none (the person, administrators).
    async fn network_role(&self, ctx: &Context<'_>) -> Result<Option<NetworkRole>> {
        self.authorise(ctx)?;
        Ok(self.row.network_role.map(Into::into))
    }

    /// The organisations that they act for (the person, administrators).
    async fn organisations(&self, ctx: &Context<'_>) -> Result<Option<Vec<OrganisationAffiliation>>> {
        self.authorise(ctx)?;
        let rows = ctx.load(Affiliations(self.row.id)).await?.unwrap_or_default();
        let found = rows.iter().map(|row| async move {
            let organisation = ctx.load(row.organisation_id).await?;
            Ok::<_, async_graphql::Error>(organisation.map(|organisation| OrganisationAffiliation { organisation, role: row.role.into() }))
        });
        Ok(Some(futures_util::future::try_join_all(found).await?.into_iter().flatten().collect()))
    }

    /// When their account was made (the person, administrators).
    async fn created_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        self.authorise(ctx)?;
        Ok(Some(DateTime::utc(self.row.created_at)))
    }

    /// When they last signed in (the person, administrators).
    async fn last_signed_in_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        self.authorise(ctx)?;
        Ok(self.row.last_signed_in_at.map(DateTime::utc))
    }
}
