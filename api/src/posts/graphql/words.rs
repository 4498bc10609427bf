//! The words of the schema about posts.

use async_graphql::{Enum, SimpleObject};
use entity::lists;

/// What sort of text a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::PostKind")]
pub enum PostKind {
    /// News.
    News,
    /// A report after the fact.
    Report,
    /// An interview.
    Interview,
    /// A statement or position paper.
    Statement,
    /// A broadcast.
    Broadcast,
}

/// How far a post is on its way to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::PostStatus")]
pub enum PostStatus {
    /// Being written.
    Draft,
    /// Handed to the office for review.
    InReview,
    /// To be published at a moment ahead.
    Scheduled,
    /// Published.
    Published,
}

/// What somebody did for a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::ContributorRole")]
pub enum ContributorRole {
    /// Wrote it.
    Author,
    /// Asked the questions.
    Interviewer,
    /// Answered them.
    Interviewee,
    /// Took the pictures.
    Photographer,
    /// Translated it.
    Translator,
    /// Hosted the broadcast.
    Host,
    /// Was a guest of it.
    Guest,
}

/// Somebody who made a post, as printed.
#[derive(Clone, Debug, SimpleObject)]
pub struct Contributor {
    /// Name.
    name: String,
    /// What they did.
    role: ContributorRole,
    /// As printed, e.g. `Vorstand MiSO`.
    function: Option<String>,
}

impl From<lists::Contributor> for Contributor {
    fn from(one: lists::Contributor) -> Self {
        Self { name: one.name, role: one.role.into(), function: one.function }
    }
}
