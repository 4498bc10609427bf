//! What programmes load in batches.

use entity::id::{OrganisationId, ProgrammeId};
use entity::programme_text;

use super::Programme;
use crate::gql::loader::{objects, parts};
use crate::programmes::store;

objects! {
    ProgrammeId => Programme = |cx, ids| store::by_ids(cx.db(), ids);
}

parts! {
    /// A programme's texts.
    Texts(ProgrammeId) => Vec<programme_text::Model> = |cx, ids| store::texts(cx.db(), ids);
    /// Who pays for a programme.
    Funders(ProgrammeId) => Vec<OrganisationId> = |cx, ids| store::funders(cx.db(), ids);
}
