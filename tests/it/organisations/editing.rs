//! Changing an organisation's page.

use entity::audit_entry;
use entity::id::OrganisationId;
use entity::words::OrganisationRole;
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::people::Actor;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

/// A network, and an association in it.
async fn with_member() -> (World, OrganisationId) {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("verein").named("Beispielverein").saying("de", "Wir.").make().await;
    (world, own.id)
}

async fn updates(actor: &Actor<'_>, id: OrganisationId, input: Value) -> Result<Value, String> {
    actor.changes_organisation("organisationUpdate", json!({ "id": id.to_global().0, "input": input })).await
}

#[tokio::test]
async fn an_owner_edits_the_page_in_two_languages() {
    let (world, own) = with_member().await;
    let owner = world.person_of(own, OrganisationRole::Owner);
    let input = json!({
        "shortName": "BV", "aliases": ["Verein B"], "legalForm": "e. V.", "website": "https://verein.example", "email": "post@verein.example",
        "phone": "0511 123", "foundedOn": "1983-05", "languages": ["de", "fa"], "focus": ["Kultur", "kultur", "Beratung"],
        "address": { "street": "Beispielweg 1", "city": "Hannover", "district": "List" }, "addressIsPublic": false,
        "location": { "latitude": 52.38, "longitude": 9.73 }, "sources": ["https://source.example/a"],
        "texts": [{ "locale": "de", "descriptionMarkdown": "Wir sind **viele**." }, { "locale": "en", "descriptionMarkdown": "We <script>are</script>." }],
    });
    let changed = updates(&owner, own, input).await.unwrap();
    assert_eq!((&changed["revision"], &changed["locales"], &changed["locale"]), (&json!(2), &json!(["de", "en"]), &json!("de")));
    assert_eq!(changed["description"], "<p>Wir sind <strong>viele</strong>.</p>\n");
    assert_eq!(changed["focus"], json!([{ "name": "Kultur" }, { "name": "Beratung" }]));
    assert_eq!(changed["address"]["street"], "Beispielweg 1");
    let english = world
        .visitor()
        .reading("en")
        .asks(r#"{ organisation(slug: "verein") { description address { street } location { latitude } } }"#)
        .await;
    assert!(!english.at("organisation.description").as_str().unwrap().contains("<script"));
    assert_eq!((english.at("organisation.address"), english.at("organisation.location")), (&json!(null), &json!(null)));
    let found = world.visitor().asks(r#"{ organisations(where: { search: "beratung verein b" }) { nodes { slug } } }"#).await;
    assert_eq!(found.each("organisations.nodes", "slug"), ["verein"]);
}

#[tokio::test]
async fn what_is_left_out_stays_and_null_clears() {
    let (world, own) = with_member().await;
    let owner = world.person_of(own, OrganisationRole::Owner);
    let input = json!({ "phone": "1", "website": "https://verein.example", "address": { "street": "Weg 1", "city": "Hannover" }, "aliases": ["A"] });
    updates(&owner, own, input).await.unwrap();
    let input = json!({ "phone": null, "address": { "street": null }, "aliases": null, "texts": [{ "locale": "en", "descriptionMarkdown": "We." }] });
    let changed = updates(&owner, own, input).await.unwrap();
    assert_eq!((&changed["phone"], &changed["website"], &changed["aliases"]), (&json!(null), &json!("https://verein.example"), &json!([])));
    assert_eq!((&changed["address"]["street"], &changed["address"]["city"]), (&json!(null), &json!("Hannover")));
    let changed = updates(&owner, own, json!({ "originalLocale": "en", "removeLocales": ["de"] })).await.unwrap();
    assert_eq!((&changed["locale"], &changed["locales"]), (&json!("en"), &json!(["en"])));
    assert_eq!(updates(&owner, own, json!({ "removeLocales": ["en"] })).await.unwrap_err(), "INVALID at input.removeLocales.0");
    assert_eq!(updates(&owner, own, json!({ "name": null })).await.unwrap_err(), "REQUIRED at input.name");
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_with_its_path() {
    let (world, own) = with_member().await;
    world.organisation("taken").make().await;
    let input = json!({
        "name": " ", "slug": "taken", "website": "javascript:alert(1)", "email": "niemand", "aliases": ["", "A"], "kind": "NETWORK",
        "address": { "countryCode": "Deutschland" }, "location": { "latitude": 91, "longitude": 0 }, "languages": ["de", "de"],
        "sources": ["nirgends"], "texts": [{ "locale": "de", "descriptionMarkdown": "" }, { "locale": "de", "descriptionMarkdown": "" }],
        "addressIsPublic": null, "focus": ["a".repeat(81)],
    });
    let refused = updates(&world.administrator(), own, input).await.unwrap_err();
    for expected in [
        "REQUIRED at input.name",
        "TAKEN at input.slug",
        "INVALID at input.website",
        "INVALID at input.email",
        "REQUIRED at input.aliases.0",
        "INVALID at input.kind",
        "INVALID at input.address.countryCode",
        "INVALID at input.location",
        "INVALID at input.languages.1",
        "INVALID at input.sources.0",
        "INVALID at input.texts.1.locale",
        "REQUIRED at input.addressIsPublic",
        "TOO_LONG at input.focus.0",
    ] {
        assert!(refused.contains(expected), "{expected} is not in {refused}");
    }
}

#[tokio::test]
async fn owners_and_the_office_edit_the_page_and_nobody_else() {
    let (world, own) = with_member().await;
    let another = world.organisation("another").make().await.id;
    let hidden = world.organisation("hidden").never_a_member().make().await.id;
    let input = json!({ "phone": "1" });
    for allowed in [world.person_of(own, OrganisationRole::Owner), world.office_editor(), world.administrator()] {
        assert_eq!(updates(&allowed, own, input.clone()).await.unwrap()["phone"], "1");
    }
    for (refused, code) in [
        (world.visitor(), "UNAUTHENTICATED"),
        (world.stranger(), "FORBIDDEN"),
        (world.person_of(own, OrganisationRole::Member), "FORBIDDEN"),
        (world.person_of(own, OrganisationRole::Editor), "FORBIDDEN"),
        (world.person_of(another, OrganisationRole::Owner), "FORBIDDEN"),
    ] {
        assert_eq!(updates(&refused, own, input.clone()).await.unwrap_err(), code);
        assert_eq!(updates(&refused, hidden, input.clone()).await.unwrap_err(), "NOT_FOUND");
    }
}

#[tokio::test]
async fn only_administrators_say_what_it_is_to_the_network_and_whether_it_is_reviewed() {
    let (world, own) = with_member().await;
    for input in [json!({ "publishesWithoutReview": true }), json!({ "kind": "PARTNER" })] {
        for refused in [world.person_of(own, OrganisationRole::Owner), world.office_editor()] {
            assert_eq!(updates(&refused, own, input.clone()).await.unwrap_err(), "FORBIDDEN");
        }
    }
    // Who sends back what they saw changes nothing.
    let owner = world.person_of(own, OrganisationRole::Owner);
    let changed = updates(&owner, own, json!({ "publishesWithoutReview": false, "kind": "MEMBER", "phone": "2" })).await.unwrap();
    assert_eq!(changed["phone"], "2");
    let changed = updates(&world.administrator(), own, json!({ "publishesWithoutReview": true })).await.unwrap();
    assert_eq!(changed["publishesWithoutReview"], true);
}

#[tokio::test]
async fn an_earlier_slug_leads_to_it_for_ever_and_is_nobody_elses() {
    let (world, own) = with_member().await;
    let owner = world.person_of(own, OrganisationRole::Owner);
    updates(&owner, own, json!({ "slug": "neu" })).await.unwrap();
    let found = world.visitor().asks(r#"{ organisation(slug: "verein") { slug } }"#).await;
    assert_eq!(found.at("organisation.slug"), "neu");
    let reply = world.get("/organisations/verein").await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (308, "/organisations/neu"));
    let input = json!({ "input": { "name": "Zweiter", "slug": "verein" } });
    assert_eq!(world.administrator().changes_organisation("organisationCreate", input).await.unwrap_err(), "TAKEN at input.slug");
    let back = updates(&owner, own, json!({ "slug": "verein" })).await.unwrap();
    assert_eq!(back["slug"], "verein");
}

#[tokio::test]
async fn nobodys_change_overwrites_anothers() {
    let (world, own) = with_member().await;
    let owner = world.person_of(own, OrganisationRole::Owner);
    let change = |revision: i32| json!({ "id": own.to_global().0, "expectedRevision": revision, "input": { "phone": "1" } });
    owner.changes_organisation("organisationUpdate", change(1)).await.unwrap();
    let refused = owner.changes_organisation("organisationUpdate", change(1)).await.unwrap_err();
    assert_eq!(refused, "STALE_REVISION at expectedRevision");
}

#[tokio::test]
async fn administrators_enter_organisations_and_nobody_else() {
    let world = World::new().await;
    world.network().await;
    let input = json!({ "input": { "name": "Größerer Verein", "joinedOn": "2020-05", "texts": [{ "locale": "en", "descriptionMarkdown": "We." }] } });
    for (refused, code) in [(world.visitor(), "UNAUTHENTICATED"), (world.stranger(), "FORBIDDEN"), (world.office_editor(), "FORBIDDEN")] {
        assert_eq!(refused.changes_organisation("organisationCreate", input.clone()).await.unwrap_err(), code);
    }
    let made = world.administrator().changes_organisation("organisationCreate", input.clone()).await.unwrap();
    assert_eq!((&made["slug"], &made["kind"], &made["locale"]), (&json!("groesserer-verein"), &json!("MEMBER"), &json!("en")));
    assert_eq!(made["membership"], json!({ "status": "ACTIVE", "joinedOn": "2020-05" }));
    let again = world.administrator().changes_organisation("organisationCreate", input).await.unwrap();
    assert_eq!(again["slug"], "groesserer-verein-2");
    let seen = world.visitor().asks(r#"{ organisation(slug: "groesserer-verein") { membership { status } addressIsPublic } }"#).await;
    assert_eq!(seen.at("organisation"), &json!({ "membership": { "status": "ACTIVE" }, "addressIsPublic": false }));
    for (input, refused) in [
        (json!({ "name": "Geber", "kind": "FUNDER", "joinedOn": "2020" }), "INVALID at input.joinedOn"),
        (json!({ "name": "Netz", "kind": "NETWORK" }), "INVALID at input.kind"),
        (json!({ "name": "" }), "REQUIRED at input.name"),
    ] {
        let outcome = world.administrator().changes_organisation("organisationCreate", json!({ "input": input })).await;
        assert_eq!(outcome.unwrap_err(), refused);
    }
    let input = json!({ "input": { "name": "Geber", "kind": "FUNDER" } });
    let funder = world.administrator().changes_organisation("organisationCreate", input).await.unwrap();
    assert_eq!(funder["membership"], Value::Null);
}

#[tokio::test]
async fn the_log_tells_what_changed_without_texts_and_without_where_somebody_is_reached() {
    let (world, own) = with_member().await;
    let owner = world.person_of(own, OrganisationRole::Owner);
    let input = json!({ "name": "Neuer Name", "phone": "0511 999", "address": { "street": "Geheimweg 7" }, "texts": [{ "locale": "de", "descriptionMarkdown": "Anders." }] });
    updates(&owner, own, input).await.unwrap();
    assert!(updates(&owner, own, json!({ "name": "" })).await.is_err());
    let entries = audit_entry::Entity::find().order_by_asc(audit_entry::Column::Id).all(world.db()).await.unwrap();
    assert_eq!(entries.len(), 1, "what is refused is not noted");
    assert_eq!((entries[0].action.as_str(), entries[0].subject_id), ("organisationUpdate", own.0));
    let expected = json!({ "name": { "before": "Beispielverein", "after": "Neuer Name" }, "contact": {}, "address": {}, "texts": {} });
    assert_eq!(entries[0].changes, expected);
}

#[tokio::test]
async fn search_and_calendars_tell_of_an_organisation_as_it_is_called_now() {
    let (world, own) = with_member().await;
    world.event("fest", own).make().await;
    world.post("bericht", own).make().await;
    let found = async |words: &str| {
        let query = "query($query: String!) { search(query: $query) { nodes { ... on Event { slug } ... on Post { slug } } } }";
        let mut slugs = world.visitor().asks_with(query, json!({ "query": words })).await.each("search.nodes", "slug");
        slugs.retain(|slug| !slug.is_empty());
        slugs.sort();
        slugs
    };
    let before = world.get("/events/fest/calendar.ics").await;
    world.at("2022-05-18T09:00:00Z");
    updates(&world.office_editor(), own, json!({ "name": "Umbenannter Verein", "email": "neu@example.org" })).await.unwrap();
    world.run_jobs().await;
    assert_eq!(found("umbenannter").await, ["bericht", "fest"]);
    let calendar = world.get("/events/fest/calendar.ics").await;
    let organizer = miso_tests::calendar::fields(calendar.text(), &["ORGANIZER", "SEQUENCE"]);
    assert_eq!(organizer, ["ORGANIZER;CN=Umbenannter Verein:mailto:neu@example.org", "SEQUENCE:0"]);
    assert_ne!(calendar.header("etag"), before.header("etag"));
}
