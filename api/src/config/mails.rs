//! Settings of mails: from which addresses they go out, where to they come back, and how they are signed.

use std::path::PathBuf;

use mailer::Inbox;
use serde::{Deserialize, Serialize};

use super::{Config, ConfigError};
use crate::kernel::EmailAddress;

/// Letters of a mailbox that leave room for `+` and 55 more (RFC 5321 section 4.5.3.1.1).
const LONGEST_MAILBOX: usize = 8;

/// What is written where nothing is to come back by a secret of its own.
const NONE: &str = "none";

/// How mails are signed (DKIM), where one key or both are given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dkim {
    /// The domain that signs; empty for that of [`Config::mail_from`].
    pub domain: String,
    /// A file with an RSA key; empty for none.
    pub rsa_key: PathBuf,
    /// Under which name its public half stands below `_domainkey` of the domain.
    pub rsa_selector: String,
    /// A file with an Ed25519 key; empty for none.
    pub ed25519_key: PathBuf,
    /// Under which name its public half stands.
    pub ed25519_selector: String,
}

impl Default for Dkim {
    fn default() -> Self {
        Self {
            domain: String::new(),
            rsa_key: PathBuf::new(),
            rsa_selector: "miso-rsa".to_owned(),
            ed25519_key: PathBuf::new(),
            ed25519_selector: "miso-ed25519".to_owned(),
        }
    }
}

impl Dkim {
    /// Whether mails are signed.
    #[must_use]
    pub fn has_key(&self) -> bool {
        !self.rsa_key.as_os_str().is_empty() || !self.ed25519_key.as_os_str().is_empty()
    }
}

impl Config {
    pub(super) fn check_mails(&self) -> Result<(), ConfigError> {
        let unsound = |key, problem: &str| Err(ConfigError::Unsound { key, problem: problem.to_owned() });
        if !self.mail_from.is_empty() && self.mail_from.parse::<EmailAddress>().is_err() {
            return unsound("mail_from", "must be an address such as info@example.org");
        }
        if !self.mail_replies.is_empty() && !has_room(&self.mail_replies) {
            return unsound("mail_replies", "must be an address such as reply@example.org, with 8 letters before the @ at most");
        }
        if !self.mail_bounces.is_empty() && self.mail_bounces != NONE && !has_room(&self.mail_bounces) {
            return unsound("mail_bounces", "must be an address such as bounce@example.org, with 8 letters before the @ at most, or none");
        }
        if !self.mail_inbox.is_empty()
            && let Err(error) = Inbox::parse(&self.mail_inbox)
        {
            return unsound("mail_inbox", &error.to_string());
        }
        if self.dkim.has_key() && !covers(&self.signing_domain(), domain_of(&self.mail_from())) {
            return unsound("dkim.domain", "must be the domain of mail_from, or one above or below it: servers do not count it otherwise");
        }
        Ok(())
    }

    /// The address that our mails come from.
    #[must_use]
    pub fn mail_from(&self) -> String {
        if self.mail_from.is_empty() { format!("miso@{}", self.public_host()) } else { self.mail_from.clone() }
    }

    /// The address to which somebody answers who is known by `token`. Without one where the name of the mailbox has no room for it.
    #[must_use]
    pub fn replies_of(&self, token: &str) -> String {
        let mailbox = self.replies();
        with_token(&mailbox, token).unwrap_or(mailbox)
    }

    /// The address by which a mail alone says what somebody wants who is known by `token`; none where the name of the mailbox has no room.
    #[must_use]
    pub fn wishes_of(&self, token: &str) -> Option<String> {
        with_token(&self.replies(), token)
    }

    /// The address to which a mail comes back that could not be delivered, and that is known by `token`; none where it comes back to
    /// where it is from.
    #[must_use]
    pub fn bounces_of(&self, token: &str) -> Option<String> {
        match self.mail_bounces.as_str() {
            NONE => None,
            "" => with_token(&self.replies(), token),
            mailbox => with_token(mailbox, token),
        }
    }

    /// The domain that signs mails.
    #[must_use]
    pub fn signing_domain(&self) -> String {
        if self.dkim.domain.is_empty() { domain_of(&self.mail_from()).to_owned() } else { self.dkim.domain.to_lowercase() }
    }

    /// What is sound, and yet will have mails taken for unwanted ones: said when the program starts. Mails that stay here are fine.
    #[must_use]
    pub fn doubts_about_mails(&self) -> Vec<String> {
        let (from, mut doubts) = (self.mail_from(), Vec::new());
        if self.smtp_url.is_empty() {
            return doubts;
        }
        let ours = domain_of(&from);
        if self.mail_bounces != NONE && self.bounces_of("token").is_none() {
            doubts.push(format!(
                "issues of newsletters cannot come back by a secret of their own, as the name of {from} has more than {LONGEST_MAILBOX} letters: \
                 set mail_replies or mail_bounces to a mailbox with a shorter one, or mail_bounces to {NONE}"
            ));
        }
        let mut compare = |what: &str, domain: &str| {
            if !covers(domain, ours) && !are_siblings(domain, ours) {
                doubts.push(format!("{what} has the domain {domain}, and mail_from {ours}: servers may take such mails for forged"));
            }
        };
        if let Some(back) = self.bounces_of("token") {
            compare("the mailbox to which mails come back (mail_bounces)", domain_of(&back));
        }
        compare("public_url, of which the ids of mails are made,", &self.public_host());
        doubts
    }

    fn replies(&self) -> String {
        if self.mail_replies.is_empty() { self.mail_from() } else { self.mail_replies.clone() }
    }
}

fn has_room(address: &str) -> bool {
    address.rsplit_once('@').is_some_and(|(name, _)| name.len() <= LONGEST_MAILBOX && address.parse::<EmailAddress>().is_ok())
}

fn with_token(mailbox: &str, token: &str) -> Option<String> {
    let (name, host) = mailbox.rsplit_once('@')?;
    (name.len() <= LONGEST_MAILBOX).then(|| format!("{name}+{token}@{host}"))
}

fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// Whether a domain is another one, or lies above or below it: then both are somebody's, as far as can be told without a list of all domains
/// under which others are given away.
fn covers(domain: &str, other: &str) -> bool {
    let is_above = |above: &str, below: &str| above.contains('.') && below.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'));
    let (domain, other) = (domain.to_lowercase(), other.to_lowercase());
    domain == other || is_above(&domain, &other) || is_above(&other, &domain)
}

fn are_siblings(domain: &str, other: &str) -> bool {
    let end = |domain: &str| domain.to_lowercase().rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    end(domain) == end(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut Config)) -> Config {
        let mut config = Config { public_url: "https://miso.example.org".to_owned(), ..Config::default() };
        change(&mut config);
        config
    }

    #[test]
    fn what_comes_back_has_a_mailbox_of_its_own_where_there_is_one() {
        let bounces = |config: Config| config.bounces_of("t");
        assert_eq!(bounces(with(|_| {})).as_deref(), Some("miso+t@miso.example.org"));
        assert_eq!(bounces(with(|config| config.mail_replies = "reply@example.org".into())).as_deref(), Some("reply+t@example.org"));
        assert_eq!(bounces(with(|config| config.mail_bounces = "back@b.example.org".into())).as_deref(), Some("back+t@b.example.org"));
        assert_eq!(bounces(with(|config| config.mail_bounces = "none".into())), None);
        let long = with(|config| config.mail_from = "newsletter@example.org".into());
        assert_eq!((long.bounces_of("t"), long.wishes_of("t"), long.replies_of("t")), (None, None, "newsletter@example.org".to_owned()));
    }

    #[test]
    fn what_signs_is_of_the_domain_that_mails_are_from() {
        let signed = |from: &str, domain: &str| {
            with(|config| (config.mail_from, config.dkim.domain, config.dkim.rsa_key) = (from.into(), domain.into(), "key.pem".into()))
        };
        for (from, domain) in [
            ("info@example.org", ""),
            ("info@example.org", "Example.org"),
            ("info@news.example.org", "example.org"),
            ("", "miso.example.org"),
        ] {
            assert!(signed(from, domain).check().is_ok(), "{from} {domain}");
        }
        for (from, domain) in [("info@example.org", "example.net"), ("info@example.org", "ample.org"), ("info@example.org", "org")] {
            let said = signed(from, domain).check().unwrap_err().to_string();
            assert!(said.starts_with("dkim.domain: must be the domain of mail_from"), "{said}");
        }
        assert!(with(|config| config.dkim.domain = "example.net".into()).check().is_ok(), "nothing is signed");
    }

    #[test]
    fn a_mailbox_without_room_for_a_secret_is_said_where_mails_leave_the_house() {
        let doubts = |change: fn(&mut Config)| {
            let away = |config: &mut Config| config.smtp_url = "smtp://mail.example.org".into();
            with(|config| {
                away(config);
                config.mail_from = "newsletter@miso.example.org".into();
                change(config);
            })
            .doubts_about_mails()
            .len()
        };
        assert_eq!(doubts(|_| {}), 1);
        assert_eq!(doubts(|config| config.mail_bounces = "none".into()), 0);
        assert_eq!(doubts(|config| config.mail_replies = "reply@miso.example.org".into()), 0);
    }

    #[test]
    fn domains_that_do_not_go_together_are_said_where_mails_leave_the_house() {
        let doubts = |change: fn(&mut Config)| with(change).doubts_about_mails().len();
        assert_eq!(doubts(|config| config.mail_from = "info@example.net".into()), 0);
        let away = |config: &mut Config| config.smtp_url = "smtp://mail.example.org".into();
        assert_eq!(with(away).doubts_about_mails(), Vec::<String>::new());
        assert_eq!(
            with(|config| {
                away(config);
                config.mail_from = "info@example.net".into()
            })
            .doubts_about_mails()
            .len(),
            1
        );
        assert_eq!(
            with(|config| {
                away(config);
                config.mail_bounces = "b@example.net".into()
            })
            .doubts_about_mails()
            .len(),
            1
        );
        assert_eq!(
            with(|config| {
                away(config);
                config.mail_from = "info@www.example.org".into()
            })
            .doubts_about_mails()
            .len(),
            0
        );
    }
}
