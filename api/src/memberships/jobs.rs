//! What happens later: who applied is told how it stands, and what they wrote is forgotten.

use entity::id::MembershipId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Tells who applied how it stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Tell {
    /// Whose membership.
    pub membership: MembershipId,
    /// What happened.
    pub news: News,
}

/// What happened to an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// It was received.
    Received,
    /// The organisation is a member.
    Admitted,
    /// It was declined.
    Declined,
}

impl Job for Tell {
    const KIND: &'static str = "memberships.tell";
}

/// Declines, every day, what nobody decided for a year, and forgets what was written once it is decided.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "memberships.forget";
}
