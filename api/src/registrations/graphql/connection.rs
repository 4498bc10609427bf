//! A person's own registrations in GraphQL.

use async_graphql::{Context, Result};
use entity::id::PersonId;

use super::Registration;
use crate::gql::connection::wants_total;
use crate::gql::{ContextExt, connection, or_code};
use crate::kernel::{Fault, Page};
use crate::registrations::store::own;

connection! {
    /// A page of registrations.
    RegistrationConnection, RegistrationEdge, Registration
}

impl RegistrationConnection {
    /// A page of a person's own, the latest first.
    ///
    /// # Errors
    /// Bad arguments, or a failing database.
    pub async fn own(ctx: &Context<'_>, person: PersonId, page: Page) -> Result<Self> {
        let load = async {
            let page = page.parse("own registrations")?;
            Ok::<_, Fault>(own::page(ctx.cx().db(), person, &page, wants_total(ctx)).await?)
        };
        Ok(load.await.map_err(|fault| or_code(ctx.cx(), &fault))?.map(Registration::from).into())
    }
}
