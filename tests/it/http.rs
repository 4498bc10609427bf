//! Through the public door: answers as HTTP and GraphQL have them, and reads that change nothing.

use axum::http::{Method, StatusCode};
use miso_tests::World;
use serde_json::json;

use crate::addresses::every_address;

#[tokio::test]
async fn fields_come_in_the_order_in_which_they_were_asked_for() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.event("fest", host.id).make().await;
    let query =
        r#"{ event(slug: "fest") { title slug hosts { role } status description id price { kind } tags { slug } revision startsAt } }"#;
    let reply = world.post_graphql(&[], &json!({"query": query})).await;
    let names = ["title", "slug", "hosts", "status", "description", "id", "price", "tags", "revision", "startsAt"];
    let places = names.map(|name| reply.text().find(&format!("\"{name}\":")).unwrap_or_else(|| panic!("no {name}: {}", reply.text())));
    assert!(places.is_sorted(), "{}", reply.text());
}

#[tokio::test]
async fn a_field_that_fails_is_null_and_not_left_out() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.event("fest", host.id).make().await;
    let reply = world
        .post_graphql(&[], &json!({"query": r#"{ event(slug: "fest") { slug reviewNote } other: posts(first: 101) { totalCount } }"#}))
        .await;
    let answer = reply.json();
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(answer["data"].get("event"), None, "`other` may not be null, so that the whole is null: {answer}");
    let reply = world.post_graphql(&[], &json!({"query": r#"{ event(slug: "fest") { slug reviewNote } }"#})).await;
    assert_eq!(reply.json()["data"], json!({"event": {"slug": "fest", "reviewNote": null}}));
    assert_eq!(reply.json()["errors"][0]["path"], json!(["event", "reviewNote"]));
}

#[tokio::test]
async fn a_fault_shows_a_number_and_nothing_of_the_inside() {
    let world = World::new().await;
    world.db().clone().close().await.unwrap();
    let reply = world.post_graphql(&[("accept-language", "en")], &json!({"query": "{ tags { slug } }"})).await;
    let answer = reply.json();
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "INTERNAL");
    let incident = error["extensions"]["incident"].as_str().unwrap();
    assert_eq!(error["message"], format!("Something went wrong on our side. Please try again later; incident {incident}."));
    for inside in ["sql", "pool", "conn", "tag\"", "sqlite", "postgres", ".rs"] {
        assert!(!reply.text().to_lowercase().contains(inside), "{inside}: {}", reply.text());
    }
}

#[tokio::test]
async fn no_get_head_or_options_on_any_address_changes_anything() {
    let world = World::seeded().await;
    let addresses = every_address(&world).await;
    let before = world.dump().await;
    let own = ["/", "/graphql", "/graphql?query=%7Btags%7Bslug%7D%7D", "/schema.graphql", "/healthz", "/readyz", "/nowhere"];
    for address in own.into_iter().map(str::to_owned).chain(addresses) {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            let reply = world.ask(method.clone(), &address, &[]).await;
            assert!(!reply.status.is_server_error(), "{method} {address}: {}", reply.status);
            assert!(!reply.headers.contains_key("set-cookie"), "{method} {address}");
        }
    }
    assert!(world.dump().await == before, "something was written");
}

#[tokio::test]
async fn every_answer_is_guarded_in_the_browser() {
    let world = World::seeded().await;
    for address in ["/", "/graphql", "/graphql?query=%7B__typename%7D", "/healthz", "/nowhere", "/organisations/iik", "/calendar.ics"] {
        let reply = world.ask(Method::GET, address, &[("accept", "text/html, text/calendar, */*;q=0.5")]).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{address}");
        assert!(reply.header("content-security-policy").contains("default-src"), "{address}");
        assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"), "{address}");
        assert!(!reply.header("content-security-policy").contains("unsafe-eval"), "{address}");
        assert!(reply.header("strict-transport-security").starts_with("max-age="), "{address}");
        assert_ne!(reply.header("referrer-policy"), "", "{address}");
    }
}

#[tokio::test]
async fn no_page_asks_anything_of_a_third_party() {
    let world = World::seeded().await;
    for address in ["/", "/graphql", "/organisations/iik", "/events/podium-rassismus-sichtbar-machen-2022"] {
        let reply = world.ask(Method::GET, address, &[("accept", "text/html")]).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        for loaded in ["src=\"http", "src='http", "src=\"//", "<link rel=\"stylesheet\" href=\"http", "@import", "url(http"] {
            assert!(!reply.text().contains(loaded), "{address} loads {loaded}");
        }
    }
}
