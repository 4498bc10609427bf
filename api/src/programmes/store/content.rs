//! A programme as it was written, read back to be written anew.

use entity::programme::Model;
use sea_orm::{ConnectionTrait, DbErr};

use super::write::{NewProgramme, NewProgrammeText};
use crate::db::written::read;
use crate::kernel::Markdown;

/// All that was written of a programme.
///
/// # Errors
/// Where the database fails, or holds what we would not have written.
pub async fn of(tx: &impl ConnectionTrait, row: &Model) -> Result<NewProgramme, DbErr> {
    let texts = super::texts(tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let text = |text: entity::programme_text::Model| -> Result<NewProgrammeText, DbErr> {
        Ok(NewProgrammeText {
            locale: read("language", &text.locale)?,
            name: text.name,
            description: Markdown::new(&text.description_markdown),
        })
    };
    let mut texts: Vec<NewProgrammeText> = texts.into_iter().map(text).collect::<Result<_, _>>()?;
    // The original first, as whoever writes gives it.
    texts.sort_by_key(|text| text.locale.as_str() != row.original_locale);
    Ok(NewProgramme {
        slug: read("slug", &row.slug)?,
        organisation_id: row.organisation_id,
        is_broadcast: row.is_broadcast,
        original_locale: read("language", &row.original_locale)?,
        texts,
        funders: super::funders(tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default(),
        started_on: row.started_on.as_deref().map(|day| read("day, month or year", day)).transpose()?,
        ended_on: row.ended_on.as_deref().map(|day| read("day, month or year", day)).transpose()?,
        sources: row.sources.0.iter().map(|source| read("source", source)).collect::<Result<_, _>>()?,
    })
}
