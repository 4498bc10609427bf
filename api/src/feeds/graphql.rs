//! Where feeds are, in GraphQL.

use async_graphql::SimpleObject;

use crate::app::App;
use crate::gql::scalars::WebUrl;

/// Where to follow what is new: the same in three formats.
#[derive(Clone, Debug, SimpleObject)]
pub struct FeedLinks {
    /// Atom (RFC 4287).
    atom_url: WebUrl,
    /// RSS 2.0.
    rss_url: WebUrl,
    /// JSON Feed 1.1.
    json_url: WebUrl,
}

impl FeedLinks {
    /// Those of the network's posts.
    #[must_use]
    pub fn of_network(app: &App) -> Self {
        Self::at(app, "/posts")
    }

    /// Those of the posts of an organisation.
    #[must_use]
    pub fn of_organisation(app: &App, slug: &str) -> Self {
        Self::at(app, &format!("/organisations/{slug}/posts"))
    }

    /// Those of the issues of a newsletter.
    #[must_use]
    pub fn of_newsletter(app: &App, slug: &str) -> Self {
        Self::at(app, &format!("/newsletters/{slug}/issues"))
    }

    fn at(app: &App, path: &str) -> Self {
        let in_format = |format: &str| WebUrl(app.url(&format!("{path}.{format}")));
        Self { atom_url: in_format("atom"), rss_url: in_format("rss"), json_url: in_format("json") }
    }
}
