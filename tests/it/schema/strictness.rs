//! Whether a client that was written for one type can live with another.

use async_graphql::parser::types::{BaseType, Type};

/// Whether what is given out as `ours` can be read as `promised`: it may be null more seldom, and not more often.
pub fn can_be_read_as(ours: &Type, promised: &Type) -> bool {
    (promised.nullable || !ours.nullable) && same_base(ours, promised, can_be_read_as)
}

/// Whether what is written as `promised` is taken as `ours`: null may be taken where it was not, and not the other way.
pub fn takes_what_is_written_as(ours: &Type, promised: &Type) -> bool {
    (ours.nullable || !promised.nullable) && same_base(ours, promised, takes_what_is_written_as)
}

fn same_base(ours: &Type, promised: &Type, items: fn(&Type, &Type) -> bool) -> bool {
    match (&ours.base, &promised.base) {
        (BaseType::Named(ours), BaseType::Named(promised)) => ours == promised,
        (BaseType::List(ours), BaseType::List(promised)) => items(ours, promised),
        _ => false,
    }
}

#[test]
fn output_may_be_stricter_and_input_more_lenient() {
    let of = |text: &str| Type::new(text).unwrap();
    assert!(can_be_read_as(&of("[A!]!"), &of("[A]")));
    assert!(!can_be_read_as(&of("[A]!"), &of("[A!]!")));
    assert!(!can_be_read_as(&of("A"), &of("[A]")));
    assert!(takes_what_is_written_as(&of("[A]"), &of("[A!]!")));
    assert!(!takes_what_is_written_as(&of("A!"), &of("A")));
    assert!(!takes_what_is_written_as(&of("A"), &of("B")));
}
