//! What pages say to search engines and other programs.

use serde_json::{Value, json};

use super::answers::{event_in_full, full, post_in_full};
use super::fake::World;

async fn said(address: &str) -> Value {
    World::of(full).get(address).await.linked().unwrap_or_else(|| panic!("{address} says nothing"))
}

/// What the page of an event says that differs from the usual one.
async fn of_event(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Option<Value> {
    let answer = move |page: &str| {
        let mut answer = full(page);
        if page == "event" {
            change(&mut answer["event"]);
        }
        answer
    };
    World::of(answer).get("/events/fest").await.linked()
}

#[tokio::test]
async fn an_event_says_when_where_by_whom_and_for_how_much() {
    let event = said("/events/fest").await;
    assert_eq!(event["@context"], "https://schema.org");
    assert_eq!((&event["@type"], &event["name"]), (&json!("SocialEvent"), &event_in_full()["title"]));
    assert_eq!(event["startDate"], "2022-09-28T18:00:00+02:00");
    assert_eq!(event["doorTime"], "2022-09-28T17:30:00+02:00");
    assert_eq!(event["eventStatus"], "https://schema.org/EventScheduled");
    assert_eq!(event["location"][0]["address"]["addressCountry"], "DE");
    let organisers: Vec<&Value> = event["organizer"].as_array().unwrap().iter().map(|organiser| &organiser["name"]).collect();
    assert_eq!(organisers, ["MiSO", "kargah"]);
    assert_eq!((&event["offers"][0]["price"], &event["offers"][0]["priceCurrency"]), (&json!("5.50"), &json!("EUR")));
    assert_eq!(event["isAccessibleForFree"], false);
    let dates = event["subEvent"].as_array().unwrap();
    assert_eq!(dates.len(), 3);
    assert_eq!(dates[2]["eventStatus"], "https://schema.org/EventCancelled", "the date that falls out, of an event that does not");
}

#[tokio::test]
async fn what_is_not_for_everybody_or_not_published_is_not_described() {
    assert!(of_event(|event| event["visibility"] = json!("MEMBERS")).await.is_none());
    assert!(of_event(|event| event["status"] = json!("DRAFT")).await.is_none());
    assert_eq!(of_event(|event| event["status"] = json!("CANCELLED")).await.unwrap()["eventStatus"], "https://schema.org/EventCancelled");
    let draft = |page: &str| match page {
        "post" => {
            let mut post = post_in_full();
            post["status"] = json!("DRAFT");
            json!({ "post": post })
        }
        other => full(other),
    };
    assert!(World::of(draft).get("/posts/podium").await.linked().is_none());
}

#[tokio::test]
async fn whole_days_are_days_and_the_last_is_within() {
    let event = of_event(|event| {
        event["schedule"]["allDay"] = json!(true);
        event["nextOccurrence"]["startsAt"] = json!("2022-09-28T00:00:00+02:00");
        event["nextOccurrence"]["endsAt"] = json!("2022-09-30T00:00:00+02:00");
    });
    let event = event.await.unwrap();
    assert_eq!((&event["startDate"], &event["endDate"]), (&json!("2022-09-28"), &json!("2022-09-29")));
}

#[tokio::test]
async fn who_has_a_page_says_who_they_are_and_what_was_written_by_whom() {
    let organisation = said("/organisations/kargah").await;
    assert_eq!((&organisation["@type"], &organisation["name"]), (&json!("NGO"), &json!("kargah e. V.")));
    assert!(organisation["memberOf"]["@id"].as_str().unwrap().ends_with("/#network"));
    let home = said("/").await;
    assert_eq!(home["@graph"][0]["location"]["openingHoursSpecification"][0]["dayOfWeek"], "https://schema.org/Monday");
    let post = said("/posts/podium").await;
    assert_eq!((&post["@type"], &post["author"][0]["name"]), (&json!("Report"), &json!("Anja")));
    assert_eq!(post["audio"]["duration"], "PT60S");
    assert_eq!(said("/programmes/on-air").await["@type"], "RadioSeries");
    assert_eq!(said("/newsletters/monatlich").await["@type"], "Periodical");
    assert_eq!(said("/events").await["itemListElement"][0]["position"], 1);
}
