//! A calendar that an association keeps elsewhere, and the world that follows it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::header::{ETAG, IF_NONE_MATCH, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use entity::id::{EventId, OrganisationId};
use entity::{event, imported};
use miso::calendar_sources::{jobs, work};
use miso::config::Config;
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::db::Contents;
use miso_tests::editing::EVENT;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What a server says, and how often it was asked.
#[derive(Default)]
pub struct Says {
    /// Its calendar.
    pub calendar: String,
    /// Where it leads instead.
    pub leads_to: Option<String>,
    /// The tags that it was asked with; none where it was asked without.
    pub asked: Vec<Option<String>>,
}

/// A server in a private network.
#[derive(Clone)]
pub struct Elsewhere {
    /// Where it is.
    pub at: SocketAddr,
    /// What it says.
    pub says: Arc<Mutex<Says>>,
}

impl Elsewhere {
    /// One that says a calendar.
    pub async fn saying(calendar: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let says = Arc::new(Mutex::new(Says { calendar, ..Says::default() }));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&says));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { at, says }
    }

    /// The address of its calendar.
    pub fn url(&self) -> String {
        format!("http://{}/secret-4711/basic.ics", self.at)
    }

    /// Has it say something else from now on.
    pub fn says(&self, calendar: String) {
        self.says.lock().unwrap().calendar = calendar;
    }

    /// How often it was asked.
    pub fn times(&self) -> usize {
        self.says.lock().unwrap().asked.len()
    }
}

async fn answer(State(says): State<Arc<Mutex<Says>>>, headers: HeaderMap) -> Response {
    let mut says = says.lock().unwrap();
    let asked = headers.get(IF_NONE_MATCH).map(|tag| tag.to_str().unwrap().to_owned());
    says.asked.push(asked.clone());
    if let Some(elsewhere) = &says.leads_to {
        return (StatusCode::FOUND, [(LOCATION, elsewhere.clone())]).into_response();
    }
    let sum = says.calendar.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let tag = format!("\"{sum}\"");
    if asked.as_ref() == Some(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(ETAG, tag)], says.calendar.clone()).into_response()
    }
}

/// A calendar of events.
pub fn calendar(events: &[String]) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Muster\r\n{}END:VCALENDAR\r\n", events.concat())
}

/// An event of a calendar, on a day of June 2022 from six to eight in the evening, with more lines.
pub fn entry(uid: &str, title: &str, day: u32, more: &str) -> String {
    entry_at(uid, title, &format!("202206{day:02}"), more)
}

/// An event of a calendar on any day.
pub fn entry_at(uid: &str, title: &str, day: &str, more: &str) -> String {
    let more: String = more.lines().map(|line| format!("{line}\r\n")).collect();
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}@verein.example\r\nDTSTAMP:20220501T080000Z\r\nSUMMARY:{title}\r\nDTSTART;TZID=Europe/Berlin:{day}T180000\r\nDTEND;TZID=Europe/Berlin:{day}T200000\r\n{more}END:VEVENT\r\n"
    )
}

/// A network, an association in it, and the calendar that it keeps elsewhere.
pub struct Stage {
    /// The world.
    pub world: World,
    /// The association.
    pub host: OrganisationId,
    /// Its server.
    pub server: Elsewhere,
}

impl Stage {
    /// One whose calendar has these events. It is not said yet where that is.
    pub async fn with(events: &[String]) -> Self {
        let server = Elsewhere::saying(calendar(events)).await;
        let world = World::with(Contents::Tables, Config { fetch_from_private: vec![server.at], ..Config::default() }).await;
        world.network().await;
        let host = world.organisation("host").make().await.id;
        Self { world, host, server }
    }

    /// The same, once it was said where it is, and it was taken over.
    pub async fn following(events: &[String]) -> Self {
        let stage = Self::with(events).await;
        stage.sets(stage.host, &stage.server.url()).await.unwrap();
        stage.runs().await;
        stage
    }

    /// The office says where a calendar is.
    pub async fn sets(&self, host: OrganisationId, address: &str) -> Result<Value, String> {
        let variables = json!({ "id": host.to_global().0, "input": { "address": address } });
        set(&self.world.office_editor(), variables).await
    }

    /// Does what is to be done.
    pub async fn runs(&self) {
        assert_eq!(self.world.run_jobs().await.failed, []);
    }

    /// Looks again at a moment, where that is due.
    pub async fn looks_at(&self, moment: &str) {
        work::tend(self.world.at(moment).app.clone(), jobs::Tend {}).await.unwrap();
        self.runs().await;
    }

    /// Has the calendar say something else, and looks again at a moment.
    pub async fn says_at(&self, moment: &str, events: &[String]) {
        self.server.says(calendar(events));
        self.looks_at(moment).await;
    }

    /// Every event that is here, as the office sees it: by UID, and what came from another calendar behind.
    pub async fn events(&self) -> Vec<Value> {
        let mut notes = self.notes().await;
        notes.sort_by_key(|note| !note.source.ends_with(&self.host.0.to_string()));
        let mut rows = Vec::new();
        for note in notes {
            rows.extend(event::Entity::find_by_id(EventId(note.target_id)).one(self.world.db()).await.unwrap());
        }
        let mut events = Vec::new();
        for row in rows {
            let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Event {{ {EVENT} description sources }} }} }}");
            let answer = self.world.office_editor().asks_with(&query, json!({ "id": row.id.to_global().0 })).await;
            let mut event = answer.at("node").clone();
            event["sequence"] = json!(row.sequence);
            events.push(event);
        }
        events
    }

    /// The title and the status of each.
    pub async fn titles(&self) -> Vec<String> {
        let of = |event: Value| format!("{} {}", event["title"].as_str().unwrap(), event["status"].as_str().unwrap());
        self.events().await.into_iter().map(of).collect()
    }

    /// The office publishes what is in review.
    pub async fn publishes_all(&self) {
        for event in self.events().await {
            if event["status"] == "IN_REVIEW" {
                self.world.office_editor().changes_event("eventPublish", json!({ "id": event["id"] })).await.unwrap();
            }
        }
        self.runs().await;
    }

    /// What is told of the calendar to somebody, in German.
    pub async fn told(&self) -> Value {
        self.told_to(&self.world.office_editor().reading("de")).await
    }

    /// What is told of the calendar to somebody.
    pub async fn told_to(&self, actor: &miso_tests::Actor<'_>) -> Value {
        let query = "query($id: ID!) { node(id: $id) { ... on Organisation { calendarSource {
            address locale triedAt takenOverAt dueAt failures problem
            report { added changed unchanged kept leftOut missing withdrawn refused refusals { line reason } }
        } } } }";
        actor.asks_with(query, json!({ "id": self.host.to_global().0 })).await.at("node.calendarSource").clone()
    }

    /// The counts of the report that are not nought, e.g. `added 2, refused 1`.
    pub async fn report(&self) -> String {
        let told = self.told().await;
        let counts = ["added", "changed", "unchanged", "kept", "leftOut", "missing", "withdrawn", "refused"];
        let counts = counts
            .iter()
            .filter_map(|name| told["report"][*name].as_i64().filter(|count| *count > 0).map(|count| format!("{name} {count}")));
        counts.collect::<Vec<_>>().join(", ")
    }

    /// What is noted of what came in.
    pub async fn notes(&self) -> Vec<imported::Model> {
        imported::Entity::find().order_by_asc(imported::Column::SourceId).all(self.world.db()).await.unwrap()
    }
}

/// Somebody says where a calendar is.
pub async fn set(actor: &miso_tests::Actor<'_>, variables: Value) -> Result<Value, String> {
    let query = "mutation($id: ID!, $input: OrganisationCalendarSourceInput!) {
        organisationSetCalendarSource(id: $id, input: $input) { organisation { id } errors { path code message } }
    }";
    actor.outcome_of("organisationSetCalendarSource", "organisation", query, variables).await
}
