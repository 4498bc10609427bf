//! What organisations load in batches.

use entity::id::OrganisationId;
use entity::{membership, organisation_text, tag};

use super::Organisation;
use crate::gql::loader::{objects, parts};
use crate::organisations::store;

objects! {
    OrganisationId => Organisation = |cx, ids| store::by_ids(cx.db(), &cx.viewer, ids);
}

parts! {
    /// An organisation's texts.
    Texts(OrganisationId) => Vec<organisation_text::Model> = |cx, ids| store::parts::texts(cx.db(), ids);
    /// The languages that an organisation works in.
    Languages(OrganisationId) => Vec<String> = |cx, ids| store::parts::languages(cx.db(), ids);
    /// The topics that an organisation works on.
    Tags(OrganisationId) => Vec<tag::Model> = |cx, ids| store::parts::tags(cx.db(), ids);
    /// An organisation's memberships.
    Memberships(OrganisationId) => Vec<membership::Model> = |cx, ids| store::membership::of(cx.db(), ids);
}
