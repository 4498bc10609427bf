//! Writing programmes.

use std::collections::HashMap;

use entity::id::{OrganisationId, ProgrammeId};
use entity::programme::{Column, Entity, Model};
use entity::words::SluggedKind;
use entity::{former_slug, programme_funder, programme_text};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::app::App;
use crate::db::insert;
use crate::kernel::{Locale, Markdown, PartialDate, Slug, WebAddress};

/// What a programme is, in one language, to be written.
#[derive(Clone, Debug)]
pub struct NewProgrammeText {
    /// The language.
    pub locale: Locale,
    /// Name.
    pub name: String,
    /// What it is.
    pub description: Markdown,
}

/// A programme to be written.
#[derive(Clone, Debug)]
pub struct NewProgramme {
    /// Readable part of its address.
    pub slug: Slug,
    /// Whose work it is.
    pub organisation_id: OrganisationId,
    /// Whether its posts are broadcasts.
    pub is_broadcast: bool,
    /// Language of the text that the others translate.
    pub original_locale: Locale,
    /// What it is.
    pub texts: Vec<NewProgrammeText>,
    /// Who pays for it, in order.
    pub funders: Vec<OrganisationId>,
    /// When it began.
    pub started_on: Option<PartialDate>,
    /// When it ended.
    pub ended_on: Option<PartialDate>,
    /// Where its facts were found.
    pub sources: Vec<WebAddress>,
}

/// Inserts a programme with its texts and who pays for it.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn insert(tx: &impl ConnectionTrait, app: &App, new: &NewProgramme) -> Result<ProgrammeId, DbErr> {
    let (id, now): (ProgrammeId, _) = (app.new_id(), app.clock.now());
    let row = Model {
        id,
        revision: 1,
        slug: new.slug.to_string(),
        organisation_id: new.organisation_id,
        is_broadcast: new.is_broadcast,
        original_locale: new.original_locale.to_string(),
        started_on: new.started_on.as_ref().map(ToString::to_string),
        ended_on: new.ended_on.as_ref().map(ToString::to_string),
        sources: new.sources.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
        created_at: now,
        updated_at: now,
    };
    insert::rows::<Entity>(tx, vec![row]).await?;
    let texts = new.texts.iter().map(|text| programme_text::Model {
        programme_id: id,
        locale: text.locale.to_string(),
        name: text.name.clone(),
        description_markdown: text.description.as_str().to_owned(),
        description_html: text.description.to_html(),
    });
    insert::rows::<programme_text::Entity>(tx, texts.collect()).await?;
    let funders =
        (0..).zip(&new.funders).map(|(position, &organisation_id)| programme_funder::Model { programme_id: id, organisation_id, position });
    insert::rows::<programme_funder::Entity>(tx, funders.collect()).await?;
    Ok(id)
}

/// Every programme by its slug, and by those that it had before.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(tx: &impl ConnectionTrait) -> Result<HashMap<String, ProgrammeId>, DbErr> {
    let former = former_slug::Entity::find().filter(former_slug::Column::Kind.eq(SluggedKind::Programme)).all(tx).await?;
    let before = former.into_iter().filter_map(|row| Some((row.slug, row.programme_id?)));
    let own: Vec<(String, ProgrammeId)> = Entity::find().select_only().columns([Column::Slug, Column::Id]).into_tuple().all(tx).await?;
    Ok(before.chain(own).collect())
}

/// The names of a programme in all languages: what search reads of it.
///
/// # Errors
/// Where the database fails.
pub async fn names_of(tx: &impl ConnectionTrait, id: ProgrammeId) -> Result<Vec<String>, DbErr> {
    let texts = super::texts(tx, vec![id]).await?.remove(&id).unwrap_or_default();
    Ok(texts.into_iter().map(|text| text.name).collect())
}
