//! `miso dkim`: keys by which mails are signed, and what the name system is told of them.

use std::path::Path;

use mailer::dkim::{Algorithm, Key, Signer};

use super::{Stopped, say};
use crate::config::Config;
use crate::mail::signing::signer;
use crate::secret;

/// Octets of one string in the name system (RFC 1035 section 3.3).
const STRING: usize = 255;

/// Makes a key in a new file, and says what to do with it.
pub(super) fn new(config: &Config, file: &Path, algorithm: Algorithm, selector: Option<&str>, domain: Option<&str>) -> Result<(), Stopped> {
    let (name, usual) = match algorithm {
        Algorithm::Rsa => ("rsa", &config.dkim.rsa_selector),
        Algorithm::Ed25519 => ("ed25519", &config.dkim.ed25519_selector),
    };
    let selector = selector.unwrap_or(usual);
    let own = config.signing_domain();
    let domain = domain.unwrap_or(&own);
    let pem = Key::make(algorithm).map_err(Stopped::because)?;
    let key = Key::read(&pem).map_err(Stopped::because)?;
    // What cannot be told to the name system leaves no file behind.
    let signer = Signer::new(domain, vec![(selector.to_owned(), key)]).map_err(Stopped::because)?;
    let file = &std::path::absolute(file).map_err(|error| Stopped::because(format_args!("{}: {error}", file.display())))?;
    secret::write_privately(file, pem.trim_end()).map_err(|error| Stopped::because(format_args!("{}: {error}", file.display())))?;
    say::line(format_args!(
        "The key is in {}, for its owner alone: let the user read it as whom miso runs, and nobody else.",
        file.display()
    ));
    say::line("Tell the name system:\n");
    tell(&signer);
    say::line("Once that can be seen from elsewhere (dig TXT), tell miso:\n");
    say::line("[dkim]");
    if domain != own {
        say::line(format_args!("domain = {domain:?}"));
    }
    say::line(format_args!("{name}_key = {:?}", file.display().to_string()));
    if selector != usual {
        say::line(format_args!("{name}_selector = {selector:?}"));
    }
    Ok(())
}

/// Says what the name system must be told of the keys of the settings.
pub(super) fn show(config: &Config) -> Result<(), Stopped> {
    match signer(config)? {
        Some(signer) => tell(&signer),
        None => say::line("Mails are not signed: no key is set (dkim.rsa_key, dkim.ed25519_key). `miso dkim new` makes one."),
    }
    Ok(())
}

fn tell(signer: &Signer) {
    for (name, text) in signer.records() {
        say::line(format_args!("{}\n", record(&name, &text)));
    }
}

/// A line of a zone's file. A text that is too long for one string becomes several, which are read as one.
fn record(name: &str, text: &str) -> String {
    // It is ASCII.
    let strings: Vec<String> = text.as_bytes().chunks(STRING).map(|part| format!("\"{}\"", String::from_utf8_lossy(part))).collect();
    match strings.as_slice() {
        [one] => format!("{name}. IN TXT {one}"),
        several => format!("{name}. IN TXT ( {} )", several.join("\n    ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_split_where_one_string_has_no_room() {
        assert_eq!(record("a._domainkey.example.org", "v=DKIM1"), "a._domainkey.example.org. IN TXT \"v=DKIM1\"");
        let long = record("a", &"x".repeat(256));
        assert_eq!(long, format!("a. IN TXT ( \"{}\"\n    \"x\" )", "x".repeat(255)));
    }
}
