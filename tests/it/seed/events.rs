//! The thirty events of the past.

use chrono::{Days, NaiveDate};
use miso_tests::World;
use serde_json::{Value, json};

use super::files::{Differences, addresses, json, texts};

const EVENT: &str = r#"query($slug: String!) { event(slug: $slug) {
    title summary descriptionMarkdown category visibility status locale startsAt endsAt schedule { startsAt endsAt allDay timeZone timeNote recurrence furtherDates }
    place { mode room onlineUrl venue { name } } hosts { role organisation { slug } } programme { slug } agenda { at title }
    accessibility { languages interpretation features { feature } childcare } price { kind tiers { amount } } registrationPolicy { mode walkInsWelcome }
    outcome { guests onlineGuests donations currency note } tags { slug } posts { slug } sources
    occurrences(first: 100) { nodes { startsAt endsAt allDay place { room venue { name } } } }
} }"#;

#[tokio::test]
async fn the_thirty_events_are_there_with_everything_the_file_says() {
    let world = World::seeded().await;
    let (events, venues) = (json("events.json"), json("venues.json"));
    let venue_name = |slug: &Value| {
        venues.as_array().unwrap().iter().find(|venue| venue["slug"] == *slug).map_or(Value::Null, |venue| venue["name"].clone())
    };
    assert_eq!(events.as_array().unwrap().len(), 30);
    let mut differences = Differences::default();
    for event in events.as_array().unwrap() {
        let slug = event["slug"].as_str().unwrap();
        let answer = world.administrator().asks_with(EVENT, json!({"slug": slug})).await;
        let found = answer.at("event");
        let mut equal = |what: &str, found: &Value, expected: &Value| differences.equal(&format!("{slug} {what}"), found, expected);
        let word = |text: &Value, pairs: &[(&str, &str)]| {
            let text = text.as_str().unwrap();
            json!(pairs.iter().find(|(from, _)| *from == text).map_or(text.to_uppercase(), |(_, to)| (*to).to_owned()))
        };
        equal("title", &found["title"], &event["title"]);
        equal("category", &found["category"], &word(&event["kind"], &[("board_meeting", "MEETING")]));
        equal("visibility", &found["visibility"], &word(&event["visibility"], &[("board", "HOSTS")]));
        equal("mode", &found["place"]["mode"], &word(&event["mode"], &[("in_person", "ONSITE")]));
        equal("price", &found["price"]["kind"], &word(&event["cost"], &[("unknown", "NOT_STATED")]));
        equal("allDay", &found["schedule"]["allDay"], &event["all_day"]);
        equal("timeZone", &found["schedule"]["timeZone"], &event["timezone"]);
        if event["stations"] == json!([]) {
            equal("venue", &found["place"]["venue"]["name"], &venue_name(&event["venue"]));
        }
        equal("room", &found["place"]["room"], &event["room"]);
        equal(
            "programme",
            &found["programme"]["slug"],
            &[&event["programme"], &event["series"]].into_iter().find(|slug| !slug.is_null()).cloned().unwrap_or_default(),
        );
        let slugs = |list: &Value| json!(list.as_array().unwrap().iter().map(|item| item["slug"].clone()).collect::<Vec<_>>());
        equal("tags", &slugs(&found["tags"]), &event["topics"]);
        let hosts: Vec<Value> = found["hosts"].as_array().unwrap().iter().map(|host| host["organisation"]["slug"].clone()).collect();
        equal("hosts", &json!(hosts), &json!(texts(&event["hosts"]).into_iter().chain(texts(&event["co_hosts"])).collect::<Vec<_>>()));
        let posts = if event["related_post"].is_null() { json!([]) } else { json!([event["related_post"]]) };
        let spoken_of = slugs(&found["posts"]);
        differences.holds(&format!("{slug} posts {spoken_of}"), texts(&posts).iter().all(|post| texts(&spoken_of).contains(post)));
        let mut equal = |what: &str, found: &Value, expected: &Value| differences.equal(&format!("{slug} {what}"), found, expected);
        let agenda: Vec<String> = event["agenda"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| format!("{} {}", item["at"].as_str().unwrap_or_default(), item["title_de"].as_str().unwrap()))
            .collect();
        let told: Vec<String> = found["agenda"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| format!("{} {}", &item["at"].as_str().unwrap()[11..16], item["title"].as_str().unwrap()))
            .collect();
        let openings = event["stations"].as_array().unwrap().iter().filter(|station| !station["opening_event_at"].is_null()).count();
        equal("agenda", &json!(told[openings..]), &json!(agenda));
        equal("languages", &found["accessibility"]["languages"], &event["languages"]);
        equal(
            "what is not known of access",
            &json!([found["accessibility"]["interpretation"], found["accessibility"]["features"], found["accessibility"]["childcare"]]),
            &json!([[], [], null]),
        );
        differences.holds(&format!("{slug} summary"), found["summary"].as_str().unwrap() == event["summary_de"].as_str().unwrap());
        let registers = found["registrationPolicy"]["mode"] != "NONE" || found["registrationPolicy"]["walkInsWelcome"] == true;
        differences.equal(&format!("{slug} registration"), &registers, &(event["registration"] != "none"));
        let sources = addresses(texts(&found["sources"]));
        for source in addresses(texts(&event["sources"])) {
            differences.holds(&format!("{slug} does not name its source {source}"), sources.contains(&source));
        }
        dates(&mut differences, slug, event, found);
        figures(&mut differences, slug, &event["figures"], found);
        for station in event["stations"].as_array().unwrap() {
            let name = venue_name(&station["venue"]);
            let is_there = found["occurrences"]["nodes"].as_array().unwrap().iter().any(|date| date["place"]["venue"]["name"] == name);
            differences.holds(&format!("{slug} has no date at {name}"), is_there);
        }
    }
    differences.assert_none();
}

fn dates(differences: &mut Differences, slug: &str, event: &Value, found: &Value) {
    let day = event["date"].as_str().unwrap();
    let starts_at = found["schedule"]["startsAt"].as_str().unwrap();
    if event["date_precision"] != "day" {
        differences.holds(
            &format!("{slug} starts in another month: {starts_at}"),
            starts_at.starts_with(&day[..7]) && !found["schedule"]["timeNote"].is_null(),
        );
        return;
    }
    let expected = event["starts_at"].as_str().map_or_else(|| format!("{day}T00:00"), str::to_owned);
    differences.equal(&format!("{slug} startsAt"), &&starts_at[..16], &expected.as_str());
    let ends_at = found["schedule"]["endsAt"].as_str();
    match (event["ends_at"].as_str(), event["end_date"].as_str(), event["all_day"] == true) {
        (Some(end), ..) => differences.equal(&format!("{slug} endsAt"), &ends_at.map(|at| &at[..16]), &Some(end)),
        (None, Some(last), true) => {
            let after = (last.parse::<NaiveDate>().unwrap() + Days::new(1)).to_string();
            differences.equal(&format!("{slug} ends after its last day"), &ends_at.map(|at| &at[..10]), &Some(after.as_str()));
        }
        (None, None, true) => {
            let after = (day.parse::<NaiveDate>().unwrap() + Days::new(1)).to_string();
            differences.holds(&format!("{slug} ends {ends_at:?}"), ends_at.is_none_or(|at| at[..10] == after));
        }
        (None, _, false) => differences.equal(&format!("{slug} has an end that nobody knows"), &ends_at, &None),
    }
}

fn figures(differences: &mut Differences, slug: &str, figures: &Value, found: &Value) {
    let outcome = &found["outcome"];
    differences.equal(&format!("{slug} guests"), &outcome["guests"], &figures["guests_approx"]);
    differences.equal(&format!("{slug} onlineGuests"), &outcome["onlineGuests"], &figures["online"]);
    let cents = figures["donations_eur"].as_i64().map(|euros| euros * 100);
    differences.equal(&format!("{slug} donations"), &outcome["donations"].as_i64(), &cents);
    if let Some(expected) = figures["expected"].as_i64() {
        differences.holds(&format!("{slug} does not say that {expected} were expected"), found.to_string().contains(&expected.to_string()));
    }
}

#[tokio::test]
async fn what_was_for_members_or_the_board_stays_that() {
    let world = World::seeded().await;
    for event in json("events.json").as_array().unwrap() {
        let slug = event["slug"].as_str().unwrap();
        let answer = world.visitor().asks_with("query($slug: String!) { event(slug: $slug) { slug } }", json!({"slug": slug})).await;
        assert_eq!(!answer.at("event").is_null(), event["visibility"] == "public", "{slug}");
    }
}
