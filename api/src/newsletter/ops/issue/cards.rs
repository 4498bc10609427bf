//! Filling in the cards of an issue: what they show is as it is now, in the language of each text.

use super::check::reader_of;
use super::standing::Standing;
use crate::app::{App, Writing};
use crate::kernel::{Fault, Locale, Markdown};
use crate::newsletter::mail::card::Shows;
use crate::newsletter::rules::card::{Shown, cards, filled};
use crate::newsletter::store::write;

/// Writes what an issue says with its cards filled in. A card of what its readers may not see says nothing.
///
/// # Errors
/// Where the database fails.
pub async fn fill(app: &App, writing: &Writing, issue: &Standing) -> Result<(), Fault> {
    let public_url = &app.config.public_url;
    let of: Vec<Shown> = issue.texts.iter().flat_map(|text| cards(&text.body_markdown, public_url)).map(|card| card.of).collect();
    let shows = Shows::load(app, writing, &reader_of(issue.row.visibility), &of).await?;
    for text in &issue.texts {
        let locale: Locale = text.locale.parse().unwrap_or_else(|_| Locale::german());
        let mailed = filled(&text.body_markdown, &cards(&text.body_markdown, public_url), |card| shows.written(app, card, &locale));
        write::fill(&**writing, issue.row.id, &text.locale, &Markdown::new(&mailed)).await?;
    }
    Ok(())
}
