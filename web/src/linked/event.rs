//! An event (`schema.org/Event`), with its further dates beneath it.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::{address, each, named, picture};

/// An event as its page shows it; none where it is not for everybody.
pub fn event(event: &Value) -> Option<Value> {
    let is_public = event["visibility"] == "PUBLIC";
    let status = status(event["status"].as_str()?)?;
    if !is_public {
        return None;
    }
    let shown = if event["nextOccurrence"].is_null() { event } else { &event["nextOccurrence"] };
    let is_all_day = event["schedule"]["allDay"] == true;
    let dates = [&event["past"]["nodes"], &event["ahead"]["nodes"]].into_iter().filter_map(Value::as_array).flatten();
    let dates: Vec<Value> = dates.map(|date| self::date(event, date, status)).collect();
    let mut described = json!({
        "@type": sort(event["category"].as_str().unwrap_or_default()),
        "@id": event["url"], "url": event["url"], "name": event["title"], "description": event["summary"],
        "inLanguage": spoken(event), "keywords": each(&event["tags"], |tag| tag["name"].clone()), "image": picture(&event["cover"]),
        "startDate": start(&shown["startsAt"], is_all_day), "endDate": end(&shown["endsAt"], is_all_day),
        "doorTime": shown.get("doorsAt").unwrap_or(&event["schedule"]["doorsAt"]),
        "eventStatus": status, "eventAttendanceMode": attendance(&shown["place"]), "location": location(&shown["place"]),
        "organizer": with_role(event, &["HOST", "CO_HOST"]), "sponsor": with_role(event, &["PARTNER"]),
        "funder": with_role(event, &["FUNDER"]),
        "offers": each(&event["price"]["tiers"], |tier| offer(event, tier)),
        "maximumAttendeeCapacity": event["seats"]["capacity"], "remainingAttendeeCapacity": event["seats"]["left"],
    });
    match event["price"]["kind"].as_str() {
        Some("FREE" | "DONATION") => described["isAccessibleForFree"] = json!(true),
        Some("PAID") => described["isAccessibleForFree"] = json!(false),
        _ => {}
    }
    if dates.len() > 1 {
        described["subEvent"] = Value::Array(dates);
    }
    Some(described)
}

/// One of several dates.
fn date(event: &Value, date: &Value, status: &str) -> Value {
    let is_all_day = date["allDay"] == true;
    let status = if date["cancelled"] == true { "https://schema.org/EventCancelled" } else { status };
    json!({
        "@type": "Event", "name": event["title"], "url": event["url"],
        "startDate": start(&date["startsAt"], is_all_day), "endDate": end(&date["endsAt"], is_all_day),
        "eventStatus": status, "eventAttendanceMode": attendance(&date["place"]), "location": location(&date["place"]),
    })
}

fn status(status: &str) -> Option<&'static str> {
    match status {
        "PUBLISHED" => Some("https://schema.org/EventScheduled"),
        "POSTPONED" => Some("https://schema.org/EventPostponed"),
        "CANCELLED" => Some("https://schema.org/EventCancelled"),
        _ => None,
    }
}

fn sort(category: &str) -> &'static str {
    match category {
        "CONCERT" => "MusicEvent",
        "FILM" => "ScreeningEvent",
        "THEATRE" => "TheaterEvent",
        "EXHIBITION" => "ExhibitionEvent",
        "FESTIVAL" => "Festival",
        "WORKSHOP" | "TRAINING" | "COURSE" => "EducationEvent",
        "SPORT" => "SportsEvent",
        "CELEBRATION" => "SocialEvent",
        _ => "Event",
    }
}

/// The languages that it is held in; else the one that it is told in says nothing of them.
fn spoken(event: &Value) -> Value {
    event["accessibility"]["languages"].clone()
}

/// Where all day matters, days without a time; the last one is within.
fn start(at: &Value, is_all_day: bool) -> Value {
    match at.as_str() {
        Some(at) if is_all_day => json!(at.get(..10)),
        _ => at.clone(),
    }
}

fn end(at: &Value, is_all_day: bool) -> Value {
    match at.as_str() {
        Some(at) if is_all_day => {
            let day = at.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()?.checked_sub_days(Days::new(1)));
            json!(day.map(|day| day.to_string()))
        }
        _ => at.clone(),
    }
}

fn attendance(place: &Value) -> Value {
    match place["mode"].as_str() {
        Some("ONSITE") => json!("https://schema.org/OfflineEventAttendanceMode"),
        Some("ONLINE") => json!("https://schema.org/OnlineEventAttendanceMode"),
        Some("HYBRID") => json!("https://schema.org/MixedEventAttendanceMode"),
        _ => Value::Null,
    }
}

fn location(place: &Value) -> Value {
    let venue = &place["venue"];
    let here = json!({ "@type": "Place", "name": venue["name"], "address": address(&venue["address"]), "url": venue["website"] });
    json!([here, { "@type": "VirtualLocation", "url": place["onlineUrl"] }])
}

fn with_role(event: &Value, roles: &[&str]) -> Value {
    let hosts = event["hosts"].as_array().into_iter().flatten();
    hosts.filter(|host| host["role"].as_str().is_some_and(|role| roles.contains(&role))).map(|host| named(&host["organisation"])).collect()
}

fn offer(event: &Value, tier: &Value) -> Value {
    // Amounts are in hundredths.
    let price = tier["amount"].as_i64().map(|amount| format!("{}.{:02}", amount / 100, amount % 100));
    json!({ "@type": "Offer", "name": tier["name"], "price": price, "priceCurrency": tier["currency"], "url": event["url"] })
}
