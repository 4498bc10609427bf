//! What a calendar says of an event, in plain text: the title, the description, the place, and what sort of event it is.

use entity::words::{AttendanceMode, EventCategory, EventStatus, RegistrationMode};

use super::slot::Slot;
use super::{Facts, Reader, conference, price, words};
use crate::kernel::Markdown;

/// The title, and before it that a new date is to follow.
pub(super) fn summary(facts: Facts<'_>) -> String {
    let title = facts.text.map_or("", |text| text.title.as_str());
    match facts.event.status {
        EventStatus::Postponed => format!("{} {title}", say(facts, "Verschoben:", "Postponed:")),
        _ => title.to_owned(),
    }
}

/// A description, as plain text and as HTML.
pub(super) struct Description {
    /// Its paragraphs, the address of the page last.
    pub plain: String,
    /// The same for programs that show HTML.
    pub html: String,
}

/// What happens, what one should know, and last the address of the page.
pub(super) fn description(facts: Facts<'_>, slot: &Slot<'_>) -> Description {
    let before: Vec<String> = [waiting(facts), notice(facts, slot)].into_iter().flatten().collect();
    let (summary, body) = facts.text.map_or(("", ""), |text| (text.summary.trim(), text.description_markdown.as_str()));
    let (hints, body) = (hints(facts, slot), Markdown::new(body));
    let page = &facts.addresses.page;

    let mut paragraphs = before.clone();
    paragraphs.extend([summary.to_owned(), body.to_plain_text(), hints.join("\n"), page.clone()]);
    paragraphs.retain(|part| !part.trim().is_empty());

    let mut html = String::from("<html><body>");
    for paragraph in before.iter().map(String::as_str).chain([summary]).filter(|paragraph| !paragraph.trim().is_empty()) {
        html.extend(["<p>", &escaped(paragraph), "</p>"]);
    }
    html.push_str(facts.text.map_or("", |text| text.description_html.trim_end()));
    if !hints.is_empty() {
        html.extend(["<p>", &hints.iter().map(|hint| escaped(hint)).collect::<Vec<_>>().join("<br>"), "</p>"]);
    }
    let page = escaped(page);
    html.extend(["<p><a href=\"", &page, "\">", &page, "</a></p></body></html>"]);
    Description { plain: paragraphs.join("\n\n"), html }
}

/// The place in one line.
pub(super) fn location(slot: &Slot<'_>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if let Some(venue) = slot.venue {
        let city = [venue.postal_code.as_deref(), venue.city.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        parts.push(venue.name.clone());
        parts.extend(slot.room.map(str::to_owned));
        parts.extend(venue.street.clone());
        parts.push(city);
    } else {
        parts.extend(slot.room.map(str::to_owned));
        parts.extend((slot.mode != AttendanceMode::Onsite).then(|| "Online".to_owned()));
    }
    let parts: Vec<String> = parts.iter().map(|part| one_line(part)).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What sort of event it is, and its topics.
pub(super) fn categories(facts: Facts<'_>) -> Vec<String> {
    let category = facts.event.category;
    // What is of no sort in particular says nothing by it.
    let sort = (category != EventCategory::Other).then(|| words::category(category, is_german(facts)).to_owned());
    sort.into_iter().chain(facts.tags.iter().map(|tag| tag.name.clone())).collect()
}

/// Whether what is added to the text is said in German.
pub(super) fn is_german(facts: Facts<'_>) -> bool {
    facts.text.is_none_or(|text| text.locale.split('-').next() == Some("de"))
}

/// That somebody has no seat yet.
fn waiting(facts: Facts<'_>) -> Option<String> {
    match facts.reader {
        Reader::Waiting(words) => Some(words.to_owned()),
        Reader::Anybody | Reader::Registered => None,
    }
}

/// That it does not take place, or not then, and why.
fn notice(facts: Facts<'_>, slot: &Slot<'_>) -> Option<String> {
    let of_event = facts.event.cancellation_reason.as_deref();
    let (said, reason) = match facts.event.status {
        EventStatus::Cancelled => (say(facts, "Abgesagt", "Cancelled"), of_event),
        _ if slot.is_cancelled => (say(facts, "Abgesagt", "Cancelled"), slot.reason),
        EventStatus::Postponed => (say(facts, "Verschoben, neuer Termin folgt", "Postponed, new date to follow"), of_event),
        _ => return None,
    };
    Some(reason.filter(|reason| !reason.trim().is_empty()).map_or_else(|| format!("{said}."), |reason| format!("{said}: {reason}")))
}

/// Said beside the time, when the doors open, what it costs, and how one takes part.
fn hints(facts: Facts<'_>, slot: &Slot<'_>) -> Vec<String> {
    let doors = slot.doors_at.map(|at| format!("{} {}", say(facts, "Einlass:", "Doors:"), at.format("%H:%M")));
    let online = conference(facts, slot).map(|address| format!("Online: {address}"));
    let price = price::line(facts.event, is_german(facts));
    [facts.event.time_note.clone(), doors, price, registration(facts), online].into_iter().flatten().collect()
}

fn registration(facts: Facts<'_>) -> Option<String> {
    let event = facts.event;
    let words = match (event.registration_mode, event.walk_ins_welcome) {
        (RegistrationMode::None, _) => return None,
        (_, true) => say(facts, "Anmeldung erwünscht, aber nicht nötig", "Registration welcome, but not needed"),
        (_, false) => say(facts, "Nur mit Anmeldung", "Registration required"),
    };
    let elsewhere = event.external_url.as_deref().filter(|_| event.registration_mode == RegistrationMode::External);
    Some(elsewhere.map_or_else(|| words.to_owned(), |address| format!("{words}: {address}")))
}

fn say(facts: Facts<'_>, de: &'static str, en: &'static str) -> &'static str {
    if is_german(facts) { de } else { en }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("<br>"),
            plain => html.push(plain),
        }
    }
    html
}
