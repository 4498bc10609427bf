//! Mutations of signing in and out.

use async_graphql::{Context, Object, Result, SimpleObject};
use axum::http::header::SET_COOKIE;

use super::Viewer;
use super::input::SignInBy;
use crate::gql::input::email as read_email;
use crate::gql::scalars::{DateTime, EmailAddress};
use crate::gql::user_error::done_or_refused;
use crate::gql::{AcceptedPayload, ContextExt, UserError, or_code};
use crate::people::{cookie, ops};

/// Who signed in, or what to put right.
#[derive(Clone, Debug, SimpleObject)]
pub struct SignInPayload {
    /// The person; null where it was refused.
    viewer: Option<Viewer>,
    /// Goes into `Authorization: Bearer …`; told this once. A browser also gets it as an HttpOnly cookie.
    session_token: Option<String>,
    /// When the session ends unless it is used before.
    expires_at: Option<DateTime>,
    /// What the caller can put right; empty where all is well.
    errors: Vec<UserError>,
}

/// Mutations of signing in and out.
#[derive(Debug, Default)]
pub struct SignInMutation;

#[Object]
impl SignInMutation {
    /// Mails the address a code and a link, good for 15 minutes and together only once. The answer is the same whether it has an account, and
    /// after five mails within an hour, when no further one is sent.
    async fn sign_in_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants to sign in.")] email: EmailAddress,
    ) -> Result<AcceptedPayload> {
        AcceptedPayload::of(ctx, ops::request(ctx.cx(), read_email(&email.0)).await)
    }

    /// Signs in by what was mailed. Who does for the first time gets an account. A document has one of it at the most; after five
    /// wrong codes for an address none is good for 15 minutes.
    async fn sign_in(&self, ctx: &Context<'_>, #[graphql(desc = "What was mailed.")] by: SignInBy) -> Result<SignInPayload> {
        let cx = ctx.cx();
        match done_or_refused(ops::sign_in(cx, by.read()).await, &cx.spoken()).map_err(|fault| or_code(cx, &fault))? {
            Err(errors) => Ok(SignInPayload { viewer: None, session_token: None, expires_at: None, errors }),
            Ok(done) => {
                if let Some(given) = cookie::given(&cx.app.config, &done.secret) {
                    ctx.append_http_header(SET_COOKIE, given);
                }
                Ok(SignInPayload {
                    viewer: Some(Viewer::of(done.person, Some(done.session.id))),
                    session_token: Some(done.secret),
                    expires_at: Some(DateTime::utc(done.session.expires_at)),
                    errors: Vec::new(),
                })
            }
        }
    }

    /// Ends the session in which it is asked.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<AcceptedPayload> {
        let outcome = ops::sign_out(ctx.cx()).await;
        if let Some(taken) = cookie::taken(&ctx.cx().app.config).filter(|_| outcome.is_ok()) {
            ctx.append_http_header(SET_COOKIE, taken);
        }
        AcceptedPayload::of(ctx, outcome)
    }
}
