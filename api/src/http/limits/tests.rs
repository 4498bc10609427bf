//! The limits, tried from both sides.

use async_graphql::parser::parse_query;

use super::*;

fn check(query: &str) -> Result<(), TooMuch> {
    let limits = Limits::default();
    check_text(query, &limits)?;
    check_document(&parse_query(query).unwrap(), &limits)
}

fn nested(depth: usize) -> String {
    format!("{}a{}", "{a".repeat(depth - 1) + "{", "}".repeat(depth))
}

#[test]
fn each_limit_allows_its_number_and_refuses_one_more() {
    let fields = |count: usize| (0..count).map(|at| format!("f{at} ")).collect::<String>();
    let aliases = |count: usize| format!("{{ a {{ {} }} }}", (0..count).map(|at| format!("a{at}: b ")).collect::<String>());
    let directives = |count: usize| format!("{{ a {} }}", "@x ".repeat(count));
    let spread_out = |count: usize| format!("{{ a {{ {} }} }}", "b @x ".repeat(count));
    for (most, refusal, query) in [
        (14, TooMuch::Depth(14), &nested as &dyn Fn(usize) -> String),
        (50, TooMuch::Aliases(50), &aliases),
        (25, TooMuch::RootFields(25), &|count| format!("{{ {} }}", fields(count))),
        (5, TooMuch::RootFields(5), &|count| format!("mutation {{ {} }}", fields(count))),
        (10, TooMuch::DirectivesOfAField(10), &directives),
        (50, TooMuch::Directives(50), &spread_out),
        (4000, TooMuch::Tokens(4000), &|count| format!("{{ a {{ {} }} }}", "b ".repeat(count - 5))),
        (64 * 1024, TooMuch::Bytes(64 * 1024), &|count| format!("{{a}}#{}", " ".repeat(count - 4))),
    ] {
        assert_eq!(check(&query(most)), Ok(()), "{most}");
        assert_eq!(check(&query(most + 1)), Err(refusal), "{most}");
    }
}

#[test]
fn fragments_count_as_if_they_were_written_out() {
    let roots = format!("{{ {} }} fragment F on Query {{ a b c }}", "...F ".repeat(9));
    assert_eq!(check(&roots), Err(TooMuch::RootFields(25)));
    let deep = format!("{{ a {{ ...F }} }} fragment F on A {}", nested(14));
    assert_eq!(check(&deep), Err(TooMuch::Depth(14)));
}

#[test]
fn a_document_signs_in_once_however_it_is_written() {
    let once = "signIn(by: { token: \"x\" }) { viewer { id } }";
    assert_eq!(check(&format!("mutation {{ {once} }}")), Ok(()));
    for twice in [
        format!("mutation {{ a: {once} b: {once} }}"),
        format!("mutation {{ ...F ... on Mutation {{ b: {once} }} }} fragment F on Mutation {{ {once} }}"),
        format!("mutation {{ ...F ...F }} fragment F on Mutation {{ {once} }}"),
        format!("mutation A {{ {once} }} mutation B {{ {once} }}"),
    ] {
        assert_eq!(check(&twice), Err(TooMuch::SignIns), "{twice}");
    }
}

#[test]
fn fragments_that_double_each_other_are_refused_at_once() {
    let mut query = "{ a { ...F0 } }".to_owned();
    for at in 0..60 {
        query.push_str(&format!(" fragment F{at} on A {{ ...F{next} ...F{next} }}", next = at + 1));
    }
    query.push_str(" fragment F60 on A { b }");
    assert_eq!(check(&query), Err(TooMuch::Selections(4000)));
}

#[test]
fn a_fragment_that_contains_itself_is_refused_at_once() {
    assert_eq!(check("{ a { ...F } } fragment F on A { ...F ...F }"), Err(TooMuch::Cycle));
    assert_eq!(check("{ a } fragment F on A { ...G } fragment G on A { b { ...F } }"), Err(TooMuch::Cycle));
}

#[test]
fn a_chain_of_many_fragments_does_not_exhaust_the_stack() {
    let mut query = "{ a { ...F0 } }".to_owned();
    for at in 0..480 {
        query.push_str(&format!(" fragment F{at} on A {{ ...F{} }}", at + 1));
    }
    query.push_str(" fragment F480 on A { b }");
    assert_eq!(check(&query), Ok(()));
}

#[test]
fn brackets_are_bounded_before_the_parser_recurses_on_them() {
    for bracket in ["{a", "[", "{a(b:[{c:"] {
        assert_eq!(check_text(&bracket.repeat(400), &Limits::default()), Err(TooMuch::Nesting(NESTING)));
    }
    let deepest = format!("{{a(b:{}1{})}}", "[".repeat(NESTING - 2), "]".repeat(NESTING - 2));
    assert_eq!(check(&deepest), Ok(()));
}

#[test]
fn what_tools_ask_of_the_schema_passes_and_what_multiplies_does_not() {
    assert_eq!(check(include_str!("introspection.graphql")), Ok(()));
    assert_eq!(check("{ __type(name: \"A\") { fields { type { fields { name } } } } }"), Ok(()));
    let cyclic = "{ __schema { types { fields { type { fields { name } } } } } }";
    assert_eq!(check(cyclic), Err(TooMuch::Introspection));
    let hidden =
        "{ __schema { types { ...F } } } fragment F on __Type { fields { type { ...G } } } fragment G on __Type { interfaces { name } }";
    assert_eq!(check(hidden), Err(TooMuch::Introspection));
    let wide = (0..31).map(|at| format!("a{at}: types {{ name }} ")).collect::<String>();
    assert_eq!(check(&format!("{{ __schema {{ {wide} }} }}")), Err(TooMuch::Introspection));
    assert_eq!(check("{ a { types { fields { interfaces { name } } } } }"), Ok(()));
}

#[test]
fn messages_come_in_german_and_english() {
    let english = "en".parse().unwrap();
    assert_eq!(TooMuch::Aliases(50).message(&english), "The query is too large: at most 50 aliases.");
    assert_eq!(TooMuch::Aliases(50).message(&Locale::german()), "Die Abfrage ist zu groß: höchstens 50 Aliase.");
}
