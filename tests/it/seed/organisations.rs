//! Organisations, the network, programmes and venues of the files.

use miso_tests::World;
use serde_json::{Value, json};

use super::files::{Differences, addresses, json, table, texts};

const ORGANISATION: &str = r#"query($slug: String!) { organisation(slug: $slug) {
    name shortName aliases kind legalForm website description descriptionMarkdown foundedOn focus { name } languages
    address { street extra postalCode city district countryCode } membership { status joinedOn leftOn isFounding } memberships { status } sources
} }"#;

async fn organisation(world: &World, slug: &str) -> Value {
    world.administrator().asks_with(ORGANISATION, json!({"slug": slug})).await.at("organisation").clone()
}

#[tokio::test]
async fn all_organisations_are_there_with_everything_the_table_says() {
    let world = World::seeded().await;
    let rows = table("organisations.csv");
    assert_eq!(rows.len(), 49);
    let mut differences = Differences::default();
    for row in rows {
        let (slug, cell) = (row["slug"].as_str(), |name: &str| Some(row[name].clone()).filter(|text| !text.is_empty()));
        let found = organisation(&world, slug).await;
        let text = |field: &Value| field.as_str().map(str::to_owned);
        let mut equal =
            |what: &str, found: Option<String>, expected: Option<String>| differences.equal(&format!("{slug} {what}"), &found, &expected);
        equal("name", text(&found["name"]), cell("name"));
        equal("shortName", text(&found["shortName"]), cell("short_name"));
        equal("legalForm", text(&found["legalForm"]), cell("legal_form"));
        equal("kind", text(&found["kind"]), cell("kind"));
        equal("city", text(&found["address"]["city"]), cell("city"));
        if slug != "miso" {
            equal("district", text(&found["address"]["district"]), cell("district"));
        }
        let website = |address: Option<String>| address.map(|address| address.trim_end_matches('/').to_owned());
        equal("website", website(text(&found["website"])), website(cell("website")));
        equal("joinedOn", text(&found["membership"]["joinedOn"]), cell("joined_on"));
        equal("leftOn", text(&found["membership"]["leftOn"]), cell("left_on"));
        if slug != "miso" && slug != "bv-nemo" {
            equal("founded in", text(&found["foundedOn"]).map(|day| day[..4].to_owned()), cell("founded_year"));
        }
        differences.equal(&format!("{slug} is or was a member"), &!found["membership"].is_null(), &(row["kind"] == "MEMBER"));
        let description = found["descriptionMarkdown"].as_str().unwrap_or_default();
        differences.holds(
            &format!("{slug} does not say its focus: {}", row["focus_de"]),
            slug == "miso" || description.contains(&row["focus_de"]),
        );
        let sources = addresses(texts(&found["sources"]));
        for source in addresses(row["source_url"].split(" | ").filter(|source| source.contains("://"))) {
            differences.holds(&format!("{slug} does not name its source {source}"), sources.contains(&source));
        }
    }
    differences.assert_none();
}

#[tokio::test]
async fn every_single_fact_is_there_with_its_source() {
    let world = World::seeded().await;
    let mut differences = Differences::default();
    for fact in table("organisation_facts.csv") {
        let found = organisation(&world, &fact["slug"]).await;
        let said = found.to_string();
        differences.holds(&format!("{} {}: {}", fact["slug"], fact["field"], fact["value_de"]), said.contains(&fact["value_de"]));
        if fact["source_url"].contains("://") {
            let source = addresses([fact["source_url"].as_str()]);
            differences.holds(&format!("{}: source {}", fact["slug"], source[0]), addresses(texts(&found["sources"])).contains(&source[0]));
        }
    }
    differences.assert_none();
}

#[tokio::test]
async fn of_the_members_on_that_day_28_are_named_and_18_are_plainly_samples() {
    let world = World::seeded().await;
    let query = r#"{ organisations(first: 100, where: {memberOn: "2022-05-18"}) { nodes { slug name sources } } }"#;
    let answer = world.visitor().asks(query).await;
    let members = answer.at("organisations.nodes").as_array().unwrap();
    let expected: Vec<String> =
        table("organisations.csv").into_iter().filter(|row| row["member_on_2022_05_18"] == "yes").map(|row| row["slug"].clone()).collect();
    assert_eq!(expected.len(), 28);
    for slug in &expected {
        assert!(members.iter().any(|member| member["slug"] == slug.as_str()), "{slug}");
    }
    let mut samples: Vec<&str> =
        members.iter().map(|member| member["name"].as_str().unwrap()).filter(|name| name.starts_with("Beispielverein")).collect();
    samples.sort_unstable();
    let names: Vec<String> = (29..=46).map(|number| format!("Beispielverein {number}")).collect();
    assert_eq!(samples, names);
    assert_eq!(members.len(), 46);
}

#[tokio::test]
async fn the_network_is_as_its_file_says() {
    let world = World::seeded().await;
    let file = json("network.json");
    let query = r#"{ network {
        name shortName legalName foundedOn timeZone defaultLocale locales phone email website openingHours { weekday opensAt closesAt } openingHoursNote
        address { street extra postalCode city district countryCode } funders { slug name kind } umbrellas { slug name shortName website foundedOn }
        organisation { slug kind aliases sources legalForm }
    } }"#;
    let answer = world.administrator().asks(query).await;
    let network = answer.at("network");
    for (field, expected) in [
        ("shortName", "short_name"),
        ("legalName", "name"),
        ("foundedOn", "founded_on"),
        ("timeZone", "timezone"),
        ("phone", "phone"),
        ("email", "email"),
        ("website", "website"),
        ("openingHoursNote", "opening_hours_note_de"),
    ] {
        assert_eq!(network[field], file[expected], "{field}");
    }
    for (field, expected) in [
        ("street", "street"),
        ("extra", "addition"),
        ("postalCode", "postal_code"),
        ("city", "city"),
        ("district", "district"),
        ("countryCode", "country"),
    ] {
        assert_eq!(network["address"][field], file["address"][expected], "{field}");
    }
    let hours: Vec<String> = network["openingHours"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| format!("{} {}-{}", span["weekday"], span["opensAt"], span["closesAt"]))
        .collect();
    let until = |day: &str, closes: &str| format!("\"{day}\" \"09:00\"-\"{closes}\"");
    assert_eq!(
        hours,
        [
            until("MONDAY", "17:00"),
            until("TUESDAY", "17:00"),
            until("WEDNESDAY", "17:00"),
            until("THURSDAY", "17:00"),
            until("FRIDAY", "14:00")
        ]
    );
    let funders: Vec<&str> = network["funders"].as_array().unwrap().iter().map(|funder| funder["slug"].as_str().unwrap()).collect();
    for funder in file["funders_footer_2022"].as_array().unwrap() {
        assert!(funders.contains(&funder["slug"].as_str().unwrap()), "{funder}");
    }
    assert_eq!(network["umbrellas"][0]["slug"], file["umbrella"]["slug"]);
    assert_eq!(network["umbrellas"][0]["foundedOn"], file["umbrella"]["founded_on"]);
    for alias in texts(&file["name_variants"]) {
        assert!(texts(&network["organisation"]["aliases"]).contains(&alias), "{alias}");
    }
}

#[tokio::test]
async fn the_programmes_are_as_their_file_says() {
    let world = World::seeded().await;
    let query = "query($slug: String!) { programme(slug: $slug) { name descriptionMarkdown isBroadcast startedOn organisation { slug } funders { slug } } }";
    let mut differences = Differences::default();
    for programme in json("programmes.json").as_array().unwrap() {
        let slug = programme["slug"].as_str().unwrap();
        let answer = world.visitor().asks_with(query, json!({"slug": slug})).await;
        let found = answer.at("programme");
        differences.equal(&format!("{slug} name"), &found["name"], &programme["name"]);
        differences.equal(&format!("{slug} startedOn"), &found["startedOn"], &programme["started"]);
        differences.equal(&format!("{slug} isBroadcast"), &found["isBroadcast"], &json!(programme["kind"] == "radio"));
        let owner = programme["organisation"].as_str().unwrap_or("miso");
        differences.equal(&format!("{slug} organisation"), &found["organisation"]["slug"], &json!(owner));
        let funders: Vec<Value> = found["funders"].as_array().unwrap().iter().map(|funder| funder["slug"].clone()).collect();
        differences.equal(
            &format!("{slug} funders"),
            &json!(funders),
            &if programme["funder_slugs"].is_null() { json!([]) } else { programme["funder_slugs"].clone() },
        );
        let description = found["descriptionMarkdown"].as_str().unwrap();
        for said in [programme["summary_de"].as_str(), programme["long_name"].as_str()].into_iter().flatten() {
            differences.holds(&format!("{slug} does not say: {said}"), description.contains(said));
        }
        for grant in programme["grants"].as_array().into_iter().flatten() {
            let note = grant["note_de"].as_str().unwrap();
            differences.holds(&format!("{slug} does not say: {note}"), description.contains(note));
        }
    }
    differences.assert_none();
}

#[tokio::test]
async fn the_venues_are_as_their_file_says() {
    let world = World::seeded().await;
    let answer = world.visitor().asks("{ venues(first: 100) { nodes { name address { street extra postalCode city district countryCode } rooms directions organisation { slug } features { feature } location { latitude } } } }").await;
    let found = answer.at("venues.nodes").as_array().unwrap();
    let mut differences = Differences::default();
    for venue in json("venues.json").as_array().unwrap() {
        let name = venue["name"].as_str().unwrap();
        let Some(there) = found.iter().find(|there| there["name"] == name) else {
            differences.holds(&format!("{name} is not there"), false);
            continue;
        };
        for (field, expected) in [("postalCode", "postal_code"), ("city", "city"), ("district", "district")] {
            differences.equal(&format!("{name} {field}"), &there["address"][field], &venue["address"][expected]);
        }
        let written =
            [&there["address"]["street"], &there["address"]["extra"]].into_iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
        let street = venue["address"]["street"].as_str().unwrap_or_default().replace(['(', ')'], "");
        differences.equal(&format!("{name} street"), &written, &street);
        differences.equal(&format!("{name} rooms"), &there["rooms"], &venue["rooms"]);
        differences.equal(&format!("{name} organisation"), &there["organisation"]["slug"], &venue["organisation"]);
        differences.holds(&format!("{name} has invented facts"), there["location"].is_null() && there["features"] == json!([]));
        if let Some(note) = venue["note_de"].as_str() {
            differences.holds(&format!("{name} does not say: {note}"), there["directions"].as_str().unwrap_or_default().contains(note));
        }
    }
    differences.assert_none();
}
