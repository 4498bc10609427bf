//! Memberships in GraphQL: applying, deciding, leaving.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::id::OrganisationId;
use entity::membership_application;

use super::ops::{self, Apply};
use super::store;
use crate::gql::input::{self, named, optional_line};
use crate::gql::loader::parts;
use crate::gql::scalars::{EmailAddress, PartialDate, WebUrl};
use crate::gql::{AcceptedPayload, ContextExt};
use crate::kernel::refusal::Expected;
use crate::kernel::{self, Findings, PersonName, Why, text};
use crate::organisations::graphql::mutation::OrganisationPayload;

/// What somebody writes who applies for membership of their organisation.
#[derive(Clone, Debug, InputObject)]
pub struct MembershipApplyInput {
    /// How the organisation is called, up to 200 characters.
    organisation_name: String,
    /// Its legal form, e.g. `e. V.`, up to 50 characters.
    legal_form: Option<String>,
    /// Its own site.
    website: Option<WebUrl>,
    /// Who writes, up to 200 characters.
    contact_name: String,
    /// Where they are written to.
    email: EmailAddress,
    /// Where they are called, up to 50 characters.
    phone: Option<String>,
    /// What the organisation does, and why it would like to belong to the network, up to 5,000 characters.
    statement: String,
}

/// What was written by who applied for membership. Kept until 30 days after it is decided.
#[derive(Clone, Debug, SimpleObject)]
pub struct MembershipApplication {
    /// Who wrote.
    contact_name: String,
    /// Where they are written to; nobody proved that it is theirs.
    email: EmailAddress,
    /// Where they are called.
    phone: Option<String>,
    /// What the organisation does, and why it would like to belong to the network.
    statement: String,
}

impl From<&membership_application::Model> for MembershipApplication {
    fn from(row: &membership_application::Model) -> Self {
        Self {
            contact_name: row.contact_name.clone(),
            email: row.email.clone().into(),
            phone: row.phone.clone(),
            statement: row.statement.clone(),
        }
    }
}

parts! {
    /// What an organisation wrote that applied and waits for a decision.
    OpenApplication(OrganisationId) => membership_application::Model = |cx, ids| store::open_applications(cx.db(), ids);
}

impl MembershipApplyInput {
    /// What is asked for, with all that is wrong about it.
    fn read(self) -> Apply {
        let mut findings = Findings::of_input();
        let of = &mut findings;
        let website = self.website.map(|url| input::web_address(&url.0)).transpose();
        Apply {
            name: of.take("organisationName", text::required_line(&self.organisation_name, text::TITLE)),
            legal_form: optional_line(of, "legalForm", self.legal_form, 50),
            website: of.take("website", website).flatten(),
            contact_name: of.take("contactName", PersonName::parse(&self.contact_name)),
            email: of.take("email", input::email(&self.email.0)),
            phone: optional_line(of, "phone", self.phone, 50),
            statement: of.take("statement", text::required_lines(&self.statement, text::SUMMARY * 5)),
            findings,
        }
    }
}

/// Mutations of memberships.
#[derive(Debug, Default)]
pub struct MembershipMutation;

#[Object]
impl MembershipMutation {
    /// Applies for membership. The answer is the same whether somebody applied for the organisation before; what is decided goes to the
    /// address by mail.
    async fn membership_apply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who applies, and why.")] input: MembershipApplyInput,
    ) -> Result<AcceptedPayload> {
        AcceptedPayload::of(ctx, ops::apply(ctx.cx(), input.read()).await)
    }

    /// Admits an applicant, a former member again, or anybody else who is none; who applied is told by mail (administrators).
    async fn membership_admit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation.")] organisation_id: ID,
        #[graphql(desc = "Since when, as precisely as known; ahead, too.")] joined_on: PartialDate,
    ) -> Result<OrganisationPayload> {
        let id: OrganisationId = named(ctx, &organisation_id)?;
        OrganisationPayload::of(ctx, ops::admit(ctx.cx(), id, day(&joined_on)).await)
    }

    /// Declines an application; who applied is told by mail (administrators).
    async fn membership_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation.")] organisation_id: ID,
        #[graphql(desc = "Why, up to 1,000 characters; it stands in the mail.")] reason: Option<String>,
    ) -> Result<OrganisationPayload> {
        let id: OrganisationId = named(ctx, &organisation_id)?;
        OrganisationPayload::of(ctx, ops::decline(ctx.cx(), id, reason).await)
    }

    /// Ends a membership with a day, until the end of which it lasts, and so do the rights of its people (administrators).
    async fn membership_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which organisation.")] organisation_id: ID,
        #[graphql(desc = "Until when, as precisely as known; ahead, too.")] left_on: PartialDate,
    ) -> Result<OrganisationPayload> {
        let id: OrganisationId = named(ctx, &organisation_id)?;
        OrganisationPayload::of(ctx, ops::end(ctx.cx(), id, day(&left_on)).await)
    }
}

fn day(given: &PartialDate) -> Result<kernel::PartialDate, Why> {
    given.0.parse().map_err(|_| Why::Invalid(Expected::Number))
}
