//! Which elements of a schema have no description.

use async_graphql::Positioned;
use async_graphql::parser::types::{
    FieldDefinition, InputValueDefinition, ServiceDocument, TypeDefinition, TypeKind, TypeSystemDefinition,
};

/// Names every type, field, argument, enum value and input field without a description.
pub fn undescribed(schema: &ServiceDocument) -> Vec<String> {
    schema
        .definitions
        .iter()
        .flat_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => of_type(&definition.node),
            TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => Vec::new(),
        })
        .collect()
}

fn of_type(definition: &TypeDefinition) -> Vec<String> {
    let name = definition.name.node.as_str();
    let mut found = check(name.to_owned(), definition.description.as_ref());
    match &definition.kind {
        TypeKind::Scalar | TypeKind::Union(_) => {}
        TypeKind::Object(object) => found.extend(of_fields(name, &object.fields)),
        TypeKind::Interface(interface) => found.extend(of_fields(name, &interface.fields)),
        TypeKind::Enum(words) => {
            for word in &words.values {
                found.extend(check(format!("{name}.{}", word.node.value.node), word.node.description.as_ref()));
            }
        }
        TypeKind::InputObject(input) => found.extend(of_inputs(name, &input.fields)),
    }
    found
}

fn of_fields(owner: &str, fields: &[Positioned<FieldDefinition>]) -> Vec<String> {
    fields
        .iter()
        .flat_map(|field| {
            let name = format!("{owner}.{}", field.node.name.node);
            let mut found = check(name.clone(), field.node.description.as_ref());
            found.extend(of_inputs(&name, &field.node.arguments));
            found
        })
        .collect()
}

fn of_inputs(owner: &str, inputs: &[Positioned<InputValueDefinition>]) -> Vec<String> {
    inputs.iter().flat_map(|input| check(format!("{owner}.{}", input.node.name.node), input.node.description.as_ref())).collect()
}

fn check(name: String, description: Option<&Positioned<String>>) -> Vec<String> {
    if description.is_some_and(|text| !text.node.trim().is_empty()) { Vec::new() } else { vec![name] }
}
