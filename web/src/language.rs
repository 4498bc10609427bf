//! Languages: the one that the pages speak to a visitor, and which way a text runs.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// A language that everything is said in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
}

impl Language {
    /// All of them, the usual one first.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// The language to speak to a visitor: by `?locale=`, else by `Accept-Language`, else German.
    pub fn negotiated(locale: Option<&str>, headers: &HeaderMap) -> Self {
        locale.and_then(Self::of_tag).or_else(|| Self::accepted(headers)).unwrap_or(Self::De)
    }

    fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| primary(tag).eq_ignore_ascii_case(language.tag()))
    }

    fn accepted(headers: &HeaderMap) -> Option<Self> {
        let values = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
        let mut best: Option<(f32, Self)> = None;
        for item in values.flat_map(|value| value.split(',')).take(30) {
            let mut parts = item.split(';').map(str::trim);
            let Some(language) = parts.next().and_then(Self::of_tag) else { continue };
            let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |quality| quality.parse().unwrap_or(0.0));
            if quality > best.map_or(0.0, |(quality, _)| quality) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// Which way a text in a language runs, `ltr` or `rtl`: as its script says, else as the language is usually written.
pub fn direction(tag: &str) -> &'static str {
    const SCRIPTS: [&str; 9] = ["adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "syrc", "thaa"];
    const LANGUAGES: [&str; 21] = [
        "ar", "arc", "arz", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "pnb", "prs", "ps", "sd", "sdh", "ug", "ur",
        "yi",
    ];
    let script = tag.split('-').skip(1).find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_rtl = match script {
        Some(script) => SCRIPTS.contains(&script.to_ascii_lowercase().as_str()),
        None => LANGUAGES.contains(&primary(tag).to_ascii_lowercase().as_str()),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

/// The language of a tag, without its region, script, or variant.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn spoken(locale: Option<&str>, accepted: &str) -> Language {
        Language::negotiated(locale, &HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_str(accepted).unwrap())]))
    }

    #[test]
    fn the_address_wins_over_the_browser_and_german_is_usual() {
        assert_eq!(Language::negotiated(None, &HeaderMap::new()), Language::De);
        assert_eq!(spoken(Some("en"), "de"), Language::En);
        assert_eq!(spoken(Some("fa"), "en-GB, de;q=0.5"), Language::En);
        assert_eq!(spoken(None, "fr, en;q=0.3, de-AT;q=0.7"), Language::De);
        assert_eq!(spoken(None, "en;q=0, de;q=oops, *"), Language::De);
    }

    #[test]
    fn arabic_and_its_like_run_from_right_to_left() {
        for rtl in ["ar", "fa", "ckb", "he", "ur", "ps", "AR-eg", "ku-Arab", "uz-Arab-AF"] {
            assert_eq!(direction(rtl), "rtl", "{rtl}");
        }
        for ltr in ["de", "de-simple", "ku", "tr", "az-Latn", "fa-Latn", ""] {
            assert_eq!(direction(ltr), "ltr", "{ltr}");
        }
    }
}
