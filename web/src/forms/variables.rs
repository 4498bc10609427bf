//! What a mutation is given of the fields of a form: by the types that its document says its variables have.

use async_graphql::parser::types::{BaseType, OperationDefinition, Type, VariableDefinition};
use serde_json::{Map, Value, json};

use super::fields::Fields;

/// The type of answers to an event's questions. The field of an answer has the question's key: `answer.<key>`.
pub const ANSWER: &str = "AnswerInput";

/// What fields gave.
#[derive(Debug, Default, PartialEq)]
pub struct Read {
    /// The variables.
    pub variables: Map<String, Value>,
    /// Keys of the answers, in the order in which they are given.
    pub answered: Vec<String>,
    /// Fields that could not be read, with what they need to be: `required` or `number`.
    pub wrong: Vec<(String, &'static str)>,
}

/// Reads the variables of a mutation, but those that are given from elsewhere.
///
/// A field has the name of its variable. An empty one is no value, or an empty text where a value has to be, so that it is the
/// mutation that says what is missing. A list is made of a field that stands several times, an object of fields beneath its
/// name: `for.eventId`.
#[must_use]
pub fn read(operation: &OperationDefinition, fields: &Fields, given: Map<String, Value>) -> Read {
    let mut read = Read { variables: given, ..Read::default() };
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        if !read.variables.contains_key(name) {
            match one(&definition.node, fields, &mut read.answered) {
                Ok(value) => read.variables.extend(value.map(|value| (name.to_owned(), value))),
                Err(need) => read.wrong.push((name.to_owned(), need)),
            }
        }
    }
    read
}

fn one(definition: &VariableDefinition, fields: &Fields, answered: &mut Vec<String>) -> Result<Option<Value>, &'static str> {
    let (name, ty) = (definition.name.node.as_str(), &definition.var_type.node);
    let may_be_absent = ty.nullable || definition.default_value.is_some();
    match &ty.base {
        BaseType::List(item) if is_named(item, ANSWER) => {
            let answers = answers(fields);
            answered.extend(answers.iter().map(|(key, _)| (*key).to_owned()));
            Ok(Some(answers.into_iter().map(|(key, values)| json!({ "key": key, "values": values })).collect()))
        }
        BaseType::List(item) => {
            let filled = fields.all(name).filter(|text| !text.trim().is_empty());
            filled.map(|text| scalar(item, text)).collect::<Result<Vec<_>, _>>().map(|values| Some(values.into()))
        }
        BaseType::Named(_) => {
            let beneath: Map<String, Value> =
                fields.beneath(name).filter(|(_, text)| !text.is_empty()).map(|(rest, text)| (rest.to_owned(), text.into())).collect();
            match fields.first(name) {
                _ if !beneath.is_empty() => Ok(Some(beneath.into())),
                // What is not ticked is not sent.
                None if is_named(ty, "Boolean") && !may_be_absent => Ok(Some(false.into())),
                None if may_be_absent => Ok(None),
                None => Err("required"),
                Some(text) if text.trim().is_empty() && may_be_absent => Ok(None),
                Some(text) => scalar(ty, text).map(Some),
            }
        }
    }
}

fn scalar(ty: &Type, text: &str) -> Result<Value, &'static str> {
    if is_named(ty, "Int") {
        return text.trim().parse::<i32>().map(Value::from).map_err(|_| "number");
    }
    if is_named(ty, "Float") {
        return text.trim().replacen(',', ".", 1).parse::<f64>().map(Value::from).map_err(|_| "number");
    }
    if is_named(ty, "Boolean") {
        return Ok(matches!(text, "true" | "on" | "yes" | "1").into());
    }
    Ok(text.into())
}

fn answers(fields: &Fields) -> Vec<(&str, Vec<&str>)> {
    let mut answers: Vec<(&str, Vec<&str>)> = Vec::new();
    for (key, value) in fields.beneath("answer") {
        match answers.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => answers.push((key, vec![value])),
        }
    }
    answers
}

/// Whether a type has this name, may it be null or not.
pub fn is_named(ty: &Type, name: &str) -> bool {
    matches!(&ty.base, BaseType::Named(own) if own == name)
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn of(declared: &str, sent: &str, given: Value) -> Read {
        let document = parse_query(format!("mutation({declared}) {{ x }}")).unwrap();
        let Value::Object(given) = given else { panic!() };
        let operation = document.operations.iter().next().unwrap().1.node.clone();
        read(&operation, &Fields::read(sent.as_bytes()), given)
    }

    fn given(declared: &str, sent: &str) -> Value {
        let read = of(declared, sent, json!({}));
        assert_eq!(read.wrong, [], "{sent}");
        read.variables.into()
    }

    #[test]
    fn what_is_left_empty_is_absent_unless_it_has_to_be_there() {
        assert_eq!(given("$a: String", "a=+"), json!({}));
        assert_eq!(given("$a: String", ""), json!({}));
        assert_eq!(given("$a: EmailAddress!", "a="), json!({ "a": "" }));
        assert_eq!(given("$a: Int! = 1", "a="), json!({}));
        assert_eq!(of("$a: RegistrationFor!", "a.b=", json!({})).wrong, [("a".to_owned(), "required")]);
    }

    #[test]
    fn values_have_the_types_of_their_variables() {
        assert_eq!(given("$a: Int!, $b: Float", "a=+12&b=1,5"), json!({ "a": 12, "b": 1.5 }));
        assert_eq!(given("$a: Boolean!, $b: Boolean!, $c: Boolean", "a=yes"), json!({ "a": true, "b": false }));
        assert_eq!(given("$a: [ID!]!, $b: [Int!]", "a=x&a=&a=y"), json!({ "a": ["x", "y"], "b": [] }));
        assert_eq!(given("$a: RegistrationFor!", "a.occurrenceId=date_1"), json!({ "a": { "occurrenceId": "date_1" } }));
        assert_eq!(of("$a: Int!, $b: [Int!]", "a=two&b=x", json!({})).wrong, [("a".to_owned(), "number"), ("b".to_owned(), "number")]);
    }

    #[test]
    fn answers_are_gathered_by_their_questions() {
        let read = of("$answers: [AnswerInput!]!", "answer.b=1&answer.a=x&answer.b=2", json!({}));
        assert_eq!(read.variables["answers"], json!([{ "key": "b", "values": ["1", "2"] }, { "key": "a", "values": ["x"] }]));
        assert_eq!(read.answered, ["b", "a"]);
    }

    #[test]
    fn no_field_takes_the_place_of_what_is_given_from_elsewhere() {
        assert_eq!(of("$token: String!", "token=stolen", json!({ "token": "own" })).variables["token"], "own");
        assert_eq!(of("$a: ID", "b=x", json!({})).variables, Map::new());
    }
}
