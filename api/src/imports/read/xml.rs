//! XML, element by element: of a file of any size only what is being read is held. Document types are refused, and with them every entity
//! that is not XML's own.

use std::io::{BufRead, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{LONGEST, Wrong};

/// Elements within elements at the most.
const DEEPEST: usize = 64;
/// Elements within one thing at the most.
const MOST: usize = 10_000;

/// An element with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Name, with its prefix.
    pub name: String,
    /// The line on which it begins.
    pub line: usize,
    /// Attributes.
    pub attributes: Vec<(String, String)>,
    /// What it holds, in order.
    pub content: Vec<Content>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text.
    Text(String),
    /// An element.
    Element(Element),
}

impl Element {
    /// The children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.content.iter().filter_map(move |content| match content {
            Content::Element(element) if element.name == name => Some(element),
            _ => None,
        })
    }

    /// The text of the first child of a name, without the spaces around it; none where nothing is left.
    pub fn text_of(&self, name: &str) -> Option<String> {
        self.all(name).next().and_then(Self::text)
    }

    /// Its own text, without the spaces around it; none where nothing is left.
    pub fn text(&self) -> Option<String> {
        let text: String =
            self.content.iter().filter_map(|content| if let Content::Text(text) = content { Some(text.as_str()) } else { None }).collect();
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What it holds, as HTML: for XHTML, whose elements are HTML's.
    pub fn inner_html(&self) -> String {
        let mut html = String::new();
        self.write_inner(&mut html);
        html
    }

    fn write_inner(&self, html: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(text) => html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                Content::Element(element) => {
                    let name = element.name.rsplit(':').next().unwrap_or_default();
                    let link =
                        element.attribute("href").map(|href| format!(" href=\"{}\"", href.replace('&', "&amp;").replace('"', "&quot;")));
                    html.push_str(&format!("<{name}{}>", link.unwrap_or_default()));
                    element.write_inner(html);
                    html.push_str(&format!("</{name}>"));
                }
            }
        }
    }
}

/// The elements below the one that holds all: `rss/channel`, or `feed`.
pub struct Elements<R: Read> {
    reader: Reader<Lines<std::io::BufReader<R>>>,
    buffer: Vec<u8>,
    /// The names of the elements that are open above what is read.
    open: Vec<String>,
    is_over: bool,
}

impl<R: Read> Elements<R> {
    /// Of a file, from its beginning.
    pub fn of(file: R) -> Self {
        let mut reader = Reader::from_reader(Lines { inner: std::io::BufReader::new(file), line: 1 });
        reader.config_mut().check_end_names = true;
        Self { reader, buffer: Vec::new(), open: Vec::new(), is_over: false }
    }

    fn line(&self) -> usize {
        self.reader.get_ref().line
    }

    fn next_element(&mut self) -> Result<Option<Element>, Wrong> {
        loop {
            let line = self.line();
            match self.event()? {
                Event::Start(start) => {
                    let element = element(&start, line)?;
                    let is_frame = match self.open.as_slice() {
                        [] if element.name == "rss" || element.name == "feed" => true,
                        [] => return Err(Wrong::at(line, format!("`{}` is neither RSS nor Atom", element.name))),
                        [outer] if outer == "rss" => element.name == "channel",
                        _ => false,
                    };
                    if is_frame {
                        self.open.push(element.name);
                    } else {
                        return self.filled(element).map(Some);
                    }
                }
                Event::Empty(start) if !self.open.is_empty() => return element(&start, line).map(Some),
                Event::End(_) => _ = self.open.pop(),
                Event::Eof if self.open.is_empty() && line > 0 => return Ok(None),
                Event::Eof => return Err(Wrong::at(line, "the file ends too soon: please export it again")),
                _ => {}
            }
        }
    }

    /// Reads what is in an element that has begun.
    fn filled(&mut self, element: Element) -> Result<Element, Wrong> {
        let (began, mut open, mut letters, mut many) = (element.line, vec![element], 0, 0);
        loop {
            let line = self.line();
            let text = match self.event()? {
                Event::Start(start) => {
                    many += 1;
                    if open.len() >= DEEPEST || many > MOST {
                        return Err(Wrong::at(line, "there is too much in one thing"));
                    }
                    open.push(self::element(&start, line)?);
                    continue;
                }
                Event::Empty(start) => {
                    let child = self::element(&start, line)?;
                    if let Some(parent) = open.last_mut() {
                        parent.content.push(Content::Element(child));
                    }
                    continue;
                }
                Event::End(_) => {
                    let Some(done) = open.pop() else { continue };
                    match open.last_mut() {
                        Some(parent) => parent.content.push(Content::Element(done)),
                        None => return Ok(done),
                    }
                    continue;
                }
                Event::Text(text) => text.decode().map_err(|_| not_utf_8(line))?.into_owned(),
                Event::CData(text) => text.decode().map_err(|_| not_utf_8(line))?.into_owned(),
                Event::GeneralRef(name) => {
                    let name = name.decode().map_err(|_| not_utf_8(line))?.into_owned();
                    meaning(&name).ok_or_else(|| Wrong::at(line, format!("`&{name};` means nothing in XML")))?
                }
                Event::Eof => return Err(Wrong::at(began, "this is not closed before the file ends: please export it again")),
                _ => continue,
            };
            letters += text.len();
            if letters > 8 * LONGEST {
                return Err(Wrong::at(began, "this is larger than any text should be"));
            }
            if let Some(element) = open.last_mut() {
                match element.content.last_mut() {
                    Some(Content::Text(before)) => before.push_str(&text),
                    _ => element.content.push(Content::Text(text)),
                }
            }
        }
    }

    fn event(&mut self) -> Result<Event<'static>, Wrong> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer).map(Event::into_owned);
        let line = self.line();
        match event {
            Ok(Event::DocType(_)) => Err(Wrong::at(line, "a document type is not taken: please remove `<!DOCTYPE …>`")),
            Ok(event) => Ok(event),
            Err(error) => Err(Wrong::at(line, format!("this is no XML: {error}"))),
        }
    }
}

impl<R: Read> Iterator for Elements<R> {
    type Item = Result<Element, Wrong>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = self.next_element().transpose();
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }
}

fn element(start: &BytesStart<'_>, line: usize) -> Result<Element, Wrong> {
    let name = std::str::from_utf8(start.name().as_ref()).map_err(|_| not_utf_8(line))?.to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| Wrong::at(line, format!("this is no XML: {error}")))?;
        let key = std::str::from_utf8(attribute.key.as_ref()).map_err(|_| not_utf_8(line))?.to_owned();
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| Wrong::at(line, format!("this is no XML: {error}")))?;
        attributes.push((key, value.into_owned()));
    }
    Ok(Element { name, line, attributes, content: Vec::new() })
}

/// What an entity stands for: those of XML itself, and letters by their numbers.
fn meaning(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    resolve_predefined_entity(name).map(str::to_owned)
}

fn not_utf_8(line: usize) -> Wrong {
    Wrong::at(line, "this is not in UTF-8: please save the file in UTF-8")
}

/// Counts the lines that were read.
struct Lines<R> {
    inner: R,
    line: usize,
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let many = self.inner.read(into)?;
        self.line += into[..many].iter().filter(|byte| **byte == b'\n').count();
        Ok(many)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, many: usize) {
        // What is consumed was filled before, so nothing is read here.
        let lines = self.inner.fill_buf().map_or(0, |buffer| buffer.iter().take(many).filter(|byte| **byte == b'\n').count());
        self.line += lines;
        self.inner.consume(many);
    }
}
