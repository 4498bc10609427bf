//! The list of pages. A page is a question and its answer: `pages/<name>/query.graphql` and `pages/<name>/page.html`.

use serde_json::Value;

use crate::variables;
use crate::visit::Visit;

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Where it is.
    pub path: &'static str,
    /// Its folder.
    pub name: &'static str,
    /// The question.
    pub query: &'static str,
    /// What the question is asked with.
    pub variables: fn(&Asking<'_>) -> Value,
    /// The one thing that the page is about: where the answer has null for it, there is no such page.
    pub subject: Option<&'static str>,
}

impl Page {
    /// Whether its address holds a secret.
    pub fn has_secret(&self) -> bool {
        self.path.contains("{token}")
    }

    /// Whether mail programs may press its button for their owners (RFC 8058): whoever has the address, from wherever, whether
    /// there is anything left to do or not.
    pub fn takes_one_click(&self) -> bool {
        self.path.starts_with("/unsubscribe/")
    }
}

/// What variables are made of.
#[derive(Debug)]
pub struct Asking<'a> {
    /// The visit.
    pub visit: &'a Visit,
    /// The slug in the address, where the page is about one thing.
    pub slug: Option<&'a str>,
    /// The secret in the address, where there is one.
    pub token: Option<&'a str>,
    /// The time.
    pub now: chrono::DateTime<chrono::Utc>,
}

macro_rules! pages {
    ($($path:literal $name:literal $variables:ident $subject:expr;)+) => {
        /// Every page that has an address.
        pub static PAGES: &[Page] = &[$(Page {
            path: $path,
            name: $name,
            query: include_str!(concat!("../pages/", $name, "/query.graphql")),
            variables: variables::$variables,
            subject: $subject,
        }),+];

        /// Every template by its name.
        pub static TEMPLATES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../pages/", $name, "/page.html"))),)+
            ("missing", include_str!("../pages/missing/page.html")),
            ("fault", include_str!("../pages/fault/page.html")),
            ("refused", include_str!("../pages/refused/page.html")),
            ("event/registered", include_str!("../pages/event/registered.html")),
            ("layout", include_str!("../pages/layout.html")),
            ("parts/calendar", include_str!("../pages/parts/calendar.html")),
            ("parts/date", include_str!("../pages/parts/date.html")),
            ("confirmation/confirmed", include_str!("../pages/confirmation/confirmed.html")),
            ("unsubscribe/left", include_str!("../pages/unsubscribe/left.html")),
            ("parts/choice_of_newsletters", include_str!("../pages/parts/choice_of_newsletters.html")),
            ("parts/locale", include_str!("../pages/parts/locale.html")),
            ("parts/requested", include_str!("../pages/parts/requested.html")),
            ("parts/subscribe", include_str!("../pages/parts/subscribe.html")),
            ("parts/faults", include_str!("../pages/parts/faults.html")),
            ("parts/field", include_str!("../pages/parts/field.html")),
            ("parts/fault", include_str!("../pages/parts/fault.html")),
            ("parts/hint", include_str!("../pages/parts/hint.html")),
            ("parts/wishes", include_str!("../pages/parts/wishes.html")),
            ("parts/where", include_str!("../pages/parts/where.html")),
            ("parts/questions", include_str!("../pages/parts/questions.html")),
            ("parts/register", include_str!("../pages/parts/register.html")),
            ("parts/event", include_str!("../pages/parts/event.html")),
            ("parts/languages", include_str!("../pages/parts/languages.html")),
            ("parts/pager", include_str!("../pages/parts/pager.html")),
            ("parts/picture", include_str!("../pages/parts/picture.html")),
            ("parts/place", include_str!("../pages/parts/place.html")),
            ("parts/post", include_str!("../pages/parts/post.html")),
            ("parts/registration", include_str!("../pages/parts/registration.html")),
            ("parts/accessibility", include_str!("../pages/parts/accessibility.html")),
            ("parts/seats", include_str!("../pages/parts/seats.html")),
            ("parts/sources", include_str!("../pages/parts/sources.html")),
        ];
    };
}

pages! {
    "/" "home" home None;
    "/organisations" "organisations" organisations None;
    "/organisations/{slug}" "organisation" one_with_events Some("organisation");
    "/events" "events" events None;
    "/events/{slug}" "event" one_with_events Some("event");
    "/calendar" "calendar" calendar Some("calendar");
    "/registrations/{token}" "registration" by_token Some("registration");
    "/newsletters" "newsletters" none None;
    "/newsletters/{slug}" "newsletter" one_of_many Some("newsletter");
    "/issues/{slug}" "issue" one Some("issue");
    "/subscriptions/confirm/{token}" "confirmation" none None;
    "/subscriptions/{token}" "subscription" by_token Some("subscriber");
    "/unsubscribe/{token}" "unsubscribe" by_token Some("subscriber");
    "/unsubscribe/{token}/{slug}" "unsubscribe_one" by_token_and_slug Some("subscriber");
    "/invitations/{token}" "invitation" by_token None;
    "/join" "join" none None;
    "/sign-in" "sign_in" none None;
    "/sign-in/{token}" "sign_in_link" none None;
    "/account" "account" none None;
    "/posts" "posts" posts None;
    "/posts/{slug}" "post" one Some("post");
    "/programmes/{slug}" "programme" one_with_events Some("programme");
    "/search" "search" search None;
}

/// What stands where nothing is.
pub static MISSING: Page =
    Page { path: "", name: "missing", query: include_str!("../pages/missing/query.graphql"), variables: variables::none, subject: None };

/// Every query that the pages ask, by the name of its page: to try them all on a schema.
pub fn queries() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES.iter().chain([&MISSING]).map(|page| (page.name, page.query))
}
