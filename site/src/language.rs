//! The language of a page's own words, German or English, and the direction of any language.

use axum::http::header::ACCEPT_LANGUAGE;

use crate::Asked;

/// Languages that pages speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
}

impl Language {
    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// The language for a visitor: `?locale=` wins over `Accept-Language`; who wants neither German nor English gets English, and
    /// who wants nothing German.
    pub fn of(asked: &Asked) -> Self {
        if let Some(locale) = parameter(asked, "locale") {
            return Self::for_tag(&locale).unwrap_or(Self::En);
        }
        let header = asked.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut wanted: Vec<(f32, &str)> = header.split(',').take(20).filter_map(ranked).collect();
        wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
        let known = wanted.iter().find_map(|(_, tag)| Self::for_tag(tag));
        known.unwrap_or(if wanted.is_empty() { Self::De } else { Self::En })
    }

    fn for_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next().map(str::to_ascii_lowercase).as_deref() {
            Some("de") => Some(Self::De),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }
}

fn ranked(item: &str) -> Option<(f32, &str)> {
    let mut parts = item.split(';');
    let tag = parts.next().map(str::trim).filter(|tag| !tag.is_empty() && *tag != "*")?;
    let quality = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
    (quality > 0.0).then_some((quality, tag))
}

/// A parameter of the address, where it is there and not empty.
pub fn parameter(asked: &Asked, name: &str) -> Option<String> {
    let query = asked.uri.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.into_owned())
}

/// Whether a language is written from right to left.
pub fn is_right_to_left(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or(tag);
    matches!(language, "ar" | "fa" | "prs" | "he" | "ur" | "ps" | "ckb" | "sd" | "ug" | "yi" | "dv")
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::*;

    fn asked(header: &'static str, uri: &'static str) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(header));
        Asked { headers, uri: axum::http::Uri::from_static(uri) }
    }

    #[test]
    fn the_address_wins_over_the_browser() {
        assert_eq!(Language::of(&asked("de", "/?locale=en")), Language::En);
        assert_eq!(Language::of(&asked("fr;q=0.9, en;q=0.2, de;q=0.5", "/")), Language::De);
        assert_eq!(Language::of(&asked("fa", "/")), Language::En);
        assert_eq!(Language::of(&asked("", "/")), Language::De);
    }

    #[test]
    fn arabic_and_persian_run_from_right_to_left() {
        assert!(is_right_to_left("ar") && is_right_to_left("fa-AF") && is_right_to_left("ckb") && !is_right_to_left("tr"));
    }
}
