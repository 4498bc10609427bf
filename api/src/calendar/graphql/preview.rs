//! A calendar, as a person sees it before they subscribe.

use async_graphql::{Context, Result, SimpleObject};

use super::CalendarLinks;
use crate::app::Cx;
use crate::calendar::address::{Address, Of};
use crate::calendar::preview::{self, Ahead, Preview};
use crate::calendar::secret::Closed;
use crate::events::graphql::schedule::zone;
use crate::gql::scalars::{DateTime, Locale, WebUrl};
use crate::gql::{ContextExt, or_code};
use crate::kernel::{Fault, Refused};

/// A calendar to subscribe to, and what is in it.
#[derive(Clone, Debug, SimpleObject)]
pub struct Calendar {
    /// What it is called.
    name: String,
    /// Where to subscribe to it.
    links: CalendarLinks,
    /// Whether its address is a secret of one person's.
    is_secret: bool,
    /// How many of its dates lie ahead.
    total_count: i32,
    /// The first ten of them.
    ahead: Vec<CalendarDate>,
}

/// A date in a calendar.
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarDate {
    /// Title of its event.
    title: String,
    /// Language of the title.
    locale: Locale,
    /// The page of its event.
    url: WebUrl,
    /// Start, with the offset of the event's zone.
    starts_at: DateTime,
    /// End, exclusive; null where not known.
    ends_at: Option<DateTime>,
    /// Whether it is of whole days.
    all_day: bool,
    /// Whether it does not take place.
    cancelled: bool,
    /// Whether the person whose calendar it is has no seat yet.
    waiting: bool,
}

impl Calendar {
    /// The one at an address of ours; none where there is none, or none any more.
    pub async fn at(ctx: &Context<'_>, url: &str) -> Result<Option<Self>> {
        let cx = ctx.cx();
        let Some(address) = read(cx, url) else { return Ok(None) };
        match preview::of(&cx.app, &address, &cx.wanted).await {
            Ok(found) => Ok(Some(Self::of(cx, &address, found))),
            Err(Closed::Ended | Closed::Fault(Fault::Refused(Refused::NotFound))) => Ok(None),
            Err(Closed::Fault(fault)) => Err(or_code(cx, &fault)),
        }
    }

    fn of(cx: &Cx, address: &Address, found: Preview) -> Self {
        Self {
            links: CalendarLinks::at(cx.app.url(&address.path_and_query()), &found.name),
            name: found.name,
            is_secret: address.of.is_secret(),
            total_count: i32::try_from(found.total).unwrap_or(i32::MAX),
            ahead: found.ahead.into_iter().map(|ahead| CalendarDate::of(cx, ahead)).collect(),
        }
    }
}

impl CalendarDate {
    fn of(cx: &Cx, Ahead { event, date, text, is_cancelled, is_waiting }: Ahead) -> Self {
        let zone = zone(&event);
        let (title, locale) = text.map_or((String::new(), event.original_locale), |text| (text.title, text.locale));
        Self {
            title,
            locale: Locale::from(locale),
            url: WebUrl(cx.app.url(&format!("/events/{}", event.slug))),
            starts_at: DateTime::local(date.starts_at, zone),
            ends_at: date.ends_at.map(|at| DateTime::local(at, zone)),
            all_day: event.is_all_day,
            cancelled: is_cancelled,
            waiting: is_waiting,
        }
    }
}

/// What an address of ours asks for, given whole or from its path on.
fn read(cx: &Cx, url: &str) -> Option<Address> {
    let path = url.strip_prefix(cx.app.config.public_url.as_str()).unwrap_or(url);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    Of::read(path)?.narrowed(query).ok()
}
