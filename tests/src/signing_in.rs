//! How people sign in: they ask, read the mail, and come back with what stands in it; through the public door.

use axum::http::Method;
use serde_json::{Value, json};

use crate::Answer;
use crate::world::{Reply, World};

/// Signs in, and asks for all that is told.
pub const SIGN_IN: &str = "mutation($by: SignInBy!) {
    signIn(by: $by) {
        viewer { person { id name email locale networkRole } sessions { id isCurrent } accessTokens { id } }
        sessionToken expiresAt errors { code path }
    }
}";

/// Somebody who signed in, and comes through the public door.
pub struct Client<'w> {
    world: &'w World,
    /// The secret of the session, or of an access token.
    pub secret: String,
}

impl World {
    /// Asks to sign in, and lets the mail go out.
    pub async fn asks_to_sign_in(&self, email: &str) -> Answer {
        let query = "mutation($email: EmailAddress!) { signInRequest(email: $email) { accepted errors { code path } } }";
        let answer = self.graphql(query, json!({ "email": email })).await;
        assert!(self.run_jobs().await.failed.is_empty());
        answer
    }

    /// The code in the latest mail to an address.
    #[must_use]
    pub fn code_mailed(&self, email: &str) -> String {
        let letter = self.app.mailer.sent().into_iter().rev().find(|mail| mail.envelope.to.to_string() == email).unwrap().letter();
        let text = letter.text.unwrap();
        let mut numbers = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|letter| letter.is_ascii_digit());
        numbers.find(is_code).unwrap_or_else(|| panic!("no code in {text}")).to_owned()
    }

    /// Tries a code for an address.
    pub async fn tries_code(&self, email: &str, code: &str) -> Answer {
        self.graphql(SIGN_IN, json!({ "by": { "code": { "email": email, "code": code } } })).await
    }

    /// Tries the secret of a link.
    pub async fn tries_link(&self, token: &str) -> Answer {
        self.graphql(SIGN_IN, json!({ "by": { "token": token } })).await
    }

    /// Signs somebody in by a mailed code.
    pub async fn signs_in(&self, email: &str) -> Client<'_> {
        self.asks_to_sign_in(email).await;
        let answer = self.tries_code(email, &self.code_mailed(email)).await;
        self.with_secret(answer.at("signIn.sessionToken").as_str().unwrap())
    }

    /// Whoever has a secret.
    #[must_use]
    pub fn with_secret(&self, secret: &str) -> Client<'_> {
        Client { world: self, secret: secret.to_owned() }
    }

    /// A code that is not this one.
    #[must_use]
    pub fn other_than(code: &str) -> String {
        format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
    }
}

impl Client<'_> {
    /// Asks GraphQL.
    pub async fn graphql(&self, query: &str, variables: Value) -> Answer {
        Answer(self.post(&json!({ "query": query, "variables": variables })).await.json())
    }

    /// Posts to GraphQL, and gives the whole reply.
    pub async fn post(&self, body: &Value) -> Reply {
        self.world.post_graphql(&[("authorization", &format!("Bearer {}", self.secret))], body).await
    }

    /// Asks an address.
    pub async fn get(&self, address: &str) -> Reply {
        self.world.ask(Method::GET, address, &[("authorization", &format!("Bearer {}", self.secret))]).await
    }
}
