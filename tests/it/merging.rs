//! What was entered twice becomes one.

use entity::words::{HostRole, OrganisationRole};
use miso::gql::id::Global;
use miso_tests::World;
use serde_json::{Value, json};

async fn merge(world: &World, what: &str, (from, into): (impl Global, impl Global)) -> Value {
    let query =
        format!("mutation($id: ID!, $into: ID!) {{ {what}Merge(id: $id, into: $into) {{ {what} {{ id }} errors {{ path code }} }} }}");
    let answer = world.administrator().asks_with(&query, json!({ "id": from.to_global().0, "into": into.to_global().0 })).await;
    assert!(world.run_jobs().await.failed.is_empty());
    answer.at(&format!("{what}Merge")).clone()
}

#[tokio::test]
async fn two_topics_become_one_and_the_slug_of_the_first_leads_to_the_second() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").tagged("musik").tagged("konzerte").make().await;
    world.event("abend", own.id).tagged("musik").make().await;
    world.event("beides", own.id).tagged("konzerte").tagged("musik").make().await;
    world.post("bericht", own.id).tagged("musik").make().await;
    let (music, concerts) = (world.tag("musik").await, world.tag("konzerte").await);
    let merged = merge(&world, "tag", (music.id, concerts.id)).await;
    assert_eq!(merged, json!({ "tag": { "id": concerts.id.to_global().0 }, "errors": [] }));
    let asked = r#"{ tags { slug } node(id: "ID") { ... on Tag { slug } }
        events(where: { tag: "musik" }) { totalCount nodes { slug tags { slug } } } same: events(where: { tag: "konzerte" }) { totalCount }
        posts(where: { tag: "musik" }) { nodes { slug tags { slug } } } organisations(where: { tag: "musik" }) { nodes { slug focus { slug } } } }"#;
    let shown = world.visitor().asks(&asked.replace("ID", &music.id.to_global().0)).await;
    let one = json!([{ "slug": "konzerte" }]);
    assert_eq!((shown.at("tags"), shown.at("node.slug")), (&one, &json!("konzerte")));
    assert_eq!((shown.at("events.totalCount"), shown.at("same.totalCount")), (&json!(2), &json!(2)));
    for list in ["events", "posts"] {
        for found in shown.at(&format!("{list}.nodes")).as_array().unwrap() {
            assert_eq!(found["tags"], one, "each once");
        }
    }
    assert_eq!(shown.at("organisations.nodes"), &json!([{ "slug": "faust", "focus": one }]));
    let calendar = world.get("/calendar.ics?tag=musik").await;
    assert_eq!(calendar.text().matches("BEGIN:VEVENT").count(), 2, "whoever subscribed before goes on");
    // Whoever names the first gets the second; and a third that takes the second in takes both.
    let third = world.tag("klang").await;
    merge(&world, "tag", (concerts.id, third.id)).await;
    assert_eq!(world.visitor().asks(r#"{ events(where: { tag: "musik" }) { totalCount } }"#).await.at("events.totalCount"), 2);
    assert_eq!(merge(&world, "tag", (third.id, third.id)).await["errors"], json!([{ "path": ["into"], "code": "INVALID" }]));
}

#[tokio::test]
async fn a_topic_is_called_otherwise_and_found_by_both_names() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").make().await;
    world.event("abend", own.id).tagged("muisk").make().await;
    let tag = world.tag("muisk").await.id.to_global().0;
    let rename =
        r#"mutation($id: ID!, $input: TagUpdateInput!) { tagUpdate(id: $id, input: $input) { tag { slug name } errors { path code } } }"#;
    let office = world.office_editor();
    let changed = office.asks_with(rename, json!({ "id": tag, "input": { "name": "Musik", "slug": "musik" } })).await;
    assert_eq!(changed.at("tagUpdate.tag"), &json!({ "slug": "musik", "name": "Musik" }));
    assert!(world.run_jobs().await.failed.is_empty());
    let shown = world.visitor().asks(r#"{ tags { slug name } old: events(where: { tag: "muisk" }) { totalCount } new: events(where: { tag: "musik" }) { totalCount } found: events(where: { search: "Musik" }) { totalCount } }"#).await;
    assert_eq!(shown.at("tags"), &json!([{ "slug": "musik", "name": "Musik" }]));
    assert_eq!((shown.at("old.totalCount"), shown.at("new.totalCount"), shown.at("found.totalCount")), (&json!(1), &json!(1), &json!(1)));
    world.tag("tanz").await;
    let taken = office.asks_with(rename, json!({ "id": tag, "input": { "slug": "tanz" } })).await;
    assert_eq!(taken.at("tagUpdate.errors"), &json!([{ "path": ["input", "slug"], "code": "TAKEN" }]));
    let back = office.asks_with(rename, json!({ "id": tag, "input": { "slug": "muisk" } })).await;
    assert_eq!(back.at("tagUpdate.tag.slug"), "muisk", "it may have its former slug back");
}

#[tokio::test]
async fn two_venues_become_one_and_calendars_count_it_only_where_they_were_two_places() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").make().await;
    let venue = async |slug: &str, street: &str, room: &str| {
        let (street, room) = (street.to_owned(), room.to_owned());
        let maker = world.venue(slug).with(|row| {
            (row.name, row.street, row.rooms) = ("Faust".to_owned(), Some(street), vec![room].into());
        });
        maker.feature(entity::words::AccessibilityFeature::StepFree, true).make().await
    };
    let (kept, double, elsewhere) =
        (venue("a", "Weg 1", "Saal").await, venue("b", "Weg 1", "Halle").await, venue("c", "Weg 2", "Saal").await);
    for (slug, at) in [("eins", kept.id), ("zwei", double.id), ("drei", elsewhere.id)] {
        let event = world.event(slug, own.id).hosted_by(world.organisation(&format!("co-{slug}")).make().await.id, HostRole::CoHost);
        event.with(|row| row.venue_id = Some(at)).on("2022-06-01T16:00:00Z").make().await;
    }
    let sequences = async || -> Vec<String> {
        let calendar = world.get("/calendar.ics").await.text().to_owned();
        let mut found: Vec<String> = calendar
            .split("BEGIN:VEVENT")
            .skip(1)
            .map(|entry| {
                let line = |name: &str| {
                    let found = entry.lines().find(|line| line.starts_with(name)).unwrap_or_default();
                    found.rsplit(':').next().unwrap_or_default().trim().to_owned()
                };
                format!("{} {}", line("SUMMARY"), line("SEQUENCE"))
            })
            .collect();
        found.sort();
        found
    };
    assert_eq!(sequences().await, ["drei 0", "eins 0", "zwei 0"]);
    world.at("2022-05-19T08:00:00Z");
    assert_eq!(merge(&world, "venue", (double.id, kept.id)).await["errors"], json!([]));
    assert_eq!(sequences().await, ["drei 0", "eins 0", "zwei 0"], "it was the same place");
    assert_eq!(merge(&world, "venue", (elsewhere.id, kept.id)).await["errors"], json!([]));
    assert_eq!(sequences().await, ["drei 1", "eins 0", "zwei 0"]);
    let asked = format!(
        r#"{{ venues {{ nodes {{ rooms features {{ feature }} events {{ totalCount }} }} }} node(id: "{}") {{ id }} events(where: {{ venueId: "{}" }}) {{ totalCount }} }}"#,
        double.id.to_global().0,
        kept.id.to_global().0
    );
    let shown = world.visitor().asks(&asked).await;
    assert_eq!(
        shown.at("venues.nodes"),
        &json!([{ "rooms": ["Saal", "Halle"], "features": [{ "feature": "STEP_FREE" }], "events": { "totalCount": 3 } }])
    );
    assert_eq!((shown.at("node.id"), shown.at("events.totalCount")), (&json!(kept.id.to_global().0), &json!(3)));
    let again = world
        .administrator()
        .asks_with(
            "mutation($id: ID!, $into: ID!) { venueMerge(id: $id, into: $into) { errors { code } } }",
            json!({ "id": double.id.to_global().0, "into": elsewhere.id.to_global().0 }),
        )
        .await;
    assert_eq!(again.codes(), ["NOT_FOUND"], "they are no more");
}

#[tokio::test]
async fn two_programmes_become_one_and_the_address_of_the_first_leads_on() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").make().await;
    let (from, into) = (world.programme("on-air", own.id).make().await, world.programme("miso-on-air", own.id).make().await);
    world.post("sendung", own.id).with(|row| row.programme_id = Some(from.id)).make().await;
    world.event("live", own.id).with(|row| row.programme_id = Some(from.id)).make().await;
    assert_eq!(merge(&world, "programme", (from.id, into.id)).await["errors"], json!([]));
    let shown = world.visitor().asks(r#"{ programme(slug: "on-air") { slug posts { totalCount } events { totalCount } } }"#).await;
    assert_eq!(shown.at("programme"), &json!({ "slug": "miso-on-air", "posts": { "totalCount": 1 }, "events": { "totalCount": 1 } }));
    assert_eq!(world.get("/programmes/on-air").await.status.as_u16(), 308);
}

#[tokio::test]
async fn whoever_tags_while_two_topics_become_one_loses_nothing() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").make().await;
    let (from, into) = (world.tag("eins").await.id, world.tag("zwei").await.id);
    let editor = world.person_of(own.id, OrganisationRole::Editor);
    let write = async |at: usize| {
        let mut input = miso_tests::editing::news(own.id, &format!("Titel {at}"));
        input["tags"] = json!([if at.is_multiple_of(2) { "eins" } else { "zwei" }]);
        editor.writes(input).await;
    };
    let merging = async {
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        merge(&world, "tag", (from, into)).await
    };
    tokio::join!(futures_util::future::join_all((0..20).map(write)), merging);
    let again = miso::tags::jobs::Renamed { tag: into };
    let writing = world.app.begin_write().await.unwrap();
    writing.later(&again).await.unwrap();
    writing.commit().await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    let shown = editor.asks(r#"{ posts(first: 50, where: { tag: "eins" }) { totalCount nodes { tags { slug } } } }"#).await;
    assert_eq!(shown.at("posts.totalCount"), 20);
    assert!(shown.at("posts.nodes").as_array().unwrap().iter().all(|post| post["tags"] == json!([{ "slug": "zwei" }])));
}
