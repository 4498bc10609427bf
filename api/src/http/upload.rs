//! A GraphQL request with a file, by the multipart request specification: `operations`, `map`, and the file, which goes to disk piece by
//! piece. Only from somebody who is signed in, and only with a header that no other site's form can send.

use std::fs::File;
use std::io::{self, Seek};
use std::sync::LazyLock;
use std::time::Duration;

use async_graphql::Request;
use axum::body::Body;
use axum::http::HeaderMap;
use multer::{Constraints, Field, Multipart, SizeLimit};
use serde_json::{Map, Value};
use tokio::io::AsyncWriteExt;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::rejection::{Malformed, Rejection};
use super::{asked, receive};
use crate::access::Action;
use crate::app::Cx;
use crate::files::Spooled;
use crate::gql::upload::MARK;

/// How long it may take to make a file fit, and to wait for those that came before.
pub const PREPARING: Duration = Duration::from_secs(120);
/// How long nothing may come.
const SILENCE: Duration = Duration::from_secs(30);
/// Bytes of `map`: one file and where it goes.
const MAP: u64 = 4096;

/// Files that one process takes in at the same time; others wait.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(4));

/// Receives one. Of what is refused by its headers nothing is kept.
///
/// # Errors
/// What is wrong with it.
pub async fn receive(cx: &Cx, headers: &HeaderMap, body: Body, boundary: String) -> Result<Request, Rejection> {
    let refused = if headers.get("graphql-preflight").is_none_or(|value| value != "1") {
        Some(Rejection::NoPreflight)
    } else {
        (!cx.may(&Action::UseAccount).is_allowed()).then_some(Rejection::FileOfNobody)
    };
    if let Some(refused) = refused {
        let time = Duration::from_secs(cx.app.config.limits.receive_seconds);
        // In time or not, it is refused.
        _ = tokio::time::timeout(time, receive::pour_away(body)).await;
        return Err(refused);
    }
    let time = Duration::from_secs(cx.app.config.limits.upload_seconds);
    let receiving = async {
        let _turn = TURNS.acquire().await.map_err(|_| Rejection::TooSlow)?;
        parts(cx, body, boundary).await
    };
    tokio::time::timeout(time, receiving).await.unwrap_or(Err(Rejection::TooSlow))
}

async fn parts(cx: &Cx, body: Body, boundary: String) -> Result<Request, Rejection> {
    let limits = &cx.app.config.limits;
    let operations = u64::try_from(limits.body_bytes).unwrap_or(u64::MAX);
    let largest = limits.audio_bytes.max(limits.image_bytes);
    let sizes = SizeLimit::new().for_field("operations", operations).for_field("map", MAP).per_field(largest);
    let sizes = sizes.whole_stream(largest.saturating_add(operations).saturating_add(64 * 1024));
    let mut parts = Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(sizes));
    let (operations, map) = (json(next(&mut parts, "operations").await?).await?, json(next(&mut parts, "map").await?).await?);
    let (name, path) = the_file(&map)?;
    let operations = with_file(operations, path)?;
    let file = spool(cx, next(&mut parts, name).await?).await?;
    if awaited(parts.next_field()).await?.is_some() {
        return Err(Rejection::Malformed(Malformed::Parts));
    }
    Ok(asked::from_object(operations)?.data(Spooled { file }))
}

/// The next part, which must be called this.
async fn next(parts: &mut Multipart<'static>, name: &str) -> Result<Field<'static>, Rejection> {
    let field = awaited(parts.next_field()).await?;
    field.filter(|field| field.name() == Some(name)).ok_or(Rejection::Malformed(Malformed::Parts))
}

async fn json(field: Field<'static>) -> Result<Map<String, Value>, Rejection> {
    let bytes = awaited(field.bytes()).await?;
    serde_json::from_slice(&bytes).map_err(|_| Rejection::Malformed(Malformed::Parts))
}

/// What the one file is called, and where it goes.
fn the_file(map: &Map<String, Value>) -> Result<(&str, &str), Rejection> {
    let mut files = map.iter();
    let (Some((name, Value::Array(paths))), None) = (files.next(), files.next()) else {
        return Err(Rejection::Malformed(Malformed::Parts));
    };
    match paths.as_slice() {
        [Value::String(path)] => Ok((name, path)),
        _ => Err(Rejection::Malformed(Malformed::Parts)),
    }
}

/// Puts what stands for the file where the variables have null.
fn with_file(mut operations: Map<String, Value>, path: &str) -> Result<Map<String, Value>, Rejection> {
    let wrong = || Rejection::Malformed(Malformed::Parts);
    let mut path = path.split('.');
    if path.next() != Some("variables") {
        return Err(wrong());
    }
    let place = path.try_fold(operations.get_mut("variables").ok_or_else(wrong)?, |value, part| match value {
        Value::Object(fields) => fields.get_mut(part).ok_or_else(wrong),
        Value::Array(items) => part.parse::<usize>().ok().and_then(|at| items.get_mut(at)).ok_or_else(wrong),
        _ => Err(wrong()),
    })?;
    if !place.is_null() {
        return Err(wrong());
    }
    *place = Value::String(MARK.to_owned());
    Ok(operations)
}

/// Writes a file down as it comes.
async fn spool(cx: &Cx, mut field: Field<'static>) -> Result<File, Rejection> {
    let not_spooled = |error: io::Error| {
        let incident = cx.app.new_id::<Uuid>().simple().to_string();
        tracing::error!(incident, %error, "an uploaded file could not be written down");
        Rejection::NotSpooled(incident)
    };
    let mut file = tokio::fs::File::from_std(cx.app.files.storage.incoming().map_err(not_spooled)?);
    while let Some(piece) = awaited(field.chunk()).await? {
        file.write_all(&piece).await.map_err(not_spooled)?;
    }
    file.flush().await.map_err(not_spooled)?;
    let mut file = file.into_std().await;
    file.rewind().map_err(not_spooled)?;
    Ok(file)
}

/// What comes next, if it comes.
async fn awaited<T>(coming: impl Future<Output = multer::Result<T>>) -> Result<T, Rejection> {
    match tokio::time::timeout(SILENCE, coming).await {
        Err(_) => Err(Rejection::TooSlow),
        Ok(Ok(came)) => Ok(came),
        Ok(Err(multer::Error::FieldSizeExceeded { limit, .. } | multer::Error::StreamSizeExceeded { limit })) => {
            Err(Rejection::TooLarge(usize::try_from(limit).unwrap_or(usize::MAX)))
        }
        Ok(Err(_)) => Err(Rejection::Malformed(Malformed::Parts)),
    }
}
