//! The directory: what an organisation shows, filters, orders, pages; and how it is changed, and who acts for it.

mod editing;
mod inviting;
mod people;

use entity::organisation;
use entity::words::{OrganisationKind, OrganisationRole, SluggedKind};
use miso_tests::World;
use sea_orm::Set;
use serde_json::json;

async fn slugs(world: &World, arguments: &str) -> Vec<String> {
    world.visitor().asks(&format!("{{ organisations({arguments}) {{ nodes {{ slug }} }} }}")).await.each("organisations.nodes", "slug")
}

#[tokio::test]
async fn an_organisation_shows_what_it_says_of_itself() {
    let world = World::new().await;
    let maker = world.organisation("iik").named("Initiative für Internationalen Kulturaustausch e. V.").saying("de", "Wir sind **viele**.");
    let maker = maker.tagged("kultur").tagged("beratung").speaking("fa").speaking("de").with(|row| {
        row.short_name = Some("IIK".to_owned());
        row.aliases = vec!["Initiative Internationales Kulturzentrum".to_owned()].into();
        row.legal_form = Some("e. V.".to_owned());
        row.founded_on = Some("1983".to_owned());
        row.website = Some("https://iik.example".to_owned());
        row.sources = vec!["https://source.example/a".to_owned()].into();
        row.latitude = Some(52.37);
        row.longitude = Some(9.71);
    });
    maker.make().await;
    let answer = world
        .visitor()
        .asks(
            r#"{ organisation(slug: "iik") {
                slug url name shortName aliases kind legalForm description descriptionMarkdown locale locales focus { slug } languages
                website email address { city countryCode } addressIsPublic location { latitude longitude } foundedOn
                membership { status joinedOn leftOn isFounding } memberships { status } sources revision createdAt
                translation(locale: "en") { description }
            } }"#,
        )
        .await;
    let expected = json!({
        "slug": "iik", "url": "https://miso.example/organisations/iik", "name": "Initiative für Internationalen Kulturaustausch e. V.",
        "shortName": "IIK", "aliases": ["Initiative Internationales Kulturzentrum"], "kind": "MEMBER", "legalForm": "e. V.",
        "description": "<p>Wir sind <strong>viele</strong>.</p>\n", "descriptionMarkdown": "Wir sind **viele**.", "locale": "de", "locales": ["de"],
        "focus": [{"slug": "kultur"}, {"slug": "beratung"}], "languages": ["fa", "de"],
        "website": "https://iik.example", "email": null, "address": {"city": null, "countryCode": "DE"}, "addressIsPublic": true,
        "location": {"latitude": 52.37, "longitude": 9.71}, "foundedOn": "1983",
        "membership": {"status": "ACTIVE", "joinedOn": "2015", "leftOn": null, "isFounding": false}, "memberships": [{"status": "ACTIVE"}],
        "sources": ["https://source.example/a"], "revision": 1, "createdAt": "2022-05-18T08:00:00Z", "translation": null,
    });
    assert_eq!(answer.at("organisation"), &expected);
}

#[tokio::test]
async fn the_directory_is_ordered_by_name_as_people_look_it_up() {
    let world = World::new().await;
    for name in ["Zebra", "Ägypten", "afghanisch", "Ökoverein", "Opern"] {
        world.organisation(&name.to_lowercase().replace('ä', "ae").replace('ö', "oe")).named(name).make().await;
    }
    let answer = world.visitor().asks("{ organisations { nodes { name } } }").await;
    assert_eq!(answer.each("organisations.nodes", "name"), ["afghanisch", "Ägypten", "Ökoverein", "Opern", "Zebra"]);
}

#[tokio::test]
async fn it_is_ordered_by_the_day_of_joining_where_one_asks_for_that() {
    let world = World::new().await;
    world.network().await;
    world.organisation("late").member(Some("2021-02"), None).make().await;
    world.organisation("early").member(Some("2013"), None).make().await;
    world.organisation("unknown").member(None, None).make().await;
    world.organisation("partner").kind(OrganisationKind::Partner).make().await;
    let order = slugs(&world, "orderBy: JOINED_ON, first: 3").await;
    assert_eq!(order, ["unknown", "early", "late"], "an unknown day counts from the founding, in 2012");
}

#[tokio::test]
async fn filters_narrow_it_and_all_must_hold() {
    let world = World::new().await;
    world.network().await;
    let linden = |row: &mut organisation::Model| row.district = Some("Linden".to_owned());
    world.organisation("a").with(linden).tagged("kultur").speaking("tr").make().await;
    world.organisation("b").with(linden).make().await;
    world.organisation("c").tagged("kultur").member(Some("2010"), Some("2011")).make().await;
    world.organisation("f").kind(OrganisationKind::Funder).make().await;
    assert_eq!(slugs(&world, r#"where: {district: "Linden"}"#).await, ["a", "b"]);
    assert_eq!(slugs(&world, r#"where: {tag: "kultur"}"#).await, ["a", "c"]);
    assert_eq!(slugs(&world, r#"where: {tag: "kultur", district: "Linden", language: "tr"}"#).await, ["a"]);
    assert_eq!(slugs(&world, "where: {kind: FUNDER}").await, ["f"]);
    assert_eq!(slugs(&world, r#"where: {memberOn: "2022-05-18"}"#).await, ["a", "b"]);
    assert_eq!(slugs(&world, r#"where: {memberOn: "2011-12-31"}"#).await, ["c"]);
    assert!(slugs(&world, r#"where: {language: "de"}"#).await.is_empty());
}

#[tokio::test]
async fn its_members_are_as_many_as_the_network_counts() {
    let world = World::seeded().await;
    let answer = world
        .visitor()
        .asks(r#"{ network { memberCount(on: "2022-05-18") } organisations(first: 100, where: {memberOn: "2022-05-18"}) { totalCount nodes { slug } } }"#)
        .await;
    assert_eq!(answer.at("network.memberCount"), &json!(46));
    assert_eq!(answer.at("organisations.totalCount"), &json!(46));
    assert_eq!(answer.each("organisations.nodes", "slug").len(), 46);
}

#[tokio::test]
async fn an_address_that_is_not_public_is_for_its_people_and_the_office() {
    let world = World::new().await;
    let private = |row: &mut organisation::Model| {
        row.address_is_public = false;
        row.street = Some("Privatweg 1".to_owned());
        (row.latitude, row.longitude) = (Some(52.0), Some(9.0));
    };
    let own = world.organisation("own").with(private).make().await;
    let other = world.organisation("other").make().await;
    let query = r#"{ organisation(slug: "own") { address { street } location { latitude } addressIsPublic } }"#;
    let hidden = json!({"address": null, "location": null, "addressIsPublic": false});
    for stranger in [world.visitor(), world.stranger(), world.person_of(other.id, OrganisationRole::Owner)] {
        assert_eq!(stranger.asks(query).await.at("organisation"), &hidden);
    }
    for friend in [world.person_of(own.id, OrganisationRole::Member), world.administrator(), world.office_editor()] {
        assert_eq!(friend.asks(query).await.at("organisation.address.street"), &json!("Privatweg 1"));
    }
}

#[tokio::test]
async fn who_only_applied_is_not_shown_to_others() {
    let world = World::new().await;
    let applicant = world.organisation("applicant").applicant().make().await;
    let query = r#"{ organisation(slug: "applicant") { slug } organisations { totalCount nodes { slug } } search(query: "applicant") { totalCount } }"#;
    let answer = world.visitor().asks(query).await;
    assert_eq!(answer.at("organisation"), &json!(null));
    assert_eq!(answer.at("organisations"), &json!({"totalCount": 0, "nodes": []}));
    assert_eq!(answer.at("search.totalCount"), &json!(0));
    assert_eq!(world.administrator().asks(query).await.at("organisation.slug"), &json!("applicant"));
    let own = world.person_of_outside(applicant.id, OrganisationRole::Owner);
    assert_eq!(own.asks(query).await.at("organisation.slug"), &json!("applicant"));
}

#[tokio::test]
async fn an_earlier_slug_leads_to_it_unless_another_has_it_now() {
    let world = World::new().await;
    let renamed = world.organisation("new-name").make().await;
    world.organisation("taken").make().await;
    for slug in ["old-name", "taken"] {
        world.formerly(SluggedKind::Organisation, slug, |row| row.organisation_id = Set(Some(renamed.id))).await;
    }
    let found = async |slug: &str| {
        let query = "query($slug: String!) { organisation(slug: $slug) { slug } }";
        world.visitor().asks_with(query, json!({"slug": slug})).await.at("organisation.slug").clone()
    };
    assert_eq!(found("old-name").await, json!("new-name"));
    assert_eq!(found("taken").await, json!("taken"));
    assert_eq!(found("never").await, json!(null));
}

#[tokio::test]
async fn its_rights_are_told_as_they_are() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    let query = r#"{ organisation(slug: "own") { viewerCan { update invite createPost createEvent publishWithoutReview } } }"#;
    let rights = async |actor: miso_tests::Actor<'_>| {
        let answer = actor.asks(query).await;
        let can = answer.at("organisation.viewerCan");
        ["update", "invite", "createPost", "createEvent", "publishWithoutReview"].map(|right| can[right].as_bool().unwrap())
    };
    assert_eq!(rights(world.visitor()).await, [false; 5]);
    assert_eq!(rights(world.person_of(own.id, OrganisationRole::Member)).await, [false; 5]);
    assert_eq!(rights(world.person_of(own.id, OrganisationRole::Editor)).await, [false, false, true, true, false]);
    assert_eq!(rights(world.person_of(own.id, OrganisationRole::Owner)).await, [true, true, true, true, false]);
    assert_eq!(rights(world.administrator()).await, [true; 5]);
}
