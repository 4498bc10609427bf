//! What happens later: mailing invitations, forgetting those that are over.

use entity::id::InvitationId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Mails an invitation.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct MailInvitation {
    /// Which.
    pub invitation: InvitationId,
}

impl Job for MailInvitation {
    const KIND: &'static str = "invitations.mail";
}

/// Forgets, every day, invitations that were accepted or are over for long.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "invitations.forget";
}
