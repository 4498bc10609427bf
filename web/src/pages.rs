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

/// What variables are made of.
#[derive(Debug)]
pub struct Asking<'a> {
    /// The visit.
    pub visit: &'a Visit,
    /// The last part of the path, where the page is about one thing.
    pub slug: Option<&'a str>,
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
            ("layout", include_str!("../pages/layout.html")),
            ("parts/calendar", include_str!("../pages/parts/calendar.html")),
            ("parts/date", include_str!("../pages/parts/date.html")),
            ("parts/event", include_str!("../pages/parts/event.html")),
            ("parts/languages", include_str!("../pages/parts/languages.html")),
            ("parts/pager", include_str!("../pages/parts/pager.html")),
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
