//! How people register, see and cancel, through the public door.

use entity::id::OrganisationId;
use entity::words::{RegistrationMode, RegistrationScope, RegistrationStatus};
use entity::{event, occurrence, registration, seat_pool};
use miso::gql::id::Global;
use miso::secret::Purpose;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::Answer;
use crate::editing::signature;
use crate::make::EventMaker;
use crate::people::Actor;
use crate::world::World;

/// Registers, and asks for all that is told.
pub const CREATE: &str = "mutation($input: RegistrationCreateInput!) {
    registrationCreate(input: $input) {
        receipt { status seats waitlistPosition event { slug } occurrence { id } }
        errors { path code message }
    }
}";

/// What is asked of a registration that was changed.
const REGISTRATION: &str = "id name seats status note waitlistPosition confirmedAt checkedInAt answers { question { key } values }";

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

    /// The registration of an address, as it is written; the latest, where there are several.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn registration_of(&self, email: &str) -> registration::Model {
        let found = registration::Entity::find().filter(registration::Column::Email.eq(email)).order_by_desc(registration::Column::Id);
        found.one(self.db()).await.unwrap().unwrap()
    }

    /// The secret in the mails about the registration of an address.
    pub async fn token_of(&self, email: &str) -> String {
        let row = self.registration_of(email).await;
        self.app.links.token(Purpose::Registration, row.id, row.secret_version)
    }

    /// How the registration of an address stands, e.g. `CONFIRMED` or `WAITLISTED 2`.
    pub async fn standing_of(&self, email: &str) -> String {
        let query = "query($token: String!) { registrationByToken(token: $token) { status waitlistPosition } }";
        let answer = self.graphql(query, json!({ "token": self.token_of(email).await })).await;
        let place = answer.at("registrationByToken.waitlistPosition").as_i64().map(|place| format!(" {place}")).unwrap_or_default();
        format!("{}{place}", answer.at("registrationByToken.status").as_str().unwrap())
    }

    /// That the counts of every pool are those of its registrations, that nobody has a seat that is not there, and that nobody waits
    /// past seats that would do.
    pub async fn seats_are_sound(&self) {
        for pool in seat_pool::Entity::find().all(self.db()).await.unwrap() {
            let event = event::Entity::find_by_id(pool.event_id).one(self.db()).await.unwrap().unwrap();
            let date = match pool.occurrence_id {
                Some(id) => occurrence::Entity::find_by_id(id).one(self.db()).await.unwrap(),
                None => None,
            };
            let rows = registration::Entity::find().filter(registration::Column::SeatPoolId.eq(pool.id)).all(self.db()).await.unwrap();
            let holds = |row: &&registration::Model| {
                row.status == RegistrationStatus::Confirmed || (row.status == RegistrationStatus::Pending && event.pending_holds_seats)
            };
            let taken: i32 = rows.iter().filter(holds).map(|row| row.seats).sum();
            let waits = |row: &&registration::Model| row.status == RegistrationStatus::Waitlisted;
            let waiting: i32 = rows.iter().filter(waits).map(|row| row.seats).sum();
            assert_eq!((pool.taken, pool.waiting), (taken, waiting));
            let Some(capacity) = date.and_then(|date| date.capacity).or(event.capacity) else { continue };
            assert!(taken <= capacity, "{taken} of {capacity} seats are taken");
            let fits = rows.iter().filter(waits).find(|row| row.seats <= capacity - taken);
            assert!(fits.is_none(), "{fits:?} waits past {} free seats", capacity - taken);
        }
    }

    /// Seats of a date as its hosts see them: taken, waiting, left.
    pub async fn counts_of(&self, date: &occurrence::Model) -> (i64, i64, Option<i64>) {
        let query = "query($id: ID!) { node(id: $id) { ... on Occurrence { seats { taken waiting left } } } }";
        let answer = self.administrator().asks_with(query, json!({ "id": date.id.to_global().0 })).await;
        let count = |name: &str| answer.at(&format!("node.seats.{name}")).as_i64();
        (count("taken").unwrap(), count("waiting").unwrap(), count("left"))
    }
}

impl Actor<'_> {
    /// Calls a mutation of registrations and gives the registration, or the refusals as text, e.g. `FULL at `; or the code of an error.
    ///
    /// # Errors
    /// As told.
    pub async fn changes_registration(&self, mutation: &str, variables: Value) -> Result<Value, String> {
        let (signature, call) = signature(mutation, &variables);
        let query =
            format!("mutation{signature} {{ {mutation}{call} {{ registration {{ {REGISTRATION} }} errors {{ path code message }} }} }}");
        self.outcome_of(mutation, "registration", &query, variables).await
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
