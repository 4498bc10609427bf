//! What mutations of registrations are given.

use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};
use entity::id::{EventId, OccurrenceId, RegistrationId};

use super::words::{RegistrationAudience, RegistrationStatus};
use crate::app::Cx;
use crate::gql::id::Global;
use crate::gql::input;
use crate::gql::scalars::{EmailAddress, Locale, Markdown};
use crate::kernel::fault::BadInput;
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Patch, PersonName, Refused, Why, text};
use crate::registrations::ops::{At, By, Create, Key, Message, Update};
use crate::registrations::rules::answers::Given;
use crate::registrations::store::list::Filter;
use crate::registrations::store::target::Target;

/// Characters of a note at the most.
const NOTE: usize = 2000;
/// Characters of a message at the most.
const BODY: usize = 20_000;
/// Answers that are read at the most.
const ANSWERS: usize = 100;

/// A date, or an event that is registered for as a whole.
#[derive(Clone, Debug, OneofObject)]
pub enum RegistrationFor {
    /// A date.
    OccurrenceId(ID),
    /// An event that is registered for as a whole; or one with a single date.
    EventId(ID),
}

/// Which registration.
#[derive(Clone, Debug, OneofObject)]
pub enum RegistrationBy {
    /// By its id (its organisers, and the signed-in person whose address it is of).
    Id(ID),
    /// By the secret in its mails.
    Token(String),
    /// By its check-in code (its organisers).
    CheckInCode(String),
}

/// What organisers write, and to whom.
#[derive(Clone, Debug, InputObject)]
pub struct RegistrationMessageInput {
    /// To whom.
    #[graphql(default_with = "RegistrationAudience::Confirmed")]
    audience: RegistrationAudience,
    /// To those of this date alone.
    occurrence_id: Option<ID>,
    /// What it is about, up to 200 characters.
    subject: String,
    /// What it says, up to 20,000 characters; without images.
    body_markdown: Markdown,
}

/// What the registrations for an event can be narrowed to; all that is given must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct RegistrationWhere {
    /// So far.
    status: Option<RegistrationStatus>,
    /// For this date.
    occurrence_id: Option<ID>,
    /// Let in, or not.
    checked_in: Option<bool>,
    /// Words in names, addresses and notes.
    search: Option<String>,
}

/// An answer to a question of the event.
#[derive(Clone, Debug, InputObject)]
pub struct AnswerInput {
    /// Key of the question.
    key: String,
    /// The answer, or several where several can be chosen; `yes` or `no` to a YES_NO question.
    values: Vec<String>,
}

/// Who wants to come, and to what.
#[derive(Clone, Debug, InputObject)]
pub struct RegistrationCreateInput {
    /// To what.
    #[graphql(name = "for")]
    target: RegistrationFor,
    /// As the person wants to be called, up to 200 characters; a pseudonym will do.
    name: String,
    /// Where they are written to.
    email: EmailAddress,
    /// Seats, from 1 to what the event allows.
    #[graphql(default = 1)]
    seats: i32,
    /// Answers to the event's questions.
    #[graphql(default)]
    answers: Vec<AnswerInput>,
    /// What they say beside, up to 2,000 characters.
    note: Option<String>,
    /// In which they are written to; that of the request where left out.
    locale: Option<Locale>,
    /// Chosen by the client, e.g. a UUID: the same key with the same input gives the first answer again, with other input INVALID. It is
    /// known for a day.
    idempotency_key: Option<String>,
}

/// What shall be different about a registration; what is left out stays.
#[derive(Clone, Debug, InputObject)]
pub struct RegistrationUpdateInput {
    /// As the person wants to be called, up to 200 characters.
    name: MaybeUndefined<String>,
    /// Seats, from 1 to what the event allows.
    seats: MaybeUndefined<i32>,
    /// Answers to the event's questions, all of them.
    answers: MaybeUndefined<Vec<AnswerInput>>,
    /// What they say beside, up to 2,000 characters.
    note: MaybeUndefined<String>,
}

impl RegistrationWhere {
    /// The filter.
    ///
    /// # Errors
    /// [`BadInput::Id`] for what is no id of a date.
    pub fn parse(self) -> Result<Filter, BadInput> {
        Ok(Filter {
            status: self.status.map(Into::into),
            occurrence_id: self.occurrence_id.as_ref().map(OccurrenceId::from_global).transpose()?,
            is_checked_in: self.checked_in,
            search: self.search,
        })
    }
}

impl RegistrationMessageInput {
    /// What is written, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Message {
        let mut findings = Findings::of_input();
        let date = self.occurrence_id.as_ref().map(input::id).transpose();
        Message {
            audience: self.audience.into(),
            occurrence_id: findings.take("occurrenceId", date).flatten(),
            subject: findings.take("subject", text::required_line(&self.subject, text::TITLE)),
            body_markdown: findings.take("bodyMarkdown", text::required_lines(&self.body_markdown.0, BODY)),
            findings,
        }
    }
}

impl RegistrationFor {
    /// Where people are let in.
    ///
    /// # Errors
    /// Where an id is none of a date, or none of an event.
    pub fn read_at(self) -> Result<At, Why> {
        match self {
            Self::OccurrenceId(id) => input::id(&id).map(At::Date),
            Self::EventId(id) => input::id(&id).map(At::Event),
        }
    }
}

impl RegistrationBy {
    /// How the registration is named.
    ///
    /// # Errors
    /// Where an id is no id of a registration.
    pub fn read(self) -> Result<By, Refused> {
        Ok(match self {
            Self::Id(id) => By::Id(RegistrationId::from_global(&id).map_err(|_| Refused::NotFound)?),
            Self::Token(token) => By::Token(token),
            Self::CheckInCode(code) => By::CheckInCode(code),
        })
    }
}

impl RegistrationUpdateInput {
    /// What shall be different, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Update {
        let mut findings = Findings::of_input();
        let name = input::patch(self.name).read(|name| PersonName::parse(&name));
        let seats = input::patch(self.seats).read(seats);
        let note = input::patch(self.note).read_text(|note| text::lines(&note, NOTE));
        Update {
            name: findings.take("name", name).unwrap_or_default(),
            seats: findings.take("seats", seats).unwrap_or_default(),
            answers: match input::patch(self.answers) {
                Patch::Keep => Patch::Keep,
                Patch::Clear => Patch::Clear,
                Patch::Set(answers) => Patch::Set(given(answers, &mut findings)),
            },
            note: findings.take("note", note).unwrap_or_default(),
            findings,
        }
    }
}

fn seats(seats: i32) -> Result<u32, Why> {
    u32::try_from(seats).ok().filter(|seats| *seats > 0).ok_or(Why::Invalid(Expected::Positive))
}

fn given(answers: Vec<AnswerInput>, findings: &mut Findings) -> Vec<Given> {
    if answers.len() > ANSWERS {
        findings.refuse(&["answers"], Why::TooLarge(ANSWERS as u64));
    }
    answers.into_iter().take(ANSWERS).map(|answer| Given { key: answer.key, values: answer.values }).collect()
}

impl RegistrationCreateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self, cx: &Cx) -> Create {
        let mut findings = Findings::of_input();
        let fingerprint = self.fingerprint(cx);
        let target = match &self.target {
            RegistrationFor::OccurrenceId(id) => {
                findings.take_at(&["for", "occurrenceId"], OccurrenceId::from_global(id).map(Target::Date).map_err(|_| Why::NotFound))
            }
            RegistrationFor::EventId(id) => {
                findings.take_at(&["for", "eventId"], EventId::from_global(id).map(Target::Event).map_err(|_| Why::NotFound))
            }
        };
        let locale = self.locale.and_then(|locale| locale.0.parse().ok()).unwrap_or_else(|| cx.wanted.first());
        let key = self.idempotency_key.and_then(|key| findings.take("idempotencyKey", is_key(key)));
        Create {
            target,
            name: findings.take("name", PersonName::parse(&self.name)),
            email: findings.take("email", input::email(&self.email.0)),
            seats: findings.take("seats", seats(self.seats)),
            answers: given(self.answers, &mut findings),
            note: self.note.and_then(|note| findings.take("note", text::lines(&note, NOTE)).flatten()),
            locale,
            key: key.map(|text| Key { text, fingerprint }),
            findings,
        }
    }

    /// What tells this input from any other, and does not tell it.
    fn fingerprint(&self, cx: &Cx) -> String {
        let target = match &self.target {
            RegistrationFor::OccurrenceId(id) | RegistrationFor::EventId(id) => id.as_str(),
        };
        let answers: Vec<_> = self.answers.iter().map(|answer| (&answer.key, &answer.values)).collect();
        let locale = self.locale.as_ref().map(|locale| &locale.0);
        let all = serde_json::json!([target, self.name, self.email.0, self.seats, answers, self.note, locale]);
        cx.app.links.keyed_hash("registration input", &all.to_string())
    }
}

fn is_key(key: String) -> Result<String, Why> {
    let fits = (1..=200).contains(&key.chars().count()) && !key.chars().any(char::is_control);
    if fits { Ok(key) } else { Err(Why::Invalid(Expected::Key)) }
}
