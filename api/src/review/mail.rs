//! What the office is told: that something waits.

use std::collections::HashMap;

use jobs::Failed;
use mailer::Nature;
use serde_json::{Value, json};

use super::store::{self, InLine, Waiting};
use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::kernel::{Locale, PageRequest};
use crate::mail::letter::{Letter, post};
use crate::mail::{self, Reason, Template, template};
use crate::organisations::letters::Sender;
use crate::{events, organisations, posts};

const WAITING: Template = template!("mail/waiting");

/// Things that a mail names; the rest is counted.
const NAMED: u32 = 20;

/// Writes to each in the office what waits for them; nothing where nothing does.
///
/// # Errors
/// Where the database or the mail server fails; who was written to already gets the same mail again, which counts once.
pub async fn remind(app: &App) -> Result<(), Failed> {
    let (waiting, total) = store::page(&app.db, &PageRequest::first(NAMED), true).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let waiting: Vec<InLine> = waiting.into_iter().take(NAMED as usize).collect();
    let names = names(app, &waiting).await?;
    let more = total.unwrap_or_default().saturating_sub(waiting.len() as u64);
    let (sender, now) = (Sender::the_network(app).await?, app.clock.now());
    for person in store::office(&app.db).await? {
        let locale = person.locale.parse().unwrap_or_else(|_| Locale::german());
        let values = json!({ "name": person.name, "items": names, "more": more, "count": total });
        let frame = sender.frame(app, Reason::Role(&sender.name));
        let written = mail::write(&WAITING, &locale, values, &frame).map_err(|error| Failed::never(error.to_string()))?;
        let letter = Letter {
            name: person.name.as_deref(),
            email: &person.email,
            sender_name: sender.name.as_str().into(),
            reply_to: None,
            written,
            id: format!("review.{}.{}", now.date_naive(), person.id.0.simple()),
            date: now,
            nature: Nature::Automatic,
            invitation: None,
        };
        post(app, letter).await?;
    }
    Ok(())
}

/// How what waits is called, whose it is, and where it is.
async fn names(app: &App, waiting: &[InLine]) -> Result<Vec<Value>, Failed> {
    let office = Viewer::Person(SignedIn::who_runs_it());
    let (mut in_posts, mut in_events, mut applied) = (Vec::new(), Vec::new(), Vec::new());
    for (_, (item, _)) in waiting {
        match item {
            Waiting::Post(id) => in_posts.push(*id),
            Waiting::Event(id) => in_events.push(*id),
            Waiting::Organisation(id) => applied.push(*id),
        }
    }
    let found = posts::store::by_ids(&app.db, &office, in_posts.clone()).await?;
    let heads = posts::store::parts::heads(&app.db, in_posts).await?;
    let title_of_post = |id| {
        let original = &found.get(&id)?.original_locale;
        Some(heads.get(&id)?.iter().find(|head| head.locale == *original)?.title.clone())
    };
    let found_events = events::store::by_ids(&app.db, &office, in_events.clone()).await?;
    let heads_of_events = events::store::parts::heads(&app.db, in_events).await?;
    let title_of_event = |id| {
        let original = &found_events.get(&id)?.original_locale;
        Some(heads_of_events.get(&id)?.iter().find(|head| head.locale == *original)?.title.clone())
    };
    let organisations: HashMap<_, _> = organisations::store::by_ids(&app.db, &office, applied).await?;
    let name = |item: &Waiting| {
        let (kind, title, path) = match item {
            Waiting::Post(id) => ("POST", title_of_post(*id)?, format!("/posts/{}", found.get(id)?.slug)),
            Waiting::Event(id) => ("EVENT", title_of_event(*id)?, format!("/events/{}", found_events.get(id)?.slug)),
            Waiting::Organisation(id) => {
                let one = organisations.get(id)?;
                ("APPLICATION", one.name.clone(), format!("/organisations/{}", one.slug))
            }
        };
        Some((kind, title, path))
    };
    let line = |(_, (item, since)): &InLine| {
        let (kind, title, path) = name(item)?;
        Some(json!({ "kind": kind, "title": title, "page": app.url(&path), "days": (app.clock.now() - *since).num_days() }))
    };
    Ok(waiting.iter().filter_map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::tests::snapshots::hold_messages;

    /// The files beside the words are what these become; `RENEW_SNAPSHOTS=1` writes them anew, to be looked at and committed.
    #[test]
    fn the_message_is_as_it_was() {
        let item =
            |kind: &str, title: &str, days: i64| json!({ "kind": kind, "title": title, "page": "https://example.org/x", "days": days });
        let items = [item("POST", "Beispiel-Bericht", 3), item("EVENT", "Beispiel-Lesung", 1), item("APPLICATION", "Beispielverein", 0)];
        let values = json!({ "name": "Amal Beispiel", "items": items, "more": 2, "count": 5 });
        hold_messages("review", &[&WAITING], Reason::Role("Beispielnetzwerk"), &values);
    }
}
