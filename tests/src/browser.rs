//! A browser without JavaScript, which keeps the cookie that it is given.

use axum::http::Method;
use serde_json::{Value, json};

use crate::Answer;
use crate::world::{Reply, World};

/// A person's browser. It reads German.
pub struct Browser<'w> {
    world: &'w World,
    /// The cookie, as it is sent.
    pub cookie: String,
}

impl World {
    /// A new one.
    #[must_use]
    pub fn browser(&self) -> Browser<'_> {
        Browser { world: self, cookie: String::new() }
    }

    /// One in which somebody has signed in, on our pages.
    pub async fn browser_of(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.world.asks_to_sign_in(email).await;
        let code = self.code_mailed(email);
        let reply = browser.sends("/sign-in", &[("form", "enter"), ("email", email), ("code", &code)]).await;
        assert_eq!(reply.header("location"), "/account?done=signed_in", "{}", reply.text());
        browser
    }
}

impl Browser<'_> {
    /// Opens a page.
    pub async fn opens(&self, address: &str) -> Reply {
        self.world.ask(Method::GET, address, &self.with(&[("accept-language", "de"), ("accept", "text/html")])).await
    }

    /// Opens a page, fills in the form of this name, and presses its button.
    ///
    /// # Panics
    /// Where there is no such form on the page.
    pub async fn fills_in(&mut self, address: &str, form: &str, fields: &[(&str, &str)]) -> Reply {
        let hidden = self.opens(address).await.hidden_fields(form);
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.sends(address, &hidden.chain(fields.iter().copied()).collect::<Vec<_>>()).await
    }

    /// Sends a form.
    pub async fn sends(&mut self, address: &str, fields: &[(&str, &str)]) -> Reply {
        let reply = self.world.post_form_with(&self.with(&[]), address, fields).await;
        if let Some((cookie, rest)) = reply.header("set-cookie").split_once(';') {
            self.cookie = if rest.contains("Max-Age=0") { String::new() } else { cookie.to_owned() };
        }
        reply
    }

    /// Asks GraphQL, as a script of the page would.
    pub async fn graphql(&self, query: &str) -> Answer {
        self.graphql_from("same-origin", query).await
    }

    /// Asks GraphQL from a page of whose site the browser says this.
    pub async fn graphql_from(&self, site: &str, query: &str) -> Answer {
        let body: Value = json!({ "query": query });
        Answer(self.world.post_graphql(&self.with(&[("sec-fetch-site", site)]), &body).await.json())
    }

    fn with<'a>(&'a self, headers: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let own = Some(("cookie", self.cookie.as_str())).filter(|(_, cookie)| !cookie.is_empty());
        headers.iter().copied().chain(own).collect()
    }
}
