//! Queries of registrations.

use async_graphql::{Context, Object, Result};

use super::Registration;
use crate::gql::{ContextExt, or_code};
use crate::registrations::ops;

/// Queries of registrations.
#[derive(Debug, Default)]
pub struct RegistrationQuery;

#[Object]
impl RegistrationQuery {
    /// By the secret in a registration's mails; null for any other text.
    async fn registration_by_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret.")] token: String,
    ) -> Result<Option<Registration>> {
        let found = ops::by_token(ctx.cx(), &token).await.map_err(|fault| or_code(ctx.cx(), &fault))?;
        Ok(found.map(Registration::own))
    }
}
