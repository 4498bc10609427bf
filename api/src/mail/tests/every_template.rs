//! Every message of every feature, found by its files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::template::Parts;

/// The folders that have a message in them.
fn folders() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = open.pop() {
        let entries: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        if entries.iter().any(|path| path.ends_with("de.md") || path.ends_with("en.md")) {
            found.push(folder);
        }
        open.extend(entries.into_iter().filter(|path| path.is_dir()));
    }
    found
}

fn values(file: &Path) -> BTreeSet<String> {
    let source = std::fs::read_to_string(file).unwrap();
    let parts = Parts::of(&source);
    assert!(!parts.subject.is_empty(), "{} has no subject", file.display());
    assert!(!source.contains('`'), "{}: a value between backticks would show its escapes", file.display());
    assert!(!source.contains("{#"), "{}: what nobody reads is not written", file.display());
    for value in source.split("](").flat_map(|part| part.split('<')).filter_map(|part| part.strip_prefix("{{")) {
        let value = value.split("}}").next().unwrap_or_default();
        let is_address = value.contains("|address") || value.contains("|picture");
        assert!(is_address, "{}: {{{{{value}}}}} is no `|address`", file.display());
    }
    let lines = parts.body.lines().filter(|line| !line.trim().is_empty()).enumerate();
    let places = lines.filter(|(_, line)| line.starts_with("# ")).map(|(at, _)| at);
    assert!(places.max().is_none_or(|last| last == 0), "{}: a title stands at the beginning, and there is one", file.display());
    parts.values().unwrap_or_else(|wrong| panic!("{}: {wrong:#}", file.display()))
}

#[test]
fn every_template_reads_well_and_says_the_same_in_both_languages() {
    let folders = folders();
    assert!(folders.iter().any(|folder| folder.ends_with("samples/registered")));
    for folder in folders {
        assert_eq!(values(&folder.join("de.md")), values(&folder.join("en.md")), "{}", folder.display());
    }
}
