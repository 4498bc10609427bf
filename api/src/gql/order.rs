//! The order of an answer's fields: that of the query, as the GraphQL specification has it (section 7.2.2). The executor gives
//! them in the order in which they were resolved, which is not the same twice.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Name, Value};

/// Deeper than any document that is executed; a cycle of fragments, which is refused later, ends here.
const DEEPEST: usize = 64;

/// The response keys of a selection, in their order, each with what is selected below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order(IndexMap<Name, Order>);

impl Order {
    /// The order of the operation that is to be executed; empty where there is no such operation.
    #[must_use]
    pub fn of(document: &ExecutableDocument, operation: Option<&str>) -> Self {
        let mut order = Self::default();
        let mut operations = document.operations.iter();
        let chosen = match operation {
            Some(wanted) => operations.find(|(name, _)| name.is_some_and(|name| name == wanted)),
            None => operations.next(),
        };
        if let Some((_, operation)) = chosen {
            order.add(document, &operation.node.selection_set.node, 0);
        }
        order
    }

    fn add(&mut self, document: &ExecutableDocument, set: &SelectionSet, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let below = self.0.entry(field.node.response_key().node.clone()).or_default();
                    below.add(document, &field.node.selection_set.node, depth + 1);
                }
                Selection::InlineFragment(fragment) => self.add(document, &fragment.node.selection_set.node, depth + 1),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        self.add(document, &fragment.node.selection_set.node, depth + 1);
                    }
                }
            }
        }
    }

    /// The same value with its fields in this order. What was not selected by name goes last, as it came.
    #[must_use]
    pub fn apply(&self, value: Value) -> Value {
        match value {
            Value::List(items) => Value::List(items.into_iter().map(|item| self.apply(item)).collect()),
            Value::Object(mut fields) if !self.0.is_empty() => {
                let mut ordered = IndexMap::with_capacity(fields.len());
                for (name, below) in &self.0 {
                    if let Some(value) = fields.swap_remove(name) {
                        ordered.insert(name.clone(), below.apply(value));
                    }
                }
                ordered.extend(fields);
                Value::Object(ordered)
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::value;

    use super::*;

    #[test]
    fn fields_come_in_the_order_of_the_query_through_fragments_and_lists() {
        let document = parse_query("{ b: x { ...f z ... on T { y } } a } fragment f on T { w z }").unwrap();
        let given = value!({ "a": 1, "b": [{ "y": 1, "z": 2, "w": 3 }, null] });
        let ordered = serde_json::to_string(&Order::of(&document, None).apply(given)).unwrap();
        assert_eq!(ordered, r#"{"b":[{"w":3,"z":2,"y":1},null],"a":1}"#);
    }

    #[test]
    fn a_cycle_of_fragments_comes_to_an_end() {
        let document = parse_query("{ a { ...f } } fragment f on T { ...f }").unwrap();
        assert_eq!(serde_json::to_string(&Order::of(&document, None).apply(value!({ "a": {} }))).unwrap(), r#"{"a":{}}"#);
    }

    #[test]
    fn the_operation_asked_for_gives_the_order() {
        let document = parse_query("query one { a b } query two { b a }").unwrap();
        let ordered = Order::of(&document, Some("two")).apply(value!({ "a": 1, "b": 2 }));
        assert_eq!(serde_json::to_string(&ordered).unwrap(), r#"{"b":2,"a":1}"#);
    }
}
