//! The pages themselves.

use mailer::Letter;
use mailer::outbox::Kept;

use super::links::{escaped, linked};

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}\
table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.3rem .6rem;border-bottom:1px solid #8885;vertical-align:top;overflow-wrap:anywhere}td:first-child{white-space:nowrap}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8885;padding:1rem}iframe{width:100%;height:30rem;resize:vertical;border:1px solid #8885;background:#fff}\
h1{overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0 0 .5rem}";

/// All mails, the newest first.
pub(super) fn list(kept: &[Kept]) -> String {
    let rows: String = kept.iter().map(row).collect();
    let content = if kept.is_empty() {
        "<p>No mail was written yet.</p>".to_owned()
    } else {
        format!("<table><thead><tr><th>Written<th>To<th>Subject<tbody>{rows}</table>")
    };
    page("Outbox", &format!("<h1>Outbox</h1><p>These mails were written into files and sent to nobody.</p>{content}"))
}

fn row(kept: &Kept) -> String {
    let Kept { name, letter } = kept;
    let subject = if letter.subject.is_empty() { "(none)" } else { &letter.subject };
    format!(
        "<tr><td>{}<td dir=\"auto\">{}<td dir=\"auto\"><a href=\"/outbox/{}\">{}</a>",
        written(letter),
        escaped(&letter.to),
        escaped(name),
        escaped(subject)
    )
}

/// One mail.
pub(super) fn mail(name: &str, letter: &Letter) -> String {
    let name = escaped(name);
    let answers = letter.reply_to.as_deref().map(|whom| format!("<dt>Answers to<dd dir=\"auto\">{}", escaped(whom))).unwrap_or_default();
    let text = letter.text.as_deref().map(|text| format!("<h2>Text</h2><pre dir=\"auto\">{}</pre>", linked(text))).unwrap_or_default();
    let html = letter.html.as_ref().map(|_| {
        format!(
            "<h2>HTML</h2><iframe title=\"The mail's HTML\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" \
             src=\"/outbox/{name}/html\"></iframe>"
        )
    });
    let parts: String = letter
        .parts
        .iter()
        .enumerate()
        .map(|(number, part)| {
            let shown = escaped(part.filename.as_deref().unwrap_or(&part.media_type));
            let (media_type, octets) = (escaped(&part.media_type), part.content.len());
            format!("<li><a href=\"/outbox/{name}/parts/{number}\" download>{shown}</a> ({media_type}, {octets} bytes)")
        })
        .collect();
    let parts = if parts.is_empty() { parts } else { format!("<h2>Files</h2><ul>{parts}</ul>") };
    let subject = escaped(&letter.subject);
    let content = format!(
        "<p><a href=\"/outbox\">Outbox</a><h1 dir=\"auto\">{subject}</h1>\
         <dl><dt>Written<dd>{}<dt>From<dd dir=\"auto\">{}<dt>To<dd dir=\"auto\">{}{answers}</dl>\
         {text}{}{parts}<p><a href=\"/outbox/{name}/source\">Source</a>",
        written(letter),
        escaped(&letter.from),
        escaped(&letter.to),
        html.unwrap_or_default(),
    );
    page(&subject, &content)
}

fn written(letter: &Letter) -> String {
    letter.date.map(|date| date.format("%Y-%m-%d %H:%M:%S UTC").to_string()).unwrap_or_default()
}

fn page(title: &str, content: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}</title><style>{STYLE}</style></head><body>{content}</body></html>"
    )
}
