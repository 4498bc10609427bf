//! What the schema answered, as templates read it.

use async_graphql::Value as Data;
use minijinja::Value;

/// An answer for templates.
pub fn value(data: Data) -> Value {
    match data {
        Data::Null | Data::Binary(_) => Value::from(()),
        Data::Boolean(boolean) => boolean.into(),
        Data::String(text) => text.into(),
        Data::Enum(name) => name.as_str().into(),
        Data::List(items) => items.into_iter().map(value).collect(),
        Data::Object(fields) => Value::from_pairs(fields.into_iter().map(|(name, data)| (name.to_string(), value(data)))),
        Data::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.into(),
            (None, Some(real)) => real.into(),
            (None, None) => Value::from(()),
        },
    }
}
