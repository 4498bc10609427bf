//! The public contract: what is printed is what is committed, is described, and keeps what was promised.

mod contract;
mod described;
mod strictness;

use std::path::Path;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::ServiceDocument;

use self::contract::Comparison;

fn parsed(sdl: &str) -> ServiceDocument {
    parse_schema(sdl).unwrap_or_else(|error| panic!("{error}"))
}

fn in_repository(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_default()
}

#[test]
fn the_committed_schema_is_the_one_that_the_code_prints() {
    let committed = in_repository("../schema.graphql");
    assert!(committed == miso::schema::sdl(), "schema.graphql is missing or stale: run `cargo run -- schema > schema.graphql`");
}

#[test]
fn every_element_of_the_schema_is_described() {
    let undescribed = described::undescribed(&parsed(&miso::schema::sdl()));
    assert!(undescribed.is_empty(), "without a description:\n{}", undescribed.join("\n"));
}

#[test]
fn the_schema_offers_at_least_the_contract() {
    let found = Comparison::of(&parsed(&in_repository("fixtures/contract.graphql")), &parsed(&miso::schema::sdl()));
    assert!(found.broken.is_empty(), "otherwise than the contract has it:\n{}", found.broken.join("\n"));
}

#[test]
fn what_is_not_there_yet_is_listed_and_the_list_only_shrinks() {
    let found = Comparison::of(&parsed(&in_repository("fixtures/contract.graphql")), &parsed(&miso::schema::sdl()));
    let list = in_repository("fixtures/not_there_yet.txt");
    let listed: Vec<&str> = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let forgotten: Vec<&String> = found.missing.iter().filter(|missing| !listed.contains(&missing.as_str())).collect();
    let arrived: Vec<&&str> = listed.iter().filter(|listed| found.missing.iter().all(|missing| missing != **listed)).collect();
    assert!(forgotten.is_empty(), "promised, not there, and not listed in not_there_yet.txt: {forgotten:#?}");
    assert!(arrived.is_empty(), "there, so take it out of not_there_yet.txt: {arrived:#?}");
}
