//! The latest posts as JSON Feed 1.1 (jsonfeed.org).

use serde_json::{Value, json};

use super::latest::{Entry, Latest};

/// Writes a JSON feed.
#[must_use]
pub fn write(latest: &Latest) -> String {
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": latest.title,
        "home_page_url": latest.page,
        "feed_url": latest.address("json"),
        "language": latest.locale,
        "authors": [{ "name": latest.publisher }],
        "items": latest.entries.iter().map(item).collect::<Vec<_>>(),
    });
    if let Some(icon) = &latest.icon {
        feed["icon"] = json!(icon);
    }
    feed.to_string()
}

fn item(entry: &Entry) -> Value {
    let mut item = json!({
        "id": entry.id,
        "url": entry.page,
        "title": entry.title,
        "content_html": entry.html,
        "language": entry.locale,
        "date_published": entry.published_at.to_rfc3339(),
        "date_modified": entry.updated_at.to_rfc3339(),
        "authors": entry.authors.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "tags": entry.topics,
    });
    if !entry.teaser.is_empty() {
        item["summary"] = json!(entry.teaser);
    }
    if let Some(picture) = &entry.picture {
        item["image"] = json!(picture);
    }
    if let Some(recording) = &entry.recording {
        let mut attachment = json!({ "url": recording.address, "mime_type": recording.media_type, "size_in_bytes": recording.bytes });
        if let Some(seconds) = recording.seconds {
            attachment["duration_in_seconds"] = json!(seconds);
        }
        item["attachments"] = json!([attachment]);
    }
    item
}
