//! Calendars that organisations keep elsewhere.

use chrono::TimeDelta;
use entity::calendar_source::Model;
use entity::id::OrganisationId;
use entity::lists::{CalendarRefusal, CalendarReport};
use entity::words::CalendarProblem;

use crate::World;

impl World {
    /// A calendar that an organisation keeps elsewhere, with all that can be told of it; not due for a month.
    pub async fn calendar_source(&self, organisation_id: OrganisationId) -> Model {
        let now = self.app.clock.now();
        let refusal = CalendarRefusal { line: 3, problem: "MISSING".to_owned(), detail: Some("SUMMARY".to_owned()) };
        let row = Model {
            organisation_id,
            revision: 1,
            address: "https://verein.example/kalender.ics".to_owned(),
            locale: "de".to_owned(),
            etag: None,
            last_modified: None,
            due_at: now + TimeDelta::days(30),
            tried_at: Some(now),
            fetched_at: Some(now),
            failures: 1,
            problem: Some(CalendarProblem::NoAnswer),
            problem_detail: None,
            report: Some(CalendarReport { refused: 1, refusals: vec![refusal], ..CalendarReport::default() }),
            created_at: now,
            updated_at: now,
        };
        self.enter(row).await
    }
}
