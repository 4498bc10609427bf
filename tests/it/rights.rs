//! Who may do and see what: every mutation, every subscription, and every field that is not everybody's, asked through the schema by everybody who could.
//!
//! What comes out are two tables in `docs/`, to be read by people who decide about it; `RENEW_SNAPSHOTS=1` writes them anew, to be
//! looked at and committed.

mod fields;
mod mutations;
mod scene;
mod table;

use std::collections::BTreeSet;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{FieldDefinition, TypeKind, TypeSystemDefinition};

use self::table::Table;

/// Every object type of the schema with its fields.
fn objects() -> Vec<(String, Vec<FieldDefinition>)> {
    let document = parse_schema(miso::schema::sdl()).unwrap();
    let fields = |definition: TypeSystemDefinition| match definition {
        TypeSystemDefinition::Type(definition) => match definition.node.kind {
            TypeKind::Object(object) => {
                let fields = object.fields.into_iter().map(|field| field.node).collect();
                Some((definition.node.name.node.to_string(), fields))
            }
            _ => None,
        },
        _ => None,
    };
    document.definitions.into_iter().filter_map(fields).collect()
}

/// Holds a table against the file that people read.
fn assert_written(file: &str, words: &str, table: &Table) {
    let path = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
    let found = format!("{words}\n\n{}", table.markdown());
    if std::env::var_os("RENEW_SNAPSHOTS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    let differing: Vec<&str> = found.lines().filter(|line| !held.contains(line)).collect();
    assert!(held == found, "docs/{file} is not as it was: look at it with RENEW_SNAPSHOTS=1\n{}", differing.join("\n"));
}

#[tokio::test]
async fn every_mutation_and_subscription_is_for_those_whom_the_table_names() {
    let is_root = |name: &str| ["Mutation", "Subscription"].contains(&name);
    let there: BTreeSet<String> = objects()
        .into_iter()
        .filter(|(name, _)| is_root(name))
        .flat_map(|(_, fields)| fields.into_iter().map(|field| field.name.node.to_string()))
        .collect();
    let asked: BTreeSet<String> = mutations::PROBES.iter().map(|probe| probe.field.to_owned()).collect();
    assert_eq!(there.difference(&asked).collect::<Vec<_>>(), Vec::<&String>::new(), "nobody asks for these");
    assert_written("who-may-do-what.md", mutations::WORDS, &mutations::table().await);
}

#[tokio::test]
async fn every_field_that_is_not_everybodys_is_shown_to_those_whom_the_table_names() {
    assert_written("who-sees-what.md", fields::WORDS, &fields::table(&objects()).await);
}
