//! People from a table. They are known by their addresses; nobody is written to.

use entity::words::OrganisationRole;
use entity::{organisation_person, person};

use super::{Outcome, Problem, Run};
use crate::access::viewer::BELONGING;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::imports::read::Wrong;
use crate::imports::read::table::Row;
use crate::kernel::{EmailAddress, Locale, PersonName};
use crate::organisations;
use crate::organisations::store::people;
use crate::people::store::{self, write};

/// The columns of a table of people.
pub const COLUMNS: &[&str] = &["email", "name", "locale", "organisation", "role"];

/// Takes a person over, and has them act for an organisation. Who is here stays as they are, and keeps what they may do.
///
/// # Errors
/// What is wrong with their row.
pub async fn take(cx: &Cx, run: &Run, row: &Row) -> Result<Outcome, Problem> {
    row.required("email")?;
    let email = row.read("email", |text| text.parse::<EmailAddress>().ok(), "an address such as name@example.org")?;
    let email = email.ok_or_else(|| Wrong::at(row.line, "`email` is empty"))?;
    let name = row.read("name", |text| PersonName::parse(text).ok(), "a name of 1 to 200 characters")?;
    let locale = row.read("locale", |text| text.parse::<Locale>().ok(), "a language such as de")?.unwrap_or_else(Locale::german);
    let role = row.read("role", role, "one of OWNER, EDITOR, MEMBER")?;
    let writing = cx.begin_write().await?;
    let organisation = match row.get("organisation") {
        None => None,
        Some(slug) => {
            let found = organisations::store::by_slug(&*writing, &cx.viewer, slug).await?;
            Some(found.ok_or_else(|| Wrong::at(row.line, format!("there is no organisation `{slug}`: please give its slug")))?)
        }
    };
    if role.is_some() && organisation.is_none() {
        return Err(Wrong::at(row.line, "a `role` needs an `organisation`").into());
    }
    let before = store::by_email(&*writing, &email).await?;
    let new = person::Model {
        id: cx.app.new_id(),
        name: name.map(|name| name.to_string()),
        email: email.as_str().to_lowercase(),
        locale: locale.to_string(),
        network_role: None,
        created_at: cx.now(),
        last_signed_in_at: None,
        calendar_version: 0,
    };
    let person = write::find_or_make(&writing, new).await?;
    if before.is_none() {
        audit::ops::record(cx, &writing, Deed::PersonAdd, Subject::Person(person.id), "", Changes::none()).await?;
    }
    let mut outcome = if before.is_none() { Outcome::Added } else { Outcome::Unchanged };
    if let Some(organisation) = organisation
        && people::role(&*writing, organisation.id, person.id).await?.is_none()
    {
        let role = role.unwrap_or(BELONGING);
        let part = organisation_person::Model { organisation_id: organisation.id, person_id: person.id, role, created_at: cx.now() };
        people::join(&*writing, part).await?;
        let changes = Changes::none().field("role", &None, &Some(role)).field("person", &None, &Some(person.id));
        let subject = Subject::Organisation(organisation.id);
        audit::ops::record(cx, &writing, Deed::OrganisationSetRole, subject, &organisation.name, changes).await?;
        if before.is_some() {
            outcome = Outcome::Changed;
        }
    }
    run.end(writing).await?;
    Ok(outcome)
}

fn role(text: &str) -> Option<OrganisationRole> {
    serde_json::from_value(serde_json::Value::String(text.to_uppercase())).ok()
}
