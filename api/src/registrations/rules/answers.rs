//! What counts as an answer to a question of an event.

use std::collections::HashSet;

use entity::lists::Question;
use entity::words::QuestionKind;

use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Why};

/// Characters of an answer on one line at the most.
const LINE: usize = 500;
/// Characters of a long answer at the most.
const TEXT: usize = 5000;

/// What was given for a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Key of the question.
    pub key: String,
    /// The answer, or several.
    pub values: Vec<String>,
}

/// A question with what was answered to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its place among the questions.
    pub position: i32,
    /// As it was asked.
    pub question: Question,
    /// At least one.
    pub values: Vec<String>,
}

/// The answers in the order of the questions; what is wrong with them is noted under `answers` with the place that it has
/// among those given, and what is missing under `answers` with the question's key.
#[must_use]
pub fn read(questions: &[Question], given: &[Given], findings: &mut Findings) -> Vec<Answered> {
    let mut keys = HashSet::new();
    for (at, answer) in given.iter().enumerate() {
        let is_asked = questions.iter().any(|question| question.key == answer.key);
        if !is_asked || !keys.insert(&answer.key) {
            findings.refuse(&["answers", &at.to_string(), "key"], Why::Invalid(Expected::Question));
        }
    }
    let mut answered = Vec::new();
    for (position, question) in (0..).zip(questions) {
        let found = given.iter().enumerate().find(|(_, answer)| answer.key == question.key);
        let values: Vec<String> = found
            .map(|(_, answer)| answer.values.iter().map(|value| clean(value)).filter(|value| !value.is_empty()).collect())
            .unwrap_or_default();
        if values.is_empty() {
            if question.required {
                let at = found.map_or_else(|| question.key.clone(), |(at, _)| at.to_string());
                findings.refuse(&["answers", &at], Why::Required);
            }
            continue;
        }
        match (check(question, &values), found) {
            (Err(why), Some((at, _))) => findings.refuse(&["answers", &at.to_string(), "values"], why),
            _ => answered.push(Answered { position, question: question.clone(), values }),
        }
    }
    answered
}

fn check(question: &Question, values: &[String]) -> Result<(), Why> {
    if question.kind != QuestionKind::Choices && values.len() > 1 {
        return Err(Why::Invalid(Expected::SingleValue));
    }
    let too_long = |most: usize| values.iter().any(|value| value.chars().count() > most);
    match question.kind {
        QuestionKind::Text if too_long(LINE) => Err(Why::TooLong(LINE)),
        QuestionKind::LongText if too_long(TEXT) => Err(Why::TooLong(TEXT)),
        QuestionKind::Number if values.iter().any(|value| !is_number(value)) => Err(Why::Invalid(Expected::Number)),
        QuestionKind::YesNo if values.iter().any(|value| !matches!(value.as_str(), "yes" | "no")) => Err(Why::Invalid(Expected::YesOrNo)),
        QuestionKind::Choice | QuestionKind::Choices if values.iter().any(|value| !question.choices.contains(value)) => {
            Err(Why::Invalid(Expected::Choice))
        }
        // As many as there are choices, then, at the most.
        QuestionKind::Choices if values.iter().enumerate().any(|(at, value)| values[..at].contains(value)) => {
            Err(Why::Invalid(Expected::Once))
        }
        _ => Ok(()),
    }
}

fn is_number(value: &str) -> bool {
    value.parse::<i64>().is_ok()
}

/// Without spaces around it, and without control characters but line breaks.
fn clean(value: &str) -> String {
    let value = value.replace("\r\n", "\n");
    value.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Refusal;

    fn question(key: &str, kind: QuestionKind, required: bool) -> Question {
        let choices = vec!["A".to_owned(), "B".to_owned()];
        Question { key: key.to_owned(), label: key.to_owned(), help: None, kind, required, sensitive: false, choices }
    }

    fn given(key: &str, values: &[&str]) -> Given {
        Given { key: key.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    fn refused(questions: &[Question], answers: &[Given]) -> Vec<Refusal> {
        let mut findings = Findings::of_input();
        _ = read(questions, answers, &mut findings);
        findings.into_refusals()
    }

    #[test]
    fn an_answer_must_be_of_the_kind_that_is_asked_for() {
        for (kind, good, bad) in [
            (QuestionKind::Number, vec!["3"], vec!["many"]),
            (QuestionKind::Number, vec!["0"], vec!["3.5"]),
            (QuestionKind::YesNo, vec!["yes"], vec!["ja"]),
            (QuestionKind::Choice, vec!["A"], vec!["C"]),
            (QuestionKind::Choices, vec!["A", "B"], vec!["A", "C"]),
            (QuestionKind::Choices, vec!["B"], vec!["A", "A"]),
            (QuestionKind::Text, vec![" hello "], vec!["a", "b"]),
        ] {
            let questions = [question("q", kind, true)];
            assert_eq!(refused(&questions, &[given("q", &good)]), []);
            assert_eq!(refused(&questions, &[given("q", &bad)])[0].path, ["input", "answers", "0", "values"]);
        }
    }

    #[test]
    fn what_is_required_must_be_given_and_what_is_not_asked_must_not() {
        let questions = [question("must", QuestionKind::Text, true), question("may", QuestionKind::Text, false)];
        assert_eq!(refused(&questions, &[]), [Refusal::at(&["input", "answers", "must"], Why::Required)]);
        assert_eq!(refused(&questions, &[given("must", &[" "])]), [Refusal::at(&["input", "answers", "0"], Why::Required)]);
        let unknown = Refusal::at(&["input", "answers", "1", "key"], Why::Invalid(Expected::Question));
        assert_eq!(refused(&questions, &[given("must", &["x"]), given("other", &["x"])]), std::slice::from_ref(&unknown));
        assert_eq!(refused(&questions, &[given("must", &["x"]), given("must", &["y"])]), [unknown]);
    }
}
