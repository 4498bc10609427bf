//! Where settings come from: a file, and the environment over it. A variable is `MISO_` and the key in capitals, with two
//! underscores where a section begins (`MISO_LIMITS__QUERY_DEPTH`); `DATABASE_URL`, `SMTP_URL`, and `RUST_LOG` are known
//! by their usual names. An empty variable says nothing. What is unknown is refused: a key with a slip in it would go unnoticed otherwise.

use std::collections::BTreeMap;
use std::path::Path;

use figment::error::Kind;
use figment::providers::{Format, Serialized, Toml};
use figment::value::{Dict, Value};
use figment::{Figment, Provider};

use super::Config;

/// What is wrong with the settings, in one line.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A file or variable cannot be read as what it should be.
    #[error("{0}")]
    Unreadable(String),
    /// A value that was read makes no sense.
    #[error("{key}: {problem}")]
    Unsound {
        /// Which setting.
        key: &'static str,
        /// What is wrong with it, and what to write instead.
        problem: String,
    },
}

/// Reads the settings of these variables, and of the file that they name.
///
/// # Errors
/// What is wrong, in one line.
pub fn read(variables: impl Iterator<Item = (String, String)>) -> Result<Config, ConfigError> {
    let variables: BTreeMap<String, String> = variables.filter(|(_, value)| !value.is_empty()).collect();
    let file = match variables.get("MISO_CONFIG") {
        Some(file) if !Path::new(file).is_file() => {
            return Err(ConfigError::Unreadable(format!("MISO_CONFIG: there is no file {file}")));
        }
        Some(file) => file.as_str(),
        None => "miso.toml",
    };
    let defaults = defaults();
    let mut settings = Figment::from(Serialized::defaults(Config::default())).merge(Toml::file(file));
    let mut sources: BTreeMap<String, &str> = BTreeMap::new();
    let usual = [("DATABASE_URL", "database_url"), ("SMTP_URL", "smtp_url"), ("RUST_LOG", "log")];
    let usual = usual.iter().filter_map(|(name, key)| Some((*name, (*key).to_owned(), variables.get(*name)?)));
    let ours = variables.iter().filter_map(|(name, value)| {
        let key = name.strip_prefix("MISO_").filter(|key| *key != "CONFIG")?;
        Some((name.as_str(), key.to_ascii_lowercase().replace("__", "."), value))
    });
    // What names us is meant for us: it wins.
    for (name, key, text) in usual.chain(ours) {
        let value = match defaults.get(&key) {
            None => return Err(ConfigError::Unreadable(format!("{name}: there is no such setting"))),
            Some(Value::String(..)) => Value::from(text.as_str()),
            Some(_) => text.parse::<Value>().unwrap_or_else(|never| match never {}),
        };
        settings = settings.merge((key.as_str(), value));
        sources.insert(key, name);
    }
    let config: Config = settings.extract().map_err(|error| {
        let key = error.path.join(".");
        let problem = match &error.kind {
            Kind::UnknownField(..) => "there is no such setting".to_owned(),
            kind => kind.to_string().split_whitespace().collect::<Vec<_>>().join(" "),
        };
        ConfigError::Unreadable(match sources.get(&key) {
            Some(name) => format!("{name}: {problem}"),
            None if key.is_empty() => format!("{file}: {problem}"),
            None => format!("{file}: {key}: {problem}"),
        })
    })?;
    config.check()?;
    Ok(config)
}

/// Every key, its sections parted by dots, and its default.
fn defaults() -> BTreeMap<String, Value> {
    fn flatten(into: &mut BTreeMap<String, Value>, before: &str, dict: Dict) {
        for (name, value) in dict {
            match value {
                Value::Dict(_, section) => flatten(into, &format!("{before}{name}."), section),
                value => _ = into.insert(format!("{before}{name}"), value),
            }
        }
    }
    let mut keys = BTreeMap::new();
    let profiles = Serialized::defaults(Config::default()).data().unwrap_or_default();
    for dict in profiles.into_values() {
        flatten(&mut keys, "", dict);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../config.example.toml");

    fn read_with(variables: &[(&str, &str)]) -> Result<Config, String> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        read(variables).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_set_is_the_default() {
        assert_eq!(read_with(&[("PATH", "/bin"), ("DATABASE_URL", "")]), Ok(Config::default()));
    }

    #[test]
    fn every_kind_of_setting_comes_from_its_variable() {
        let key = "12345678901234567890123456789012";
        let config = read_with(&[
            ("DATABASE_URL", "postgres://a"),
            ("RUST_LOG", "warn,miso=debug"),
            ("MISO_LISTEN", "[::]:80"),
            ("MISO_PUBLIC_URL", "https://miso.example"),
            ("MISO_DATA_DIR", "/srv/miso"),
            ("MISO_SECRET_KEY", key),
            ("MISO_LOG_FORMAT", "json"),
            ("MISO_SEED", "false"),
            ("MISO_LIMITS__QUERY_DEPTH", "9"),
        ])
        .unwrap();
        assert_eq!((config.database_url.as_str(), config.log.as_str()), ("postgres://a", "warn,miso=debug"));
        assert_eq!((config.listen.port(), config.data_dir.to_str()), (80, Some("/srv/miso")));
        assert_eq!((config.secret_key.as_str(), config.seed, config.limits.query_depth), (key, false, 9));
        let named_for_us = read_with(&[("DATABASE_URL", "postgres://a"), ("MISO_DATABASE_URL", "sqlite://b")]).unwrap();
        assert_eq!(named_for_us.database_url, "sqlite://b");
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line_that_names_it() {
        for (variable, line) in [
            (("MISO_LISTN", "x"), "MISO_LISTN: there is no such setting"),
            (("MISO_LIMITS__DEPTH", "1"), "MISO_LIMITS__DEPTH: there is no such setting"),
            (("MISO_LIMITS__QUERY_DEPTH", "deep"), "MISO_LIMITS__QUERY_DEPTH: invalid type: found string \"deep\", expected usize"),
            (("MISO_LISTEN", "localhost"), "MISO_LISTEN: invalid socket address syntax"),
            (("MISO_CONFIG", "nowhere.toml"), "MISO_CONFIG: there is no file nowhere.toml"),
            (
                ("MISO_PUBLIC_URL", "miso"),
                "public_url: must be an address such as https://example.org, without a path or a slash at its end",
            ),
        ] {
            assert_eq!(read_with(&[variable]).unwrap_err(), line);
        }
    }

    #[test]
    fn a_file_lies_between_the_defaults_and_the_environment_and_may_hold_no_other_key() {
        let file = std::env::temp_dir().join(format!("miso-{}.toml", std::process::id()));
        let name = file.to_str().unwrap();
        std::fs::write(&file, "seed = false\nlog = \"warn\"\n[limits]\nquery_depth = 9\n").unwrap();
        let config = read_with(&[("MISO_CONFIG", name), ("RUST_LOG", "debug")]).unwrap();
        assert_eq!((config.seed, config.log.as_str(), config.limits.query_depth, config.limits.errors), (false, "debug", 9, 20));
        for (text, problem) in [
            ("sead = false", "sead: there is no such setting"),
            ("[limits]\ndepth = 9", "limits.depth: there is no such setting"),
            ("seed = 3", "seed: invalid type"),
            ("seed = ", "TOML parse error"),
        ] {
            std::fs::write(&file, text).unwrap();
            let line = read_with(&[("MISO_CONFIG", name)]).unwrap_err();
            assert!(line.contains(problem) && line.starts_with(name) && !line.contains('\n'), "{line}");
        }
        std::fs::remove_file(&file).unwrap();
    }

    #[test]
    fn the_example_shows_every_key_with_its_default() {
        let text = std::fs::read_to_string(EXAMPLE).unwrap();
        let keys = text.lines().filter_map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')));
        let shown = keys.collect::<Vec<_>>().join("\n");
        let from_example: Config = Figment::from(Toml::string(&shown)).extract().unwrap();
        assert_eq!(from_example, Config::default());
        let mut example = BTreeMap::new();
        for dict in Toml::string(&shown).data().unwrap().into_values() {
            example.extend(dict);
        }
        let count: usize = example.values().map(|value| value.as_dict().map_or(1, BTreeMap::len)).sum();
        assert_eq!(count, defaults().len(), "{example:?}");
    }
}
