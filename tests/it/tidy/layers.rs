//! The order of features and layers: each uses only what stands to its left.

use super::source::File;

/// What everything stands on, from the ground up.
const GROUND: &[&str] = &["kernel", "config", "db", "access", "secret", "files", "live", "app", "mail", "gql"];

/// The features, each using only those before it.
const FEATURES: &[&[&str]] = &[
    &["audit", "backlog"],
    &["tags"],
    &["media"],
    &["organisations"],
    &["people"],
    &["memberships"],
    &["invitations"],
    &["programmes", "venues"],
    &["events"],
    &["posts"],
    &["merging"],
    &["review"],
    &["registrations"],
    &["calendar", "newsletter", "search"],
    &["feeds", "inbox"],
    &["imports"],
    &["calendar_sources"],
    &["privacy"],
];

/// What knows every feature: the assembly, the edge, and the command line; not their use of each other.
const TOP: &[&str] = &["node", "seed", "schema", "http", "worker", "cli", "main", "lib", "logging"];

/// The layers within a feature.
const LAYERS: &[&str] = &["rules", "store", "jobs", "ops"];

/// The uses in a file that go the wrong way.
pub fn out_of_order(file: &File) -> Vec<String> {
    let Some(from) = file.feature() else { return Vec::new() };
    let mut found = Vec::new();
    for (line, text) in file.code() {
        for used in text.split("crate::").skip(1) {
            let mut parts = used.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|part| !part.is_empty());
            let (Some(to), layer) = (parts.next(), parts.next().unwrap_or_default()) else { continue };
            if !may_use(from, file.layer(), to, layer) {
                found.push(format!("{}:{line}: {}", file.path, text.trim()));
            }
        }
        let within = text.split("super::").nth(1).map(|rest| rest.split("::").next().unwrap_or_default());
        if let (Some(own), Some(used)) = (file.layer().and_then(rank_of_layer), within.and_then(rank_of_layer))
            && used > own
        {
            found.push(format!("{}:{line}: {}", file.path, text.trim()));
        }
    }
    found
}

fn may_use(from: &str, from_layer: Option<&str>, to: &str, to_layer: &str) -> bool {
    if from == to {
        return may_use_layer(from_layer, to_layer);
    }
    match (rank(from), rank(to)) {
        // What is no module of the crate is a macro or an item of its root.
        (_, None) => true,
        (None, _) => true,
        (Some(_), Some(Rank::Ground(_))) if !matches!(rank(from), Some(Rank::Ground(_))) => true,
        (Some(Rank::Ground(own)), Some(Rank::Ground(used))) => used < own,
        (Some(Rank::Feature(own)), Some(Rank::Feature(used))) => {
            // An API graph is cyclic though the domain is not.
            let both_graphql = from_layer == Some("graphql") && to_layer == "graphql";
            both_graphql || (used < own && may_use_layer(from_layer, to_layer))
        }
        (Some(Rank::Top), _) => true,
        // A door of a feature answers as the edge does: with the same validators, compressed alike.
        // And what can be anything is a node.
        (Some(Rank::Feature(_)), Some(Rank::Top)) => {
            (from_layer == Some("http") && to == "http" && ["conditional", "encoding"].contains(&to_layer))
                || (from_layer == Some("graphql") && to == "node")
        }
        _ => false,
    }
}

fn may_use_layer(from: Option<&str>, to: &str) -> bool {
    match (from.and_then(rank_of_layer), rank_of_layer(to)) {
        (Some(own), Some(used)) => used <= own,
        (Some(_), None) => !matches!(to, "graphql" | "http" | "work"),
        (None, _) => true,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Rank {
    Ground(usize),
    Feature(usize),
    Top,
}

fn rank(name: &str) -> Option<Rank> {
    if let Some(at) = GROUND.iter().position(|ground| *ground == name) {
        return Some(Rank::Ground(at));
    }
    if let Some(at) = FEATURES.iter().position(|group| group.contains(&name)) {
        return Some(Rank::Feature(at));
    }
    TOP.contains(&name).then_some(Rank::Top)
}

fn rank_of_layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| *layer == name)
}

#[test]
fn the_order_allows_what_goes_left_and_nothing_else() {
    assert!(may_use("events", Some("store"), "tags", "store"));
    assert!(!may_use("tags", Some("store"), "events", "store"));
    assert!(may_use("tags", Some("graphql"), "events", "graphql"));
    assert!(!may_use("events", Some("store"), "tags", "graphql"));
    assert!(!may_use("events", Some("rules"), "events", "store"));
    assert!(!may_use("kernel", None, "events", "rules"));
    assert!(may_use("schema", None, "events", "graphql"));
    assert!(!may_use("access", None, "app", ""));
}
