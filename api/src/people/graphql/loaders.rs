//! What people load in batches.

use entity::id::{AccessTokenId, PersonId, SessionId};
use entity::organisation_person;

use super::{AccessToken, Person, Session};
use crate::gql::loader::{objects, parts};
use crate::people::store::{self, parts};

objects! {
    PersonId => Person = |cx, ids| store::by_ids(cx.db(), &cx.viewer, ids);
    SessionId => Session = |cx, ids| parts::own_sessions(cx.db(), &cx.viewer, ids);
    AccessTokenId => AccessToken = |cx, ids| parts::own_access_tokens(cx.db(), &cx.viewer, ids);
}

parts! {
    /// For which organisations a person acts.
    Affiliations(PersonId) => Vec<organisation_person::Model> = |cx, ids| parts::affiliations(cx.db(), ids);
}
