//! The shape of an answer, as the query and the schema have it.
//!
//! The executor gives fields in the order in which they were resolved, leaves out those that failed, and makes nothing of an
//! object whose fields all failed. Here answers get what the GraphQL specification asks for: the order of the query
//! (section 7.2.2), null for what failed, and where it may not be null, null for what contains it (section 6.4.4).

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, ExecutableDocument, OperationType, Selection, SelectionSet, Type, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Name, PathSegment, Response, Value};

/// Deeper than any document that is executed; a cycle of fragments, which is refused later, ends here.
const DEEPEST: usize = 64;

/// The fields of every type in a schema.
#[derive(Debug, Default)]
pub struct Types(HashMap<Name, HashMap<Name, Type>>);

impl Types {
    /// Reads them from the schema's text.
    #[must_use]
    pub fn read(sdl: &str) -> Self {
        let mut types = HashMap::new();
        for definition in parse_schema(sdl).map(|document| document.definitions).unwrap_or_default() {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let fields = fields.into_iter().map(|field| (field.node.name.node, field.node.ty.node)).collect();
            types.insert(definition.node.name.node, fields);
        }
        Self(types)
    }

    fn field(&self, of: &str, name: &Name) -> Option<&Type> {
        self.0.get(of).and_then(|fields| fields.get(name))
    }
}

/// What is selected, by its keys in the answer and in their order.
#[derive(Clone, Debug, Default)]
pub struct Shape(IndexMap<Name, Field>);

#[derive(Clone, Debug)]
struct Field {
    /// Null where the schema does not say: introspection, which does not fail.
    ty: Type,
    below: Shape,
}

impl Shape {
    /// The shape of the operation that is to be executed; empty where there is no such operation.
    #[must_use]
    pub fn of(types: &Types, document: &ExecutableDocument, operation: Option<&str>) -> Self {
        let mut shape = Self::default();
        let mut operations = document.operations.iter();
        let chosen = match operation {
            Some(wanted) => operations.find(|(name, _)| name.is_some_and(|name| name == wanted)),
            None => operations.next(),
        };
        if let Some((_, operation)) = chosen {
            let root = match operation.node.ty {
                OperationType::Query => "Query",
                OperationType::Mutation => "Mutation",
                OperationType::Subscription => "Subscription",
            };
            shape.add(types, document, &operation.node.selection_set.node, root, 0);
        }
        shape
    }

    fn add(&mut self, types: &Types, document: &ExecutableDocument, set: &SelectionSet, of: &str, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let ty = types.field(of, &field.name.node).cloned().unwrap_or_else(unknown);
                    let named = named(&ty.base).clone();
                    let entry = self.0.entry(field.response_key().node.clone());
                    let entry = entry.or_insert_with(|| Field { ty, below: Self::default() });
                    entry.below.add(types, document, &field.selection_set.node, &named, depth + 1);
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map_or(of, |condition| condition.node.on.node.as_str());
                    self.add(types, document, &fragment.node.selection_set.node, condition, depth + 1);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        let condition = fragment.node.type_condition.node.on.node.as_str();
                        self.add(types, document, &fragment.node.selection_set.node, condition, depth + 1);
                    }
                }
            }
        }
    }

    /// Gives an answer its shape.
    pub fn give_to(&self, response: &mut Response) {
        let paths: Vec<&[PathSegment]> =
            response.errors.iter().map(|error| error.path.as_slice()).filter(|path| !path.is_empty()).collect();
        let mut data = std::mem::take(&mut response.data);
        for path in &paths {
            put_back(&mut data, path);
        }
        for path in &paths {
            if self.spread_null(&mut data, path) {
                data = Value::Null;
            }
        }
        response.data = self.put_in_order(data);
    }

    /// Sets null what failed at `path`; true where the object itself must become null for that.
    fn spread_null(&self, object: &mut Value, path: &[PathSegment]) -> bool {
        let (Value::Object(fields), Some((PathSegment::Field(key), rest))) = (object, path.split_first()) else { return false };
        match (fields.get_mut(key.as_str()), self.0.get(key.as_str())) {
            (Some(value), Some(field)) => field.below.spread_null_in(value, &field.ty, rest),
            _ => false,
        }
    }

    /// The same for a value of a type; true where what contains it must become null.
    fn spread_null_in(&self, value: &mut Value, ty: &Type, path: &[PathSegment]) -> bool {
        let becomes_null = match path.first() {
            None => true,
            Some(PathSegment::Field(_)) => self.spread_null(value, path),
            Some(PathSegment::Index(at)) => match (&mut *value, &ty.base) {
                (Value::List(items), BaseType::List(of)) => {
                    items.get_mut(*at).is_some_and(|item| self.spread_null_in(item, of, &path[1..]))
                }
                _ => false,
            },
        };
        if becomes_null {
            *value = Value::Null;
        }
        becomes_null && !ty.nullable
    }

    fn put_in_order(&self, value: Value) -> Value {
        match value {
            Value::List(items) => Value::List(items.into_iter().map(|item| self.put_in_order(item)).collect()),
            Value::Object(mut fields) if !self.0.is_empty() => {
                let mut ordered = IndexMap::with_capacity(fields.len());
                for (name, field) in &self.0 {
                    if let Some(value) = fields.swap_remove(name) {
                        ordered.insert(name.clone(), field.below.put_in_order(value));
                    }
                }
                ordered.extend(fields);
                Value::Object(ordered)
            }
            other => other,
        }
    }
}

/// Puts back as null a field that failed and was left out, and the objects around it that were left empty.
fn put_back(value: &mut Value, path: &[PathSegment]) {
    match path.split_first() {
        Some((PathSegment::Field(key), rest)) => {
            if *value == Value::Null {
                *value = Value::Object(IndexMap::new());
            }
            if let Value::Object(fields) = value {
                put_back(fields.entry(Name::new(key)).or_insert(Value::Null), rest);
            }
        }
        Some((PathSegment::Index(at), rest)) => {
            if let Value::List(items) = value
                && let Some(item) = items.get_mut(*at)
            {
                put_back(item, rest);
            }
        }
        None => {}
    }
}

fn unknown() -> Type {
    Type { base: BaseType::Named(Name::new("")), nullable: true }
}

fn named(base: &BaseType) -> &Name {
    match base {
        BaseType::Named(name) => name,
        BaseType::List(of) => named(&of.base),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::{ServerError, value};

    use super::*;

    const SDL: &str = "type Query { post: Post event: Event posts: Posts! tags: [Tag!]! network: Network! }
        type Post { slug: String! title: String! id: ID! reviewNote: String } type Posts { nodes: [Post!]! }
        type Event { seats: Seats } type Seats { taken: Int waiting: Int } type Tag { id: ID! } type Network { id: ID! }";

    fn shaped(query: &str, data: Value, failed: &[&[PathSegment]]) -> String {
        let mut response = Response::new(data);
        response.errors = failed
            .iter()
            .map(|path| {
                let mut error = ServerError::new("failed", None);
                error.path = path.to_vec();
                error
            })
            .collect();
        Shape::of(&Types::read(SDL), &parse_query(query).unwrap(), None).give_to(&mut response);
        serde_json::to_string(&response.data).unwrap()
    }

    fn field(key: &str) -> PathSegment {
        PathSegment::Field(key.to_owned())
    }

    #[test]
    fn fields_come_in_the_order_of_the_query_through_fragments_and_lists() {
        let query = "{ b: posts { nodes { ...f id ... on Post { title } } } tags { id } } fragment f on Post { slug id }";
        let data = value!({ "tags": [], "b": { "nodes": [{ "title": "t", "id": "i", "slug": "s" }] } });
        assert_eq!(shaped(query, data, &[]), r#"{"b":{"nodes":[{"slug":"s","id":"i","title":"t"}]},"tags":[]}"#);
    }

    #[test]
    fn what_failed_is_null_and_nothing_else_goes() {
        let query = "{ post { slug reviewNote } }";
        let path = [field("post"), field("reviewNote")];
        assert_eq!(shaped(query, value!({ "post": { "slug": "p" } }), &[&path]), r#"{"post":{"slug":"p","reviewNote":null}}"#);
    }

    #[test]
    fn an_object_whose_fields_all_failed_is_still_there() {
        let query = "{ event { seats { taken waiting } } }";
        let (taken, waiting) = ([field("event"), field("seats"), field("taken")], [field("event"), field("seats"), field("waiting")]);
        let answer = shaped(query, value!({ "event": { "seats": null } }), &[&taken, &waiting]);
        assert_eq!(answer, r#"{"event":{"seats":{"taken":null,"waiting":null}}}"#);
    }

    #[test]
    fn what_may_not_be_null_takes_what_contains_it_with_it() {
        let title = [field("post"), field("title")];
        assert_eq!(shaped("{ post { slug title } }", value!({ "post": { "slug": "p" } }), &[&title]), r#"{"post":null}"#);
        let item = [field("posts"), field("nodes"), PathSegment::Index(1), field("title")];
        let data = value!({ "posts": { "nodes": [{ "title": "a" }, {}] }, "tags": [] });
        assert_eq!(shaped("{ posts { nodes { title } } tags { id } }", data, &[&item]), "null");
    }

    #[test]
    fn a_cycle_of_fragments_comes_to_an_end() {
        assert_eq!(shaped("{ network { ...f } } fragment f on Network { ...f }", value!({ "network": {} }), &[]), r#"{"network":{}}"#);
    }
}
