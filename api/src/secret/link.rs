//! The secrets in links of mails and calendars. They are derived rather than stored, so that every later mail can carry them
//! again and a copy of the database opens nothing: the id and its version, and 128 bits of an HMAC (RFC 2104) over both and what
//! the link is for. Only the version is stored; raising it ends the links given before.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::{SecretKey, base32};

/// Bytes of the HMAC that a link carries.
const TAG: usize = 16;

/// What a link is for. One made for another purpose does not open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Shows, changes, and cancels a registration.
    Registration,
    /// Lets the registered in.
    CheckIn,
    /// Confirms a request to get newsletters.
    ConfirmSubscription,
    /// Shows and changes what a reader gets.
    Reader,
    /// Tells which mail a server sends back.
    Bounce,
    /// Ends a subscription by a mail.
    Leave,
    /// Tells which registration a calendar answers for.
    Reply,
    /// Gives a person the calendar of what they registered for.
    Calendar,
    /// Gives a person the calendar of what is for members.
    MembersCalendar,
}

/// Makes and reads the secrets.
#[derive(Clone, Debug)]
pub struct Links {
    key: SecretKey,
}

impl Links {
    /// Derived from the installation's secret.
    #[must_use]
    pub fn new(key: SecretKey) -> Self {
        Self { key }
    }

    /// The secret of what has this id, in this version of it: 46 letters, digits, `-` and `_`.
    #[must_use]
    pub fn token(&self, purpose: Purpose, id: impl Into<Uuid>, version: i32) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes(purpose, id.into(), version))
    }

    /// The same as a part of a mail address, which not everybody on its way writes in the letters that it was given in: 55 small letters
    /// and digits.
    #[must_use]
    pub fn address_token(&self, purpose: Purpose, id: impl Into<Uuid>, version: i32) -> String {
        base32::encode(&self.bytes(purpose, id.into(), version))
    }

    /// The id and the version that a secret was made for; none where we did not make it for this purpose. Whether the version
    /// is still the present one is for the caller to see.
    #[must_use]
    pub fn read<Id: From<Uuid>>(&self, purpose: Purpose, token: &str) -> Option<(Id, i32)> {
        self.read_bytes(purpose, &URL_SAFE_NO_PAD.decode(token).ok()?)
    }

    /// As [`Links::read`], of a part of a mail address.
    #[must_use]
    pub fn read_address_token<Id: From<Uuid>>(&self, purpose: Purpose, token: &str) -> Option<(Id, i32)> {
        self.read_bytes(purpose, &base32::decode(token)?)
    }

    fn bytes(&self, purpose: Purpose, id: Uuid, version: i32) -> Vec<u8> {
        let mut bytes = id.as_bytes().to_vec();
        bytes.extend(u16::try_from(version).unwrap_or(u16::MAX).to_be_bytes());
        let tag = self.mac(purpose, &bytes).finalize().into_bytes();
        bytes.extend(&tag[..TAG]);
        bytes
    }

    fn read_bytes<Id: From<Uuid>>(&self, purpose: Purpose, bytes: &[u8]) -> Option<(Id, i32)> {
        if bytes.len() != 18 + TAG {
            return None;
        }
        let (named, tag) = bytes.split_at(18);
        self.mac(purpose, named).verify_truncated_left(tag).ok()?;
        let (id, version) = named.split_at(16);
        let id = Uuid::from_slice(id).ok()?;
        Some((id.into(), i32::from(u16::from_be_bytes([version[0], version[1]]))))
    }

    /// A digest of a text that only this installation can make, e.g. of an address that is kept to be known again.
    #[must_use]
    pub fn keyed_hash(&self, of: &str, text: &str) -> String {
        let mac = self.started("hash").chain_update(of).chain_update([0]).chain_update(text);
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    fn mac(&self, purpose: Purpose, named: &[u8]) -> Hmac<Sha256> {
        self.started(match purpose {
            Purpose::Registration => "registration",
            Purpose::CheckIn => "check-in",
            Purpose::ConfirmSubscription => "confirm subscription",
            Purpose::Reader => "reader",
            Purpose::Bounce => "bounce",
            Purpose::Leave => "leave",
            Purpose::Reply => "reply",
            Purpose::Calendar => "calendar",
            Purpose::MembersCalendar => "members calendar",
        })
        .chain_update(named)
    }

    fn started(&self, purpose: &str) -> Hmac<Sha256> {
        match Hmac::<Sha256>::new_from_slice(self.key.bytes()) {
            Ok(mac) => mac.chain_update(purpose).chain_update([0]),
            // HMAC takes keys of any length.
            Err(_) => unreachable!("a key of any length will do"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn links(key: &str) -> Links {
        Links::new(SecretKey::of_text(key))
    }

    #[test]
    fn a_secret_opens_what_it_was_made_for_and_nothing_else() {
        let (ours, theirs) = (links("ours"), links("theirs"));
        let id = Uuid::from_u128(7);
        let token = ours.token(Purpose::Registration, id, 3);
        assert_eq!(token.len(), 46);
        assert_eq!(token, ours.token(Purpose::Registration, id, 3));
        assert_eq!(ours.read::<Uuid>(Purpose::Registration, &token), Some((id, 3)));
        assert_eq!(ours.read::<Uuid>(Purpose::CheckIn, &token), None);
        assert_eq!(theirs.read::<Uuid>(Purpose::Registration, &token), None);
    }

    #[test]
    fn in_an_address_it_is_the_same_in_small_and_in_capital_letters() {
        let (links, id) = (links("ours"), Uuid::from_u128(7));
        let token = links.address_token(Purpose::Reply, id, 3);
        assert_eq!(token.len(), 55);
        for written in [token.clone(), token.to_uppercase()] {
            assert_eq!(links.read_address_token::<Uuid>(Purpose::Reply, &written), Some((id, 3)));
        }
        assert_eq!(links.read_address_token::<Uuid>(Purpose::Bounce, &token), None);
        assert_eq!(links.read_address_token::<Uuid>(Purpose::Reply, &token[..54]), None);
    }

    proptest! {
        #[test]
        fn no_other_text_opens_anything(at in 0_usize..46, letter in "[A-Za-z0-9_-]", text in "\\PC{0,60}") {
            let links = links("ours");
            let token = links.token(Purpose::Reader, Uuid::from_u128(7), 0);
            let mut other = token.clone();
            other.replace_range(at..=at, &letter);
            prop_assert_eq!(links.read::<Uuid>(Purpose::Reader, &other).is_some(), other == token);
            prop_assert_eq!(links.read::<Uuid>(Purpose::Reader, &text), None);
        }
    }
}
