//! Entering a person by whoever runs the program.

use entity::{person, sign_in};

use super::hash_of;
use super::role::give_role;
use crate::access::{ADMINISTRATOR, Action};
use crate::app::Cx;
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::{EmailAddress, Fault, PersonName};
use crate::people::rules::GOOD_FOR;
use crate::people::store::{self, sign_in as requests, write};
use crate::secret::random;

/// Whom to enter.
#[derive(Debug)]
pub struct New {
    /// Their address.
    pub email: EmailAddress,
    /// How they are called; who has a name keeps it where none is given.
    pub name: Option<PersonName>,
    /// Whether they administer the network from now on.
    pub administers: bool,
}

/// Who was entered, or was there.
#[derive(Debug)]
pub struct Added {
    /// They.
    pub person: person::Model,
    /// Whether they were there.
    pub was_there: bool,
    /// The secret of a link that signs them in, once, within 15 minutes.
    pub token: String,
}

/// Enters a person, or makes one who is there an administrator, and gives a link to sign in with. Again it changes nothing, and
/// gives another link.
///
/// # Errors
/// [`crate::kernel::Refused::Forbidden`] to others than administrators.
pub async fn add(cx: &Cx, new: New) -> Result<Added, Fault> {
    cx.authorise(&Action::SetNetworkRole)?;
    let (now, email) = (cx.now(), new.email.as_str().to_lowercase());
    let writing = cx.begin_write().await?;
    let was_there = store::by_email(&*writing, &new.email).await?.is_some();
    let row = person::Model {
        id: cx.app.new_id(),
        name: new.name.as_ref().map(ToString::to_string),
        email: email.clone(),
        locale: cx.wanted.first().to_string(),
        network_role: None,
        created_at: now,
        last_signed_in_at: None,
        calendar_version: 0,
    };
    let mut person = write::find_or_make(&writing, row).await?;
    if !was_there {
        record(cx, &writing, Deed::PersonAdd, Subject::Person(person.id), "", Changes::none()).await?;
    }
    if let Some(name) = new.name.map(|name| name.to_string()).filter(|name| person.name.as_ref() != Some(name)) {
        write::describe(&*writing, person.id, Some(name.clone()), person.locale.clone()).await?;
        person.name = Some(name);
    }
    if new.administers {
        person = person::Model { name: person.name, ..give_role(cx, &writing, person.id, Some(ADMINISTRATOR)).await? };
    }
    let token = random::token()?;
    let request = sign_in::Model {
        id: cx.app.new_id(),
        // It is no mail, and is not counted as one.
        email_hash: hash_of(&cx.app, &format!("{email} by whoever runs it")),
        email: Some(email),
        locale: person.locale.clone(),
        code_hash: None,
        token_hash: Some(random::digest(&token)),
        created_at: now,
        expires_at: now + GOOD_FOR,
        used_at: None,
    };
    requests::insert(&*writing, request).await?;
    writing.commit().await?;
    Ok(Added { person, was_there, token })
}
