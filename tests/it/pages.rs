//! Pages: no address that the schema gives is dead, and no text does harm.

use axum::http::{Method, StatusCode};
use entity::words::{EventStatus, PostStatus, SluggedKind, Visibility};
use miso_tests::{Reply, World};
use sea_orm::Set;

use crate::addresses::every_address;

async fn page(world: &World, address: &str, language: &str) -> Reply {
    world.ask(Method::GET, address, &[("accept", "text/html"), ("accept-language", language)]).await
}

#[tokio::test]
async fn no_address_that_the_schema_gives_is_dead() {
    let world = World::seeded().await;
    let mut dead = Vec::new();
    for address in every_address(&world).await {
        let reply = page(&world, &address, "de").await;
        if reply.status != StatusCode::OK {
            dead.push(format!("{} {address}", reply.status));
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[tokio::test]
async fn a_page_shows_what_it_is_about_in_the_language_wanted() {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").named("Verein der Gäste").saying("de", "Wir **sind** da.").make().await;
    world.event("fest", host.id).text("de", "Das Fest").text("en", "The party").make().await;
    world.post("bericht", host.id).text("de", "Der Bericht", "Es war schön.").text("fa", "گزارش", "متن").make().await;
    for (address, language, shown) in [
        ("/", "de", "MiSO"),
        ("/organisations/host", "de", "Verein der Gäste"),
        ("/organisations/host", "de", "<strong>sind</strong>"),
        ("/events/fest", "de", "Das Fest"),
        ("/events/fest", "en", "The party"),
        ("/events/fest", "de", "18:00"),
        ("/posts/bericht", "de", "Der Bericht"),
        ("/posts/bericht", "fa", "گزارش"),
    ] {
        let reply = page(&world, address, language).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{address}");
        assert!(reply.text().contains(shown), "{address} in {language} does not show {shown}:\n{}", reply.text());
    }
    assert!(page(&world, "/events/fest", "en").await.text().contains("lang=\"en\""));
    let right_to_left = page(&world, "/posts/bericht", "fa").await;
    assert!(right_to_left.text().contains("lang=\"fa\"") && right_to_left.text().contains("dir=\"rtl\""), "{}", right_to_left.text());
}

#[tokio::test]
async fn an_earlier_slug_is_led_to_the_present_one() {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    let event = world.event("fest", host.id).make().await;
    let post = world.post("bericht", host.id).make().await;
    let programme = world.programme("on-air", host.id).make().await;
    world.formerly(SluggedKind::Organisation, "old", |row| row.organisation_id = Set(Some(host.id))).await;
    world.formerly(SluggedKind::Event, "old", |row| row.event_id = Set(Some(event.id))).await;
    world.formerly(SluggedKind::Post, "old", |row| row.post_id = Set(Some(post.id))).await;
    world.formerly(SluggedKind::Programme, "old", |row| row.programme_id = Set(Some(programme.id))).await;
    for (folder, slug) in [("organisations", "host"), ("events", "fest"), ("posts", "bericht"), ("programmes", "on-air")] {
        let reply = page(&world, &format!("/{folder}/old"), "de").await;
        assert!(matches!(reply.status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT), "{folder}: {}", reply.status);
        let location = reply.header("location");
        assert_eq!(location.strip_prefix("https://miso.example").unwrap_or(location), format!("/{folder}/{slug}"));
    }
    let calendar = world.get("/events/old/calendar.ics").await;
    assert_eq!(calendar.status, StatusCode::OK, "calendar programs are not sent elsewhere");
}

#[tokio::test]
async fn no_text_adds_a_script_to_a_page() {
    let world = World::new().await;
    world.network().await;
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}";
    let markdown = format!("{hostile}\n\n[Klick](javascript:alert(1)) ![x](https://tracker.example/pixel.gif)");
    let host = world.organisation("host").named(hostile).saying("de", &markdown).make().await;
    let venue = world.venue("venue").with(|row| row.name = hostile.to_owned()).make().await;
    world
        .event("fest", host.id)
        .text("de", hostile)
        .with(|row| (row.venue_id, row.room) = (Some(venue.id), Some(hostile.to_owned())))
        .make()
        .await;
    world.post("bericht", host.id).text("de", hostile, &markdown).with(|row| row.byline = hostile.to_owned()).make().await;
    for address in ["/", "/organisations/host", "/events/fest", "/posts/bericht"] {
        let reply = page(&world, address, "de").await;
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        let text = reply.text();
        for harm in ["<script>alert", "<img src=x", "href=\"javascript:", "49"] {
            assert!(harm == "49" || !text.contains(harm), "{address} has {harm}:\n{text}");
        }
        assert!(!text.contains("tracker.example"), "{address} loads from another site");
    }
}

#[tokio::test]
async fn a_hidden_page_answers_exactly_as_an_absent_one() {
    let world = World::new().await;
    world.network().await;
    let host = world.organisation("host").make().await;
    world.organisation("applicant").applicant().make().await;
    world.event("members", host.id).visibility(Visibility::Members).make().await;
    world.event("draft", host.id).status(EventStatus::Draft).make().await;
    world.post("draft", host.id).status(PostStatus::Draft).make().await;
    // A page may repeat the address that it was asked by.
    let answer = async |folder: &str, slug: &str| {
        let reply = page(&world, &format!("/{folder}/{slug}"), "de").await;
        (reply.status, reply.text().replace(&format!("/{folder}/{slug}"), "/…"))
    };
    for (folder, hidden) in [("organisations", vec!["applicant"]), ("events", vec!["members", "draft"]), ("posts", vec!["draft"])] {
        let absent = answer(folder, "never-was").await;
        assert_eq!(absent.0, StatusCode::NOT_FOUND, "{folder}");
        for slug in hidden {
            assert!(answer(folder, slug).await == absent, "{folder}/{slug} answers otherwise than what never was");
        }
    }
}

#[tokio::test]
async fn the_directory_is_narrowed_by_district_language_and_topic() {
    let world = World::new().await;
    world.network().await;
    let linden = world.organisation("linden").member(Some("2015"), None).speaking("fa").tagged("bildung");
    linden
        .with(|row| (row.name, row.district, row.address_is_public) = ("Verein Linden".to_owned(), Some("Linden".to_owned()), true))
        .make()
        .await;
    world
        .organisation("list")
        .member(Some("2015"), None)
        .speaking("tr")
        .tagged("kultur")
        .with(|row| row.name = "Verein List".to_owned())
        .make()
        .await;
    let names = async |query: &str| {
        let page = world.get(&format!("/organisations{query}")).await;
        assert_eq!(page.status.as_u16(), 200, "{query}");
        (page.text().contains(">Verein Linden</a>"), page.text().contains(">Verein List</a>"))
    };
    assert_eq!(names("").await, (true, true));
    for query in ["?district=Linden", "?speaks=fa", "?tag=bildung", "?tag=bildung&speaks=fa&district=Linden"] {
        assert_eq!(names(query).await, (true, false), "{query}");
    }
    assert_eq!(names("?speaks=tr&district=").await, (false, true));
    assert_eq!(names("?speaks=%00%22x").await, (true, true), "what is no language asks for none");
    let page = world.get("/organisations?speaks=fa&tag=bildung").await;
    for option in
        ["<option value=\"fa\" selected>", "<option value=\"tr\">", "<option value=\"bildung\" selected>", "<option value=\"kultur\">"]
    {
        assert!(page.text().contains(option), "{option}");
    }
}
