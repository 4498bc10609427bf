//! Where to subscribe to a calendar, in GraphQL.

use async_graphql::SimpleObject;
use entity::organisation;
use url::Url;

use crate::app::App;
use crate::gql::scalars::WebUrl;

/// Where to subscribe to a calendar: the same one as a plain address, and as links that calendar programs open.
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarLinks {
    /// The calendar (RFC 5545).
    url: WebUrl,
    /// The same as calendar programs of phones and desktops open it.
    webcal_url: WebUrl,
    /// Adds it to Google Calendar.
    google_url: WebUrl,
    /// Adds it to Outlook on the web.
    outlook_url: WebUrl,
}

impl CalendarLinks {
    /// The calendar of all public events.
    #[must_use]
    pub fn of_network(app: &App, network: &organisation::Model) -> Self {
        Self::at(app.url("/calendar.ics"), &network.name)
    }

    /// The calendar of an organisation's public events.
    #[must_use]
    pub fn of_organisation(app: &App, organisation: &organisation::Model) -> Self {
        Self::at(app.url(&format!("/organisations/{}/calendar.ics", organisation.slug)), &organisation.name)
    }

    fn at(url: String, name: &str) -> Self {
        let webcal = url.split_once("://").map_or_else(|| url.clone(), |(_, rest)| format!("webcal://{rest}"));
        let with = |base: &str, parameters: &[(&str, &str)]| {
            Url::parse_with_params(base, parameters).map_or_else(|_| url.clone(), |link| link.to_string())
        };
        Self {
            google_url: WebUrl(with("https://calendar.google.com/calendar/render", &[("cid", &webcal)])),
            outlook_url: WebUrl(with("https://outlook.live.com/calendar/0/addfromweb", &[("url", &url), ("name", name)])),
            webcal_url: WebUrl(webcal),
            url: WebUrl(url),
        }
    }
}

/// Queries of calendars.
#[derive(Debug, Default)]
pub struct CalendarQuery;

#[async_graphql::Object]
impl CalendarQuery {
    /// Where to subscribe to a calendar of all public events.
    async fn calendar(&self, ctx: &async_graphql::Context<'_>) -> CalendarLinks {
        use crate::gql::ContextExt;
        CalendarLinks::at(ctx.cx().app.url("/calendar.ics"), "")
    }
}
