//! What cards say: an event or a post as it is now, in the language of the text around it.

use std::collections::HashMap;

use entity::words::{EventStatus, PostStatus};
use entity::{event, post};
use serde_json::json;

use crate::access::Viewer;
use crate::app::{App, Writing};
use crate::events::said::{place, when};
use crate::events::store::whole::Whole;
use crate::kernel::{Fault, Locale, Slug, Wanted};
use crate::mail::{Language, Template, draft, template};
use crate::newsletter::rules::card::Shown;
use crate::posts::store::parts::Head;
use crate::{events, organisations, posts};

const EVENT: Template = template!("event");
const POST: Template = template!("post");

/// What the cards of an issue show.
#[derive(Debug, Default)]
pub struct Shows {
    events: HashMap<Slug, event::Model>,
    whole: Whole,
    posts: HashMap<Slug, post::Model>,
    heads: HashMap<entity::id::PostId, Vec<Head>>,
    names: HashMap<entity::id::OrganisationId, String>,
    current: HashMap<entity::id::EventId, entity::occurrence::Model>,
}

impl Shows {
    /// What cards show to a reader: nothing of what they may not see.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn load(app: &App, writing: &Writing, reader: &Viewer, cards: &[Shown]) -> Result<Self, Fault> {
        let mut shows = Self::default();
        for card in cards {
            match card {
                Shown::Event(slug) if !shows.events.contains_key(slug) => {
                    let found = events::store::by_slug(&**writing, reader, slug.as_str()).await?;
                    shows.events.extend(found.map(|event| (slug.clone(), event)));
                }
                Shown::Post(slug) if !shows.posts.contains_key(slug) => {
                    let found = posts::store::by_slug(&**writing, reader, slug.as_str()).await?;
                    shows.posts.extend(found.filter(|post| post.status == PostStatus::Published).map(|post| (slug.clone(), post)));
                }
                Shown::Event(_) | Shown::Post(_) => {}
            }
        }
        let ids = shows.events.values().map(|event| event.id).collect();
        shows.current = events::store::occurrences::current(&**writing, ids, app.clock.now()).await?;
        shows.whole = Whole::of(&**writing, shows.events.values().cloned().collect()).await?;
        shows.heads = posts::store::parts::heads(&**writing, shows.posts.values().map(|post| post.id).collect()).await?;
        let writers = shows.posts.values().map(|post| post.organisation_id).collect();
        let found = organisations::store::by_ids(&**writing, &Viewer::Visitor, writers).await?;
        shows.names = found.into_iter().map(|(id, own)| (id, own.name)).collect();
        Ok(shows)
    }

    /// A card in words of Markdown; none for what is not there.
    #[must_use]
    pub fn written(&self, app: &App, card: &Shown, locale: &Locale) -> Option<String> {
        let language = Language::of(locale).unwrap_or(Language::De);
        let wanted = Wanted::default().led_by(language.locale()).led_by(locale.clone());
        let (template, values) = match card {
            Shown::Event(slug) => {
                let event = self.events.get(slug)?;
                let texts = self.whole.texts.get(&event.id).map(Vec::as_slice).unwrap_or_default();
                let text = wanted.pick(&event.original_locale, texts, |text| &text.locale)?;
                let date = self.current.get(&event.id)?;
                let values = json!({
                    "title": text.title,
                    "summary": text.summary,
                    "when": when(event, date, language),
                    "place": place(date, date.venue_id.and_then(|id| self.whole.venues.get(&id))),
                    "host": self.whole.hosts.get(&event.id).and_then(|hosts| hosts.first())
                        .and_then(|host| self.whole.organisations.get(&host.organisation_id)).map(|own| own.name.as_str()),
                    "cancelled": event.status == EventStatus::Cancelled || date.is_cancelled,
                    "postponed": event.status == EventStatus::Postponed,
                    "page": app.url(&format!("/events/{}", event.slug)),
                });
                (&EVENT, values)
            }
            Shown::Post(slug) => {
                let post = self.posts.get(slug)?;
                let heads = self.heads.get(&post.id).map(Vec::as_slice).unwrap_or_default();
                let head = wanted.pick(&post.original_locale, heads, |head| &head.locale)?;
                let values = json!({
                    "title": head.title,
                    "teaser": head.teaser,
                    "host": self.names.get(&post.organisation_id),
                    "page": app.url(&format!("/posts/{}", post.slug)),
                });
                (&POST, values)
            }
        };
        // Its templates want nothing else, which a test holds.
        draft(template, language, values).ok().map(|draft| draft.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Reason;
    use crate::mail::tests::snapshots::hold_messages;

    /// The files beside the words are what these become; `RENEW_SNAPSHOTS=1` writes them anew, to be looked at and committed.
    #[test]
    fn every_card_is_as_it_was() {
        let values = json!({
            "title": "Beispiel-Lesung",
            "summary": "Ein Abend mit Texten.",
            "teaser": "Es war voll.",
            "when": "Dienstag, 17. Mai 2022, 18:00–20:00 Uhr",
            "place": "Beispielhaus, Beispielstraße 1, 30159 Hannover",
            "host": "Beispielverein e. V.",
            "cancelled": false,
            "postponed": false,
            "page": "https://example.org/events/beispiel-lesung",
        });
        hold_messages("newsletter/mail", &[&EVENT, &POST], Reason::Subscription("Beispiel-Newsletter"), &values);
    }
}
