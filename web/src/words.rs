//! What the pages say by themselves, in each language: the files in `words/`.
//!
//! A line is `key = words`, below a heading `[section]`; what begins with `#` is a remark. `{name}` is filled in.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::{Language, primary};

static DE: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../words/de.ini")));
static EN: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../words/en.ini")));
static OWN_NAMES: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../words/own_names.ini")));

/// Words by `section.key`.
#[derive(Debug)]
pub struct Words(HashMap<String, &'static str>);

impl Words {
    /// Those of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::De => &DE,
            Language::En => &EN,
        }
    }

    /// The words of a key.
    pub fn get(&self, key: &str) -> Option<&'static str> {
        self.0.get(key).copied()
    }

    /// The words for a value that the schema gave; itself where there are none yet.
    pub fn of_value(&self, section: &str, value: &str) -> String {
        self.get(&format!("{section}.{value}")).unwrap_or(value).to_owned()
    }

    /// The name of a language, its variant beside it.
    pub fn language_name(&self, tag: &str) -> String {
        match self.get(&format!("language.{tag}")) {
            Some(name) => name.to_owned(),
            None if primary(tag) == tag => tag.to_owned(),
            None => format!("{} ({tag})", self.of_value("language", primary(tag))),
        }
    }

    fn read(file: &'static str) -> Self {
        let mut section = "";
        let mut words = HashMap::new();
        for line in file.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(heading) = line.strip_prefix('[') {
                section = heading.trim_end_matches(']');
            } else if let Some((key, value)) = line.split_once('=') {
                words.insert(format!("{section}.{}", key.trim()), value.trim());
            }
        }
        Self(words)
    }
}

/// What a language calls itself; its tag where that is not known.
pub fn own_name(tag: &str) -> String {
    OWN_NAMES.get(&format!("language.{tag}")).or_else(|| OWN_NAMES.get(&format!("language.{}", primary(tag)))).unwrap_or(tag).to_owned()
}

/// Fills in what stands in braces.
pub fn fill(words: &str, values: &[(&str, String)]) -> String {
    // In one pass, so that a value with braces is not filled in itself.
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = behind.split_once('}') else { break };
        filled.extend(values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str()));
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_say_everything_with_the_same_gaps() {
        let keys = |words: &Words| words.0.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&DE), keys(&EN));
        let gaps =
            |text: &str| text.split('{').skip(1).filter_map(|part| part.split('}').next().map(str::to_owned)).collect::<BTreeSet<_>>();
        for (key, words) in &DE.0 {
            assert!(!words.is_empty() && !EN.0[key].is_empty(), "{key}");
            assert_eq!(gaps(words), gaps(EN.0[key]), "{key}");
        }
    }

    #[test]
    fn every_line_says_something_and_no_key_stands_twice() {
        for file in [include_str!("../words/de.ini"), include_str!("../words/en.ini"), include_str!("../words/own_names.ini")] {
            let lines = file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with('['));
            let count = lines.inspect(|line| assert!(line.contains(" = "), "{line}")).count();
            assert_eq!(Words::read(file).0.len(), count);
        }
    }

    #[test]
    fn gaps_are_filled_once() {
        assert_eq!(fill("{n} von {name}", &[("n", "3".into()), ("name", "{n}".into())]), "3 von {n}");
        assert_eq!(own_name("fa-AF"), "فارسی");
        assert_eq!(Words::of(Language::De).language_name("de-simple"), "Einfache Sprache");
        assert_eq!(Words::of(Language::En).language_name("xx-YY"), "xx (xx-YY)");
    }
}
