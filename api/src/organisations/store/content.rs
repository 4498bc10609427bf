//! An organisation as it was written, read back to be written anew.

use entity::organisation::Model;
use entity::{organisation_language, organisation_tag, organisation_text};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::write::{NewAddress, NewLocation, NewOrganisation, NewOrganisationText};
use crate::db::written::read;
use crate::kernel::Markdown;

/// All that was written of an organisation.
///
/// # Errors
/// Where the database fails, or holds what we would not have written.
pub async fn of(tx: &impl ConnectionTrait, row: &Model) -> Result<NewOrganisation, DbErr> {
    let texts = organisation_text::Entity::find().filter(organisation_text::Column::OrganisationId.eq(row.id));
    let texts = texts.order_by_asc(organisation_text::Column::Locale).all(tx).await?;
    let mut texts: Vec<NewOrganisationText> = texts.iter().map(text).collect::<Result<_, _>>()?;
    // The original first, as whoever writes gives it.
    texts.sort_by_key(|text| text.locale.as_str() != row.original_locale);
    let languages = organisation_language::Entity::find().filter(organisation_language::Column::OrganisationId.eq(row.id));
    let languages = languages.order_by_asc(organisation_language::Column::Position).all(tx).await?;
    let tags = organisation_tag::Entity::find().filter(organisation_tag::Column::OrganisationId.eq(row.id));
    let tags = tags.order_by_asc(organisation_tag::Column::Position).all(tx).await?;
    Ok(NewOrganisation {
        slug: read("slug", &row.slug)?,
        name: row.name.clone(),
        short_name: row.short_name.clone(),
        aliases: row.aliases.0.clone(),
        kind: row.kind,
        legal_form: row.legal_form.clone(),
        original_locale: read("language", &row.original_locale)?,
        texts,
        languages: languages.iter().map(|language| read("language", &language.locale)).collect::<Result<_, _>>()?,
        tags: tags.into_iter().map(|tag| tag.tag_id).collect(),
        website: row.website.as_deref().map(|website| read("address", website)).transpose()?,
        email: row.email.as_deref().map(|email| read("address", email)).transpose()?,
        phone: row.phone.clone(),
        address: address(row),
        address_is_public: row.address_is_public,
        location: row.latitude.zip(row.longitude).map(|(latitude, longitude)| NewLocation { latitude, longitude }),
        founded_on: row.founded_on.as_deref().map(|day| read("day, month or year", day)).transpose()?,
        publishes_without_review: row.publishes_without_review,
        logo_id: row.logo_id,
        sources: row.sources.0.iter().map(|source| read("source", source)).collect::<Result<_, _>>()?,
    })
}

fn text(row: &organisation_text::Model) -> Result<NewOrganisationText, DbErr> {
    Ok(NewOrganisationText { locale: read("language", &row.locale)?, description: Markdown::new(&row.description_markdown) })
}

fn address(row: &Model) -> NewAddress {
    NewAddress {
        street: row.street.clone(),
        extra: row.address_extra.clone(),
        postal_code: row.postal_code.clone(),
        city: row.city.clone(),
        district: row.district.clone(),
        country_code: row.country_code.clone(),
    }
}
