//! The invitation in a registration's mails (RFC 5546, RFC 6047): it puts the event in the person's calendar, and keeps it right.

use entity::words::RegistrationStatus;
use entity::{event, organisation, registration};
use ics::{Attendee, Calendar, Method, Participation, Person, Status};

use crate::app::App;
use crate::events::ics::{Addresses, Facts, Reader, entries, entry_of_date};
use crate::events::store::whole::Whole;
use crate::kernel::Wanted;
use crate::secret::Purpose;

/// The name of the product in files (RFC 5545 section 3.7.3).
const PRODUCT: &str = "-//miso//miso//DE";

/// The invitation as the registration stands now: a request, or a cancellation once it does not stand any more,
/// or what it is for does not take place. It names this one
/// person alone, and us as who invites. None where the event has no dates.
#[must_use]
pub fn of(
    app: &App,
    own: &organisation::Model,
    whole: &Whole,
    event: &event::Model,
    registration: &registration::Model,
    wanted: &Wanted,
) -> Option<(Method, String)> {
    let addresses = Addresses::of(app, whole, event);
    let reader = if registration.status == RegistrationStatus::Confirmed { Reader::Registered } else { Reader::Anybody };
    let facts = Facts { reader, ..Facts::of(whole, event, wanted, own, &addresses) };
    let all = match registration.occurrence_id {
        Some(id) => facts.dates.iter().filter(|date| date.id == id).map(|date| entry_of_date(facts, date)).collect(),
        None => entries(facts),
    };
    if all.is_empty() {
        return None;
    }
    let is_off = all.iter().all(|entry| entry.status == Status::Cancelled);
    let (method, participation, status) = match registration.status {
        _ if is_off => (Method::Cancel, Participation::Declined, Some(Status::Cancelled)),
        RegistrationStatus::Confirmed => (Method::Request, Participation::Accepted, None),
        RegistrationStatus::Pending | RegistrationStatus::Waitlisted => {
            (Method::Request, Participation::Tentative, Some(Status::Tentative))
        }
        RegistrationStatus::Declined | RegistrationStatus::Cancelled => (Method::Cancel, Participation::Declined, Some(Status::Cancelled)),
    };
    let inviting = facts.host.map_or_else(|| own.name.clone(), |host| host.name.clone());
    // Whoever answers shows by the address that it was this person's invitation.
    let mailbox = app.config.replies_of(&app.links.address_token(Purpose::Reply, registration.id, registration.secret_version));
    let mut calendar = Calendar::new(PRODUCT, inviting.clone());
    calendar.method = Some(method);
    calendar.events = all
        .into_iter()
        .map(|entry| ics::Event {
            sequence: entry.sequence + u32::try_from(registration.invitation_sequence).unwrap_or(0),
            stamp: entry.stamp.max(registration.updated_at),
            last_modified: Some(entry.last_modified.unwrap_or(entry.stamp).max(registration.updated_at)),
            organizer: Some(Person { name: inviting.clone().into(), email: mailbox.clone().into() }),
            attendee: Some(Attendee {
                person: Person { name: registration.name.clone().into(), email: registration.email.clone().into() },
                participation,
                rsvp: method == Method::Request,
            }),
            status: match (entry.status, status) {
                (Status::Cancelled, _) => Status::Cancelled,
                (_, Some(status)) => status,
                (own, None) => own,
            },
            ..entry
        })
        .collect();
    Some((method, ics::render(&calendar)))
}
