//! The body of a mail: its parts, how they nest, and how each is encoded.

use lettre::message::header::{ContentDisposition, ContentId, ContentTransferEncoding, ContentType};
use lettre::message::{Body, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use super::Unsendable;
use super::words::cleaned;
use crate::{Invitation, Message, Picture};

/// Longest name of a file, in letters, without its ending.
const LONGEST_STEM: usize = 100;
/// Longest ending.
const LONGEST_ENDING: usize = 10;

/// The body with its own headers. Its form is that which calendars and mail programs agree on:
/// mixed(alternative(text, related(HTML, pictures), calendar), the calendar once more as a file, files), without the levels that are
/// not needed.
pub(super) fn body(message: &Message) -> Result<Vec<u8>, Unsendable> {
    let calendar = message.invitation.as_ref().map(|invitation| lines(&invitation.calendar));
    let text = written(ContentType::TEXT_PLAIN, lines(&message.text));
    if message.html.is_empty() && calendar.is_none() && message.attachments.is_empty() {
        return Ok(text.formatted());
    }

    let mut alternative = MultiPart::alternative().boundary(boundary(message, "alternative")).singlepart(text);
    if !message.html.is_empty() {
        let html = written(ContentType::TEXT_HTML, lines(&message.html));
        alternative = match message.pictures.as_slice() {
            [] => alternative.singlepart(html),
            pictures => {
                let mut related = MultiPart::related().boundary(boundary(message, "related")).singlepart(html);
                for shown in pictures {
                    related = related.singlepart(picture(shown)?);
                }
                alternative.multipart(related)
            }
        };
    }
    if let (Some(invitation), Some(calendar)) = (&message.invitation, &calendar) {
        alternative = alternative.singlepart(written(calendar_type(invitation)?, calendar.clone()));
    }
    if calendar.is_none() && message.attachments.is_empty() {
        return Ok(alternative.formatted());
    }

    let mut mixed = MultiPart::mixed().boundary(boundary(message, "mixed")).multipart(alternative);
    if let (Some(invitation), Some(calendar)) = (&message.invitation, calendar) {
        mixed = mixed.singlepart(file("application/ics", &invitation.filename, calendar.into_bytes())?);
    }
    for attachment in &message.attachments {
        mixed = mixed.singlepart(file(&attachment.media_type, &attachment.filename, attachment.content.clone())?);
    }
    Ok(mixed.formatted())
}

/// What no encoded part can hold, as neither encoding writes `=_`; and the same whenever the same message is made.
fn boundary(message: &Message, level: &str) -> String {
    let digest = Sha256::new().chain_update(&message.message_id).chain_update("\0").chain_update(level).finalize();
    let digits: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("=_{digits}")
}

/// A text with one kind of line break, and without the control characters that text may not have.
pub(super) fn lines(text: &str) -> String {
    let is_text = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t' | '\u{85}');
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(is_text).collect::<String>().replace('\n', "\r\n")
}

/// A part to be read, in whichever encoding makes it shorter. Both keep every line short.
fn written(content_type: ContentType, text: String) -> SinglePart {
    let others = text.bytes().filter(|byte| !byte.is_ascii()).count();
    let encoding = if others * 6 > text.len() { ContentTransferEncoding::Base64 } else { ContentTransferEncoding::QuotedPrintable };
    SinglePart::builder().content_type(content_type).body(encoded(text.into_bytes(), encoding))
}

fn file(media_type: &str, filename: &str, content: Vec<u8>) -> Result<SinglePart, Unsendable> {
    Ok(SinglePart::builder()
        .content_type(media_type_of(media_type)?)
        .header(ContentDisposition::attachment(&file_name(filename)))
        .body(encoded(content, ContentTransferEncoding::Base64)))
}

fn picture(picture: &Picture) -> Result<SinglePart, Unsendable> {
    let is_id = |text: &str| {
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        text.len() <= 200 && text.split_once('@').is_some_and(|(left, host)| is_word(left) && is_word(host))
    };
    if !is_id(&picture.id) {
        return Err(Unsendable::PictureId);
    }
    Ok(SinglePart::builder()
        .content_type(media_type_of(&picture.media_type)?)
        .header(ContentId::from(format!("<{}>", picture.id)))
        .header(ContentDisposition::inline_with_name(&file_name(&picture.filename)))
        .body(encoded(picture.content.clone(), ContentTransferEncoding::Base64)))
}

/// Encodes octets as they are. Neither of these two encodings refuses any; if one did, the other way would be left.
fn encoded(content: Vec<u8>, encoding: ContentTransferEncoding) -> Body {
    Body::new_with_encoding(content, encoding).unwrap_or_else(Body::new)
}

fn calendar_type(invitation: &Invitation) -> Result<ContentType, Unsendable> {
    let is_word =
        !invitation.method.is_empty() && invitation.method.len() <= 20 && invitation.method.bytes().all(|byte| byte.is_ascii_uppercase());
    let text = format!("text/calendar; method={}; charset=UTF-8", invitation.method);
    if is_word { ContentType::parse(&text).map_err(|_| Unsendable::Method) } else { Err(Unsendable::Method) }
}

fn media_type_of(text: &str) -> Result<ContentType, Unsendable> {
    let is_token = |part: &str| {
        (1..=80).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    let (essence, charset) = text.split_once("; charset=").map_or((text, None), |(essence, charset)| (essence, Some(charset)));
    let is_sound = essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype) && kind != "multipart");
    if !is_sound || !charset.is_none_or(is_token) {
        return Err(Unsendable::MediaType);
    }
    ContentType::parse(text).map_err(|_| Unsendable::MediaType)
}

/// The name that a file is saved under: no folders, no line breaks, not hidden, and its ending kept where the name is too long.
fn file_name(name: &str) -> String {
    let name = cleaned(name).replace(['/', '\\', '"', ':', '<', '>', '|', '?', '*'], "-");
    let (stem, ending) = name.rsplit_once('.').map_or((name.as_str(), None), |(stem, ending)| (stem, Some(ending)));
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(LONGEST_STEM).collect();
    let stem = if stem.is_empty() { "file" } else { &stem };
    let ending: String = ending.into_iter().flat_map(str::chars).take(LONGEST_ENDING).collect();
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
}
