//! Writing programmes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, ProgrammeId};
use entity::programme::{Column, Entity, Model};
use entity::words::SluggedKind;
use entity::{former_slug, programme_funder, programme_text};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use crate::app::App;
use crate::db::former_slug::Slugged;
use crate::db::insert;
use crate::kernel::translations::InLanguage;
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

impl InLanguage for NewProgrammeText {
    fn locale(&self) -> &Locale {
        &self.locale
    }
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

/// What may have the slug of a programme.
pub const SLUGGED: Slugged<Entity> =
    Slugged { kind: SluggedKind::Programme, own: Column::Slug, id: Column::Id, target: former_slug::Column::ProgrammeId };

/// Inserts a programme with its texts and who pays for it.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn insert(tx: &impl ConnectionTrait, app: &App, new: &NewProgramme) -> Result<ProgrammeId, DbErr> {
    let id: ProgrammeId = app.new_id();
    insert::rows::<Entity>(tx, vec![row(id, new, app.clock.now())]).await?;
    insert_parts(tx, id, new).await?;
    Ok(id)
}

/// Writes a programme anew with its texts and who pays for it; gives its row.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn replace(tx: &impl ConnectionTrait, app: &App, old: &Model, new: &NewProgramme) -> Result<Model, DbErr> {
    let now = app.clock.now();
    let row = Model { revision: old.revision + 1, created_at: old.created_at, ..row(old.id, new, now) };
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(old.id)).exec(tx).await?;
    programme_text::Entity::delete_many().filter(programme_text::Column::ProgrammeId.eq(old.id)).exec(tx).await?;
    programme_funder::Entity::delete_many().filter(programme_funder::Column::ProgrammeId.eq(old.id)).exec(tx).await?;
    insert_parts(tx, old.id, new).await?;
    if old.slug != row.slug {
        let former = former_slug::Model {
            kind: SluggedKind::Programme,
            slug: old.slug.clone(),
            organisation_id: None,
            post_id: None,
            event_id: None,
            programme_id: Some(old.id),
            created_at: now,
        };
        SLUGGED.remember(tx, former, &new.slug).await?;
    }
    Ok(row)
}

fn row(id: ProgrammeId, new: &NewProgramme, now: DateTime<Utc>) -> Model {
    Model {
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
    }
}

async fn insert_parts(tx: &impl ConnectionTrait, id: ProgrammeId, new: &NewProgramme) -> Result<(), DbErr> {
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
    insert::rows::<programme_funder::Entity>(tx, funders.collect()).await
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
