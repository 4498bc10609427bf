//! An organisation in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::id::OrganisationId;
use entity::{organisation, organisation_text};

use super::loaders::{Languages, Memberships, Tags, Texts};
use super::membership::Membership;
use super::people::OrganisationPersonConnection;
use super::words::OrganisationKind;
use super::{GeoPoint, PostalAddress};
use crate::access::Action;
use crate::calendar::graphql::CalendarLinks;
use crate::calendar_sources::graphql::OrganisationCalendarSource;
use crate::events::graphql::connection::{EventConnection, Parent as EventParent};
use crate::events::graphql::input::EventWhere;
use crate::feeds::graphql::FeedLinks;
use crate::gql::id::Global;
use crate::gql::scalars::{DateTime, EmailAddress, Html, Locale, Markdown, PartialDate, WebUrl};
use crate::gql::{ContextExt, or_code};
use crate::invitations::graphql::{Invitation, InvitationsOf};
use crate::kernel::Page;
use crate::media::graphql::{Image, Media};
use crate::memberships::graphql::{MembershipApplication, OpenApplication};
use crate::organisations::rules;
use crate::posts::graphql::connection::{Parent as PostParent, PostConnection};
use crate::tags::graphql::Tag;

/// An association, a partner, a funder, or the network itself.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Organisation {
    /// Global id.
    pub id: ID,
    /// Raised by every change.
    revision: i32,
    /// Readable part of its address; earlier ones lead to it, too.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Short name, e.g. `IIK`.
    pub short_name: Option<String>,
    /// Earlier and other spellings of the name; search finds them.
    aliases: Vec<String>,
    /// What it is in the network's life.
    kind: OrganisationKind,
    /// Legal form, e.g. `e. V.`; null where not known.
    legal_form: Option<String>,
    /// Its own site.
    website: Option<WebUrl>,
    /// Its public mailbox.
    email: Option<EmailAddress>,
    /// Its public telephone number.
    phone: Option<String>,
    /// Whether everybody may see the address.
    address_is_public: bool,
    /// When it was founded, as precisely as known.
    founded_on: Option<PartialDate>,
    /// Whether its editors publish without the office's review.
    publishes_without_review: bool,
    /// Where its facts were found.
    sources: Vec<WebUrl>,
    /// When it was entered here.
    created_at: DateTime,
    /// When it was last changed.
    updated_at: DateTime,
    /// The row.
    #[graphql(skip)]
    pub row: Arc<organisation::Model>,
}

impl From<organisation::Model> for Organisation {
    fn from(row: organisation::Model) -> Self {
        Self {
            id: row.id.to_global(),
            revision: row.revision,
            slug: row.slug.clone(),
            name: row.name.clone(),
            short_name: row.short_name.clone(),
            aliases: row.aliases.0.clone(),
            kind: row.kind.into(),
            legal_form: row.legal_form.clone(),
            website: row.website.clone().map(WebUrl::from),
            email: row.email.clone().map(EmailAddress::from),
            phone: row.phone.clone(),
            address_is_public: row.address_is_public,
            founded_on: row.founded_on.clone().map(PartialDate::from),
            publishes_without_review: row.publishes_without_review,
            sources: row.sources.0.iter().cloned().map(WebUrl::from).collect(),
            created_at: DateTime::utc(row.created_at),
            updated_at: DateTime::utc(row.updated_at),
            row: Arc::new(row),
        }
    }
}

#[ComplexObject]
impl Organisation {
    /// Its sign.
    async fn logo(&self, ctx: &Context<'_>) -> Result<Option<Image>> {
        Media::image(ctx, self.row.logo_id).await
    }

    /// Its page.
    async fn url(&self, ctx: &Context<'_>) -> WebUrl {
        WebUrl(ctx.cx().app.url(&format!("/organisations/{}", self.slug)))
    }

    /// What it says of itself; empty where it says nothing.
    pub(crate) async fn description(&self, ctx: &Context<'_>) -> Result<Html> {
        Ok(Html(self.text(ctx).await?.map(|text| text.description_html).unwrap_or_default()))
    }

    /// What it says of itself, as it was written.
    pub(crate) async fn description_markdown(&self, ctx: &Context<'_>) -> Result<Markdown> {
        Ok(Markdown(self.text(ctx).await?.map(|text| text.description_markdown).unwrap_or_default()))
    }

    /// What it says of itself in one language; null where it does not say it in that.
    async fn translation(&self, ctx: &Context<'_>, #[graphql(desc = "The language.")] locale: Locale) -> Result<Option<OrganisationText>> {
        let texts = ctx.load(Texts(self.key())).await?.unwrap_or_default();
        Ok(texts.iter().find(|text| text.locale == locale.0).cloned().map(OrganisationText::from))
    }

    /// Language of `description`.
    async fn locale(&self, ctx: &Context<'_>) -> Result<Locale> {
        Ok(self.text(ctx).await?.map_or_else(|| self.row.original_locale.clone(), |text| text.locale).into())
    }

    /// Languages in which it says something of itself.
    async fn locales(&self, ctx: &Context<'_>) -> Result<Vec<Locale>> {
        Ok(ctx.load(Texts(self.key())).await?.unwrap_or_default().iter().map(|text| text.locale.clone().into()).collect())
    }

    /// Topics that it works on, in its order.
    async fn focus(&self, ctx: &Context<'_>) -> Result<Vec<Tag>> {
        Ok(ctx.load(Tags(self.key())).await?.unwrap_or_default().iter().cloned().map(Tag::from).collect())
    }

    /// Languages that it works in.
    async fn languages(&self, ctx: &Context<'_>) -> Result<Vec<Locale>> {
        Ok(ctx.load(Languages(self.key())).await?.unwrap_or_default().iter().cloned().map(Locale::from).collect())
    }

    /// Its address. Null to others than its people where `addressIsPublic` is false: many associations are registered at a
    /// private home.
    async fn address(&self, ctx: &Context<'_>) -> Option<PostalAddress> {
        self.shows_address(ctx).then(|| PostalAddress::from(&*self.row))
    }

    /// Where it is; null where not known, and to others than its people where `addressIsPublic` is false.
    async fn location(&self, ctx: &Context<'_>) -> Option<GeoPoint> {
        GeoPoint::of(self.row.latitude, self.row.longitude).filter(|_| self.shows_address(ctx))
    }

    /// The current membership of the network, or the latest; null where it never was, nor asked to be, a member.
    async fn membership(&self, ctx: &Context<'_>) -> Result<Option<Membership>> {
        let (memberships, today) = (ctx.load(Memberships(self.key())).await?.unwrap_or_default(), ctx.cx().today());
        Ok(rules::current(&memberships, today).map(|row| Membership::on(today, row)))
    }

    /// All its memberships, the earliest first.
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<Membership>> {
        let today = ctx.cx().today();
        Ok(ctx.load(Memberships(self.key())).await?.unwrap_or_default().iter().map(|row| Membership::on(today, row)).collect())
    }

    /// Posts that it wrote, newest first.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<PostConnection> {
        PostConnection::of(ctx, PostParent::Organisation(self.key()), Page { first, after, last, before }).await
    }

    /// Events that it hosts in any role, ordered by their first date in the range asked for.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "What they are narrowed to.")] filter: Option<EventWhere>,
    ) -> Result<EventConnection> {
        EventConnection::of(ctx, EventParent::Organisation(self.key()), Page { first, after, last, before }, filter).await
    }

    /// Where to follow its latest posts.
    async fn feeds(&self, ctx: &Context<'_>) -> FeedLinks {
        FeedLinks::of_organisation(&ctx.cx().app, &self.row.slug)
    }

    /// Where to subscribe to the calendar of its public events.
    async fn calendar(&self, ctx: &Context<'_>) -> CalendarLinks {
        CalendarLinks::of_organisation(&ctx.cx().app, &self.row)
    }

    /// The calendar that it keeps elsewhere, from which its events are taken over; null where there is none (its own people and network
    /// staff).
    async fn calendar_source(&self, ctx: &Context<'_>) -> Result<Option<OrganisationCalendarSource>> {
        OrganisationCalendarSource::of(ctx, self.key()).await
    }

    /// Who acts for it, the longest first (its own people and network staff).
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Option<OrganisationPersonConnection>> {
        self.authorise(ctx, &Action::SeePeople(self.key()))?;
        Ok(Some(OrganisationPersonConnection::of(ctx, self.key(), Page { first, after, last, before }).await?))
    }

    /// Invitations not yet accepted, those that have expired too, the latest first (its owners, network staff).
    async fn invitations(&self, ctx: &Context<'_>) -> Result<Option<Vec<Invitation>>> {
        self.authorise(ctx, &Action::SeeInvitations(self.key()))?;
        let rows = ctx.load(InvitationsOf(self.key())).await?.unwrap_or_default();
        Ok(Some(rows.iter().cloned().map(Invitation::from).collect()))
    }

    /// What it wrote when it applied, while nothing is decided; null where it did not (administrators).
    async fn application(&self, ctx: &Context<'_>) -> Result<Option<MembershipApplication>> {
        self.authorise(ctx, &Action::AdministerOrganisations)?;
        Ok(ctx.load(OpenApplication(self.key())).await?.as_deref().map(MembershipApplication::from))
    }

    /// What the viewer may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> OrganisationPermissions {
        let may = |action: Action<'_>| ctx.cx().may(&action).is_allowed();
        let (organisation_id, is_trusted) = (self.key(), self.publishes_without_review);
        OrganisationPermissions {
            update: may(Action::UpdateOrganisation(organisation_id)),
            invite: may(Action::InviteToOrganisation(organisation_id)),
            set_calendar_source: may(Action::SetCalendarSource(organisation_id)),
            create_post: may(Action::CreatePost(organisation_id)),
            create_event: may(Action::CreateEvent(organisation_id)),
            publish_without_review: may(Action::PublishWithoutReview { organisation_id, is_trusted }),
        }
    }
}

impl Organisation {
    /// Its key.
    #[must_use]
    pub fn key(&self) -> OrganisationId {
        self.row.id
    }

    fn authorise(&self, ctx: &Context<'_>, action: &Action<'_>) -> Result<()> {
        ctx.cx().authorise(action).map_err(|refused| or_code(ctx.cx(), &refused.into()))
    }

    fn shows_address(&self, ctx: &Context<'_>) -> bool {
        self.address_is_public || ctx.cx().may(&Action::SeeAddress(self.key())).is_allowed()
    }

    async fn text(&self, ctx: &Context<'_>) -> Result<Option<organisation_text::Model>> {
        let texts = ctx.load(Texts(self.key())).await?.unwrap_or_default();
        Ok(ctx.cx().wanted.pick(&self.row.original_locale, &texts, |text| &text.locale).cloned())
    }
}

/// What an organisation says of itself in one language.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrganisationText {
    /// The language.
    locale: Locale,
    /// The text.
    description: Html,
    /// The text as it was written.
    description_markdown: Markdown,
}

impl From<organisation_text::Model> for OrganisationText {
    fn from(row: organisation_text::Model) -> Self {
        Self {
            locale: row.locale.into(),
            description: Html(row.description_html),
            description_markdown: Markdown(row.description_markdown),
        }
    }
}

/// What the viewer may do with an organisation.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct OrganisationPermissions {
    /// Change its profile.
    update: bool,
    /// Invite people to it.
    invite: bool,
    /// Say where it keeps its own calendar.
    set_calendar_source: bool,
    /// Write posts in its name.
    create_post: bool,
    /// Announce events in its name.
    create_event: bool,
    /// Publish without the office's review.
    publish_without_review: bool,
}
