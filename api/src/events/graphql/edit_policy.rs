//! How one registers for an event, as mutations are given it.

use async_graphql::{InputObject, MaybeUndefined};
use entity::lists::Question;

use super::words::{QuestionKind, RegistrationMode, RegistrationScope};
use crate::events::ops::edit::PolicyEdit;
use crate::gql::input::{self, list};
use crate::gql::scalars::{DateTime, WebUrl};
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Patch, Why, text};

/// Questions at the most.
const QUESTIONS: usize = 30;
/// Choices of a question at the most.
const CHOICES: usize = 50;

/// A question to who registers. `sensitive` answers are kept apart, shown to the answerable host alone, and deleted soon after the event.
#[derive(Clone, Debug, InputObject)]
pub struct QuestionInput {
    /// Its stable name among the event's questions: up to 50 letters, digits, `-` and `_`.
    key: String,
    /// The question, up to 200 characters.
    label: String,
    /// Said beneath it, up to 1,000 characters.
    help: Option<String>,
    /// How it is answered.
    #[graphql(default_with = "QuestionKind::Text")]
    kind: QuestionKind,
    /// Whether it must be answered.
    #[graphql(default)]
    required: bool,
    /// Whether its answers are kept apart.
    #[graphql(default)]
    sensitive: bool,
    /// What one can choose from, up to 50; for CHOICE and CHOICES.
    #[graphql(default)]
    choices: Vec<String>,
}

/// How one registers.
#[derive(Clone, Debug, InputObject)]
pub struct RegistrationPolicyInput {
    /// Whether, and how.
    mode: RegistrationMode,
    /// For a date, or for the whole.
    #[graphql(default_with = "RegistrationScope::EachDate")]
    scope: RegistrationScope,
    /// Whether one can also just come.
    #[graphql(default)]
    walk_ins_welcome: bool,
    /// From when; at once where left out.
    opens_at: Option<DateTime>,
    /// Until when.
    closes_at: Option<DateTime>,
    /// Before each date's start, 0 or more; what comes first, this or `closesAt`, holds.
    closes_minutes_before: Option<i32>,
    /// Seats of each date, or of the event as a whole; unlimited where left out.
    capacity: Option<i32>,
    /// Whether one can wait for a seat.
    #[graphql(default = true)]
    waitlist: bool,
    /// Whether a request that waits for approval keeps its seats.
    #[graphql(default = true)]
    pending_holds_seats: bool,
    /// Seats per registration, 1 or more.
    #[graphql(default = 1)]
    max_seats: i32,
    /// Where one registers elsewhere; needed for EXTERNAL.
    external_url: Option<WebUrl>,
    /// What is asked of who registers, up to 30.
    #[graphql(default)]
    questions: Vec<QuestionInput>,
}

/// A change of how one registers. What is left out stays, null clears.
#[derive(Clone, Debug, Default, InputObject)]
pub struct RegistrationPolicyPatch {
    /// Whether, and how.
    mode: MaybeUndefined<RegistrationMode>,
    /// For a date, or for the whole; WRONG_STATE once somebody registered.
    scope: MaybeUndefined<RegistrationScope>,
    /// Whether one can also just come.
    walk_ins_welcome: MaybeUndefined<bool>,
    /// From when; null for at once.
    opens_at: MaybeUndefined<DateTime>,
    /// Until when.
    closes_at: MaybeUndefined<DateTime>,
    /// Before each date's start, 0 or more; what comes first, this or `closesAt`, holds.
    closes_minutes_before: MaybeUndefined<i32>,
    /// Seats of each date, or of the event as a whole; null for unlimited. Who waits moves up where there are more.
    capacity: MaybeUndefined<i32>,
    /// Whether one can wait for a seat.
    waitlist: MaybeUndefined<bool>,
    /// Whether a request that waits for approval keeps its seats; WRONG_STATE once somebody registered.
    pending_holds_seats: MaybeUndefined<bool>,
    /// Seats per registration, 1 or more.
    max_seats: MaybeUndefined<i32>,
    /// Where one registers elsewhere; needed for EXTERNAL.
    external_url: MaybeUndefined<WebUrl>,
    /// What is asked of who registers, up to 30.
    questions: MaybeUndefined<Vec<QuestionInput>>,
}

impl RegistrationPolicyInput {
    pub(super) fn into_patch(self) -> RegistrationPolicyPatch {
        fn given<T>(value: Option<T>) -> MaybeUndefined<T> {
            value.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value)
        }
        RegistrationPolicyPatch {
            mode: given(Some(self.mode)),
            scope: given(Some(self.scope)),
            walk_ins_welcome: given(Some(self.walk_ins_welcome)),
            opens_at: given(self.opens_at),
            closes_at: given(self.closes_at),
            closes_minutes_before: given(self.closes_minutes_before),
            capacity: given(self.capacity),
            waitlist: given(Some(self.waitlist)),
            pending_holds_seats: given(Some(self.pending_holds_seats)),
            max_seats: given(Some(self.max_seats)),
            external_url: given(self.external_url),
            questions: given(Some(self.questions)),
        }
    }
}

impl RegistrationPolicyPatch {
    pub(super) fn read(self, findings: &mut Findings) -> Option<PolicyEdit> {
        let external_url = input::patch(self.external_url).read(|url| input::web_address(&url.0));
        let questions = match input::patch(self.questions) {
            Patch::Set(questions) => read_questions(findings, questions).map_or(Patch::Keep, Patch::Set),
            Patch::Clear => Patch::Clear,
            Patch::Keep => Patch::Keep,
        };
        Some(PolicyEdit {
            mode: word(self.mode),
            scope: word(self.scope),
            walk_ins_welcome: input::patch(self.walk_ins_welcome),
            opens_at: moment(self.opens_at),
            closes_at: moment(self.closes_at),
            closes_minutes_before: input::patch(self.closes_minutes_before),
            capacity: input::patch(self.capacity),
            waitlist: input::patch(self.waitlist),
            pending_holds_seats: input::patch(self.pending_holds_seats),
            max_seats: input::patch(self.max_seats),
            external_url: findings.take("externalUrl", external_url).unwrap_or_default(),
            questions,
        })
    }
}

fn word<T: Into<U>, U>(given: MaybeUndefined<T>) -> Patch<U> {
    match input::patch(given) {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(value) => Patch::Set(value.into()),
    }
}

fn moment(given: MaybeUndefined<DateTime>) -> Patch<chrono::DateTime<chrono::Utc>> {
    match input::patch(given) {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(at) => Patch::Set(at.to_utc()),
    }
}

fn read_questions(findings: &mut Findings, given: Vec<QuestionInput>) -> Option<Vec<Question>> {
    let mut keys: Vec<String> = Vec::new();
    list(findings, "questions", given, QUESTIONS, |findings, question| {
        let key = findings.take("key", key(question.key, &keys));
        keys.extend(key.clone());
        let label = findings.take("label", text::required_line(&question.label, text::TITLE));
        let help = question.help.map_or(Ok(None), |help| text::lines(&help, text::SUMMARY));
        let help = findings.take("help", help);
        let is_chosen = matches!(question.kind, QuestionKind::Choice | QuestionKind::Choices);
        let choices = list(findings, "choices", question.choices, CHOICES, |findings, choice: String| {
            findings.take_at(&[], text::required_line(&choice, text::TITLE))
        })?;
        if is_chosen && choices.is_empty() {
            findings.refuse(&["choices"], Why::Required);
            return None;
        }
        Some(Question {
            key: key?,
            label: label?,
            help: help?,
            kind: question.kind.into(),
            required: question.required,
            sensitive: question.sensitive,
            choices: if is_chosen { choices } else { Vec::new() },
        })
    })
}

fn key(key: String, known: &[String]) -> Result<String, Why> {
    let sound = (1..=50).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    match (key.is_empty(), sound, known.contains(&key)) {
        (true, ..) => Err(Why::Required),
        (_, false, _) => Err(Why::Invalid(Expected::Key)),
        (.., true) => Err(Why::Invalid(Expected::Once)),
        _ => Ok(key),
    }
}
