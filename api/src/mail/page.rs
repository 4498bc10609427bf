//! The whole of a mail: what is said within its frame, as text and as HTML.

use super::document::{Block, Document};
use super::frame::Frame;
use super::html::{Side, escaped};
use super::words::{Language, Reason};
use super::wrap::{COLUMNS, fill};
use super::{Written, escape, html, text};
use crate::kernel::Locale;

/// What cannot be done on the elements themselves: narrow screens, darkness, and Outlook.
const LOOKS: &str = include_str!("looks.html");

/// Follows a preheader, so that lists of mails do not go on with the page's own words.
const FILLER: &str = "&#8199;&#65279;&#847; ";

const FONT: &str =
    "font-family:system-ui,-apple-system,&quot;Segoe UI&quot;,Roboto,&quot;Noto Sans&quot;,&quot;Noto Naskh Arabic&quot;,Arial,sans-serif";

const TABLE: &str = "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"";

/// What a mail is put together of.
pub struct Page<'a> {
    /// What it is about.
    pub subject: &'a str,
    /// What lists of mails show beside the subject; how it begins, where nothing is said.
    pub preheader: Option<&'a str>,
    /// What it says.
    pub document: &'a Document,
    /// The language of what it says.
    pub locale: &'a Locale,
    /// The language of our own words around it.
    pub language: Language,
    /// Whether it is one of our own messages: sent by itself, and clear even where a button does not open.
    pub is_message: bool,
    /// Who speaks, and why.
    pub frame: &'a Frame<'a>,
}

impl Page<'_> {
    /// Writes both parts.
    pub fn write(&self) -> Written {
        Written {
            subject: self.subject.to_owned(),
            text: self.text(),
            html: self.html(),
            locale: self.locale.clone(),
            pictures: Vec::new(),
        }
    }

    fn text(&self) -> String {
        let mut lines = vec![text::write(self.document), String::new(), "-- ".to_owned()];
        lines.extend(fill(&self.sender(), COLUMNS));
        lines.push(String::new());
        lines.extend(fill(&self.reason(), COLUMNS));
        let links = self.frame.footer.links.iter().map(|link| link.said(self.language));
        lines.extend(links.flat_map(|(words, address)| [String::new(), format!("{words}:"), address.to_owned()]));
        let imprint: Vec<String> = self.imprint().flat_map(|line| fill(&line, COLUMNS)).collect();
        if !imprint.is_empty() {
            lines.push(String::new());
            lines.extend(imprint);
        }
        lines.push(String::new());
        lines.join("\n")
    }

    fn html(&self) -> String {
        let (lang, dir) = (self.locale.as_str(), self.locale.direction());
        let start = Side::of(dir).start;
        let subject = escaped(self.subject);
        let preheader = self.preheader.map(escape::subject).filter(|text| !text.is_empty());
        let preheader = preheader.or_else(|| self.document.beginning().map(|words| escape::subject(&words)));
        let preheader = preheader.map_or_else(String::new, |text| {
            format!(
                "<div style=\"display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all\">{}\
                 {}</div>\n",
                escaped(&text),
                FILLER.repeat(30)
            )
        });
        let content = html::write(self.document, dir);
        let (instead, sender, home) = (self.instead_of_buttons(), escaped(&self.sender()), escaped(self.frame.public_url));
        let footer = self.footer();
        format!(
            r##"<!DOCTYPE html>
<html lang="{lang}" dir="{dir}" xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<meta name="x-apple-disable-message-reformatting">
<title>{subject}</title>
{LOOKS}</head>
<body class="ground" style="margin:0;padding:0;width:100%;background-color:#faf8f4;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%">
{preheader}{TABLE} dir="{dir}" class="ground" bgcolor="#faf8f4" style="width:100%;background-color:#faf8f4"><tr>
<td class="around" align="center" style="padding:28px 16px">
<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
{TABLE} dir="{dir}" style="width:100%;max-width:600px;margin:0 auto">
<tr><td align="{start}" style="padding:0 4px 14px;{FONT};font-size:16px;line-height:24px;text-align:{start}"><a class="link" href="{home}" style="color:#0d5661;font-weight:700;text-decoration:none">{sender}</a></td></tr>
<tr><td class="card ink" align="{start}" bgcolor="#ffffff" style="padding:34px 36px 20px;background-color:#ffffff;border:1px solid #ddd8cd;border-radius:12px;{FONT};font-size:16px;line-height:1.6;color:#1b2529;text-align:{start};word-break:break-word">
<div role="article" aria-roledescription="email" aria-label="{subject}" lang="{lang}" dir="{dir}">
{content}{instead}</div>
</td></tr>
{footer}</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
"##
        )
    }

    fn instead_of_buttons(&self) -> String {
        if !self.is_message {
            return String::new();
        }
        let buttons = self.document.blocks.iter().filter_map(|block| match block {
            Block::Button { label, address } => Some((escaped(&self.language.instead_of_button(label)), escaped(address))),
            _ => None,
        });
        let line = |(words, address): (String, String)| {
            format!(
                "<p class=\"quiet\" style=\"margin:0 0 16px;font-size:14px;line-height:1.5;color:#4c5a60\">{words}<br>\n<a class=\"link\" \
                 href=\"{address}\" style=\"color:#0d5661;text-decoration:underline\">{address}</a></p>\n"
            )
        };
        buttons.map(line).collect()
    }

    fn footer(&self) -> String {
        let locale = self.language.locale();
        let (lang, dir) = (locale.as_str(), locale.direction());
        let start = Side::of(dir).start;
        let reason = escaped(&self.reason());
        let mut out = format!(
            "<tr><td class=\"quiet\" align=\"{start}\" lang=\"{lang}\" dir=\"{dir}\" style=\"padding:18px 4px 0;{FONT};font-size:14px;\
             line-height:1.55;color:#4c5a60;text-align:{start}\">\n<p style=\"margin:0 0 10px\">{reason}</p>\n"
        );
        let link = |(words, address): (&str, &str)| {
            let (words, address) = (escaped(words), escaped(address));
            format!("<a class=\"link\" href=\"{address}\" style=\"color:#0d5661;text-decoration:underline\">{words}</a>")
        };
        let links: Vec<String> = self.frame.footer.links.iter().map(|footer_link| link(footer_link.said(self.language))).collect();
        let imprint: Vec<String> = self.imprint().map(|line| escaped(&line)).collect();
        for line in [links.join(" &nbsp;·&nbsp; "), imprint.join("<br>\n")] {
            if !line.is_empty() {
                out.push_str(&format!("<p style=\"margin:0 0 10px\">{line}</p>\n"));
            }
        }
        out.push_str("</td></tr>\n");
        out
    }

    fn sender(&self) -> String {
        escape::line(self.frame.sender_name)
    }

    fn reason(&self) -> String {
        let reason = escape::line(&self.language.reason(self.frame.footer.reason));
        let is_wanted_each_time = matches!(self.frame.footer.reason, Reason::Subscription(_));
        if is_wanted_each_time || !self.is_message { reason } else { format!("{reason} {}", self.language.words().automatic) }
    }

    fn imprint(&self) -> impl Iterator<Item = String> {
        self.frame.footer.imprint.lines().map(escape::line).filter(|line| !line.is_empty())
    }
}
