//! Forms in templates: what was typed stays, and what is wrong stands beside its field.

use std::fmt::Write;
use std::sync::Arc;

use minijinja::value::Value;
use minijinja::{Environment, Error, HtmlEscape, State};

use super::wrong;
use crate::forms::filled::Filled;

/// Adds `typed(name, otherwise)`, what stands in a field; `chosen(name, value, otherwise)`, whether that is ticked;
/// `faults(name)`, what is wrong with a field; and `field_of(name, hint)`, the attributes that name a field and what is said of
/// it: its hint at `<id>-hint` where it has one, its faults at `<id>-fault`. `otherwise` holds where the form was not sent.
pub fn add_to(environment: &mut Environment<'static>) {
    environment.add_function("typed", typed);
    environment.add_function("chosen", chosen);
    environment.add_function("faults", faults);
    environment.add_function("field_of", field_of);
}

fn typed(state: &State<'_, '_>, name: &str, otherwise: Option<Value>) -> Result<Value, Error> {
    let form = form(state)?;
    Ok(match form.sent {
        Some(_) => form.typed.first(name).unwrap_or_default().into(),
        None => otherwise.filter(|value| !value.is_none()).unwrap_or_else(|| "".into()),
    })
}

fn chosen(state: &State<'_, '_>, name: &str, value: &Value, otherwise: bool) -> Result<bool, Error> {
    let form = form(state)?;
    Ok(match form.sent {
        Some(_) => form.typed.all(name).any(|typed| typed == value.to_string()),
        None => otherwise,
    })
}

fn faults(state: &State<'_, '_>, name: &str) -> Result<Vec<String>, Error> {
    let form = form(state)?;
    Ok(form.faults.iter().filter(|fault| fault.field.as_deref() == Some(name)).map(|fault| fault.message.clone()).collect())
}

fn field_of(state: &State<'_, '_>, name: &str, hint: bool) -> Result<Value, Error> {
    let is_wrong = !faults(state, name)?.is_empty();
    let id = format!("in-{}", HtmlEscape(name));
    let mut attributes = format!(" id=\"{id}\"");
    let described: Vec<String> =
        [(is_wrong, "fault"), (hint, "hint")].iter().filter(|(is_there, _)| *is_there).map(|(_, what)| format!("{id}-{what}")).collect();
    if is_wrong {
        attributes.push_str(" aria-invalid=\"true\"");
    }
    if !described.is_empty() {
        // Writing into a text does not fail.
        let _ = write!(attributes, " aria-describedby=\"{}\"", described.join(" "));
    }
    Ok(Value::from_safe_string(attributes))
}

fn form(state: &State<'_, '_>) -> Result<Arc<Filled>, Error> {
    state.lookup("form").and_then(|form| form.downcast_object::<Filled>()).ok_or_else(|| wrong("there is no form here"))
}
