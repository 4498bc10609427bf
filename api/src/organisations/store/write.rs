//! Writing organisations, their memberships, and the network's own row.

use std::collections::HashMap;

use chrono_tz::Tz;
use entity::id::{MembershipId, OrganisationId, TagId};
use entity::organisation::{Column, Entity, Model};
use entity::words::{MembershipDecision, OrganisationKind, RelationKind, SluggedKind};
use entity::lists::OpeningHour;
use entity::{former_slug, membership, network, network_relation, organisation_language, organisation_tag, organisation_text};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use crate::app::App;
use crate::db::insert;
use crate::kernel::{EmailAddress, Locale, Markdown, PartialDate, Slug, WebAddress, fold};
use crate::tags::store::write as tags;

/// A postal address to be written, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// Street and number.
    pub street: Option<String>,
    /// Floor, or whose door.
    pub extra: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// District of the city.
    pub district: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: String,
}

impl Default for NewAddress {
    fn default() -> Self {
        Self { street: None, extra: None, postal_code: None, city: None, district: None, country_code: "DE".to_owned() }
    }
}

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewLocation {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// What an organisation says of itself in one language, to be written.
#[derive(Clone, Debug)]
pub struct NewOrganisationText {
    /// The language.
    pub locale: Locale,
    /// The text.
    pub description: Markdown,
}

/// An organisation to be written.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Readable part of its address.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// What it is called for short.
    pub short_name: Option<String>,
    /// Earlier and other spellings.
    pub aliases: Vec<String>,
    /// What it is to the network.
    pub kind: OrganisationKind,
    /// Legal form, e.g. `e. V.`.
    pub legal_form: Option<String>,
    /// Language of the text that the others translate.
    pub original_locale: Locale,
    /// What it says of itself.
    pub texts: Vec<NewOrganisationText>,
    /// Languages that it works in, in order.
    pub languages: Vec<Locale>,
    /// Topics that it works on, in order.
    pub tags: Vec<TagId>,
    /// Its own site.
    pub website: Option<WebAddress>,
    /// Its mailbox.
    pub email: Option<EmailAddress>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Where it is.
    pub address: NewAddress,
    /// Whether everybody may see where it is.
    pub address_is_public: bool,
    /// Where it is on the map.
    pub location: Option<NewLocation>,
    /// When it was founded.
    pub founded_on: Option<PartialDate>,
    /// Whether its editors publish without review.
    pub publishes_without_review: bool,
    /// Where its facts were found.
    pub sources: Vec<WebAddress>,
}

/// A period in the network, to be written.
#[derive(Clone, Debug)]
pub struct NewMembership {
    /// What was decided.
    pub decision: MembershipDecision,
    /// When it applied.
    pub applied_on: Option<PartialDate>,
    /// From when; unknown counts from the network's founding.
    pub joined_on: Option<PartialDate>,
    /// To when.
    pub left_on: Option<PartialDate>,
    /// Whether it founded the network.
    pub is_founding: bool,
}

/// What the network has beside being an organisation, to be written.
#[derive(Clone, Debug)]
pub struct NewNetwork {
    /// The organisation that it is.
    pub organisation_id: OrganisationId,
    /// Its name in the register.
    pub legal_name: String,
    /// How to find its office.
    pub directions: Option<String>,
    /// When its office is open.
    pub opening_hours: Vec<OpeningHour>,
    /// Said beside the opening hours.
    pub opening_hours_note: Option<String>,
    /// Zone that it lives in.
    pub time_zone: Tz,
    /// Languages of its public life, the default first.
    pub locales: Vec<Locale>,
    /// Who pays for it, in order.
    pub funders: Vec<OrganisationId>,
    /// Larger networks of which it is a member, in order.
    pub umbrellas: Vec<OrganisationId>,
}

/// Inserts an organisation with its texts, languages and topics.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn insert(tx: &impl ConnectionTrait, app: &App, new: &NewOrganisation) -> Result<OrganisationId, DbErr> {
    let (id, now): (OrganisationId, _) = (app.new_id(), app.clock.now());
    let topics = tags::names(tx, &new.tags).await?;
    let row = Model {
        id,
        revision: 1,
        slug: new.slug.to_string(),
        name: new.name.clone(),
        name_key: fold::for_sorting(&new.name),
        short_name: new.short_name.clone(),
        aliases: new.aliases.clone().into(),
        kind: new.kind,
        legal_form: new.legal_form.clone(),
        original_locale: new.original_locale.to_string(),
        website: new.website.as_ref().map(ToString::to_string),
        email: new.email.as_ref().map(ToString::to_string),
        phone: new.phone.clone(),
        street: new.address.street.clone(),
        address_extra: new.address.extra.clone(),
        postal_code: new.address.postal_code.clone(),
        city: new.address.city.clone(),
        district: new.address.district.clone(),
        country_code: new.address.country_code.clone(),
        address_is_public: new.address_is_public,
        latitude: new.location.map(|location| location.latitude),
        longitude: new.location.map(|location| location.longitude),
        founded_on: new.founded_on.as_ref().map(ToString::to_string),
        publishes_without_review: new.publishes_without_review,
        sources: new.sources.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
        search_title: fold::for_search(&names(new).join("\n")),
        search_text: search_text(new, &topics),
        created_at: now,
        updated_at: now,
    };
    insert::rows::<Entity>(tx, vec![row]).await?;
    insert::rows::<organisation_text::Entity>(tx, new.texts.iter().map(|text| text_row(id, text)).collect()).await?;
    let languages = (0..).zip(&new.languages).map(|(position, locale)| organisation_language::Model {
        organisation_id: id,
        locale: locale.to_string(),
        position,
    });
    insert::rows::<organisation_language::Entity>(tx, languages.collect()).await?;
    let tags = (0..).zip(&new.tags).map(|(position, &tag_id)| organisation_tag::Model { organisation_id: id, tag_id, position });
    insert::rows::<organisation_tag::Entity>(tx, tags.collect()).await?;
    Ok(id)
}

/// Inserts a membership of an organisation.
///
/// # Errors
/// Where the database fails.
pub async fn insert_membership(
    tx: &impl ConnectionTrait,
    app: &App,
    organisation_id: OrganisationId,
    new: &NewMembership,
) -> Result<MembershipId, DbErr> {
    let row = membership::Model {
        id: app.new_id(),
        organisation_id,
        decision: new.decision,
        applied_on: new.applied_on.as_ref().map(ToString::to_string),
        joined_on: new.joined_on.as_ref().map(ToString::to_string),
        left_on: new.left_on.as_ref().map(ToString::to_string),
        is_founding: new.is_founding,
        created_at: app.clock.now(),
    };
    let id = row.id;
    insert::rows::<membership::Entity>(tx, vec![row]).await?;
    Ok(id)
}

/// Inserts the network's own row, with who pays for it and what it is a member of, each in order.
///
/// # Errors
/// Where the database fails, or there is a network already.
pub async fn insert_network(tx: &impl ConnectionTrait, app: &App, new: &NewNetwork) -> Result<(), DbErr> {
    let locales: Vec<String> = new.locales.iter().map(ToString::to_string).collect();
    let row = network::Model {
        organisation_id: new.organisation_id,
        revision: 1,
        legal_name: new.legal_name.clone(),
        directions: new.directions.clone(),
        opening_hours: new.opening_hours.clone().into(),
        opening_hours_note: new.opening_hours_note.clone(),
        time_zone: new.time_zone.name().to_owned(),
        default_locale: locales.first().cloned().unwrap_or_else(|| Locale::german().to_string()),
        locales: locales.into(),
        updated_at: app.clock.now(),
    };
    insert::rows::<network::Entity>(tx, vec![row]).await?;
    let related = [(RelationKind::Funder, &new.funders), (RelationKind::Umbrella, &new.umbrellas)];
    let rows = related.into_iter().flat_map(|(kind, ids)| {
        (0..).zip(ids).map(move |(position, &organisation_id)| network_relation::Model { organisation_id, kind, position })
    });
    insert::rows::<network_relation::Entity>(tx, rows.collect()).await
}

/// Whether the network was set up.
///
/// # Errors
/// Where the database fails.
pub async fn has_network(tx: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(network::Entity::find().count(tx).await? > 0)
}

/// Every organisation by its slug, and by those that it had before.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(tx: &impl ConnectionTrait) -> Result<HashMap<String, OrganisationId>, DbErr> {
    let former = former_slug::Entity::find().filter(former_slug::Column::Kind.eq(SluggedKind::Organisation)).all(tx).await?;
    let before = former.into_iter().filter_map(|row| Some((row.slug, row.organisation_id?)));
    let own: Vec<(String, OrganisationId)> = Entity::find().select_only().columns([Column::Slug, Column::Id]).into_tuple().all(tx).await?;
    Ok(before.chain(own).collect())
}

/// The names under which organisations are looked for, in the order of their ids here.
///
/// # Errors
/// Where the database fails.
pub async fn names_of(tx: &impl ConnectionTrait, ids: &[OrganisationId]) -> Result<Vec<String>, DbErr> {
    let rows: Vec<(OrganisationId, String, Option<String>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name, Column::ShortName])
        .filter(Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    let mut found: HashMap<_, _> = rows.into_iter().map(|(id, name, short)| (id, [Some(name), short])).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).flatten().flatten().collect())
}

fn text_row(organisation_id: OrganisationId, text: &NewOrganisationText) -> organisation_text::Model {
    organisation_text::Model {
        organisation_id,
        locale: text.locale.to_string(),
        description_markdown: text.description.as_str().to_owned(),
        description_html: text.description.to_html(),
    }
}

fn names(new: &NewOrganisation) -> Vec<&str> {
    let own = [Some(new.name.as_str()), new.short_name.as_deref()];
    own.into_iter().flatten().chain(new.aliases.iter().map(String::as_str)).collect()
}

/// Names, topics, texts, and where it is if everybody may know.
fn search_text(new: &NewOrganisation, topics: &[String]) -> String {
    let texts: Vec<String> = new.texts.iter().map(|text| text.description.to_plain_text()).collect();
    let address = [&new.address.city, &new.address.district].into_iter().flatten().filter(|_| new.address_is_public);
    let parts: Vec<&str> =
        names(new).into_iter().chain(topics.iter().chain(address).chain(&texts).map(String::as_str)).collect();
    fold::for_search(&parts.join("\n"))
}
