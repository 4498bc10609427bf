//! How people upload: files of our own making, and the requests that bring them.

use std::fmt::Write as _;
use std::io::{Cursor, Seek, Write};
use std::time::Duration;

use async_graphql::{Request, Variables};
use axum::http::Method;
use image::{ImageFormat, Rgb, RgbImage};
use miso::files::Spooled;
use miso::gql::id::Global;
use miso::gql::upload::MARK;
use miso::http::graphql::execute;
use serde_json::{Value, json};

use crate::Answer;
use crate::people::Actor;
use crate::world::{Reply, World};

/// Uploads, and asks for all that is told.
pub const UPLOAD: &str = "mutation($input: MediaUploadInput!) {
    mediaUpload(input: $input) {
        image { id url alt credit width height variants { url mediaType width height } }
        audio { id url mediaType bytes durationSeconds }
        errors { path code message }
    }
}";

/// What parts the parts of a body.
const BOUNDARY: &str = "a-boundary-of-these-tests";

/// A picture of this size, of a kind.
///
/// # Panics
/// Where it cannot be encoded.
#[must_use]
pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Silence: so many frames of an MP3, 417 bytes each, 38 a second.
#[must_use]
pub fn silence(frames: usize) -> Vec<u8> {
    [[0xFF, 0xFB, 0x90, 0x00].as_slice(), &[0; 413]].concat().repeat(frames)
}

/// The input of an upload, with null for the file.
#[must_use]
pub fn input(organisation: impl Global, alt: Option<&str>) -> Value {
    json!({ "organisationId": organisation.to_global().0, "file": null, "alt": alt })
}

/// A body in parts, and its content type.
#[must_use]
pub fn in_parts(parts: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, content) in parts {
        let mut head = String::new();
        let file = if ["operations", "map"].contains(name) { "" } else { "; filename=\"../../a.php\"\r\nContent-Type: text/html" };
        write!(head, "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").unwrap();
        body.extend([head.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

impl Actor<'_> {
    /// Uploads a file, in process.
    ///
    /// # Panics
    /// Where it is not answered.
    pub async fn uploads(&self, organisation: impl Global, bytes: &[u8], alt: Option<&str>) -> Answer {
        let mut input = input(organisation, alt);
        input["file"] = json!(MARK);
        let mut file = self.cx().app.files.storage.incoming().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        let request = Request::new(UPLOAD).variables(Variables::from_json(json!({ "input": input }))).data(Spooled { file });
        let outcome = execute(&self.world().schema, self.cx(), request, false, Duration::from_secs(60)).await.unwrap();
        Answer(serde_json::to_value(outcome.into_response()).unwrap())
    }

    /// Uploads a picture, and gives what is told of it.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn uploads_picture(&self, organisation: impl Global) -> Value {
        let answer = self.uploads(organisation, &picture(700, 400, ImageFormat::Jpeg), Some("Ein Saal")).await;
        assert_eq!(answer.at("mediaUpload.errors"), &json!([]));
        answer.at("mediaUpload.image").clone()
    }
}

impl World {
    /// Uploads through the public door, with the secret of a session.
    pub async fn uploads(&self, secret: &str, input: &Value, bytes: &[u8]) -> Reply {
        let operations = json!({ "query": UPLOAD, "variables": { "input": input } }).to_string();
        let map = json!({ "0": ["variables.input.file"] }).to_string();
        self.sends_parts(secret, &[("operations", operations.as_bytes()), ("map", map.as_bytes()), ("0", bytes)]).await
    }

    /// Sends parts through the public door, with the secret of a session.
    pub async fn sends_parts(&self, secret: &str, parts: &[(&str, &[u8])]) -> Reply {
        let (content_type, body) = in_parts(parts);
        let bearer = format!("Bearer {secret}");
        let headers = [("content-type", content_type.as_str()), ("authorization", &bearer), ("graphql-preflight", "1")];
        self.send(Method::POST, "/graphql", &headers, body).await
    }

    /// Files that lie under the folder of uploads, with what is at work on them.
    ///
    /// # Panics
    /// Where the disk refuses.
    #[must_use]
    pub fn stored_files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let Ok(folders) = std::fs::read_dir(self.app.config.media()) else { return found };
        for folder in folders {
            let inside = std::fs::read_dir(folder.unwrap().path()).unwrap();
            found.extend(inside.map(|file| file.unwrap().file_name().into_string().unwrap()));
        }
        found.sort();
        found
    }
}
