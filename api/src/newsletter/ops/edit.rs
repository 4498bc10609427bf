//! A change of a newsletter.

use entity::words::Visibility;

use crate::kernel::{Findings, Patch};

/// What becomes of a newsletter. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Edit {
    /// Its name.
    pub name: Patch<String>,
    /// What one gets, and how often.
    pub description: Patch<String>,
    /// For whom.
    pub visibility: Patch<Visibility>,
    /// Who gets the answers of readers.
    pub reply_to: Patch<String>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Whether a newsletter can be for those whom a visibility lets in: hosts of an event are no readers.
pub(super) fn may_be_for(visibility: Visibility) -> bool {
    visibility != Visibility::Hosts
}
