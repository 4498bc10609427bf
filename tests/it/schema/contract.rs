//! A schema held against a contract: what is missing, and what is otherwise.

use std::collections::BTreeMap;

use async_graphql::parser::types::{
    FieldDefinition, InputValueDefinition, ServiceDocument, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Name, Positioned};

use super::strictness::{can_be_read_as, takes_what_is_written_as};

/// How a schema stands to a contract.
#[derive(Default)]
pub struct Comparison {
    /// What the contract has and the schema has not.
    pub missing: Vec<String>,
    /// What both have, and a client of the contract could not live with.
    pub broken: Vec<String>,
}

impl Comparison {
    /// Holds a schema against a contract.
    pub fn of(contract: &ServiceDocument, schema: &ServiceDocument) -> Self {
        let (promised, ours) = (types(contract), types(schema));
        let mut found = Self::default();
        for (name, promised) in promised {
            match ours.get(name) {
                None => found.missing.push(format!("{} {name}", kind(promised))),
                Some(ours) => found.compare_types(name, ours, promised),
            }
        }
        found.missing.sort();
        found
    }

    fn compare_types(&mut self, name: &str, ours: &TypeDefinition, promised: &TypeDefinition) {
        match (&ours.kind, &promised.kind) {
            (TypeKind::Scalar, TypeKind::Scalar) => {}
            (TypeKind::Object(ours), TypeKind::Object(promised)) => {
                self.compare_names(&format!("{name} implements "), &ours.implements, &promised.implements);
                self.compare_fields(name, &ours.fields, &promised.fields);
            }
            (TypeKind::Interface(ours), TypeKind::Interface(promised)) => self.compare_fields(name, &ours.fields, &promised.fields),
            (TypeKind::Union(ours), TypeKind::Union(promised)) => {
                self.compare_names(&format!("{name} = "), &ours.members, &promised.members);
            }
            (TypeKind::Enum(ours), TypeKind::Enum(promised)) => {
                let words = |words: &async_graphql::parser::types::EnumType| -> Vec<Positioned<Name>> {
                    words.values.iter().map(|word| word.node.value.clone()).collect()
                };
                self.compare_names(&format!("{name}."), &words(ours), &words(promised));
            }
            (TypeKind::InputObject(ours), TypeKind::InputObject(promised)) => {
                self.compare_inputs(&format!("{name}."), &ours.fields, &promised.fields);
            }
            _ => self.broken.push(format!("{} {name} is promised as {}", kind(ours), kind(promised))),
        }
        let has_one_of = |definition: &TypeDefinition| definition.directives.iter().any(|directive| directive.node.name.node == "oneOf");
        if has_one_of(ours) != has_one_of(promised) {
            self.broken.push(format!("{name} differs in @oneOf"));
        }
    }

    fn compare_names(&mut self, owner: &str, ours: &[Positioned<Name>], promised: &[Positioned<Name>]) {
        for promised in promised {
            if ours.iter().all(|ours| ours.node != promised.node) {
                self.missing.push(format!("{owner}{}", promised.node));
            }
        }
    }

    fn compare_fields(&mut self, owner: &str, ours: &[Positioned<FieldDefinition>], promised: &[Positioned<FieldDefinition>]) {
        for Positioned { node: promised, .. } in promised {
            let name = format!("{owner}.{}", promised.name.node);
            let Some(Positioned { node: ours, .. }) = ours.iter().find(|ours| ours.node.name.node == promised.name.node) else {
                self.missing.push(name);
                continue;
            };
            if !can_be_read_as(&ours.ty.node, &promised.ty.node) {
                self.broken.push(format!("{name} is {}, promised {}", ours.ty.node, promised.ty.node));
            }
            self.compare_inputs(&format!("{name}:"), &ours.arguments, &promised.arguments);
        }
    }

    fn compare_inputs(&mut self, owner: &str, ours: &[Positioned<InputValueDefinition>], promised: &[Positioned<InputValueDefinition>]) {
        for Positioned { node: promised, .. } in promised {
            let name = format!("{owner}{}", promised.name.node);
            let Some(Positioned { node: ours, .. }) = ours.iter().find(|ours| ours.node.name.node == promised.name.node) else {
                self.missing.push(name);
                continue;
            };
            if !takes_what_is_written_as(&ours.ty.node, &promised.ty.node) {
                self.broken.push(format!("{name} is {}, promised {}", ours.ty.node, promised.ty.node));
            }
            let default = |value: &InputValueDefinition| value.default_value.as_ref().map(|value| value.node.to_string());
            if default(ours) != default(promised) {
                self.broken.push(format!("{name} is by default {:?}, promised {:?}", default(ours), default(promised)));
            }
        }
        for Positioned { node: ours, .. } in ours {
            let is_new = promised.iter().all(|promised| promised.node.name.node != ours.name.node);
            if is_new && !ours.ty.node.nullable && ours.default_value.is_none() {
                self.broken.push(format!("{owner}{} is required, and was not promised", ours.name.node));
            }
        }
    }
}

fn types(schema: &ServiceDocument) -> BTreeMap<&str, &TypeDefinition> {
    let named = |definition| match definition {
        &TypeSystemDefinition::Type(Positioned { ref node, .. }) => Some((node.name.node.as_str(), node)),
        TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
    };
    schema.definitions.iter().filter_map(named).collect()
}

fn kind(definition: &TypeDefinition) -> &'static str {
    match definition.kind {
        TypeKind::Scalar => "scalar",
        TypeKind::Object(_) => "type",
        TypeKind::Interface(_) => "interface",
        TypeKind::Union(_) => "union",
        TypeKind::Enum(_) => "enum",
        TypeKind::InputObject(_) => "input",
    }
}

#[test]
fn what_breaks_a_client_is_told_from_what_is_missing() {
    let schema = |text: &str| async_graphql::parser::parse_schema(text).unwrap();
    let contract = schema(r#"type Query { a(b: Int! = 1): String! c: [Int!] } enum E { X Y } input I { j: Int }"#);
    let ours = schema(r#"type Query { a(b: Int! = 2, d: Int!): String c: [Int!]! } enum E { X Z } input I { j: Int! k: Int }"#);
    let found = Comparison::of(&contract, &ours);
    assert_eq!(found.missing, ["E.Y"]);
    assert_eq!(
        found.broken,
        [
            "I.j is Int!, promised Int",
            "Query.a is String, promised String!",
            r#"Query.a:b is by default Some("2"), promised Some("1")"#,
            "Query.a:d is required, and was not promised",
        ]
    );
}
