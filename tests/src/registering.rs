//! How people register, see and cancel, through the public door.

use entity::id::OrganisationId;
use entity::words::{RegistrationMode, RegistrationScope};
use entity::{event, occurrence};
use miso::gql::id::Global;
use serde_json::{Value, json};

use crate::Answer;
use crate::make::EventMaker;
use crate::world::World;

/// Registers.
pub const CREATE: &str = "mutation($input: RegistrationCreateInput!) {
    registrationCreate(input: $input) {
        receipt { status seats waitlistPosition event { slug } occurrence { id } }
        errors { path code message }
    }
}";

/// What somebody who registers gives: an input of `registrationCreate`.
#[must_use]
pub fn who(name: &str, date: &occurrence::Model) -> Value {
    json!({ "for": { "occurrenceId": date.id.to_global().0 }, "name": name, "email": format!("{}@example.org", name.to_lowercase()) })
}

impl World {
    /// An event that one registers for, for each date, with so many seats.
    #[must_use]
    pub fn open_event(&self, slug: &str, host: OrganisationId, seats: i32) -> EventMaker<'_> {
        self.event(slug, host).with(|row| {
            (row.registration_mode, row.registration_scope) = (RegistrationMode::Open, RegistrationScope::EachDate);
            (row.capacity, row.max_seats, row.waitlist) = (Some(seats), 5, true);
        })
    }

    /// The dates of an event, earliest first.
    pub async fn dates_of(&self, event: &event::Model) -> Vec<occurrence::Model> {
        miso::events::store::occurrences::of(self.db(), vec![event.id]).await.unwrap().remove(&event.id).unwrap()
    }

    /// Registers with an input, as a visitor.
    pub async fn register(&self, input: &Value) -> Answer {
        self.graphql(CREATE, json!({ "input": input })).await
    }

    /// What was decided for somebody who registers, e.g. `CONFIRMED` or `WAITLISTED 2`; or the refusals, e.g. `CLOSED at input.for`.
    pub async fn place_of(&self, input: &Value) -> String {
        decided(&self.register(input).await)
    }

    /// Seats of a date as its hosts see them: taken, waiting, left.
    pub async fn counts_of(&self, date: &occurrence::Model) -> (i64, i64, Option<i64>) {
        let query = "query($id: ID!) { node(id: $id) { ... on Occurrence { seats { taken waiting left } } } }";
        let answer = self.administrator().asks_with(query, json!({ "id": date.id.to_global().0 })).await;
        let count = |name: &str| answer.at(&format!("node.seats.{name}")).as_i64();
        (count("taken").unwrap(), count("waiting").unwrap(), count("left"))
    }
}

/// What was decided, or what was refused.
#[must_use]
pub fn decided(answer: &Answer) -> String {
    let payload = answer.at("registrationCreate");
    let errors = payload["errors"].as_array().unwrap();
    if let Some(status) = payload["receipt"]["status"].as_str() {
        assert!(errors.is_empty(), "{errors:?}");
        return match payload["receipt"]["waitlistPosition"].as_i64() {
            Some(place) => format!("{status} {place}"),
            None => status.to_owned(),
        };
    }
    refusals(errors)
}

/// Refusals as text, e.g. `REQUIRED at input.name, CLOSED at input.for`.
#[must_use]
pub fn refusals(errors: &[Value]) -> String {
    let path = |error: &Value| error["path"].as_array().unwrap().iter().map(|part| part.as_str().unwrap()).collect::<Vec<_>>().join(".");
    errors.iter().map(|error| format!("{} at {}", error["code"].as_str().unwrap(), path(error))).collect::<Vec<_>>().join(", ")
}
