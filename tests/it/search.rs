//! Search: what is meant is found, best match first.

use miso_tests::World;
use serde_json::json;

async fn found(world: &World, query: &str) -> Vec<String> {
    let document = "query($q: String!) { search(query: $q) { totalCount nodes {
        ... on Post { slug } ... on Event { slug } ... on Organisation { slug }
    } } }";
    let answer = world.visitor().asks_with(document, json!({"q": query})).await;
    let slugs = answer.each("search.nodes", "slug");
    assert_eq!(answer.at("search.totalCount"), &json!(slugs.len()));
    slugs
}

#[tokio::test]
async fn spelling_of_umlauts_accents_and_gender_forms_does_not_matter() {
    let world = World::new().await;
    world.organisation("can-arkadas").named("Can Arkadaş e. V.").make().await;
    world.organisation("guenes").named("Güneş Theater").make().await;
    world.organisation("netz").named("Migrant*innenselbstorganisationen").make().await;
    for query in ["Arkadas", "arkadaş", "ARKADAS can"] {
        assert_eq!(found(&world, query).await, ["can-arkadas"], "{query}");
    }
    for query in ["Güneş", "Gunes", "guenes", "GÜNES"] {
        assert_eq!(found(&world, query).await, ["guenes"], "{query}");
    }
    for query in ["Migrant:innen", "MigrantInnen", "Migrant_innen", "migrantinnenselbst", "selbstorganisation"] {
        assert_eq!(found(&world, query).await, ["netz"], "{query}");
    }
}

#[tokio::test]
async fn a_word_in_a_title_goes_before_a_word_in_a_text() {
    let world = World::new().await;
    let own = world.organisation("own").make().await;
    world.post("in-text", own.id).text("de", "Bericht", "Ein Konzert im Hof.").make().await;
    world.post("in-title", own.id).text("de", "Das große Konzert", "Im Hof.").make().await;
    world.event("first-word", own.id).text("de", "Konzert im Hof").make().await;
    assert_eq!(found(&world, "Konzert").await, ["first-word", "in-title", "in-text"]);
    assert_eq!(found(&world, "Konzert Hof Bericht").await, ["in-text"], "all words must occur");
}

#[tokio::test]
async fn signs_of_sql_and_empty_words_find_nothing_and_break_nothing() {
    let world = World::new().await;
    world.organisation("own").named("100% Kultur_Haus").make().await;
    for query in ["", " ", "%", "_", "'", "\"", "\\", "*", "' OR 1=1 --", "\u{0}", "💥"] {
        assert_eq!(found(&world, query).await, [""; 0], "{query:?}");
    }
    assert_eq!(found(&world, "kultur").await, ["own"]);
}

#[tokio::test]
async fn pages_of_search_meet_without_gap_or_repetition() {
    let world = World::new().await;
    let own = world.organisation("fest-verein").make().await;
    for at in 0..7 {
        world.post(&format!("fest-{at}"), own.id).make().await;
        world.event(&format!("festival-{at}"), own.id).make().await;
    }
    let all = found(&world, "fest").await;
    assert_eq!(all.len(), 15);
    let document = r#"query($after: String) { search(query: "fest", first: 4, after: $after) {
        nodes { ... on Post { slug } ... on Event { slug } ... on Organisation { slug } } pageInfo { hasNextPage endCursor }
    } }"#;
    let (mut pages, mut after) = (Vec::new(), json!(null));
    loop {
        let answer = world.visitor().asks_with(document, json!({"after": after})).await;
        pages.extend(answer.each("search.nodes", "slug"));
        if answer.at("search.pageInfo.hasNextPage") == &json!(false) {
            break;
        }
        after = answer.at("search.pageInfo.endCursor").clone();
    }
    assert_eq!(pages, all);
}
