//! Cards: an event or a post that an issue shows. Who writes it puts the address of the thing alone into a paragraph, as editors are
//! used to from blogs; what the card says is known when the mail is written.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::kernel::Slug;

/// A paragraph that is a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it shows.
    pub of: Shown,
    /// Where it stands in the text.
    pub at: Range<usize>,
}

/// What a card shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The event with this slug.
    Event(Slug),
    /// The post with this slug.
    Post(Slug),
}

impl Shown {
    /// What an address of ours is of, where it is that of an event or a post.
    #[must_use]
    pub fn at(address: &str, public_url: &str) -> Option<Self> {
        let path = address.strip_prefix(public_url).unwrap_or(address);
        let (folder, slug) = path.strip_prefix('/')?.split_once('/')?;
        let slug = slug.trim_end_matches('/').parse().ok()?;
        match folder {
            "events" => Some(Self::Event(slug)),
            "posts" => Some(Self::Post(slug)),
            _ => None,
        }
    }
}

/// The cards of a text, in order.
#[must_use]
pub fn cards(text: &str, public_url: &str) -> Vec<Card> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (event, at) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 => {
                let said = text[at.clone()].trim();
                let address = said.strip_prefix('<').and_then(|said| said.strip_suffix('>')).unwrap_or(said);
                found.extend(Shown::at(address, public_url).map(|of| Card { of, at: at.start..at.start + text[at].trim_end().len() }));
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::Paragraph | _) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// The text with its cards filled in; those that `fill` knows nothing of are left out.
#[must_use]
pub fn filled(text: &str, cards: &[Card], mut fill: impl FnMut(&Shown) -> Option<String>) -> String {
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for card in cards {
        written.push_str(&text[end..card.at.start]);
        written.push_str(fill(&card.of).unwrap_or_default().trim());
        end = card.at.end;
    }
    written.push_str(&text[end..]);
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SITE: &str = "https://miso.example";

    fn of(text: &str) -> Vec<Shown> {
        cards(text, SITE).into_iter().map(|card| card.of).collect()
    }

    fn event(slug: &str) -> Shown {
        Shown::Event(slug.parse().unwrap())
    }

    #[test]
    fn an_address_of_ours_alone_in_a_paragraph_is_a_card() {
        let text = "Hallo\n\n/events/fest\n\nhttps://miso.example/posts/podium\n\n<https://miso.example/events/kurs/>\n";
        assert_eq!(of(text), [event("fest"), Shown::Post("podium".parse().unwrap()), event("kurs")]);
        assert_eq!(filled(text, &cards(text, SITE), |_| Some("KARTE\n".to_owned())), "Hallo\n\nKARTE\n\nKARTE\n\nKARTE\n");
    }

    #[test]
    fn an_address_among_words_in_a_list_or_elsewhere_is_none() {
        for text in [
            "Siehe /events/fest",
            "/events/fest\nund mehr",
            "- /events/fest",
            "> /events/fest",
            "    /events/fest",
            "```\n/events/fest\n```",
            "https://other.example/events/fest",
            "/organisations/miso",
            "/events/",
            "/events/a/b",
            "/events/../x",
        ] {
            assert_eq!(of(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_gone_leaves_no_gap_in_the_words() {
        let text = "Davor\n\n/events/fest\n\nDanach";
        assert_eq!(filled(text, &cards(text, SITE), |_| None), "Davor\n\n\n\nDanach");
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_what_is_no_card_stays(text in "([a-z/ >\\-`*#|ü\n]|/events/a|\n\n){0,40}") {
            let cards = cards(&text, SITE);
            let back = filled(&text, &cards, |shown| match shown {
                Shown::Event(slug) => Some(format!("/events/{slug}")),
                Shown::Post(slug) => Some(format!("/posts/{slug}")),
            });
            prop_assert_eq!(super::cards(&back, SITE).len(), cards.len());
        }
    }
}
