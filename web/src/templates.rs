//! Templates: how an answer becomes HTML, and the words that templates are written with.
//!
//! `say`, `counted`, `word` are in [`speech`]; `to`, `again`, `link`, `path` in [`addresses`]; `when`, `day` and others in [`times`];
//! `lang`, `money`, `hours` in [`content`]; `typed`, `faults`, `field_of` in [`forms`]. All is escaped, but what the schema sanitised (`|safe`). What is not there is an error.

mod addresses;
mod content;
mod data;
mod escape;
mod forms;
mod speech;
mod times;

use std::sync::Arc;

use async_graphql::Value as Data;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{DynObject, Value};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior, context};

use crate::assets;
use crate::forms::filled::Filled;
use crate::language::Language;
use crate::linked;
use crate::pages::TEMPLATES;
use crate::site::Site;
use crate::visit::Visit;

/// All templates.
#[derive(Debug)]
pub struct Templates(Environment<'static>);

/// What a page shows.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The page's template.
    pub name: &'static str,
    /// What the schema answered.
    pub data: Data,
    /// Who asked for what.
    pub visit: Visit,
    /// The form of the page, as it was sent.
    pub form: Filled,
    /// What is told from outside.
    pub site: &'a Site,
}

impl Templates {
    /// Those of the pages.
    pub fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
        // It fails for unusual brackets only, and these are the usual ones.
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default());
        environment.set_formatter(escape::format);
        environment.set_loader(|name| Ok(TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())));
        environment.add_global("assets", assets::version());
        speech::add_to(&mut environment);
        addresses::add_to(&mut environment);
        times::add_to(&mut environment);
        content::add_to(&mut environment);
        forms::add_to(&mut environment);
        Self(environment)
    }

    /// Writes a page.
    ///
    /// # Errors
    /// Where its template is wrong.
    pub fn render(&self, shown: Shown<'_>) -> Result<String, Error> {
        let Shown { name, data, visit, form, site } = shown;
        // It escapes itself: what stands in a script is read otherwise than what stands on the page.
        let linked = linked::of(name, &data.clone().into_json().unwrap_or_default(), site).map(Value::from_safe_string);
        let around = context! {
            linked,
            page => name,
            has_session => visit.has_cookie(site.session_cookie),
            visit => Value::from_dyn_object(DynObject::new(Arc::new(visit))),
            form => Value::from_dyn_object(DynObject::new(Arc::new(form))),
            now => (site.now)().to_rfc3339(),
            public_url => &site.public_url,
            shows_starter_data => site.shows_starter_data,
        };
        let answer = data::value(data);
        let all = if answer.is_none() {
            around
        } else {
            context! { ..around, ..answer }
        };
        self.0.get_template(name)?.render(all)
    }
}

fn visit(state: &State<'_, '_>) -> Result<Arc<Visit>, Error> {
    state.lookup("visit").and_then(|visit| visit.downcast_object::<Visit>()).ok_or_else(|| wrong("there is no visit here"))
}

fn language(state: &State<'_, '_>) -> Result<Language, Error> {
    visit(state).map(|visit| visit.language)
}

fn wrong(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, what.into())
}
