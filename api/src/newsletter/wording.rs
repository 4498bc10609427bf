//! What a reader agrees to, word by word. It stands beside the button of the form, and in the ledger of consents.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::kernel::Locale;

const DE: &str = "Ja, ich möchte die gewählten Newsletter per E-Mail bekommen. Meine Angaben werden nur dafür gespeichert; ich kann mich \
                  jederzeit über den Link in jeder Ausgabe abmelden.";
const EN: &str = "Yes, I want to get the chosen newsletters by e-mail. What I enter is stored for that alone; I can leave at any time by \
                  the link in each issue.";

/// The words that somebody is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Their language.
    pub locale: Locale,
    /// The words.
    pub text: Cow<'static, str>,
}

impl Wording {
    /// The words for somebody who is spoken to in German or English.
    #[must_use]
    pub fn for_reader(spoken: &Locale) -> Self {
        let text = if spoken.is_german() { DE } else { EN };
        Self { locale: if spoken.is_german() { Locale::german() } else { Locale::english() }, text: text.into() }
    }

    /// What tells this version from any other.
    #[must_use]
    pub fn digest(&self) -> String {
        let digest = Sha256::new().chain_update(self.locale.as_str()).chain_update([0]).chain_update(self.text.as_bytes()).finalize();
        digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }
}
