//! The keys by which mails are signed (DKIM), read from where the settings say.

use std::fs;
use std::path::Path;

use mailer::dkim::{Algorithm, Key, NotASigner, Signer};

use crate::config::{Config, ConfigError};

/// What signs our mails; none where the settings name no key.
///
/// # Errors
/// What is wrong with a key, or with its name, in one line.
pub fn signer(config: &Config) -> Result<Option<Signer>, ConfigError> {
    let dkim = &config.dkim;
    if !dkim.has_key() {
        return Ok(None);
    }
    let known = [
        ("dkim.rsa_key", Algorithm::Rsa, &dkim.rsa_key, &dkim.rsa_selector),
        ("dkim.ed25519_key", Algorithm::Ed25519, &dkim.ed25519_key, &dkim.ed25519_selector),
    ];
    let mut keys = Vec::new();
    for (setting, algorithm, path, selector) in known.into_iter().filter(|(_, _, path, _)| !path.as_os_str().is_empty()) {
        let unsound = |problem: String| ConfigError::Unsound { key: setting, problem: format!("{}: {problem}", path.display()) };
        keys.push((selector.clone(), read(path, algorithm).map_err(unsound)?));
    }
    let signer = Signer::new(&config.signing_domain(), keys).map_err(|error| {
        let key = match error {
            NotASigner::Domain => "dkim.domain",
            NotASigner::Selector | NotASigner::SameSelector if dkim.ed25519_key.as_os_str().is_empty() => "dkim.rsa_selector",
            NotASigner::Selector | NotASigner::SameSelector => "dkim.ed25519_selector",
        };
        ConfigError::Unsound { key, problem: error.to_string() }
    })?;
    Ok(Some(signer))
}

fn read(path: &Path, algorithm: Algorithm) -> Result<Key, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let key = Key::read(&text).map_err(|error| error.to_string())?;
    if key.algorithm() == algorithm {
        Ok(key)
    } else {
        Err(format!("this is an {} key, and should be an {algorithm} key", key.algorithm()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_key_is_said_in_one_line_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("ed.pem"), Key::make(Algorithm::Ed25519).unwrap()).unwrap();
        fs::write(path("none.pem"), "none").unwrap();
        let mut config = Config::default();
        assert!(signer(&config).unwrap().is_none());
        config.dkim.ed25519_key = path("ed.pem");
        let records = signer(&config).unwrap().unwrap().records();
        assert_eq!(records[0].0, "miso-ed25519._domainkey.localhost");
        let said = |config: &Config| signer(config).unwrap_err().to_string();
        for (name, problem) in [
            ("nowhere.pem", "No such file"),
            ("none.pem", "no private key in PEM"),
            ("ed.pem", "this is an Ed25519 key, and should be an RSA key"),
        ] {
            config.dkim.rsa_key = path(name);
            let line = said(&config);
            assert!(line.starts_with("dkim.rsa_key: ") && line.contains(problem) && !line.contains('\n'), "{line}");
        }
        config.dkim.rsa_key = std::path::PathBuf::new();
        config.dkim.ed25519_selector = "a b".to_owned();
        assert!(said(&config).starts_with("dkim.ed25519_selector: the selector is not"));
    }
}
