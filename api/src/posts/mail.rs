//! What the editors of a post are told.

use jobs::Failed;
use serde_json::json;

use super::jobs::TellReturned;
use super::store::{self, parts};
use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::mail::{Template, template};
use crate::organisations::letters::to_editors;

const RETURNED: Template = template!("mail/returned");

/// Tells the editors of a post that the office returned it, and why; not once it is handed in again.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn tell_returned(app: &App, job: TellReturned) -> Result<(), Failed> {
    let office = Viewer::Person(SignedIn::who_runs_it());
    let Some(post) = store::by_ids(&app.db, &office, vec![job.post]).await?.remove(&job.post) else { return Ok(()) };
    let heads = parts::heads(&app.db, vec![post.id]).await?.remove(&post.id).unwrap_or_default();
    let title = heads.iter().find(|head| head.locale == post.original_locale).map_or("", |head| head.title.as_str());
    let Some(note) = &post.review_note else { return Ok(()) };
    let values = json!({ "title": title, "note": note, "page": app.url(&format!("/posts/{}", post.slug)) });
    let id = format!("post.{}.returned.{}", post.id.0.simple(), job.at.timestamp());
    to_editors(app, post.organisation_id, &RETURNED, &values, (&id, job.at)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Reason;
    use crate::mail::tests::snapshots::hold_messages;

    /// The files beside the words are what these become; `RENEW_SNAPSHOTS=1` writes them anew, to be looked at and committed.
    #[test]
    fn every_message_is_as_it_was() {
        let values = json!({
            "name": "Amal Beispiel",
            "title": "Beispiel-Bericht",
            "note": "Bitte die Quelle nennen.\n\nUnd: Wer hat das Foto gemacht?",
            "page": "https://example.org/posts/beispiel-bericht",
        });
        hold_messages("posts", &[&RETURNED], Reason::Role("Beispielverein e. V."), &values);
    }
}
