//! Posts from RSS 2.0, Atom, and WordPress's export (WXR): told apart by what is in them.

use std::io::Read;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::Wrong;
use super::xml::{Element, Elements};

/// A post, as a feed tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedPost {
    /// The line on which it begins.
    pub line: usize,
    /// What it is called where it comes from.
    pub id: String,
    /// Title, as plain text.
    pub title: String,
    /// Its page.
    pub link: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What leads into it, as HTML.
    pub summary: Option<String>,
    /// The text, as HTML.
    pub content: String,
    /// Topics.
    pub tags: Vec<String>,
    /// Readable part of its address.
    pub slug: Option<String>,
    /// WordPress's word for how far it is; none in other feeds.
    pub status: Option<String>,
    /// The number of its picture in the export.
    pub picture: Option<String>,
}

/// A file that a WordPress export names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its number.
    pub id: String,
    /// Where it was.
    pub url: String,
    /// What it shows.
    pub alt: Option<String>,
}

/// What stands in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Where it comes from.
    Source(String),
    /// A post.
    Post(Box<FeedPost>),
    /// A file.
    Attachment(Attachment),
    /// Something else: a page, a menu.
    Other(String),
}

/// What stands in a feed, in its order.
pub fn entries<R: Read>(file: R) -> impl Iterator<Item = Result<Entry, Wrong>> {
    Elements::of(file).filter_map(|element| element.and_then(entry).transpose())
}

fn entry(element: Element) -> Result<Option<Entry>, Wrong> {
    match element.name.as_str() {
        "item" => item(&element).map(Some),
        "entry" => atom(&element).map(|post| Some(Entry::Post(Box::new(post)))),
        "link" => Ok(element.text().map(Entry::Source)),
        "id" => Ok(element.text().map(Entry::Source)),
        _ => Ok(None),
    }
}

fn item(element: &Element) -> Result<Entry, Wrong> {
    let kind = element.text_of("wp:post_type");
    match kind.as_deref() {
        None | Some("post") => rss(element).map(|post| Entry::Post(Box::new(post))),
        Some("attachment") => {
            let meta = |name: &str| meta(element, name);
            let attachment = element.text_of("wp:post_id").zip(element.text_of("wp:attachment_url"));
            let alt = meta("_wp_attachment_image_alt").or_else(|| element.text_of("title"));
            Ok(attachment.map_or(Entry::Other("attachment".to_owned()), |(id, url)| Entry::Attachment(Attachment { id, url, alt })))
        }
        Some(other) => Ok(Entry::Other(other.to_owned())),
    }
}

fn rss(element: &Element) -> Result<FeedPost, Wrong> {
    let number = element.text_of("wp:post_id");
    let id = number.or_else(|| element.text_of("guid")).or_else(|| element.text_of("link"));
    let id = id.ok_or_else(|| Wrong::at(element.line, "this has neither `guid` nor `link`, so it cannot be known again"))?;
    let by_wordpress = element.text_of("wp:post_date_gmt").and_then(|text| date(&text));
    let published_at = by_wordpress.or_else(|| element.text_of("pubDate").and_then(|text| date(&text)));
    let description = element.text_of("excerpt:encoded").or_else(|| element.text_of("description"));
    let content = element.text_of("content:encoded");
    let is_whole = content.is_some();
    Ok(FeedPost {
        line: element.line,
        id,
        title: element.text_of("title").unwrap_or_default(),
        link: element.text_of("link"),
        published_at,
        author: element.text_of("dc:creator"),
        content: content.or_else(|| description.clone()).unwrap_or_default(),
        summary: description.filter(|_| is_whole),
        tags: tags(element.all("category").filter_map(Element::text)),
        slug: element.text_of("wp:post_name"),
        status: element.text_of("wp:status"),
        picture: meta(element, "_thumbnail_id"),
    })
}

fn atom(element: &Element) -> Result<FeedPost, Wrong> {
    let id = element.text_of("id").ok_or_else(|| Wrong::at(element.line, "this has no `id`, so it cannot be known again"))?;
    let link = element.all("link").find(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let html = |name: &str| {
        let found = element.all(name).next()?;
        match found.attribute("type") {
            Some("xhtml") => Some(found.inner_html()),
            Some("html") => found.text(),
            _ => found.text().map(|text| text.replace('&', "&amp;").replace('<', "&lt;")),
        }
    };
    let (summary, content) = (html("summary"), html("content"));
    let is_whole = content.is_some();
    let published = element.text_of("published").or_else(|| element.text_of("updated"));
    Ok(FeedPost {
        line: element.line,
        id,
        title: element.text_of("title").unwrap_or_default(),
        link: link.and_then(|link| link.attribute("href")).map(str::to_owned),
        published_at: published.and_then(|text| date(&text)),
        author: element.all("author").next().and_then(|author| author.text_of("name")),
        content: content.or_else(|| summary.clone()).unwrap_or_default(),
        summary: summary.filter(|_| is_whole),
        tags: tags(element.all("category").filter_map(|category| category.attribute("term").map(str::to_owned))),
        slug: None,
        status: None,
        picture: None,
    })
}

/// WordPress's further facts.
fn meta(element: &Element, name: &str) -> Option<String> {
    let found = element.all("wp:postmeta").find(|meta| meta.text_of("wp:meta_key").as_deref() == Some(name));
    found.and_then(|meta| meta.text_of("wp:meta_value"))
}

fn tags(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    // What WordPress calls that which nobody sorted tells nothing.
    for name in names.filter(|name| !["Allgemein", "Uncategorized"].contains(&name.as_str())) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known
}

/// A date, as any of the three writes it.
fn date(text: &str) -> Option<DateTime<Utc>> {
    let found = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)).map(|at| at.to_utc()).ok();
    let found = found.or_else(|| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok().map(|at| at.and_utc()));
    found.filter(|at| (1970..2200).contains(&chrono::Datelike::year(at)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<Result<Entry, Wrong>> {
        entries(text.as_bytes()).collect()
    }

    fn refused(text: &str) -> Wrong {
        read(text).into_iter().find_map(Result::err).unwrap()
    }

    #[test]
    fn rss_and_atom_tell_the_same() {
        let rss = "<rss version='2.0'><channel><link>https://a.example</link>\n<item><guid>1</guid><title>A &amp; B</title><link>https://a.example/1</link><pubDate>Tue, 17 May 2022 16:00:00 +0000</pubDate><category>Kultur</category><description>&lt;p&gt;Ja&lt;/p&gt;</description></item></channel></rss>";
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><id>https://a.example</id>\n<entry><id>1</id><title>A &#38; B</title><link href='https://a.example/1'/><published>2022-05-17T18:00:00+02:00</published><category term='Kultur'/><content type='xhtml'><p>Ja</p></content></entry></feed>";
        assert_eq!(read(rss), read(atom));
        assert_eq!(read(rss).len(), 2);
    }

    #[test]
    fn what_is_hostile_or_broken_is_refused_with_its_line() {
        let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"aaa\">]>\n<rss><channel><item>&a;</item></channel></rss>";
        assert_eq!(refused(bomb).line, 2);
        assert_eq!(refused("<rss><channel>\n\n<item><title>&nbsp;</title></item></channel></rss>").line, 3);
        assert_eq!(refused("<rss><channel>\n<item><title>x</titel></item></channel></rss>").line, 2);
        assert_eq!(refused("<html><body></body></html>").line, 1);
        assert!(refused("<rss><channel>\n<item><guid>1</guid>").problem.contains("export it again"));
        assert!(refused("<rss><channel>").problem.contains("too soon"));
        let deep = format!("<rss><channel><item>{}", "<a>".repeat(100_000));
        assert!(refused(&deep).problem.contains("too much"));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[<>/rschanelitm &;!\\[\\]-]{0,200}") {
            entries(&*bytes).for_each(drop);
            entries(format!("<rss><channel>{text}").as_bytes()).for_each(drop);
        }
    }
}
