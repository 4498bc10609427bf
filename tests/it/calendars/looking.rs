//! What a person sees who opens a calendar's address in a browser.

use axum::http::{Method, StatusCode};
use entity::words::{EventCategory, OrganisationRole, Visibility};
use miso::secret::Purpose;
use miso_tests::registering::who;
use miso_tests::{Reply, World};
use serde_json::json;

use super::stage;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

async fn opened(world: &World, address: &str) -> Reply {
    world.ask(Method::GET, address, &[("accept", BROWSER), ("accept-language", "en")]).await
}

#[tokio::test]
async fn a_browser_is_shown_what_is_in_a_calendar_and_how_to_subscribe_to_it() {
    let (world, host) = stage().await;
    world.event("concert", host.id).with(|row| row.category = EventCategory::Concert).text("en", "The concert").make().await;
    world.event("talk", host.id).make().await;
    world.event("inner", host.id).visibility(Visibility::Members).make().await;
    for (address, there, not_there) in [
        ("/calendar.ics", "talk", "inner"),
        ("/calendar.ics?category=concert", "The concert", "talk"),
        ("/organisations/host/calendar.ics", "The concert", "inner"),
        ("/organisations/host/calendar.ics?locale=de&category=concert", "concert", "The concert"),
    ] {
        let page = opened(&world, address).await;
        assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"), "{address}");
        let vary = page.headers.get_all("vary").iter().map(|value| value.to_str().unwrap().to_lowercase()).collect::<Vec<_>>().join(", ");
        assert!(vary.split(", ").any(|name| name == "accept"), "{vary}");
        let text = page.text();
        assert!(text.contains(there) && !text.contains(&format!(">{not_there}<")), "{address}: {text}");
        for link in ["webcal://miso.example", "https://calendar.google.com/", "https://outlook.live.com/", "as=file"] {
            assert!(text.contains(link), "{address} lacks {link}: {text}");
        }
        let joint = if address.contains('?') { '&' } else { '?' };
        let file = opened(&world, &format!("{address}{joint}as=file")).await;
        assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8", "{address}");
        assert_eq!(file.body, world.get(address).await.body, "{address}");
    }
    assert_eq!(
        opened(&world, "/events/talk/calendar.ics").await.header("content-type"),
        "text/calendar; charset=utf-8",
        "it is there to be saved"
    );
    assert_eq!(opened(&world, "/organisations/nobody/calendar.ics").await.status, StatusCode::NOT_FOUND);
    assert_eq!(opened(&world, "/calendar.ics?party=yes").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_secret_calendar_shows_its_owner_what_is_in_it_until_it_is_ended() {
    let (world, host) = stage().await;
    let talk = world.open_event("talk", host.id, 1).make().await;
    world.event("inner", host.id).visibility(Visibility::Members).make().await;
    let amal = world.account("amal@example.org", host.id, OrganisationRole::Member).await;
    let dates = world.dates_of(&talk).await;
    world.place_of(&who("Bojan", &dates[0])).await;
    world.place_of(&who("Amal", &dates[0])).await;
    let own = format!("/calendars/{}/registrations.ics", world.app.links.token(Purpose::Calendar, amal.id, 0));
    let members = format!("/calendars/{}/members.ics", world.app.links.token(Purpose::MembersCalendar, amal.id, 0));
    for (address, shown) in [(&own, ">talk<"), (&own, "No seat yet"), (&members, ">inner<")] {
        let page = opened(&world, address).await;
        assert_eq!(
            (page.status, page.header("referrer-policy"), page.header("x-robots-tag")),
            (StatusCode::OK, "no-referrer", "noindex, nofollow")
        );
        assert!(page.text().contains(shown), "{address}: {}", page.text());
    }
    let query = "query($url: String!) { calendarAt(url: $url) { isSecret totalCount } }";
    let found = world.visitor().asks_with(query, json!({ "url": world.app.url(&members) })).await;
    assert_eq!(found.at("calendarAt"), &json!({ "isSecret": true, "totalCount": 1 }));
    let mut browser = world.browser_of("amal@example.org").await;
    assert!(browser.opens("/account").await.text().contains(&world.app.url(&own)));
    let reply = browser.sends("/account", &[("form", "rotate")]).await;
    assert_eq!(reply.header("location"), "/account?done=rotated");
    for address in [&own, &members] {
        assert_eq!(opened(&world, address).await.status, StatusCode::GONE);
        assert!(!browser.opens("/account").await.text().contains(address.as_str()));
    }
    let ended = world.visitor().asks_with(query, json!({ "url": world.app.url(&members) })).await;
    assert_eq!(ended.at("calendarAt"), &json!(null));
}
