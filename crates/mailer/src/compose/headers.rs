//! The headers of a mail but those of its body. Their names are written here and nowhere else: none comes from outside.

use lettre::message::header::{HeaderName, HeaderValue, Headers};

use super::Unsendable;
use super::words::{self, LINE};
use crate::address::is_atom;
use crate::{ListHeaders, Mailbox, Message, Nature};

/// Longest value that has no place where it may be folded: with its name it stays within the 998 octets of a line.
const LONGEST_LINK: usize = 900;

/// All of them, each with its line break.
pub(super) fn headers(message: &Message) -> Result<String, Unsendable> {
    let mut headers = Headers::new();
    set(&mut headers, "Date", message.date.format("%a, %d %b %Y %H:%M:%S +0000").to_string())?;
    set(&mut headers, "From", mailbox(&message.from, "From".len() + 2))?;
    set(&mut headers, "To", mailbox(&message.to, "To".len() + 2))?;
    if let Some(reply_to) = &message.reply_to {
        set(&mut headers, "Reply-To", mailbox(reply_to, "Reply-To".len() + 2))?;
    }
    set(&mut headers, "Subject", words::text(&message.subject, "Subject".len() + 2))?;
    set(&mut headers, "Message-ID", format!("<{}>", message_id(&message.message_id)?))?;
    set(&mut headers, "MIME-Version", "1.0".into())?;
    set(&mut headers, "Content-Language", language(&message.language)?.into())?;
    match &message.nature {
        Nature::Automatic => set(&mut headers, "Auto-Submitted", "auto-generated".into())?,
        Nature::List(list) => of_list(&mut headers, list)?,
    }
    Ok(headers.to_string())
}

fn of_list(headers: &mut Headers, list: &ListHeaders) -> Result<(), Unsendable> {
    let column = "List-Id".len() + 2;
    let name = list.name.as_deref().and_then(|name| words::phrase(name, column));
    set(headers, "List-Id", after(name, list_id(&list.id)?, column))?;

    let page = link("List-Unsubscribe", &list.unsubscribe)?;
    let by_mail = list.unsubscribe_by_mail.as_ref().map(|address| format!("<mailto:{address}>"));
    let ways = match by_mail {
        Some(mail) => words::fold([format!("{page},").as_str(), &mail], "List-Unsubscribe".len() + 2),
        None => page,
    };
    set(headers, "List-Unsubscribe", ways)?;
    if list.unsubscribe.starts_with("https:") {
        set(headers, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into())?;
    }
    if let Some(archive) = &list.archive {
        set(headers, "List-Archive", link("List-Archive", archive)?)?;
    }
    if let Some(help) = &list.help {
        set(headers, "List-Help", link("List-Help", help)?)?;
    }
    set(headers, "Precedence", "bulk".into())?;
    if let Some(id) = &list.feedback_id {
        set(headers, "Feedback-ID", words::text(id, "Feedback-ID".len() + 2))?;
    }
    Ok(())
}

/// Sets a header whose value is already as it will be written. It is looked at once more: a line of it may not begin a header.
fn set(headers: &mut Headers, name: &'static str, value: String) -> Result<(), Unsendable> {
    let is_line = |line: &str| !line.trim().is_empty() && line.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let is_sound =
        value.is_empty() || value.split("\r\n").enumerate().all(|(at, line)| is_line(line) && (at == 0 || line.starts_with(' ')));
    if !is_sound {
        return Err(Unsendable::Header { header: name });
    }
    headers.insert_raw(HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value.clone(), value));
    Ok(())
}

fn mailbox(mailbox: &Mailbox, column: usize) -> String {
    match mailbox.name.as_deref().and_then(|name| words::phrase(name, column)) {
        Some(name) => after(Some(name), format!("<{}>", mailbox.address), column),
        None => mailbox.address.to_string(),
    }
}

/// What stands in angle brackets, after a name if there is one, on the same line if it fits.
fn after(name: Option<String>, bracketed: String, column: usize) -> String {
    let Some(name) = name else { return bracketed };
    let fits = words::last_column(&name, column) + 1 + bracketed.len() <= LINE;
    let gap = if fits { " " } else { "\r\n " };
    format!("{name}{gap}{bracketed}")
}

fn message_id(id: &str) -> Result<&str, Unsendable> {
    let is_dotted = |text: &str| text.split('.').all(is_atom);
    match id.split_once('@') {
        Some((left, host)) if id.len() <= LONGEST_LINK && is_dotted(left) && is_dotted(host) => Ok(id),
        _ => Err(Unsendable::MessageId),
    }
}

fn language(tag: &str) -> Result<&str, Unsendable> {
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if tag.len() <= 50 && tag.split('-').all(is_subtag) { Ok(tag) } else { Err(Unsendable::Language) }
}

fn list_id(id: &str) -> Result<String, Unsendable> {
    let is_label = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if id.len() <= 255 && id.split('.').all(is_label) { Ok(format!("<{id}>")) } else { Err(Unsendable::ListId) }
}

fn link(header: &'static str, address: &str) -> Result<String, Unsendable> {
    let is_page = address.starts_with("https://") || address.starts_with("http://");
    let is_sound = address.bytes().all(|byte| (b'!'..=b'~').contains(&byte) && !b"<>\"".contains(&byte));
    if is_page && is_sound && address.len() <= LONGEST_LINK { Ok(format!("<{address}>")) } else { Err(Unsendable::Link { header }) }
}
