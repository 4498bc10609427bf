//! The network itself in GraphQL.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use entity::lists::OpeningHour;
use entity::words::RelationKind;
use entity::{network, organisation};

use super::words::Weekday;
use super::{Organisation, PostalAddress};
use crate::calendar::graphql::CalendarLinks;
use crate::feeds::graphql::FeedLinks;
use crate::gql::scalars::{Date, EmailAddress, Html, Locale, Markdown, PartialDate, TimeOfDay, TimeZone, WebUrl};
use crate::gql::{ContextExt, or_code};
use crate::organisations::store;
use crate::programmes::graphql::Programme;

/// The network whose public life this is.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Network {
    /// Raised by every change.
    revision: i32,
    /// The network as an organisation among organisations: host of its events, author of its posts.
    organisation: Organisation,
    /// Name.
    name: String,
    /// Short name.
    short_name: String,
    /// Name as it is registered.
    legal_name: String,
    /// Address of its office.
    address: PostalAddress,
    /// How to find the office.
    directions: Option<String>,
    /// Telephone of the office.
    phone: Option<String>,
    /// Mailbox of the office.
    email: Option<EmailAddress>,
    /// Its own site.
    website: Option<WebUrl>,
    /// When the office is open.
    opening_hours: Vec<OpeningHours>,
    /// Said beside the opening hours, e.g. `und nach Vereinbarung`.
    opening_hours_note: Option<String>,
    /// When it was founded, as precisely as known.
    founded_on: Option<PartialDate>,
    /// Zone of its times.
    time_zone: TimeZone,
    /// Language of who says nothing else.
    default_locale: Locale,
    /// Languages of its public life.
    locales: Vec<Locale>,
}

impl Network {
    /// The network, from its own row and the organisation that it is.
    #[must_use]
    pub fn of(network: network::Model, organisation: organisation::Model) -> Self {
        Self {
            revision: network.revision,
            name: organisation.name.clone(),
            short_name: organisation.short_name.clone().unwrap_or_else(|| organisation.name.clone()),
            legal_name: network.legal_name,
            address: PostalAddress::from(&organisation),
            directions: network.directions,
            phone: organisation.phone.clone(),
            email: organisation.email.clone().map(EmailAddress::from),
            website: organisation.website.clone().map(WebUrl::from),
            opening_hours: network.opening_hours.0.into_iter().map(OpeningHours::from).collect(),
            opening_hours_note: network.opening_hours_note,
            founded_on: organisation.founded_on.clone().map(PartialDate::from),
            time_zone: TimeZone(network.time_zone.parse().unwrap_or(chrono_tz::UTC)),
            default_locale: network.default_locale.into(),
            locales: network.locales.0.into_iter().map(Locale::from).collect(),
            organisation: Organisation::from(organisation),
        }
    }
}

#[ComplexObject]
impl Network {
    /// What it is and does.
    async fn description(&self, ctx: &Context<'_>) -> Result<Html> {
        self.organisation.description(ctx).await
    }

    /// What it is and does, as it was written.
    async fn description_markdown(&self, ctx: &Context<'_>) -> Result<Markdown> {
        self.organisation.description_markdown(ctx).await
    }

    /// Member organisations on a day. A partial date counts from its first day as `joinedOn` and to its last as `leftOn`; an
    /// unknown `joinedOn` counts from the network's founding.
    async fn member_count(&self, ctx: &Context<'_>, #[graphql(desc = "The day; today where left out.")] on: Option<Date>) -> Result<u32> {
        let cx = ctx.cx();
        let day = on.map_or_else(|| cx.today(), |day| day.0);
        let count = store::membership::count_on(cx.db(), &cx.viewer, day).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Who pays for its work.
    async fn funders(&self, ctx: &Context<'_>) -> Result<Vec<Organisation>> {
        related(ctx, RelationKind::Funder).await
    }

    /// Larger networks of which this one is a member.
    async fn umbrellas(&self, ctx: &Context<'_>) -> Result<Vec<Organisation>> {
        related(ctx, RelationKind::Umbrella).await
    }

    /// Its lasting pieces of work.
    async fn programmes(&self, ctx: &Context<'_>) -> Result<Vec<Programme>> {
        crate::programmes::graphql::all(ctx).await
    }

    /// Where to follow everybody's latest posts. `?tag=` and the slug of a topic narrow them to it, `?locale=` gives texts in a language.
    async fn feeds(&self, ctx: &Context<'_>) -> FeedLinks {
        FeedLinks::of_network(&ctx.cx().app)
    }

    /// Where to subscribe to the calendar of all public events.
    async fn calendar(&self, ctx: &Context<'_>) -> CalendarLinks {
        CalendarLinks::of_network(&ctx.cx().app, &self.organisation.row)
    }
}

async fn related(ctx: &Context<'_>, kind: RelationKind) -> Result<Vec<Organisation>> {
    let cx = ctx.cx();
    let found = store::network::related(cx.db(), &cx.viewer, kind).await.map_err(|error| or_code(cx, &error.into()))?;
    Ok(found.into_iter().map(Organisation::from).collect())
}

/// One span of one weekday.
#[derive(Clone, Debug, SimpleObject)]
pub struct OpeningHours {
    /// The day.
    weekday: Weekday,
    /// From when.
    opens_at: TimeOfDay,
    /// Until when.
    closes_at: TimeOfDay,
}

impl From<OpeningHour> for OpeningHours {
    fn from(hour: OpeningHour) -> Self {
        Self { weekday: hour.weekday.into(), opens_at: TimeOfDay(hour.opens_at), closes_at: TimeOfDay(hour.closes_at) }
    }
}

impl From<(network::Model, organisation::Model)> for Network {
    fn from((network, organisation): (network::Model, organisation::Model)) -> Self {
        Self::of(network, organisation)
    }
}
