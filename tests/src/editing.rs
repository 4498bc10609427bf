//! How posts are written and events announced, by editors and the office.

use miso::gql::id::Global;
use serde_json::{Value, json};

use crate::people::Actor;
use crate::registering::refusals;

/// What is told of an event that was changed.
pub const EVENT: &str = "id revision slug status title scheduledFor reviewNote visibility startsAt cancellationReason
    schedule { startsAt endsAt doorsAt recurrence exceptDates furtherDates timeZone timeNote allDay }
    place { mode room venue { id } onlineUrl } hosts { role organisation { id } } tags { name }
    occurrences(first: 100) { nodes { id startsAt endsAt originalStartsAt cancelled revision } }";

/// What is told of an organisation that was changed.
pub const ORGANISATION: &str = "id revision slug name shortName aliases kind legalForm website email phone addressIsPublic foundedOn
    locale locales descriptionMarkdown description publishesWithoutReview sources languages focus { name }
    address { street extra postalCode city district countryCode } location { latitude longitude } membership { status joinedOn }";

/// An event of a host on Tuesday, 7 June 2022, from six to eight in the evening in Berlin: an input of `eventCreate`.
#[must_use]
pub fn evening(host: impl Global, title: &str) -> Value {
    json!({
        "hosts": [{ "organisationId": host.to_global().0 }],
        "texts": [{ "locale": "de", "title": title, "descriptionMarkdown": "Ein Abend." }],
        "schedule": { "startsAt": "2022-06-07T18:00:00+02:00", "endsAt": "2022-06-07T20:00:00+02:00" },
    })
}

/// A course of a host on four Tuesdays from 7 June 2022 on.
#[must_use]
pub fn course(host: impl Global, title: &str) -> Value {
    let mut input = evening(host, title);
    input["schedule"]["recurrence"] = json!("FREQ=WEEKLY;BYDAY=TU;COUNT=4");
    input
}

/// What is told of a post that was changed.
pub const POST: &str = "id revision slug url kind status title teaser body bodyMarkdown plainSummary readingMinutes locale locales byline
    publishedAt scheduledFor reviewNote sources contributors { name role function } organisation { id } programme { id }
    mentions { id } events { id } tags { name }";

/// What is told of a newsletter that was changed.
pub const NEWSLETTER: &str = "id revision slug name description visibility replyTo organisation { id }";

/// What is told of an issue that was changed.
pub const ISSUE: &str = "id revision slug subject bodyMarkdown body locale locales status visibility scheduledFor startedAt
    delivery { recipients queued sent failed problem } preview { subject text problems }";

/// An issue in German: an input of `newsletterIssueCreate`.
#[must_use]
pub fn issue_saying(subject: &str, body: &str) -> Value {
    json!({ "texts": [{ "locale": "de", "subject": subject, "bodyMarkdown": body }] })
}

/// News of an organisation: an input of `postCreate`.
#[must_use]
pub fn news(organisation: impl Global, title: &str) -> Value {
    json!({ "organisationId": organisation.to_global().0, "texts": [{ "locale": "de", "title": title, "bodyMarkdown": "Was geschah." }] })
}

impl Actor<'_> {
    /// Calls a mutation of posts, as [`Actor::changes_event`] does one of events.
    pub async fn changes_post(&self, mutation: &str, variables: Value) -> Result<Value, String> {
        let (signature, call) = signature(mutation, &variables);
        let query = format!("mutation{signature} {{ {mutation}{call} {{ post {{ {POST} }} errors {{ path code message }} }} }}");
        self.outcome_of(mutation, "post", &query, variables).await
    }

    /// Calls a mutation of newsletters, as [`Actor::changes_event`] does one of events.
    pub async fn changes_newsletter(&self, mutation: &str, variables: Value) -> Result<Value, String> {
        let (signature, call) = signature(mutation, &variables);
        let query =
            format!("mutation{signature} {{ {mutation}{call} {{ newsletter {{ {NEWSLETTER} }} errors {{ path code message }} }} }}");
        self.outcome_of(mutation, "newsletter", &query, variables).await
    }

    /// Calls a mutation of issues, as [`Actor::changes_event`] does one of events.
    pub async fn changes_issue(&self, mutation: &str, variables: Value) -> Result<Value, String> {
        let (signature, call) = signature(mutation, &variables);
        let query = format!("mutation{signature} {{ {mutation}{call} {{ issue {{ {ISSUE} }} errors {{ path code message }} }} }}");
        self.outcome_of(mutation, "issue", &query, variables).await
    }

    /// Begins a post, as a draft.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn writes(&self, input: Value) -> Value {
        self.changes_post("postCreate", json!({ "input": input })).await.unwrap()
    }

    /// Deletes a post, and gives the id of what is gone.
    pub async fn deletes_post(&self, id: &Value) -> Result<Value, String> {
        let query = "mutation($id: ID!) { postDelete(id: $id) { deletedId errors { path code message } } }";
        self.outcome_of("postDelete", "deletedId", query, json!({ "id": id })).await
    }

    /// Calls a mutation of events and gives the event, or the refusals as text, e.g. `REQUIRED at input.hosts`; or the code of an error.
    pub async fn changes_event(&self, mutation: &str, variables: Value) -> Result<Value, String> {
        let (signature, call) = signature(mutation, &variables);
        let query = format!("mutation{signature} {{ {mutation}{call} {{ event {{ {EVENT} }} errors {{ path code message }} }} }}");
        self.outcome_of(mutation, "event", &query, variables).await
    }

    /// Announces an event, as a draft.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn drafts(&self, input: Value) -> Value {
        self.changes_event("eventCreate", json!({ "input": input })).await.unwrap()
    }

    /// Changes one date, and gives it as [`Actor::changes_event`] does an event.
    pub async fn changes_date(&self, id: &Value, input: Value) -> Result<Value, String> {
        let fields =
            "id revision startsAt endsAt doorsAt originalStartsAt cancelled cancellationReason place { mode room } seats { capacity }";
        let query = format!(
            "mutation($id: ID!, $input: OccurrenceUpdateInput!) {{
                occurrenceUpdate(id: $id, input: $input) {{ occurrence {{ {fields} }} errors {{ path code message }} }}
            }}"
        );
        self.outcome_of("occurrenceUpdate", "occurrence", &query, json!({ "id": id, "input": input })).await
    }

    /// Calls a mutation of organisations or invitations, as [`Actor::changes_event`] does one of events.
    pub async fn changes_organisation(&self, mutation: &str, variables: Value) -> Result<Value, String> {
        let (signature, call) = signature(mutation, &variables);
        let query =
            format!("mutation{signature} {{ {mutation}{call} {{ organisation {{ {ORGANISATION} }} errors {{ path code message }} }} }}");
        self.outcome_of(mutation, "organisation", &query, variables).await
    }

    /// Deletes an event, and gives the id of what is gone.
    pub async fn deletes_event(&self, id: &Value) -> Result<Value, String> {
        let query = "mutation($id: ID!) { eventDelete(id: $id) { deletedId errors { path code message } } }";
        self.outcome_of("eventDelete", "deletedId", query, json!({ "id": id })).await
    }

    /// What a mutation gave, its refusals as text, or the codes of its errors.
    pub async fn outcome_of(&self, mutation: &str, object: &str, query: &str, variables: Value) -> Result<Value, String> {
        let answer = self.asks_with(query, variables).await;
        if !answer.errors().is_empty() {
            let told: Vec<String> = answer
                .errors()
                .iter()
                .map(|error| format!("{} ({})", error["extensions"]["code"].as_str().unwrap_or("none"), error["message"]))
                .collect();
            return Err(answer.codes().first().filter(|code| **code != "none").map_or(told.join(", "), |code| (*code).to_owned()));
        }
        let payload = answer.at(mutation);
        match payload["errors"].as_array().map(Vec::as_slice) {
            Some([]) => Ok(payload[object].clone()),
            Some(errors) => Err(refusals(errors)),
            None => Err(format!("no payload: {payload}")),
        }
    }
}

/// The variables of a mutation and their types.
pub(crate) fn signature(mutation: &str, variables: &Value) -> (String, String) {
    let kind = |name: &str| match name {
        "id" | "personId" | "newsletterId" => "ID!".to_owned(),
        "by" => "RegistrationBy!".to_owned(),
        "role" => "OrganisationRole!".to_owned(),
        "token" => "String!".to_owned(),
        "input" if mutation.starts_with("newsletterIssue") => "NewsletterIssueInput!".to_owned(),
        "to" => "[EmailAddress!]!".to_owned(),
        "input" if mutation == "eventRecordOutcome" => "EventOutcomeInput!".to_owned(),
        "input" => format!("{}{}Input!", mutation[..1].to_uppercase(), &mutation[1..]),
        "startsAt" => "DateTime!".to_owned(),
        "at" | "since" | "until" => "DateTime".to_owned(),
        "note" => "String!".to_owned(),
        "expectedRevision" => "Int".to_owned(),
        _ => "String".to_owned(),
    };
    let names: Vec<&String> = variables.as_object().map(|variables| variables.keys().collect()).unwrap_or_default();
    let declared: Vec<String> = names.iter().map(|name| format!("${name}: {}", kind(name))).collect();
    let passed: Vec<String> = names.iter().map(|name| format!("{name}: ${name}")).collect();
    (format!("({})", declared.join(", ")), format!("({})", passed.join(", ")))
}
