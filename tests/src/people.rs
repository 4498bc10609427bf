//! Who asks: visitors, people of organisations, the office. They ask in process, as signing in is another matter.

use std::time::Duration;

use async_graphql::{Request, Variables};
use entity::id::{OrganisationId, PersonId};
use entity::words::{NetworkRole, OrganisationRole};
use futures_util::StreamExt;
use miso::access::{Affiliation, SignedIn, Viewer};
use miso::app::{App, Caller, Cx};
use miso::http::graphql::execute;
use miso::http::outcome::Outcome;
use miso::kernel::Wanted;
use miso::live::Change;
use miso::schema::subscribe;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::graphql::Answer;
use crate::world::World;

/// Somebody in a world.
#[derive(Clone)]
pub struct Actor<'w> {
    world: &'w World,
    viewer: Viewer,
    wanted: Wanted,
}

impl World {
    /// Nobody we know.
    #[must_use]
    pub fn visitor(&self) -> Actor<'_> {
        self.viewed_by(Viewer::Visitor)
    }

    /// A person with an account, and nothing else.
    #[must_use]
    pub fn stranger(&self) -> Actor<'_> {
        self.viewed_by(Viewer::Person(person(None, Vec::new())))
    }

    /// An administrator of the network.
    #[must_use]
    pub fn administrator(&self) -> Actor<'_> {
        self.viewed_by(Viewer::Person(person(Some(NetworkRole::Admin), Vec::new())))
    }

    /// An editor in the network's office.
    #[must_use]
    pub fn office_editor(&self) -> Actor<'_> {
        self.viewed_by(Viewer::Person(person(Some(NetworkRole::Editor), Vec::new())))
    }

    /// A person who acts for an organisation that belongs to the network.
    #[must_use]
    pub fn person_of(&self, organisation_id: OrganisationId, role: OrganisationRole) -> Actor<'_> {
        self.viewed_by(Viewer::Person(person(None, vec![Affiliation { organisation_id, role, is_of_the_network: true }])))
    }

    /// A person who acts for an organisation that does not belong to the network, e.g. a partner.
    #[must_use]
    pub fn person_of_outside(&self, organisation_id: OrganisationId, role: OrganisationRole) -> Actor<'_> {
        self.viewed_by(Viewer::Person(person(None, vec![Affiliation { organisation_id, role, is_of_the_network: false }])))
    }

    /// Anybody.
    #[must_use]
    pub fn viewed_by(&self, viewer: Viewer) -> Actor<'_> {
        Actor { world: self, viewer, wanted: Wanted::default() }
    }
}

impl Actor<'_> {
    /// Where they act.
    pub(crate) fn world(&self) -> &World {
        self.world
    }

    /// The same person, who reads these languages, as `Accept-Language` has them.
    #[must_use]
    pub fn reading(mut self, languages: &str) -> Self {
        self.wanted = Wanted::from_header(languages);
        self
    }

    /// What use cases know of this person's request.
    #[must_use]
    pub fn cx(&self) -> Cx {
        Cx { app: self.world.app.clone(), viewer: self.viewer.clone(), wanted: self.wanted.clone(), caller: Caller::default() }
    }

    /// Asks.
    pub async fn asks(&self, query: &str) -> Answer {
        self.asks_with(query, json!({})).await
    }

    /// Asks with variables.
    ///
    /// # Panics
    /// Where it is not answered.
    pub async fn asks_with(&self, query: &str, variables: Value) -> Answer {
        let request = Request::new(query).variables(Variables::from_json(variables));
        let outcome = execute(&self.world.schema, self.cx(), request, false, Duration::from_secs(30)).await.unwrap();
        Answer(serde_json::to_value(outcome.into_response()).unwrap())
    }
}

impl Actor<'_> {
    /// Subscribes, and has these changes told until there is an answer.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn watches(&self, query: &str, changes: &[Change]) -> Answer {
        let mut answers = subscribe(&self.world.schema, self.cx(), Request::new(query));
        let telling = async {
            loop {
                let writing = self.world.app.begin_write().await.unwrap();
                changes.iter().for_each(|change| writing.announce(*change));
                writing.commit().await.unwrap();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::select! {
            answer = answers.next() => Answer(serde_json::to_value(Outcome::of(&self.cx(), answer.unwrap()).into_response()).unwrap()),
            () = telling => unreachable!("it is told for ever"),
        }
    }
}

impl World {
    /// An account of somebody who acts for an organisation.
    pub async fn account(&self, email: &str, organisation_id: OrganisationId, role: OrganisationRole) -> entity::person::Model {
        let now = self.app.clock.now();
        let row = entity::person::Model {
            id: self.app.new_id(),
            name: None,
            email: email.to_owned(),
            locale: "de".to_owned(),
            network_role: None,
            created_at: now,
            last_signed_in_at: None,
            calendar_version: 0,
        };
        entity::person::Entity::insert(row.clone().into_active_model()).exec_without_returning(self.db()).await.unwrap();
        let part = entity::organisation_person::Model { organisation_id, person_id: row.id, role, created_at: now };
        entity::organisation_person::Entity::insert(part.into_active_model()).exec_without_returning(self.db()).await.unwrap();
        row
    }
}

/// The account of whoever acts in process, so that what they do can be noted as theirs.
pub(crate) async fn enter(app: &App) {
    let row = entity::person::Model {
        id: WHO_ACTS,
        name: Some("Beispielperson".to_owned()),
        email: "beispiel@example.org".to_owned(),
        locale: "de".to_owned(),
        network_role: None,
        created_at: app.clock.now(),
        last_signed_in_at: None,
        calendar_version: 0,
    };
    entity::person::Entity::insert(row.into_active_model()).exec_without_returning(&app.db).await.unwrap();
}

/// Whoever acts in process.
const WHO_ACTS: PersonId = PersonId(Uuid::from_u128(0x7e57));

fn person(network_role: Option<NetworkRole>, affiliations: Vec<Affiliation>) -> SignedIn {
    SignedIn { id: WHO_ACTS, network_role, affiliations }
}
