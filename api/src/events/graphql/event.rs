//! An event in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::id::{EventId, OrganisationId};
use entity::{event, event_text, occurrence};

use super::connection::OccurrenceConnection;
use super::loaders::{Clashes, Current, Features, Heads, Hosts, Languages, Tags, Texts};
use super::occurrence::Occurrence;
use super::parts::{AgendaItem, Contact, EventAccessibility, EventHost, EventOutcome, EventPermissions, EventText};
use super::place::Place;
use super::policy::{Price, RegistrationPolicy};
use super::schedule::{Schedule, zone};
use super::seats::Seats;
use super::words::{EventCategory, EventStatus, Visibility};
use crate::access::Action;
use crate::events::store::parts::Head;
use crate::gql::id::Global;
use crate::gql::range::DateTimeRange;
use crate::gql::scalars::{DateTime, Html, Locale, Markdown, WebUrl};
use crate::gql::{ContextExt, or_code};
use crate::kernel::Page;
use crate::media::graphql::{Image, Media};
use crate::organisations::graphql::Organisation;
use crate::posts::graphql::Post;
use crate::posts::graphql::loaders::PostsOf;
use crate::programmes::graphql::Programme;
use crate::registrations::graphql::Registration;
use crate::registrations::graphql::connection::RegistrationConnection;
use crate::registrations::graphql::input::RegistrationWhere;
use crate::registrations::graphql::loaders::OwnRegistrations;
use crate::tags::graphql::Tag;
use crate::venues::graphql::{AccessibilityFact, Features as VenueFeatures};

/// Something that happens.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Event {
    /// Global id.
    pub id: ID,
    /// Raised by every change.
    revision: i32,
    /// Readable part of its address; earlier ones lead to it, too.
    slug: String,
    /// How far it is on its way, or what became of it.
    status: EventStatus,
    /// Who may see it.
    visibility: Visibility,
    /// What sort of event it is.
    category: EventCategory,
    /// Its own site.
    website: Option<WebUrl>,
    /// Why it was cancelled or postponed, where that was said.
    cancellation_reason: Option<String>,
    /// Where its facts were found.
    sources: Vec<WebUrl>,
    /// When it is to be published; null where that is not decided.
    scheduled_for: Option<DateTime>,
    /// When it was begun.
    created_at: DateTime,
    /// When it was last changed.
    updated_at: DateTime,
    /// The row.
    #[graphql(skip)]
    pub row: Arc<event::Model>,
    /// Whether it is shown to somebody who has a seat.
    #[graphql(skip)]
    pub is_attended: bool,
}

impl From<event::Model> for Event {
    fn from(row: event::Model) -> Self {
        Self {
            id: row.id.to_global(),
            revision: row.revision,
            slug: row.slug.clone(),
            status: row.status.into(),
            visibility: row.visibility.into(),
            category: row.category.into(),
            website: row.website.clone().map(WebUrl::from),
            cancellation_reason: row.cancellation_reason.clone(),
            sources: row.sources.0.iter().cloned().map(WebUrl::from).collect(),
            scheduled_for: row.scheduled_for.map(DateTime::utc),
            created_at: DateTime::utc(row.created_at),
            updated_at: DateTime::utc(row.updated_at),
            row: Arc::new(row),
            is_attended: false,
        }
    }
}

#[ComplexObject]
impl Event {
    /// Its page.
    async fn url(&self, ctx: &Context<'_>) -> WebUrl {
        WebUrl(ctx.cx().app.url(&format!("/events/{}", self.slug)))
    }

    /// Title.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.head(ctx).await?.map(|head| head.title).unwrap_or_default())
    }

    /// A sentence or two.
    async fn summary(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.head(ctx).await?.map(|head| head.summary).unwrap_or_default())
    }

    /// What happens.
    async fn description(&self, ctx: &Context<'_>) -> Result<Html> {
        Ok(Html(self.text(ctx).await?.map(|text| text.description_html).unwrap_or_default()))
    }

    /// What happens, as it was written.
    async fn description_markdown(&self, ctx: &Context<'_>) -> Result<Markdown> {
        Ok(Markdown(self.text(ctx).await?.map(|text| text.description_markdown).unwrap_or_default()))
    }

    /// Language of its texts here.
    async fn locale(&self, ctx: &Context<'_>) -> Result<Locale> {
        Ok(self.head(ctx).await?.map_or_else(|| self.row.original_locale.clone(), |head| head.locale).into())
    }

    /// Languages that it is described in.
    async fn locales(&self, ctx: &Context<'_>) -> Result<Vec<Locale>> {
        Ok(ctx.load(Heads(self.key())).await?.unwrap_or_default().iter().map(|head| head.locale.clone().into()).collect())
    }

    /// The whole text in one language; null where there is none.
    async fn translation(&self, ctx: &Context<'_>, #[graphql(desc = "The language.")] locale: Locale) -> Result<Option<EventText>> {
        let texts = ctx.load(Texts(self.key())).await?.unwrap_or_default();
        Ok(texts.iter().find(|text| text.locale == locale.0).cloned().map(EventText::from))
    }

    /// Start of the next date, or of the last one where none is ahead.
    async fn starts_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        let at = self.current(ctx).await?.map_or(self.row.starts_at, |date| date.starts_at);
        Ok(DateTime::local(at, zone(&self.row)))
    }

    /// End of the next date, or of the last one where none is ahead; exclusive, and null where not known.
    async fn ends_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let at = self.current(ctx).await?.map_or(self.row.ends_at, |date| date.ends_at);
        Ok(at.map(|at| DateTime::local(at, zone(&self.row))))
    }

    /// When it is, as its editor gave it.
    async fn schedule(&self) -> Schedule {
        Schedule::from(&*self.row)
    }

    /// The next date that is not over and not cancelled by itself; null where none is ahead.
    async fn next_occurrence(&self, ctx: &Context<'_>) -> Result<Option<Occurrence>> {
        let now = ctx.cx().now();
        let is_ahead = |date: &occurrence::Model| date.over_at > now && !date.is_cancelled;
        Ok(self.current(ctx).await?.filter(is_ahead).map(Occurrence::from))
    }

    /// Its dates, earliest first.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn occurrences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only dates that start then.")] starts_at: Option<DateTimeRange>,
    ) -> Result<OccurrenceConnection> {
        OccurrenceConnection::of(ctx, self.key(), Page { first, after, last, before }, starts_at).await
    }

    /// Where it is.
    async fn place(&self) -> Place {
        Place::of_event(self)
    }

    /// Who holds it, the one answerable for it first.
    async fn hosts(&self, ctx: &Context<'_>) -> Result<Vec<EventHost>> {
        let hosts = ctx.load(Hosts(self.key())).await?.unwrap_or_default();
        let organisations: Vec<Organisation> = ctx.load_all(hosts.iter().map(|host| host.organisation_id).collect()).await?;
        let with_role = |organisation: Organisation| {
            let host = hosts.iter().find(|host| host.organisation_id == organisation.key())?;
            Some(EventHost { organisation, role: host.role.into() })
        };
        Ok(organisations.into_iter().filter_map(with_role).collect())
    }

    /// The picture above it.
    async fn cover(&self, ctx: &Context<'_>) -> Result<Option<Image>> {
        Media::image(ctx, self.row.cover_id).await
    }

    /// Programme that it belongs to.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Programme>> {
        match self.row.programme_id {
            Some(id) => ctx.load(id).await,
            None => Ok(None),
        }
    }

    /// What happens in its course.
    async fn agenda(&self) -> Vec<AgendaItem> {
        let item = |item: &entity::lists::AgendaItem| AgendaItem {
            at: DateTime::local(item.at, zone(&self.row)),
            title: item.title.clone(),
            speaker: item.speaker.clone(),
        };
        self.row.agenda.0.iter().map(item).collect()
    }

    /// Who can take part.
    async fn accessibility(&self, ctx: &Context<'_>) -> Result<EventAccessibility> {
        let languages = ctx.load(Languages(self.key())).await?.unwrap_or_default();
        let those = |is_interpretation: bool| {
            languages.iter().filter(|row| row.is_interpretation == is_interpretation).map(|row| row.locale.clone().into()).collect()
        };
        Ok(EventAccessibility {
            languages: those(false),
            interpretation: those(true),
            features: self.features(ctx).await?,
            childcare: self.row.childcare,
            audience: self.row.audience.clone(),
            entry_conditions: self.row.entry_conditions.clone(),
        })
    }

    /// What it costs.
    async fn price(&self) -> Price {
        Price::from(&*self.row)
    }

    /// How one registers.
    async fn registration_policy(&self) -> RegistrationPolicy {
        RegistrationPolicy::from(&*self.row)
    }

    /// How it stands with seats of the event as a whole, where one registers for all its dates; null where for each date.
    async fn seats(&self, ctx: &Context<'_>) -> Result<Option<Seats>> {
        Seats::of_event(ctx, &self.row).await
    }

    /// Whom to ask.
    async fn contact(&self) -> Option<Contact> {
        Contact::of(&self.row)
    }

    /// Topics.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<Tag>> {
        Ok(ctx.load(Tags(self.key())).await?.unwrap_or_default().iter().cloned().map(Tag::from).collect())
    }

    /// Posts that speak of it.
    async fn posts(&self, ctx: &Context<'_>) -> Result<Vec<Post>> {
        let ids = ctx.load(PostsOf(self.key())).await?.unwrap_or_default();
        ctx.load_all(ids.to_vec()).await
    }

    /// This event alone, as an iCal file (RFC 5545).
    async fn ics_url(&self, ctx: &Context<'_>) -> WebUrl {
        WebUrl(ctx.cx().app.url(&format!("/events/{}/calendar.ics", self.slug)))
    }

    /// What came of it, once that is recorded.
    async fn outcome(&self) -> Option<EventOutcome> {
        EventOutcome::of(&self.row)
    }

    /// From the review (its editors).
    async fn review_note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let host = self.answerable_host(ctx).await?;
        ctx.cx().authorise(&Action::EditEvent(host)).map_err(|refused| or_code(ctx.cx(), &refused.into()))?;
        Ok(self.row.review_note.clone())
    }

    /// Dates of other events that are at the same time as one of its dates ahead, and for the same people: by the same host, on the same
    /// topic, in the same district, or of the same category; up to 20, earliest first (its editors, while they plan).
    async fn clashes(&self, ctx: &Context<'_>) -> Result<Option<Vec<Occurrence>>> {
        let host = self.answerable_host(ctx).await?;
        ctx.cx().authorise(&Action::EditEvent(host)).map_err(|refused| or_code(ctx.cx(), &refused.into()))?;
        let dates = ctx.load(Clashes(self.key())).await?.unwrap_or_default();
        Ok(Some(dates.iter().cloned().map(Occurrence::from).collect()))
    }

    /// The viewer's own registrations, with the address that they proved to be theirs.
    async fn viewer_registrations(&self, ctx: &Context<'_>) -> Result<Vec<Registration>> {
        let own = ctx.load(OwnRegistrations(self.row.id)).await?.unwrap_or_default();
        Ok(own.iter().cloned().map(Registration::own).collect())
    }

    /// Who registered, the earliest first (its organisers). The same as a table lies at `/events/<slug>/registrations.csv`, and for print at
    /// `/events/<slug>/attendance`.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn registrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "What the list is narrowed to.")] r#where: Option<RegistrationWhere>,
    ) -> Result<Option<RegistrationConnection>> {
        let host = self.answerable_host(ctx).await?;
        ctx.cx().authorise(&Action::SeeRegistrations(host)).map_err(|refused| or_code(ctx.cx(), &refused.into()))?;
        let page = Page { first, after, last, before };
        Ok(Some(RegistrationConnection::of_event(ctx, self.key(), page, r#where).await?))
    }

    /// What the viewer may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<EventPermissions> {
        let host = self.answerable_host(ctx).await?;
        let edits = ctx.cx().may(&Action::EditEvent(host)).is_allowed();
        let sees = ctx.cx().may(&Action::SeeRegistrations(host)).is_allowed();
        Ok(EventPermissions { update: edits, publish: edits, cancel: edits, delete: edits, see_registrations: sees, check_in: sees })
    }
}

impl Event {
    /// Its key.
    #[must_use]
    pub fn key(&self) -> EventId {
        self.row.id
    }

    async fn answerable_host(&self, ctx: &Context<'_>) -> Result<Option<OrganisationId>> {
        Ok(ctx.load(Hosts(self.key())).await?.and_then(|hosts| hosts.first().map(|host| host.organisation_id)))
    }

    async fn current(&self, ctx: &Context<'_>) -> Result<Option<occurrence::Model>> {
        Ok(ctx.load(Current(self.key())).await?.map(|date| occurrence::Model::clone(&date)))
    }

    async fn head(&self, ctx: &Context<'_>) -> Result<Option<Head>> {
        let heads = ctx.load(Heads(self.key())).await?.unwrap_or_default();
        Ok(ctx.cx().wanted.pick(&self.row.original_locale, &heads, |head| &head.locale).cloned())
    }

    async fn text(&self, ctx: &Context<'_>) -> Result<Option<event_text::Model>> {
        let texts = ctx.load(Texts(self.key())).await?.unwrap_or_default();
        Ok(ctx.cx().wanted.pick(&self.row.original_locale, &texts, |text| &text.locale).cloned())
    }

    /// What the event states, and what its venue states beside.
    async fn features(&self, ctx: &Context<'_>) -> Result<Vec<AccessibilityFact>> {
        let own = ctx.load(Features(self.key())).await?.unwrap_or_default();
        let venue = match self.row.venue_id {
            Some(id) => ctx.load(VenueFeatures(id)).await?.unwrap_or_default(),
            None => Arc::default(),
        };
        let beside = venue.iter().filter(|fact| own.iter().all(|stated| stated.feature != fact.feature));
        let own = own.iter().map(|fact| AccessibilityFact::new(fact.feature, fact.is_available, fact.note.as_deref()));
        Ok(own.chain(beside.map(|fact| AccessibilityFact::new(fact.feature, fact.is_available, fact.note.as_deref()))).collect())
    }
}
