//! A registration in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::registration;

use super::loaders::{Answers, OwnRegistrations, PlaceInLine, RegisteredDate, RegisteredEvent};
use super::words::RegistrationStatus;
use crate::access::Action;
use crate::events::graphql::loaders::Hosts;
use crate::events::graphql::policy::Question;
use crate::events::graphql::{Event, Occurrence};
use crate::gql::ContextExt;
use crate::gql::id::Global;
use crate::gql::scalars::{DateTime, EmailAddress, Locale};
use crate::registrations::ops::{Hand, Named};
use crate::registrations::store::parts;
use crate::secret::Purpose;

/// A person's place at an event. To be seen by who has the secret in its mails, and by who answers for the event.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Registration {
    /// Global id.
    pub id: ID,
    /// As the person wants to be called.
    name: String,
    /// Where they are written to.
    email: EmailAddress,
    /// Seats, at least 1.
    seats: i32,
    /// How far it is.
    status: RegistrationStatus,
    /// What they said beside.
    note: Option<String>,
    /// In which they are written to.
    locale: Locale,
    /// When it was made.
    created_at: DateTime,
    /// When it got its seats.
    confirmed_at: Option<DateTime>,
    /// When it was cancelled.
    cancelled_at: Option<DateTime>,
    /// When the person was let in.
    checked_in_at: Option<DateTime>,
    /// Why an organiser declined it, where that was said.
    decline_reason: Option<String>,
    /// When the person's calendar last answered the invitation with a yes.
    accepted_at: Option<DateTime>,
    /// The row.
    #[graphql(skip)]
    pub row: Arc<registration::Model>,
    /// Whether it is shown to the person whose it is.
    #[graphql(skip)]
    is_own: bool,
}

/// A question, and what was answered to it.
#[derive(Clone, Debug, SimpleObject)]
pub struct Answer {
    /// As it was asked.
    question: Question,
    /// The answer, or several where several could be chosen.
    values: Vec<String>,
}

impl From<registration::Model> for Registration {
    fn from(row: registration::Model) -> Self {
        Self {
            id: row.id.to_global(),
            name: row.name.clone(),
            email: row.email.clone().into(),
            seats: row.seats,
            status: row.status.into(),
            note: row.note.clone(),
            locale: row.locale.clone().into(),
            created_at: DateTime::utc(row.created_at),
            confirmed_at: row.confirmed_at.map(DateTime::utc),
            cancelled_at: row.cancelled_at.map(DateTime::utc),
            checked_in_at: row.checked_in_at.map(DateTime::utc),
            decline_reason: row.decline_reason.clone(),
            accepted_at: row.accepted_at.map(DateTime::utc),
            row: Arc::new(row),
            is_own: false,
        }
    }
}

impl From<Named> for Registration {
    fn from(named: Named) -> Self {
        if named.hand == Hand::Own { Self::own(named.row) } else { Self::from(named.row) }
    }
}

impl Registration {
    /// As the person whose it is sees it.
    #[must_use]
    pub fn own(row: registration::Model) -> Self {
        Self { is_own: true, ..Self::from(row) }
    }

    /// Whether the viewer sees what is sensitive about it: whose it is, and the editors of the answerable host.
    async fn shows_sensitive(&self, ctx: &Context<'_>) -> Result<bool> {
        if self.is_own {
            return Ok(true);
        }
        let host = ctx.load(Hosts(self.row.event_id)).await?.and_then(|hosts| hosts.first().map(|host| host.organisation_id));
        if ctx.cx().may(&Action::SeeSensitiveAnswers(host)).is_allowed() {
            return Ok(true);
        }
        let own = ctx.load(OwnRegistrations(self.row.event_id)).await?.unwrap_or_default();
        Ok(own.iter().any(|row| row.id == self.row.id))
    }
}

#[ComplexObject]
impl Registration {
    /// What it is for.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        let found = ctx.load_sure(RegisteredEvent(self.row.event_id)).await?;
        let is_attended = self.row.status == entity::words::RegistrationStatus::Confirmed;
        let mut event = Event::from(found.as_ref().clone());
        event.is_attended = is_attended;
        Ok(event)
    }

    /// The date. Null where one registers for the event as a whole.
    async fn occurrence(&self, ctx: &Context<'_>) -> Result<Option<Occurrence>> {
        let Some(id) = self.row.occurrence_id else { return Ok(None) };
        let (event, date) = futures_util::try_join!(self.event(ctx), ctx.load_sure(RegisteredDate(id)))?;
        Ok(Some(Occurrence::of(event, date.as_ref().clone())))
    }

    /// What the person answered, in the order of the questions. What is sensitive is for them and for the answerable host alone.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<Answer>> {
        let answers = ctx.load(Answers(self.row.id)).await?.unwrap_or_default();
        let shows_all = !answers.iter().any(|answer| answer.question.sensitive) || self.shows_sensitive(ctx).await?;
        let answer = |answer: &parts::Answer| Answer { question: Question::from(&answer.question), values: answer.answers.0.clone() };
        Ok(answers.iter().filter(|answer| shows_all || !answer.question.sensitive).map(answer).collect())
    }

    /// 1 for the next in line; null unless waitlisted.
    async fn waitlist_position(&self, ctx: &Context<'_>) -> Result<Option<u32>> {
        if self.row.status != entity::words::RegistrationStatus::Waitlisted {
            return Ok(None);
        }
        Ok(ctx.load(PlaceInLine(self.row.id)).await?.as_deref().copied())
    }

    /// What the QR code of the confirmation says.
    async fn check_in_code(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.cx().app.links.token(Purpose::CheckIn, self.row.id, self.row.secret_version))
    }
}
