//! Writing organisations, their memberships, and the network's own row.

mod new;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{MembershipId, OrganisationId};
use entity::organisation::{Column, Entity, Model};
use entity::words::{RelationKind, SluggedKind};
use entity::{former_slug, membership, network, network_relation, organisation_language, organisation_tag, organisation_text};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};

pub use self::new::{NewAddress, NewLocation, NewMembership, NewNetwork, NewOrganisation, NewOrganisationText};
use crate::app::App;
use crate::db::former_slug::Slugged;
use crate::db::insert;
use crate::kernel::{Locale, fold};
use crate::tags::store::write as tags;

/// What may have the slug of an organisation.
pub const SLUGGED: Slugged<Entity> =
    Slugged { kind: SluggedKind::Organisation, own: Column::Slug, id: Column::Id, target: former_slug::Column::OrganisationId };

/// Inserts an organisation with its texts, languages and topics.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn insert(tx: &impl ConnectionTrait, app: &App, new: &NewOrganisation) -> Result<OrganisationId, DbErr> {
    let (id, now): (OrganisationId, _) = (app.new_id(), app.clock.now());
    let row = row(id, new, &tags::names(tx, &new.tags).await?, now);
    insert::rows::<Entity>(tx, vec![row]).await?;
    insert_parts(tx, id, new).await?;
    Ok(id)
}

/// Writes an organisation anew with its texts, languages and topics; gives its row.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn replace(tx: &impl ConnectionTrait, app: &App, old: &Model, new: &NewOrganisation) -> Result<Model, DbErr> {
    let now = app.clock.now();
    let topics = tags::names(tx, &new.tags).await?;
    let row = Model { revision: old.revision + 1, created_at: old.created_at, ..row(old.id, new, &topics, now) };
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(old.id)).exec(tx).await?;
    organisation_text::Entity::delete_many().filter(organisation_text::Column::OrganisationId.eq(old.id)).exec(tx).await?;
    organisation_language::Entity::delete_many().filter(organisation_language::Column::OrganisationId.eq(old.id)).exec(tx).await?;
    organisation_tag::Entity::delete_many().filter(organisation_tag::Column::OrganisationId.eq(old.id)).exec(tx).await?;
    insert_parts(tx, old.id, new).await?;
    if old.slug != row.slug {
        let former = former_slug::Model {
            kind: SluggedKind::Organisation,
            slug: old.slug.clone(),
            organisation_id: Some(old.id),
            post_id: None,
            event_id: None,
            programme_id: None,
            created_at: now,
        };
        SLUGGED.remember(tx, former, &new.slug).await?;
    }
    Ok(row)
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

fn row(id: OrganisationId, new: &NewOrganisation, topics: &[String], now: DateTime<Utc>) -> Model {
    Model {
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
        logo_id: new.logo_id,
        search_title: fold::for_search(&names(new).join("\n")),
        search_text: search_text(new, topics),
        created_at: now,
        updated_at: now,
    }
}

async fn insert_parts(tx: &impl ConnectionTrait, id: OrganisationId, new: &NewOrganisation) -> Result<(), DbErr> {
    insert::rows::<organisation_text::Entity>(tx, new.texts.iter().map(|text| text_row(id, text)).collect()).await?;
    let languages = (0..).zip(&new.languages).map(|(position, locale)| organisation_language::Model {
        organisation_id: id,
        locale: locale.to_string(),
        position,
    });
    insert::rows::<organisation_language::Entity>(tx, languages.collect()).await?;
    let tags = (0..).zip(&new.tags).map(|(position, &tag_id)| organisation_tag::Model { organisation_id: id, tag_id, position });
    insert::rows::<organisation_tag::Entity>(tx, tags.collect()).await
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
/// Writes anew what search reads of an organisation.
///
/// # Errors
/// Where the database fails.
pub async fn retell(tx: &impl ConnectionTrait, row: &Model, written: &NewOrganisation) -> Result<(), DbErr> {
    let text = search_text(written, &tags::names(tx, &written.tags).await?);
    Entity::update_many().col_expr(Column::SearchText, Expr::value(text)).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

fn search_text(new: &NewOrganisation, topics: &[String]) -> String {
    let texts: Vec<String> = new.texts.iter().map(|text| text.description.to_plain_text()).collect();
    let address = [&new.address.city, &new.address.district].into_iter().flatten().filter(|_| new.address_is_public);
    let parts: Vec<&str> = names(new).into_iter().chain(topics.iter().chain(address).chain(&texts).map(String::as_str)).collect();
    fold::for_search(&parts.join("\n"))
}
