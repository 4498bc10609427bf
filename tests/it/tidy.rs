//! The house, held as plain tests over its source text: what the compiler does not keep apart.

mod layers;
mod source;

use std::collections::BTreeSet;
use std::path::Path;

use self::source::{File, api, rust_files};

/// Fails with every line of `files` that has one of `words`.
fn none_has(files: &[File], words: &[&str], why: &str) {
    let found: Vec<String> = files.iter().flat_map(|file| file.lines_with(words)).collect();
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

fn of_layer(layer: &'static str) -> Vec<File> {
    api().into_iter().filter(|file| file.layer() == Some(layer)).collect()
}

#[test]
fn rules_are_pure() {
    let words = ["sea_orm", "async_graphql", "axum", "tokio", "async ", "Clock", "Utc::now", "std::fs", "std::env"];
    none_has(&of_layer("rules"), &words, "rules decide by what they are given, and neither wait nor look around");
}

#[test]
fn only_stores_build_queries() {
    let elsewhere: Vec<File> = api().into_iter().filter(|file| file.layer() != Some("store") && !file.is_in("db")).collect();
    let words = [
        "sea_query",
        "EntityTrait",
        "QueryFilter",
        "QuerySelect",
        "QueryOrder",
        "ActiveModelTrait",
        "ActiveValue",
        "Statement::",
        "StatementBuilder",
        "::find()",
    ];
    none_has(&elsewhere, &words, "a statement of SQL belongs into a `store`");
}

#[test]
fn graphql_begins_no_transaction() {
    none_has(&of_layer("graphql"), &["begin_write", ".begin(", "DatabaseTransaction"], "a transaction belongs into `ops`");
}

#[test]
fn only_access_compares_roles() {
    let elsewhere: Vec<File> = api().into_iter().filter(|file| !file.is_in("access")).collect();
    none_has(&elsewhere, &["NetworkRole::", "OrganisationRole::"], "roles are a matter of `access` alone");
}

#[test]
fn features_and_layers_keep_their_order() {
    let found: Vec<String> = api().iter().flat_map(layers::out_of_order).collect();
    assert!(found.is_empty(), "dependencies go one way, see the order in `tidy/layers.rs`:\n{}", found.join("\n"));
}

#[test]
fn the_engines_and_the_pages_know_nothing_of_the_application() {
    let outside: Vec<File> = ["crates", "web", "migration", "entity"].into_iter().flat_map(rust_files).collect();
    none_has(&outside, &["miso::"], "only `api` and `tests` know the application");
    none_has(&rust_files("migration"), &["entity::", "use entity"], "history does not change with today's entities");
    none_has(&rust_files("web"), &["sea_orm", "entity::"], "the pages are a client of the schema alone");
}

#[test]
fn every_file_says_what_one_finds_in_it() {
    let all: Vec<File> = ["api", "crates", "entity", "migration", "tests", "web"].into_iter().flat_map(rust_files).collect();
    let silent: Vec<&str> = all.iter().filter(|file| !is_introduced(file)).map(|file| file.path.as_str()).collect();
    assert!(silent.is_empty(), "without a first line `//! …`: {silent:#?}");
}

/// By a line of its own, or where it begins a crate by the crate's README.
fn is_introduced(file: &File) -> bool {
    file.text.starts_with("//! ") || (file.path.ends_with("src/lib.rs") && file.text.starts_with("#![doc = include_str!"))
}

#[test]
fn files_stay_small() {
    let all: Vec<File> = ["api", "crates", "entity", "migration", "tests", "web"].into_iter().flat_map(rust_files).collect();
    let long: Vec<&str> = all.iter().filter(|file| file.text.lines().count() > 400).map(|file| file.path.as_str()).collect();
    assert!(long.is_empty(), "a file of more than 400 lines is two concepts: {long:#?}");
}

#[test]
fn nothing_is_left_to_be_done_later() {
    let all: Vec<File> = ["api", "crates", "entity", "migration", "web"].into_iter().flat_map(rust_files).collect();
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX:")];
    none_has(&all, &marks, "what is to be done stands in an issue");
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let page = std::fs::read_to_string(source::root().join("ARCHITECTURE.md")).unwrap_or_default();
    let invariants: Vec<&str> = page.lines().filter(|line| line.contains("(test: `")).collect();
    assert!(!invariants.is_empty(), "ARCHITECTURE.md has no line that ends in (test: `module::name`)");
    let tests: BTreeSet<String> =
        ["api", "crates", "entity", "migration", "tests", "web"].into_iter().flat_map(rust_files).flat_map(|file| file.tests()).collect();
    let named =
        invariants.iter().flat_map(|line| line.split("(test: `").skip(1).filter_map(|rest| rest.split_once('`'))).map(|(name, _)| name);
    let lost: Vec<&str> = named.filter(|name| !tests.iter().any(|test| test == name || test.ends_with(&format!("::{name}")))).collect();
    assert!(lost.is_empty(), "ARCHITECTURE.md names tests that do not exist: {lost:#?}");
}

#[test]
fn the_guard_itself_sees_what_it_guards_against() {
    let file = File {
        path: "api/src/events/rules/x.rs".to_owned(),
        text: "//! X.\nuse tokio::x;\n// tokio\n#[cfg(test)]\nuse tokio;\n".to_owned(),
    };
    assert_eq!(file.layer(), Some("rules"));
    assert_eq!(file.feature(), Some("events"));
    assert_eq!(file.lines_with(&["tokio"]), ["api/src/events/rules/x.rs:2: use tokio::x;"]);
    assert!(Path::new(&source::root()).join("Cargo.toml").exists());
    assert!(api().len() > 50);
}
