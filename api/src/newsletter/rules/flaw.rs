//! What is wrong with a text that is to be mailed, found before it is.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::card::{self, Shown};
use crate::kernel::refusal::Expected;
use crate::kernel::{Locale, Slug, Why};

/// Bytes of a mail's HTML beyond which the largest provider cuts it off, and the link to leave with it.
pub const CLIPPED: usize = 100_000;

/// Links of a text that are looked up at the most.
pub const LINKS: usize = 200;

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It says nothing.
    Empty,
    /// It has a picture, which does not travel with a mail.
    Picture,
    /// A link has no words that anybody could read out.
    Wordless(String),
    /// A link has no address that a reader could follow.
    Unfollowable(String),
    /// A link to a page of ours leads nowhere, or to what is not published.
    Nowhere(String),
    /// A link or a card shows something to readers who may not see it.
    ForMembers(String),
    /// It has too many links to be looked up.
    TooManyLinks,
    /// The mail has so many bytes that providers cut it off. It can be sent nevertheless.
    Large(usize),
}

impl Flaw {
    /// Whether a text with it is not sent.
    #[must_use]
    pub fn is_grave(&self) -> bool {
        !matches!(self, Self::Large(_))
    }

    /// As a refusal of sending.
    #[must_use]
    pub fn why(&self) -> Why {
        Why::Invalid(match self {
            Self::Empty => return Why::Required,
            Self::Picture => Expected::TextWithoutPictures,
            Self::Wordless(_) | Self::Unfollowable(_) | Self::Nowhere(_) | Self::TooManyLinks | Self::Large(_) => Expected::WorkingLinks,
            Self::ForMembers(_) => Expected::ForItsReaders,
        })
    }

    /// What to tell the editor, in German or English.
    #[must_use]
    pub fn message(&self, locale: &Locale) -> String {
        let (de, en) = match self {
            Self::Empty => ("Der Text ist leer.".into(), "The text is empty.".into()),
            Self::Picture => (
                "Bilder reisen nicht mit: Bitte aus dem Text nehmen und in Worten sagen, was sie zeigen.".into(),
                "Pictures do not travel along: please take them out of the text, and say in words what they show.".into(),
            ),
            Self::Wordless(address) => (format!("Der Link auf {address} hat keine Worte."), format!("The link to {address} has no words.")),
            Self::Unfollowable(address) => (
                format!("Dem Link auf „{address}“ kann niemand folgen; bitte eine vollständige Adresse mit https:// angeben."),
                format!("Nobody can follow the link to “{address}”; please give a whole address with https://."),
            ),
            Self::Nowhere(address) => (
                format!("{address} führt auf keine Seite, oder auf eine, die nicht veröffentlicht ist."),
                format!("{address} leads to no page, or to one that is not published."),
            ),
            Self::ForMembers(address) => (
                format!("{address} ist nicht für alle, die diese Ausgabe lesen können."),
                format!("{address} is not for everybody who can read this issue."),
            ),
            Self::TooManyLinks => (format!("Bitte höchstens {LINKS} Links."), format!("Please have {LINKS} links at most.")),
            Self::Large(bytes) => {
                let (size, most) = (bytes / 1000, CLIPPED / 1000);
                (
                    format!("Die Mail hat {size} kB: Ab {most} kB schneiden manche Anbieter das Ende ab."),
                    format!("The mail has {size} kB: some providers cut off the end from {most} kB on."),
                )
            }
        };
        if locale.is_german() { de } else { en }
    }
}

/// What is wrong with a text by itself.
#[must_use]
pub fn of_text(text: &str) -> Vec<Flaw> {
    let (mut flaws, mut words, mut open) = (Vec::new(), false, None::<(String, bool)>);
    for event in events(text) {
        match event {
            Event::Start(Tag::Image { .. }) if !flaws.contains(&Flaw::Picture) => flaws.push(Flaw::Picture),
            Event::Start(Tag::Link { dest_url, .. }) => open = Some((dest_url.to_string(), false)),
            Event::End(TagEnd::Link) => {
                if let Some((address, has_words)) = open.take() {
                    flaws.extend((!can_be_followed(&address)).then(|| Flaw::Unfollowable(address.clone())));
                    flaws.extend((!has_words).then_some(Flaw::Wordless(address)));
                }
            }
            Event::Text(said) | Event::Code(said) if said.chars().any(char::is_alphanumeric) => {
                words = true;
                if let Some((_, has_words)) = &mut open {
                    *has_words = true;
                }
            }
            _ => {}
        }
    }
    flaws.extend((!words).then_some(Flaw::Empty));
    flaws
}

/// Where a link leads that is one to a page of ours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// To an event.
    Event(Slug),
    /// To a post.
    Post(Slug),
    /// To an organisation.
    Organisation(Slug),
    /// To a programme.
    Programme(Slug),
    /// To a newsletter.
    Newsletter(Slug),
    /// To an issue.
    Issue(Slug),
    /// Nowhere that we know of.
    Unknown,
}

/// The links of a text, and its cards, that lead to things of ours, each once with its address as it is written.
#[must_use]
pub fn pages(text: &str, public_url: &str) -> BTreeSet<(String, Page)> {
    let links = events(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some((page(&dest_url, public_url)?, dest_url.to_string())),
        _ => None,
    });
    let cards = card::cards(text, public_url).into_iter().map(|card| match card.of {
        Shown::Event(slug) => (format!("/events/{slug}"), Page::Event(slug)),
        Shown::Post(slug) => (format!("/posts/{slug}"), Page::Post(slug)),
    });
    links.map(|(page, address)| (address, page)).chain(cards).collect()
}

/// The thing of ours that an address leads to; none for other sites, and for pages of ours that are always there.
fn page(address: &str, public_url: &str) -> Option<Page> {
    let path = match address.strip_prefix(public_url) {
        Some(path) if path.is_empty() || path.starts_with(['/', '?', '#']) => path,
        _ if address.starts_with('/') && !address.starts_with("//") => address,
        _ => return None,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let (Some(folder), thing) = (parts.next(), parts.next()) else { return None };
    let slug = |of: fn(Slug) -> Page| thing.map(|thing| thing.split('.').next().unwrap_or_default().parse().map_or(Page::Unknown, of));
    match folder.split('.').next().unwrap_or_default() {
        "events" => slug(Page::Event),
        "posts" => slug(Page::Post),
        "organisations" => slug(Page::Organisation),
        "programmes" => slug(Page::Programme),
        "newsletters" => slug(Page::Newsletter),
        "issues" => slug(Page::Issue),
        "calendar" | "join" | "search" | "account" | "sign-in" | "media" => None,
        _ => Some(Page::Unknown),
    }
}

fn can_be_followed(address: &str) -> bool {
    let is_within = address.starts_with('/') && !address.starts_with("//");
    is_within || ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.len() > scheme.len() && address.starts_with(scheme))
}

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "https://miso.example";

    #[test]
    fn what_cannot_be_mailed_is_found() {
        assert_eq!(of_text("Hallo [hier](https://a.example)"), []);
        assert_eq!(of_text("\n---\n"), [Flaw::Empty]);
        assert_eq!(of_text("Da ![](x.png) ![ein Fest](y.png)"), [Flaw::Picture]);
        assert_eq!(of_text("Da [](https://a.example)"), [Flaw::Wordless("https://a.example".into())]);
        for address in ["javascript:alert(1)", "fest", "//a.example", "https://", ""] {
            assert_eq!(of_text(&format!("Da [hier](<{address}>)")), [Flaw::Unfollowable(address.into())], "{address}");
        }
    }

    #[test]
    fn links_to_ourselves_are_known_by_what_they_lead_to() {
        let of = |text: &str| pages(text, SITE).into_iter().map(|(_, page)| page).collect::<Vec<_>>();
        let slug = |text: &str| text.parse::<Slug>().unwrap();
        assert_eq!(of("[a](/events/fest) [b](https://miso.example/events/fest.ics?x)").len(), 2);
        assert_eq!(of("[a](/posts/podium#b)"), [Page::Post(slug("podium"))]);
        assert_eq!(
            of("/events/fest\n\n[x](/organisations/kargah/calendar.ics)"),
            [Page::Event(slug("fest")), Page::Organisation(slug("kargah"))]
        );
        assert_eq!(of("[a](/) [b](/events) [c](/calendar.ics) [d](https://miso.example) [e](mailto:a@b.example)"), []);
        assert_eq!(of("[a](https://miso.example.evil/events/x) [b](https://other.example/nix)"), []);
        assert_eq!(of("[a](/nix) "), [Page::Unknown]);
        assert_eq!(of("[a](/events/NIX!)"), [Page::Unknown]);
    }
}
