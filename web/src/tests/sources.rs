//! What holds of every query and template, by their text.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, OperationType, Selection};
use axum::http::{Extensions, HeaderMap, Uri};

use crate::language::Language;
use crate::pages::{Asking, MISSING, PAGES, TEMPLATES};
use crate::parameters::Parameters;
use crate::visit::{Asked, Visit};
use crate::words::Words;

#[test]
fn every_query_is_given_just_the_variables_that_it_declares() {
    let asked = Asked { headers: HeaderMap::new(), uri: Uri::from_static("/"), extensions: Extensions::new() };
    let visit = Visit { asked, parameters: Parameters::default(), language: Language::De, has_secret: false };
    for page in PAGES.iter().chain([&MISSING]) {
        let document = parse_query(page.query).unwrap();
        let DocumentOperations::Multiple(operations) = document.operations else { panic!("{}: a query has a name", page.name) };
        let operation = operations.into_values().next().unwrap().node;
        assert_eq!(operation.ty, OperationType::Query, "{}: a page changes nothing", page.name);
        let mut declared: Vec<String> = operation.variable_definitions.iter().map(|one| one.node.name.node.to_string()).collect();
        let asking = Asking { visit: &visit, slug: Some("x"), token: Some("x"), now: "2022-05-18T10:00:00Z".parse().unwrap() };
        let mut given: Vec<String> = (page.variables)(&asking).as_object().unwrap().keys().cloned().collect();
        declared.sort();
        given.sort();
        assert_eq!(declared, given, "{}", page.name);
    }
}

#[test]
fn every_form_is_a_mutation_with_one_field_that_tells_what_to_put_right() {
    for (page, form, mutation) in crate::mutations() {
        let document = parse_query(mutation).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        assert_eq!(operation.node.ty, OperationType::Mutation, "{page}/{form}");
        let [root] = operation.node.selection_set.node.items.as_slice() else { panic!("{page}/{form}: one thing at a time") };
        let Selection::Field(root) = &root.node else { panic!("{page}/{form}") };
        let asks = |name: &str| {
            root.node
                .selection_set
                .node
                .items
                .iter()
                .any(|item| matches!(&item.node, Selection::Field(field) if field.node.name.node == name))
        };
        assert!(asks("errors"), "{page}/{form}: what is wrong is not asked for");
        let template = TEMPLATES.iter().filter(|(name, _)| *name == page || name.starts_with("parts/"));
        assert!(
            template.clone().any(|(_, text)| text.contains(&format!("name=\"form\" value=\"{form}\""))),
            "{page}/{form} stands nowhere"
        );
    }
}

#[test]
fn every_word_that_a_template_says_is_there() {
    let words = Words::of(Language::De);
    for (name, template) in TEMPLATES {
        for (call, forms) in [("say(\"", &[""][..]), ("counted(\"", &[".one", ".other"])] {
            for key in template.split(call).skip(1).filter_map(|rest| rest.split('"').next()).filter(|key| !key.ends_with('.')) {
                for form in forms {
                    assert!(words.get(&format!("{key}{form}")).is_some(), "{name}: {key}{form}");
                }
            }
        }
    }
}

#[test]
fn only_what_the_schema_sanitised_is_not_escaped() {
    for (name, template) in TEMPLATES {
        for before in template.split("| safe").collect::<Vec<_>>().split_last().unwrap().1 {
            assert!(["description", "post.body", "issue.body"].iter().any(|name| before.trim_end().ends_with(name)), "{name}");
        }
        assert!(!template.contains("|safe") && !template.contains("<script") && !template.contains("style="), "{name}");
    }
}
