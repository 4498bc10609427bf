//! What a browser sent of a form.

use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use url::form_urlencoded;

/// Bytes of a form at the most.
pub const MOST_BYTES: usize = 64 * 1024;

/// Names and values, in the order of the form; a name may stand several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

/// Why a form was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It has too many bytes, or did not come to its end.
    TooLarge,
    /// It is not written as forms of ours are.
    Unreadable,
}

impl Fields {
    /// Takes a form in. Of one that an address for one click is sent, no field matters, however it is written.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn receive(headers: &HeaderMap, body: Body, one_click: bool) -> Result<Self, NotTaken> {
        let bytes = to_bytes(body, MOST_BYTES).await.map_err(|_| NotTaken::TooLarge)?;
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match media_type.as_str() {
            "application/x-www-form-urlencoded" => Ok(Self::read(&bytes)),
            "multipart/form-data" | "" if one_click => Ok(Self::default()),
            _ => Err(NotTaken::Unreadable),
        }
    }

    /// Reads fields. Lines end as everywhere else, not as forms send them.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let fields = form_urlencoded::parse(bytes);
        Self(fields.map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n"))).collect())
    }

    /// The values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a field.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What stands beneath a name and a dot: the rest of the name, and the value.
    pub fn beneath<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(known, value)| Some((known.strip_prefix(name)?.strip_prefix('.')?, value.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    async fn received(media_type: &'static str, body: impl Into<Body>, one_click: bool) -> Result<Fields, NotTaken> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(media_type))]);
        Fields::receive(&headers, body.into(), one_click).await
    }

    #[tokio::test]
    async fn a_form_is_read_in_its_order() {
        let typed = "name=%C3%84nne+M%C3%BCller&answer.diet=a&answer.diet=b&answer.=x&note=1%0D%0A2";
        let fields = received("application/x-www-form-urlencoded; charset=UTF-8", typed, false).await.unwrap();
        assert_eq!(fields.first("name"), Some("Änne Müller"));
        assert_eq!(fields.all("answer.diet").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.beneath("answer").collect::<Vec<_>>(), [("diet", "a"), ("diet", "b"), ("", "x")]);
        assert_eq!(fields.first("note"), Some("1\n2"));
        assert_eq!(fields.first("answer"), None);
    }

    #[tokio::test]
    async fn what_is_too_large_or_no_form_is_not_taken() {
        let form = "application/x-www-form-urlencoded";
        assert!(received(form, "a".repeat(MOST_BYTES), false).await.is_ok());
        assert_eq!(received(form, "a".repeat(MOST_BYTES + 1), false).await, Err(NotTaken::TooLarge));
        for other in ["text/plain", "application/json", "multipart/form-data; boundary=x", ""] {
            assert_eq!(received(other, "name=x", false).await, Err(NotTaken::Unreadable), "{other}");
        }
        for other in ["text/plain", "application/json"] {
            assert_eq!(received(other, "name=x", true).await, Err(NotTaken::Unreadable), "{other}");
        }
    }
}
