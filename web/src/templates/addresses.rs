//! Addresses in templates.

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, State};

use super::visit;
use crate::links;
use crate::parameters::Parameters;

/// Adds `to(address, name=value)` for a link within the site, `again(name=value)` for this page with other parameters (none
/// takes one out), `local(address)`, and the filters `link`, for an address of others, and `spoken`.
pub fn add_to(environment: &mut Environment<'static>) {
    environment.add_function("to", to);
    environment.add_function("again", again);
    environment.add_filter("link", |address: &str| links::harmless(address).unwrap_or("#").to_owned());
    environment.add_filter("path", |address: &str| links::path(address));
    environment.add_filter("spoken", |address: &str| links::spoken(address).to_owned());
}

fn to(state: &State<'_, '_>, address: &str, changes: Kwargs) -> Result<String, Error> {
    let mut parameters = visit(state)?.parameters.chosen_locale();
    change(&mut parameters, &changes)?;
    Ok(parameters.behind(&links::path(address)))
}

fn again(state: &State<'_, '_>, changes: Kwargs) -> Result<String, Error> {
    let visit = visit(state)?;
    let mut parameters = visit.parameters.clone();
    change(&mut parameters, &changes)?;
    Ok(parameters.behind(visit.path()))
}

fn change(parameters: &mut Parameters, changes: &Kwargs) -> Result<(), Error> {
    for name in changes.args() {
        let value: Value = changes.get(name)?;
        parameters.set(name, if value.is_none() { None } else { Some(value.to_string()) });
    }
    Ok(())
}
