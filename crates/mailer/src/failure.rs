//! Why a mail was not taken, sorted by what is to be done about it.

use std::fmt;

use thiserror::Error;

use crate::Unsendable;

/// Why a mail was not taken. None of the messages names a person; [`Answer::text`] often does, and is not for logs.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// The server refuses for now (4xx): try again later.
    #[error("refused for now {answer}")]
    Later {
        /// What the server said.
        answer: Answer,
    },
    /// The server refuses the one who should get it: another recipient may be fine.
    #[error("the recipient is refused ({refusal}) {answer}")]
    Recipient {
        /// How lasting that is.
        refusal: Refusal,
        /// What the server said.
        answer: Answer,
    },
    /// The server refuses us, or what we send: the next mail will fare no better, so stop and tell somebody.
    #[error("we are refused {answer}")]
    Sender {
        /// What the server said.
        answer: Answer,
    },
    /// No server took our commands, and the mail was certainly not sent: try again later.
    #[error("no connection: {cause}")]
    Unreachable {
        /// What happened.
        cause: Cause,
    },
    /// The whole mail went out, and the answer never came: it may have been sent. Whoever tries again uses the same message id.
    #[error("nobody knows whether the mail was taken: {cause}")]
    Uncertain {
        /// What happened.
        cause: Cause,
    },
    /// The message cannot be made into a mail; trying again changes nothing.
    #[error("the message cannot be made into a mail: {0}")]
    Unsendable(#[from] Unsendable),
}

/// How lasting the refusal of a recipient is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such mailbox, or it is closed (5.1.x, 5.2.1): never write there again.
    Gone,
    /// The mailbox is full (5.2.2).
    Full,
    /// The server does not say what is wrong in a way that can be relied on.
    Unclear,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gone => "no such mailbox",
            Self::Full => "mailbox full",
            Self::Unclear => "for a reason that is not clear",
        })
    }
}

/// What the server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// To what.
    pub stage: Stage,
    /// Code of three digits.
    pub code: u16,
    /// Code of RFC 3463, where the server gives one.
    pub enhanced: Option<Enhanced>,
    /// Its words. They often hold the recipient's address.
    pub text: String,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: {}", self.stage, self.code)?;
        self.enhanced.map_or(Ok(()), |enhanced| write!(f, " {enhanced}"))
    }
}

/// At which step of handing over a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Greeting and EHLO.
    Greeting,
    /// The change to an encrypted connection.
    StartTls,
    /// User and password.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// DATA, before anything of the mail is sent.
    Data,
    /// The end of the mail.
    Content,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Greeting => "the greeting",
            Self::StartTls => "STARTTLS",
            Self::Auth => "AUTH",
            Self::Mail => "MAIL FROM",
            Self::Rcpt => "RCPT TO",
            Self::Data => "DATA",
            Self::Content => "the end of the mail",
        })
    }
}

/// A code of RFC 3463, such as 5.1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enhanced(pub u8, pub u16, pub u16);

impl Enhanced {
    /// Reads the code that an answer's words begin with, if it agrees with the code before them.
    fn read(code: u16, text: &str) -> Option<Self> {
        Self::parse(text.split_whitespace().next()?).filter(|read| u16::from(read.0) == code / 100)
    }

    /// Reads a code.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|number| number.parse::<u16>().ok().filter(|number| *number < 1000));
        let (Some(Some(class @ 2..=5)), Some(Some(subject)), Some(Some(detail)), None) =
            (numbers.next(), numbers.next(), numbers.next(), numbers.next())
        else {
            return None;
        };
        u8::try_from(class).ok().map(|class| Self(class, subject, detail))
    }

    /// Whose matter a lasting refusal with this code is; nothing where the code does not say.
    pub(crate) const fn blames(self) -> Option<Blame> {
        match self {
            // Policy, reputation, a missing signature; and an address of the sender that is not liked.
            Self(_, 7, _) | Self(_, 1, 7 | 8) => Some(Blame::Sender),
            Self(_, 1, _) | Self(_, 2, 1) => Some(Blame::Recipient(Refusal::Gone)),
            Self(_, 2, 2) => Some(Blame::Recipient(Refusal::Full)),
            _ => None,
        }
    }
}

/// Whose matter a lasting refusal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// Ours: the next mail will fare no better, whoever should get it.
    Sender,
    /// That of the one who should get it.
    Recipient(Refusal),
}

impl fmt::Display for Enhanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// What happened to a connection.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Cause {
    /// The name has no address, or nobody answers there.
    #[error("the server cannot be connected to: {0}")]
    Connect(String),
    /// Nothing came for too long.
    #[error("the server took too long at {0}")]
    TooSlow(Stage),
    /// The connection broke, or what came over it was no SMTP.
    #[error("the connection was lost at {0}")]
    Lost(Stage),
    /// The server offers no encryption, and we insist on it.
    #[error("the server offers no encryption")]
    NotEncrypted,
    /// The encryption failed: mostly a certificate that is not for this name, or not by a known authority.
    #[error("the connection cannot be encrypted: {0}")]
    Encryption(String),
    /// The server takes no password, or none of the ways that we know.
    #[error("the server takes no password by PLAIN or LOGIN")]
    NoPassword,
    /// The folder cannot be written.
    #[error("the folder cannot be written: {0}")]
    Folder(std::io::ErrorKind),
}

impl Failure {
    /// Sorts an answer that is no yes.
    pub(crate) fn answered(stage: Stage, code: u16, text: String) -> Self {
        let enhanced = Enhanced::read(code, &text);
        let answer = Answer { stage, code, enhanced, text };
        if code < 500 {
            return Self::Later { answer };
        }
        let blame = match (stage, enhanced) {
            (Stage::Greeting | Stage::StartTls | Stage::Auth | Stage::Mail, _) => Blame::Sender,
            // "Authentication required" and its like, from servers without codes of RFC 3463.
            (_, None) if (530..=538).contains(&answer.code) => Blame::Sender,
            (_, enhanced) => enhanced.and_then(Enhanced::blames).unwrap_or(Blame::Recipient(Refusal::Unclear)),
        };
        match blame {
            Blame::Sender => Self::Sender { answer },
            Blame::Recipient(refusal) => Self::Recipient { refusal, answer },
        }
    }

    /// What the server said, if one did.
    #[must_use]
    pub const fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Later { answer } | Self::Recipient { answer, .. } | Self::Sender { answer } => Some(answer),
            Self::Unreachable { .. } | Self::Uncertain { .. } | Self::Unsendable(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(stage: Stage, code: u16, text: &str) -> String {
        match Failure::answered(stage, code, text.into()) {
            Failure::Later { .. } => "later".into(),
            Failure::Recipient { refusal, .. } => format!("{refusal:?}"),
            Failure::Sender { .. } => "sender".into(),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn answers_are_sorted_by_what_is_to_be_done_about_them() {
        for (stage, code, text, expected) in [
            (Stage::Greeting, 421, "4.7.0 too many connections", "later"),
            (Stage::Greeting, 554, "go away", "sender"),
            (Stage::Auth, 454, "4.7.0 try later", "later"),
            (Stage::Auth, 535, "5.7.8 wrong", "sender"),
            (Stage::Mail, 550, "5.1.8 no such sender", "sender"),
            (Stage::Mail, 550, "no", "sender"),
            (Stage::Rcpt, 450, "4.2.0 greylisted", "later"),
            (Stage::Rcpt, 452, "4.2.2 full", "later"),
            (Stage::Rcpt, 550, "5.1.1 no such user", "Gone"),
            (Stage::Rcpt, 550, "5.1.10 no such user", "Gone"),
            (Stage::Rcpt, 550, "5.2.1 disabled", "Gone"),
            (Stage::Content, 550, "5.1.1 no such user", "Gone"),
            (Stage::Rcpt, 552, "5.2.2 full", "Full"),
            (Stage::Rcpt, 550, "no such user", "Unclear"),
            (Stage::Rcpt, 550, "5.4.1 access denied", "Unclear"),
            (Stage::Rcpt, 550, "4.1.1 contradicts itself", "Unclear"),
            (Stage::Rcpt, 550, "5.1.7 bad sender", "sender"),
            (Stage::Rcpt, 550, "5.7.1 relaying denied", "sender"),
            (Stage::Rcpt, 530, "authentication required", "sender"),
            (Stage::Content, 550, "5.7.515 not authenticated", "sender"),
            (Stage::Content, 554, "no", "Unclear"),
        ] {
            assert_eq!(sorted(stage, code, text), expected, "{stage} {code} {text}");
        }
    }

    #[test]
    fn what_is_said_of_a_failure_holds_no_address() {
        let failure = Failure::answered(Stage::Rcpt, 550, "5.1.1 <amal@example.org> is unknown".into());
        assert_eq!(failure.to_string(), "the recipient is refused (no such mailbox) at RCPT TO: 550 5.1.1");
        assert_eq!(failure.answer().unwrap().enhanced, Some(Enhanced(5, 1, 1)));
    }
}
