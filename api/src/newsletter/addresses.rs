//! The addresses in an issue by which mails come back to us: one for each delivery, to which a mail server returns what it cannot deliver
//! (VERP), and one for each subscription, to which an empty mail is enough to leave.

use entity::id::{NewsletterIssueId, SubscriptionId};
use mailer::Address;

use crate::app::App;
use crate::secret::{Links, Purpose};

/// What a mail to an address of ours is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A delivery that came back: whose, and of which issue.
    Delivery(SubscriptionId, IssueMark),
    /// A subscription that somebody wants to end, by the secret in this version of the reader's.
    Leaving(SubscriptionId, i32),
}

/// Which of the issues that a reader got, in two octets of its id: an address has no room for all of them. Two issues of a newsletter that
/// have the same are as rare as they are harmless: both were sent to that reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssueMark(u16);

impl IssueMark {
    /// That of an issue.
    #[must_use]
    pub fn of(issue: NewsletterIssueId) -> Self {
        let bytes = issue.0.as_bytes();
        Self(u16::from_be_bytes([bytes[14], bytes[15]]))
    }
}

/// Where a delivery comes back to; none where nothing comes back by a secret of its own.
#[must_use]
pub fn of_delivery(app: &App, issue: NewsletterIssueId, subscription: SubscriptionId) -> Option<Address> {
    let token = app.links.address_token(Purpose::Bounce, subscription, i32::from(IssueMark::of(issue).0));
    Address::parse(&app.config.bounces_of(&token)?).ok()
}

/// Where a mail ends a subscription; none where the mailbox has no room for a secret.
#[must_use]
pub fn of_leaving(app: &App, subscription: SubscriptionId, secret_version: i32) -> Option<Address> {
    let token = app.links.address_token(Purpose::Leave, subscription, secret_version);
    Address::parse(&app.config.wishes_of(&token)?).ok()
}

/// What a mail to an address is about; nothing where the address holds no secret that we made for this. The domain does not count: mails
/// are sent on under other names.
#[must_use]
pub fn read(links: &Links, address: &str) -> Option<About> {
    let (_, token) = address.rsplit_once('@')?.0.rsplit_once('+')?;
    if let Some((subscription, mark)) = links.read_address_token(Purpose::Bounce, token) {
        return Some(About::Delivery(subscription, IssueMark(u16::try_from(mark).ok()?)));
    }
    let (subscription, version) = links.read_address_token(Purpose::Leave, token)?;
    Some(About::Leaving(subscription, version))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::secret::SecretKey;

    #[test]
    fn an_address_tells_what_it_was_made_for_and_no_other_does() {
        let links = Links::new(SecretKey::of_text("of a test"));
        let subscription = SubscriptionId(Uuid::from_u128(7));
        let mark = IssueMark::of(NewsletterIssueId(Uuid::from_u128(0xabcd)));
        let back = links.address_token(Purpose::Bounce, subscription, i32::from(mark.0));
        let leave = links.address_token(Purpose::Leave, subscription, 3);
        assert_eq!(read(&links, &format!("miso+{back}@example.org")), Some(About::Delivery(subscription, mark)));
        assert_eq!(read(&links, &format!("Miso+{}@elsewhere.example", back.to_uppercase())), Some(About::Delivery(subscription, mark)));
        assert_eq!(read(&links, &format!("miso+{leave}@example.org")), Some(About::Leaving(subscription, 3)));
        let reply = links.address_token(Purpose::Reply, subscription, 3);
        for other in
            ["miso@example.org", "miso+@example.org", "+", "", &format!("miso+{reply}@example.org"), &format!("miso+{back}"), &back]
        {
            assert_eq!(read(&links, other), None, "{other}");
        }
        assert_eq!(read(&Links::new(SecretKey::of_text("another")), &format!("miso+{back}@example.org")), None);
    }
}
