//! Languages: tags, what a reader wants, and which of the texts at hand serves them.

use std::fmt;
use std::str::FromStr;

/// A language tag, BCP 47, in its customary spelling: `de`, `pt-BR`, `ckb`, `de-simple`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(String);

/// A text that is no language tag.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a language tag such as `de` or `pt-BR`")]
pub struct NotALocale;

impl Locale {
    /// German.
    #[must_use]
    pub fn german() -> Self {
        Self("de".to_owned())
    }

    /// English.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without its region, script, or variant.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Whether it is German of any kind.
    #[must_use]
    pub fn is_german(&self) -> bool {
        self.language() == "de"
    }

    /// Which way it runs, `ltr` or `rtl`: as its script says, else as the language is usually written.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        const SCRIPTS: [&str; 9] = ["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Syrc", "Thaa"];
        const LANGUAGES: [&str; 21] = [
            "ar", "arc", "arz", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "pnb", "prs", "ps", "sd", "sdh", "ug",
            "ur", "yi",
        ];
        let script = self.0.split('-').skip(1).find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let is_rtl = script.map_or_else(|| LANGUAGES.contains(&self.language()), |script| SCRIPTS.contains(&script));
        if is_rtl { "rtl" } else { "ltr" }
    }
}

impl FromStr for Locale {
    type Err = NotALocale;

    fn from_str(text: &str) -> Result<Self, NotALocale> {
        let mut tag = String::with_capacity(text.len());
        for (at, part) in text.split('-').enumerate() {
            let fits = (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let language = (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
            if !fits || (at == 0 && !language) || text.len() > 35 {
                return Err(NotALocale);
            }
            if at > 0 {
                tag.push('-');
            }
            // RFC 5646 section 2.1.1: regions in capitals, scripts capitalised, all else in small letters.
            match (at, part.len(), part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
                (0, ..) => tag.push_str(&part.to_ascii_lowercase()),
                (_, 2, true) => tag.push_str(&part.to_ascii_uppercase()),
                (_, 4, true) => {
                    tag.push_str(&part[..1].to_ascii_uppercase());
                    tag.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => tag.push_str(&part.to_ascii_lowercase()),
            }
        }
        Ok(Self(tag))
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The languages that a reader wants, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted(Vec<Locale>);

impl Wanted {
    /// Reads a header `Accept-Language` (RFC 9110 section 12.5.4). What is no language tag is passed over; `*` and what has
    /// a quality of 0 say nothing of what is wanted.
    #[must_use]
    pub fn from_header(header: &str) -> Self {
        let mut ranked: Vec<(u16, Locale)> = Vec::new();
        for item in header.split(',').take(20) {
            let mut parts = item.trim().split(';');
            let Some(Ok(locale)) = parts.next().map(|tag| tag.trim().parse()) else { continue };
            let quality = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok());
            match quality {
                Some(quality) if quality > 0.0 && quality <= 1.0 => ranked.push(((quality * 1000.0) as u16, locale)),
                _ => {}
            }
        }
        ranked.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
        Self(ranked.into_iter().map(|(_, locale)| locale).collect())
    }

    /// One language above all others that were wanted before.
    #[must_use]
    pub fn led_by(mut self, locale: Locale) -> Self {
        self.0.insert(0, locale);
        self
    }

    /// Which of the `offered` languages serves best, if any does: the first wanted one that is there, each shortened from
    /// its end until it fits (RFC 4647 section 3.4), so that `de-AT` is served by `de`.
    #[must_use]
    pub fn choose<'a>(&self, offered: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
        self.0.iter().find_map(|wanted| {
            let mut tag = wanted.as_str();
            loop {
                if let Some(found) = offered.clone().find(|offered| offered.eq_ignore_ascii_case(tag)) {
                    return Some(found);
                }
                tag = tag.rsplit_once('-')?.0;
            }
        })
    }

    /// The text that serves best: in the language chosen of those at hand, else in the `original` one, else the first.
    #[must_use]
    pub fn pick<'a, T>(&self, original: &str, texts: &'a [T], locale: impl Fn(&T) -> &String) -> Option<&'a T> {
        let chosen = self.choose(texts.iter().map(|text| locale(text).as_str())).unwrap_or(original);
        texts.iter().find(|text| locale(text) == chosen).or(texts.first())
    }

    /// The language that is wanted most; German where nothing was said.
    #[must_use]
    pub fn first(&self) -> Locale {
        self.0.first().cloned().unwrap_or_else(|| self.spoken())
    }

    /// The language to speak to this reader in, of those that everything is said in: German or English.
    #[must_use]
    pub fn spoken(&self) -> Locale {
        Locale(self.choose(["de", "en"].into_iter()).unwrap_or(if self.0.is_empty() { "de" } else { "en" }).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_take_their_customary_spelling() {
        let spelled = |tag: &str| tag.parse::<Locale>().map(|locale| locale.0);
        assert_eq!(spelled("DE-simple"), Ok("de-simple".into()));
        assert_eq!(spelled("zh-hant-tw"), Ok("zh-Hant-TW".into()));
        for bad in ["", "d", "de_DE", "de-", "ü", "de\r\nX: y", "toolonglanguage"] {
            assert_eq!(spelled(bad), Err(NotALocale), "{bad}");
        }
    }

    #[test]
    fn arabic_and_its_like_run_from_right_to_left() {
        let direction = |tag: &str| tag.parse::<Locale>().unwrap().direction();
        for rtl in ["ar", "fa", "ckb", "he", "ur", "ps", "AR-eg", "ku-arab", "uz-Arab-AF"] {
            assert_eq!(direction(rtl), "rtl", "{rtl}");
        }
        for ltr in ["de", "de-simple", "ku", "tr", "az-Latn", "fa-Latn"] {
            assert_eq!(direction(ltr), "ltr", "{ltr}");
        }
    }

    #[test]
    fn the_best_language_at_hand_is_chosen() {
        let wanted = Wanted::from_header("fr;q=0.3, de-AT;q=0.9, en;q=0.8, *;q=0.1, x y");
        assert_eq!(wanted.choose(["en", "de"].into_iter()), Some("de"));
        assert_eq!(wanted.choose(["en", "fr"].into_iter()), Some("en"));
        assert_eq!(wanted.choose(["tr"].into_iter()), None);
        assert_eq!(wanted.clone().led_by(Locale("tr".into())).choose(["de", "tr"].into_iter()), Some("tr"));
    }

    #[test]
    fn german_is_spoken_to_who_wants_nothing_and_english_to_who_wants_neither() {
        assert_eq!(Wanted::default().spoken().as_str(), "de");
        assert_eq!(Wanted::from_header("fa").spoken().as_str(), "en");
        assert_eq!(Wanted::from_header("fa, de;q=0.5").spoken().as_str(), "de");
    }
}
