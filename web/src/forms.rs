//! The list of forms, and how one becomes an answer. A form is a mutation and what follows it: `pages/<page>/<form>.graphql`.
//!
//! [`fields`] is what a browser sent, [`origin`] from whose page, [`variables`] what the mutation is given of it, [`outcome`]
//! what came of it, [`filled`] what a page shows of a form that was sent, [`post`] the way through all of them.

pub mod fields;
pub mod filled;
pub mod origin;
pub mod outcome;
pub mod post;
pub mod variables;

use serde_json::{Value, json};

use crate::pages::Page;
use fields::Fields;

/// A form on a page.
#[derive(Debug)]
pub struct Form {
    /// Folder of its page.
    pub page: &'static str,
    /// Its own name, which its field `form` says where a page has several.
    pub name: &'static str,
    /// What it does.
    pub mutation: &'static str,
    /// What the mutation is given that stands in no field; none where what it is about does not exist.
    pub given: fn(&Sent<'_>) -> Option<Value>,
    /// What follows where it was done.
    pub then: Then,
}

/// What follows a form that did what it does.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// Its page, which shows by `?done=` and by its data what was done. Nothing is sent twice where it is loaded again.
    Again(&'static str),
    /// Another page of ours, which shows it as that would.
    At(&'static str, &'static str),
    /// A template, given the page's data and the mutation's payload as `result`: for what is told this once. Loaded again, the
    /// form is sent again, which has to do no harm.
    Show(&'static str),
}

/// What else a mutation may be given than fields.
#[derive(Debug)]
pub struct Sent<'a> {
    /// The secret in the address.
    pub token: Option<&'a str>,
    /// The slug in the address.
    pub slug: Option<&'a str>,
    /// What the page's question was answered with.
    pub data: &'a Value,
}

macro_rules! forms {
    ($($page:literal $name:literal $given:ident $then:expr;)+) => {
        /// Every form.
        pub static FORMS: &[Form] = &[$(Form {
            page: $page,
            name: $name,
            mutation: include_str!(concat!("../pages/", $page, "/", $name, ".graphql")),
            given: $given,
            then: $then,
        }),+];
    };
}

forms! {
    "event" "register" nothing Then::Show("event/registered");
    "registration" "update" by_token Then::Again("updated");
    "registration" "cancel" by_token Then::Again("cancelled");
    "newsletters" "subscribe" nothing Then::Again("requested");
    "newsletter" "subscribe" nothing Then::Again("requested");
    "confirmation" "confirm" by_token Then::Show("confirmation/confirmed");
    "subscription" "update" by_token Then::Again("updated");
    "subscription" "leave" by_token Then::Show("unsubscribe/left");
    "unsubscribe" "leave" by_token Then::Show("unsubscribe/left");
    "invitation" "request" nothing Then::Show("invitation");
    "invitation" "enter" nothing Then::Again("signed_in");
    "invitation" "accept" by_token Then::Again("accepted");
    "join" "apply" nothing Then::Again("applied");
    "sign_in" "request" nothing Then::Show("sign_in");
    "sign_in" "enter" nothing Then::At("/account", "signed_in");
    "sign_in_link" "open" by_token Then::At("/account", "signed_in");
    "account" "update" nothing Then::Again("updated");
    "account" "sign_out" nothing Then::At("/sign-in", "signed_out");
    "account" "rotate" nothing Then::Again("rotated");
    "account" "revoke" nothing Then::Again("revoked");
    "account" "revoke_token" nothing Then::Again("revoked");
    "unsubscribe_one" "leave_one" by_token_and_newsletter Then::Show("unsubscribe/left");
}

/// Every mutation that the pages ask for, by the names of its page and its form: to try them all on a schema.
pub fn mutations() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    FORMS.iter().map(|form| (form.page, form.name, form.mutation))
}

impl Page {
    /// Its forms.
    pub fn forms(&self) -> impl Iterator<Item = &'static Form> + use<> {
        let name = self.name;
        FORMS.iter().filter(move |form| form.page == name)
    }

    /// The form that was sent: the one that it says it is, else the first.
    pub fn form_sent(&self, fields: &Fields) -> Option<&'static Form> {
        match fields.first("form") {
            Some(name) => self.forms().find(|form| form.name == name),
            None => self.forms().next(),
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as all that forms are given")]
fn nothing(_: &Sent<'_>) -> Option<Value> {
    Some(json!({}))
}

fn by_token(sent: &Sent<'_>) -> Option<Value> {
    sent.token.map(|token| json!({ "token": token }))
}

/// The newsletter among those of the reader, else any of that name.
fn by_token_and_newsletter(sent: &Sent<'_>) -> Option<Value> {
    let slug = sent.slug?;
    let own = sent.data["subscriber"]["subscriptions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found = own.iter().map(|subscription| &subscription["newsletter"]).find(|newsletter| newsletter["slug"] == slug);
    let id = found.unwrap_or(&sent.data["newsletter"])["id"].as_str()?;
    Some(json!({ "token": sent.token?, "newsletterIds": [id] }))
}
