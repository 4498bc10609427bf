//! What mutations of people are given.

use async_graphql::{InputObject, MaybeUndefined, OneofObject};

use crate::gql::input::{email, patch};
use crate::gql::scalars::{DateTime, EmailAddress, Locale};
use crate::kernel::refusal::Expected;
use crate::kernel::text::required_line;
use crate::kernel::{Findings, Patch, PersonName, Why};
use crate::people::ops::{By, Change, CreateToken};

/// Characters of an access token's name at the most.
const NAME: usize = 100;
/// Characters of a secret that are looked at.
const SECRET: usize = 200;

/// What somebody signs in by: the token in the link, or the code in the mail together with the address.
#[derive(Clone, Debug, OneofObject)]
pub enum SignInBy {
    /// The secret in the mailed link, `/sign-in/…`.
    Token(String),
    /// The mailed code.
    Code(SignInCode),
}

/// A mailed code.
#[derive(Clone, Debug, InputObject)]
pub struct SignInCode {
    /// The address that it was mailed to.
    email: EmailAddress,
    /// Six digits; spaces between them do no harm.
    code: String,
}

/// What changes of one's own account; what is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct ViewerUpdateInput {
    /// As one wants to be called, up to 200 characters; null for not at all.
    name: MaybeUndefined<String>,
    /// In which language one is written to.
    locale: MaybeUndefined<Locale>,
}

/// An access token to make.
#[derive(Clone, Debug, InputObject)]
pub struct AccessTokenCreateInput {
    /// What it is for, up to 100 characters.
    name: String,
    /// When it ends; left out for one that is ended by hand.
    expires_at: Option<DateTime>,
}

impl SignInBy {
    pub(super) fn read(self) -> By {
        match self {
            Self::Token(token) => By::Token(token.trim().chars().take(SECRET).collect()),
            Self::Code(SignInCode { email: address, code }) => By::Code { email: email(&address.0), code },
        }
    }
}

impl ViewerUpdateInput {
    pub(super) fn read(self) -> Change {
        let mut findings = Findings::of_input();
        let name = match patch(self.name) {
            // A field that was emptied.
            Patch::Set(text) if text.trim().is_empty() => Patch::Clear,
            name => findings.take("name", name.read(|text| PersonName::parse(&text))).unwrap_or_default(),
        };
        let locale = patch(self.locale).read(|locale| locale.0.parse().map_err(|_| Why::Invalid(Expected::Locale)));
        Change { name, locale: findings.take("locale", locale).unwrap_or_default(), findings }
    }
}

impl AccessTokenCreateInput {
    pub(super) fn read(self) -> CreateToken {
        let mut findings = Findings::of_input();
        let name = findings.take("name", required_line(&self.name, NAME));
        CreateToken { name, expires_at: self.expires_at.map(DateTime::to_utc), findings }
    }
}
