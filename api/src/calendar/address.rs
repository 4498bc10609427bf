//! Where calendars are: what an address of ours asks for.

use super::narrowing::{Narrowing, OF_EVENT, OF_NETWORK, OF_ORGANISATION, OF_PERSON, Unreadable};

/// What a calendar is asked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Whose dates.
    pub of: Of,
    /// Which of them, and in which language.
    pub narrowing: Narrowing,
}

/// Whose dates a calendar has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// All that is public.
    Network,
    /// What an organisation hosts, by its slug.
    Organisation(String),
    /// One event, by its slug.
    Event(String),
    /// What somebody registered for, by their secret.
    Registrations(String),
    /// What is for members, by somebody's secret.
    Members(String),
}

impl Of {
    /// Reads the path of an address; none where it is none of a calendar.
    #[must_use]
    pub fn read(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        Some(match parts.as_slice() {
            ["calendar.ics"] => Self::Network,
            ["organisations", slug, "calendar.ics"] => Self::Organisation((*slug).to_owned()),
            ["events", slug, "calendar.ics"] => Self::Event((*slug).to_owned()),
            ["calendars", secret, "registrations.ics"] => Self::Registrations((*secret).to_owned()),
            ["calendars", secret, "members.ics"] => Self::Members((*secret).to_owned()),
            _ => return None,
        })
    }

    /// The path of its address.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Network => "/calendar.ics".to_owned(),
            Self::Organisation(slug) => format!("/organisations/{slug}/calendar.ics"),
            Self::Event(slug) => format!("/events/{slug}/calendar.ics"),
            Self::Registrations(secret) => format!("/calendars/{secret}/registrations.ics"),
            Self::Members(secret) => format!("/calendars/{secret}/members.ics"),
        }
    }

    /// Whether its address is a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Registrations(_) | Self::Members(_))
    }

    fn parameters(&self) -> &'static [&'static str] {
        match self {
            Self::Network | Self::Members(_) => OF_NETWORK,
            Self::Organisation(_) => OF_ORGANISATION,
            Self::Event(_) => OF_EVENT,
            Self::Registrations(_) => OF_PERSON,
        }
    }

    /// With what the query of its address narrows it to.
    ///
    /// # Errors
    /// What the query cannot say here.
    pub fn narrowed(self, query: &str) -> Result<Address, Unreadable> {
        Ok(Address { narrowing: Narrowing::read(query, self.parameters())?, of: self })
    }
}

impl Address {
    /// Its path and its query: the same for all addresses that ask for the same.
    #[must_use]
    pub fn path_and_query(&self) -> String {
        format!("{}{}", self.of.path(), self.narrowing.query())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_back_as_what_it_was_written_from() {
        let all = [
            Of::Network,
            Of::Organisation("kargah".to_owned()),
            Of::Event("fest".to_owned()),
            Of::Registrations("s".to_owned()),
            Of::Members("s".to_owned()),
        ];
        for of in all {
            assert_eq!(Of::read(&of.path()), Some(of));
        }
        for other in ["", "/", "calendar.ics", "/calendar", "/calendars/s/other.ics", "/events/fest", "/events/a/b/calendar.ics"] {
            assert_eq!(Of::read(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_asked_for_alike_has_one_address() {
        let of = |query: &str| Of::Network.narrowed(query).unwrap().path_and_query();
        assert_eq!(of("tag=x&category=CONCERT"), of("category=concert&tag=x"));
        assert!(Of::Event("a".to_owned()).narrowed("tag=x").is_err());
    }
}
