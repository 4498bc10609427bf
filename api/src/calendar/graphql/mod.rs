//! Where to subscribe to a calendar, in GraphQL.

mod preview;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::id::{OrganisationId, ProgrammeId};
use entity::{organisation, person};
use url::Url;

use self::preview::Calendar;
use crate::access::Viewer;
use crate::app::{App, Cx};
use crate::calendar::address::Of;
use crate::calendar::narrowing::Narrowing;
use crate::calendar::secret;
use crate::calendar::subject::Subject;
use crate::events::graphql::words::EventCategory;
use crate::gql::id::Global;
use crate::gql::scalars::{Locale, WebUrl};
use crate::gql::{ContextExt, bounded, or_code};
use crate::kernel::fault::BadInput;
use crate::kernel::{self, Fault};
use crate::secret::Purpose;
use crate::venues::graphql::AccessibilityFeature;
use crate::{organisations, programmes};

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

    /// The secret calendar of what a person registered for.
    #[must_use]
    pub fn of_registrations(app: &App, person: &person::Model) -> Self {
        let address = Of::Registrations(secret::token(app, Purpose::Calendar, person));
        Self::at(app.url(&address.path()), if is_german(person) { "Meine Anmeldungen" } else { "My registrations" })
    }

    /// The secret calendar of what is for members, for one of them.
    #[must_use]
    pub fn of_members(app: &App, person: &person::Model) -> Self {
        let address = Of::Members(secret::token(app, Purpose::MembersCalendar, person));
        Self::at(app.url(&address.path()), if is_german(person) { "Für Mitglieder" } else { "For members" })
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

fn is_german(person: &person::Model) -> bool {
    person.locale.parse::<kernel::Locale>().is_ok_and(|locale| locale.is_german())
}

/// What a calendar can be narrowed to. All that is given must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CalendarWhere {
    /// Hosted by this organisation, in any role.
    organisation_id: Option<ID>,
    /// Of this programme.
    programme_id: Option<ID>,
    /// What sort of event.
    category: Option<EventCategory>,
    /// Slug of a topic.
    tag: Option<String>,
    /// District of the venue, spelled as there.
    district: Option<String>,
    /// A language that it is held in or interpreted into; `de` also finds `de-simple`.
    language: Option<Locale>,
    /// Features of accessibility that were all stated to be there, by the event or else by its venue.
    features: Option<Vec<AccessibilityFeature>>,
}

/// Queries of calendars.
#[derive(Debug, Default)]
pub struct CalendarQuery;

#[Object]
impl CalendarQuery {
    /// The calendar at an address of ours, public or secret; null where there is none, or none any more.
    async fn calendar_at(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its address, as `CalendarLinks.url` has it, or from its path on.")] url: String,
    ) -> Result<Option<Calendar>> {
        let url = bounded(Some(url), 2000).map_err(|wrong| or_code(ctx.cx(), &wrong.into()))?.unwrap_or_default();
        Calendar::at(ctx, &url).await
    }

    /// Where to subscribe to a calendar of exactly these public events.
    async fn calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "What it is narrowed to.")] filter: Option<CalendarWhere>,
    ) -> Result<CalendarLinks> {
        let cx = ctx.cx();
        let narrowing = filter.unwrap_or_default().parse(cx).await.map_err(|fault| or_code(cx, &fault))?;
        let subject = Subject::find(&cx.app, narrowing).await.map_err(|fault| or_code(cx, &fault))?;
        Ok(CalendarLinks::at(cx.app.url(&format!("/calendar.ics{}", subject.narrowing.query())), &subject.name()))
    }
}

impl CalendarWhere {
    /// What the address says. Organisations and programmes go by their slugs there; what is not there, or not to be seen, is no id.
    async fn parse(self, cx: &Cx) -> Result<Narrowing, Fault> {
        let organisation = match self.organisation_id.as_ref().map(OrganisationId::from_global).transpose()? {
            Some(id) => {
                let found = organisations::store::by_ids(cx.db(), &Viewer::Visitor, vec![id]).await?.remove(&id);
                Some(found.ok_or(BadInput::Id)?.slug)
            }
            None => None,
        };
        let programme = match self.programme_id.as_ref().map(ProgrammeId::from_global).transpose()? {
            Some(id) => Some(programmes::store::by_ids(cx.db(), vec![id]).await?.remove(&id).ok_or(BadInput::Id)?.slug),
            None => None,
        };
        Ok(Narrowing {
            organisation,
            programme,
            category: self.category.map(Into::into),
            tag: bounded(self.tag, 200)?,
            district: bounded(self.district, 200)?,
            language: self.language.map(|locale| locale.0.into_owned()),
            features: self.features.unwrap_or_default().into_iter().map(Into::into).collect(),
            locale: None,
        })
    }
}
