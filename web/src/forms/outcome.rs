//! What came of a mutation: done, or what a person can put right, each at the field of the form that it is about.

use std::convert::Infallible;

use async_graphql::parser::types::{BaseType, OperationDefinition, Selection};
use async_graphql::{Name, Value};

use super::filled::Fault;
use super::variables::{ANSWER, is_named};

/// What a mutation's only field answered.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// It was done: the payload.
    Done(Value),
    /// It was refused.
    Refused(Vec<Fault>),
    /// It said nothing.
    Nothing,
}

/// Reads the answer to a mutation.
#[must_use]
pub fn read(operation: &OperationDefinition, answered: &[String], data: Value) -> Outcome {
    let Value::Object(fields) = data else { return Outcome::Nothing };
    let Some(Value::Object(payload)) = fields.into_iter().next().map(|(_, payload)| payload) else { return Outcome::Nothing };
    match payload.get("errors") {
        Some(Value::List(errors)) if !errors.is_empty() => {
            Outcome::Refused(errors.iter().map(|error| fault(operation, answered, error)).collect())
        }
        _ => Outcome::Done(Value::Object(payload)),
    }
}

fn fault(operation: &OperationDefinition, answered: &[String], error: &Value) -> Fault {
    let said = |name: &str| match error {
        Value::Object(fields) => fields.get(&Name::new(name)),
        _ => None,
    };
    let path: Vec<&str> = match said("path") {
        Some(Value::List(parts)) => {
            parts.iter().filter_map(|part| if let Value::String(part) = part { Some(part.as_str()) } else { None }).collect()
        }
        _ => Vec::new(),
    };
    let message = if let Some(Value::String(message)) = said("message") { message.clone() } else { String::new() };
    Fault { field: field(operation, answered, &path), message }
}

/// The field that an argument was made of: the document says which variable stands at its path.
fn field(operation: &OperationDefinition, answered: &[String], path: &[&str]) -> Option<String> {
    let Selection::Field(root) = &operation.selection_set.node.items.first()?.node else { return None };
    let (first, mut rest) = path.split_first()?;
    // A variable becomes its name, written as values of enums are; those never have the name of a variable.
    let written = root.node.get_argument(first)?.node.clone().into_const_with(|variable| Ok::<_, Infallible>(Value::Enum(variable)));
    let mut written = written.ok()?;
    while let Value::Object(mut fields) = written {
        let (next, behind) = rest.split_first()?;
        (written, rest) = (fields.swap_remove(*next)?, behind);
    }
    let Value::Enum(variable) = written else { return None };
    let definition = operation.variable_definitions.iter().find(|definition| definition.node.name.node == variable)?;
    match (&definition.node.var_type.node.base, rest.first()) {
        (BaseType::List(item), Some(which)) if is_named(item, ANSWER) => {
            // By its place among those given, or by its question where none was given.
            let key = which.parse::<usize>().ok().and_then(|at| answered.get(at)).map_or(*which, String::as_str);
            Some(format!("answer.{key}"))
        }
        _ => Some(variable.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    fn outcome(errors: serde_json::Value) -> Outcome {
        let document = parse_query(
            "mutation($for: F!, $name: String!, $answers: [AnswerInput!]!, $token: String!) {
                create(by: { token: $token }, input: { for: $for, name: $name, answers: $answers, seats: 1 }) { errors { path } } }",
        );
        let operation = document.unwrap().operations.iter().next().unwrap().1.node.clone();
        let data = Value::from_json(json!({ "create": { "it": 1, "errors": errors } })).unwrap();
        read(&operation, &["diet".to_owned(), "age".to_owned()], data)
    }

    #[test]
    fn a_fault_stands_at_the_field_that_it_is_about() {
        for (path, field) in [
            (json!(["input", "name"]), Some("name")),
            (json!(["input", "for", "occurrenceId"]), Some("for")),
            (json!(["input", "answers", "1", "values"]), Some("answer.age")),
            (json!(["input", "answers", "0"]), Some("answer.diet")),
            (json!(["input", "answers", "level"]), Some("answer.level")),
            (json!(["by", "token"]), Some("token")),
            (json!(["input", "seats"]), None),
            (json!(["input", "unknown"]), None),
            (json!(["input"]), None),
            (json!(["elsewhere", "x"]), None),
            (json!([]), None),
        ] {
            let fault = Fault { field: field.map(str::to_owned), message: "so".to_owned() };
            assert_eq!(outcome(json!([{ "path": path, "message": "so" }])), Outcome::Refused(vec![fault]), "{path}");
        }
    }

    #[test]
    fn what_was_not_refused_was_done() {
        assert!(matches!(outcome(json!([])), Outcome::Done(_)));
        let document = parse_query("mutation { leave { errors { path } } }").unwrap();
        let operation = &document.operations.iter().next().unwrap().1.node;
        for nothing in [json!({ "leave": null }), json!({}), json!(null)] {
            assert_eq!(read(operation, &[], Value::from_json(nothing).unwrap()), Outcome::Nothing);
        }
    }
}
