//! Who watches learns that a registration, and with it the seats, may be other than before.

use entity::registration;

use crate::app::Writing;
use crate::live::Change;

/// Announces a registration that was made, changed, cancelled or decided on, and its seats.
pub(super) fn announce(writing: &Writing, row: &registration::Model) {
    announce_itself(writing, row);
    writing.announce(Change::Seats { event: row.event_id, date: row.occurrence_id });
}

/// Announces a registration whose seats are as before.
pub(super) fn announce_itself(writing: &Writing, row: &registration::Model) {
    writing.announce(Change::Registration { event: row.event_id, registration: row.id });
}
