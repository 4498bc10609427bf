//! What a file is called: by what is in it, so that it never changes.

use std::fmt;
use std::str::FromStr;

/// A file's name: 64 hexadecimal digits of the SHA-256 of its bytes, and its type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileName(String);

/// Types that are served, and nothing else ever is.
const TYPES: [(&str, &str); 5] =
    [("jpg", "image/jpeg"), ("png", "image/png"), ("mp3", "audio/mpeg"), ("m4a", "audio/mp4"), ("ogg", "audio/ogg")];

/// A text that names no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFileName;

impl FromStr for FileName {
    type Err = NoFileName;

    fn from_str(text: &str) -> Result<Self, NoFileName> {
        let (digest, ending) = text.split_once('.').ok_or(NoFileName)?;
        let is_digest = digest.len() == 64 && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let is_known = TYPES.iter().any(|(known, _)| *known == ending);
        if is_digest && is_known { Ok(Self(text.to_owned())) } else { Err(NoFileName) }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FileName {
    /// Its media type.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        TYPES.iter().find(|(ending, _)| self.0.ends_with(ending)).map_or("application/octet-stream", |(_, media_type)| media_type)
    }

    /// The folder that it lies in: no folder should hold too many.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.0[..2]
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a stored file is served: a path of ours, e.g. `/media/ab/ab….jpg`.
#[must_use]
pub fn address(file: &str) -> String {
    format!("/media/{}/{file}", file.get(..2).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_store_is_a_name() {
        let digest = "0123456789abcdef".repeat(4);
        let name: FileName = format!("{digest}.jpg").parse().unwrap();
        assert_eq!((name.media_type(), name.folder()), ("image/jpeg", "01"));
        assert_eq!(address(name.as_str()), format!("/media/01/{digest}.jpg"));
        let large = digest.to_uppercase();
        for other in ["", "a.jpg", &digest, &format!("{digest}.svg"), &format!("{digest}.jpg.html"), &format!("{large}.jpg"), "../../etc"] {
            assert_eq!(other.parse::<FileName>(), Err(NoFileName), "{other}");
        }
    }
}
