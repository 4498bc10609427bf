//! What all mails say alike, in German and English.

use crate::kernel::Locale;

/// A language that everything is said in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
}

/// Why somebody gets a mail.
#[derive(Clone, Copy, Debug)]
pub enum Reason<'a> {
    /// Somebody registered for an event with this address.
    Registration,
    /// Somebody gave this address to get a newsletter, and it is not confirmed yet.
    Request,
    /// The reader subscribed to this newsletter.
    Subscription(&'a str),
    /// The reader works for this organisation.
    Role(&'a str),
    /// Somebody of this organisation invited the reader to act for it.
    Invitation(&'a str),
    /// This address was given with an application for membership of this organisation.
    Application(&'a str),
    /// Somebody wants to sign in with this address.
    SignIn,
    /// A reason of its own: a sentence.
    Other(&'a str),
}

/// Words that do not change.
#[derive(Debug)]
pub(super) struct Words {
    pub greeting: &'static str,
    pub automatic: &'static str,
    pub online: &'static str,
    pub preferences: &'static str,
    pub unsubscribe: &'static str,
    pub unsubscribe_all: &'static str,
    pub imprint: &'static str,
    pub privacy: &'static str,
}

const DE: Words = Words {
    greeting: "Guten Tag",
    automatic: "Diese Mail wurde automatisch verschickt.",
    online: "Im Browser lesen",
    preferences: "Einstellungen ändern",
    unsubscribe: "Diesen Newsletter abbestellen",
    unsubscribe_all: "Alle Newsletter abbestellen",
    imprint: "Impressum",
    privacy: "Datenschutz",
};

const EN: Words = Words {
    greeting: "Hello",
    automatic: "This mail was sent automatically.",
    online: "Read in the browser",
    preferences: "Change settings",
    unsubscribe: "Unsubscribe from this newsletter",
    unsubscribe_all: "Unsubscribe from all newsletters",
    imprint: "Imprint",
    privacy: "Privacy",
};

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The one that a locale is a kind of, if it is of one.
    #[must_use]
    pub fn of(locale: &Locale) -> Option<Self> {
        match locale.language() {
            "de" => Some(Self::De),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// As a locale.
    #[must_use]
    pub fn locale(self) -> Locale {
        match self {
            Self::De => Locale::german(),
            Self::En => Locale::english(),
        }
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::De => &DE,
            Self::En => &EN,
        }
    }

    /// How a mail begins, without the comma: `Guten Tag Amal Beispiel`.
    pub(super) fn greeting(self, name: Option<&str>) -> String {
        match name.map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => format!("{} {name}", self.words().greeting),
            None => self.words().greeting.to_owned(),
        }
    }

    /// For programs that show a button and do not open it; its address follows.
    pub(super) fn instead_of_button(self, label: &str) -> String {
        match self {
            Self::De => format!("Falls der Knopf „{label}“ nicht funktioniert, öffnen Sie bitte diese Adresse:"),
            Self::En => format!("If the button “{label}” does not work, please open this address:"),
        }
    }

    /// Why one gets a mail: a sentence or two.
    pub(super) fn reason(self, reason: Reason<'_>) -> String {
        match (self, reason) {
            (_, Reason::Other(sentence)) => sentence.to_owned(),
            (Self::De, Reason::Registration) => {
                "Sie bekommen diese Mail, weil diese Adresse bei einer Anmeldung angegeben wurde.".to_owned()
            }
            (Self::De, Reason::Request) => {
                "Sie bekommen diese Mail, weil diese Adresse für einen Newsletter eingetragen wurde. Waren Sie das nicht, brauchen Sie \
                 nichts zu tun: Ohne Bestätigung wird sie wieder gelöscht."
                    .to_owned()
            }
            (Self::De, Reason::Subscription(name)) => {
                format!("Sie bekommen diese Mail, weil Sie den Newsletter „{name}“ abonniert haben.")
            }
            (Self::De, Reason::SignIn) => {
                "Sie bekommen diese Mail, weil sich jemand mit dieser Adresse anmelden möchte. Waren Sie das nicht, \
                 brauchen Sie nichts zu tun: Ohne Code und Link kommt niemand hinein."
                    .to_owned()
            }
            (Self::De, Reason::Invitation(name)) => {
                format!(
                    "Sie bekommen diese Mail, weil jemand diese Adresse für „{name}“ eingeladen hat. Sagt Ihnen das nichts, brauchen Sie \
                     nichts zu tun: Ohne Ihre Zusage geschieht nichts."
                )
            }
            (Self::De, Reason::Application(name)) => format!(
                "Sie bekommen diese Mail, weil diese Adresse im Antrag auf Mitgliedschaft von „{name}“ steht. Waren Sie das nicht, antworten \
                 Sie bitte; dann löschen wir sie."
            ),
            (Self::De, Reason::Role(name)) => format!("Sie bekommen diese Mail, weil Sie für „{name}“ zuständig sind."),
            (Self::En, Reason::Registration) => "You get this mail because this address was given with a registration.".to_owned(),
            (Self::En, Reason::Request) => "You get this mail because this address was entered for a newsletter. If that was not you, \
                 there is nothing to do: without confirmation it is deleted again."
                .to_owned(),
            (Self::En, Reason::SignIn) => "You get this mail because somebody wants to sign in with this address. If that was not you, \
                 there is nothing to do: without the code and the link nobody gets in."
                .to_owned(),
            (Self::En, Reason::Subscription(name)) => {
                format!("You get this mail because you subscribed to the newsletter “{name}”.")
            }
            (Self::En, Reason::Invitation(name)) => format!(
                "You get this mail because somebody invited this address to “{name}”. If that means nothing to you, there is nothing to do: \
                 nothing happens unless you accept."
            ),
            (Self::En, Reason::Application(name)) => format!(
                "You get this mail because this address stands in the application for membership of “{name}”. If that was not you, please \
                 reply; then we will delete it."
            ),
            (Self::En, Reason::Role(name)) => format!("You get this mail because you are in charge of “{name}”."),
        }
    }
}
