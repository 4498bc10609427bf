//! The draft of a digest: what is new, and what comes, as cards that its editor puts in order.

use serde_json::json;

use crate::kernel::Locale;
use crate::mail::{Draft, Language, Template, Unwritable, draft, template};

const DIGEST: Template = template!("digest");

/// What a digest is made of.
#[derive(Clone, Debug)]
pub struct Digest {
    /// The newsletter's name.
    pub newsletter: String,
    /// Slugs of posts, the latest first.
    pub posts: Vec<String>,
    /// Slugs of events, the next first.
    pub events: Vec<String>,
    /// Whether more comes than that.
    pub more: bool,
}

impl Digest {
    /// Its draft in a language, whose subject names `first`, e.g. the title of the first post.
    ///
    /// # Errors
    /// Where the template is wrong.
    pub fn written(&self, locale: &Locale, first: &str) -> Result<Draft, Unwritable> {
        let cards = |folder: &str, slugs: &[String]| slugs.iter().map(|slug| format!("/{folder}/{slug}")).collect::<Vec<_>>();
        let values = json!({
            "newsletter": self.newsletter,
            "first": first,
            "posts": cards("posts", &self.posts),
            "events": cards("events", &self.events),
            "more": self.more,
        });
        let mut written = draft(&DIGEST, Language::of(locale).unwrap_or(Language::De), values)?;
        written.body = written.body.trim().to_owned();
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_cards_under_two_headings_and_nothing_under_none() {
        let digest =
            Digest { newsletter: "Brief".into(), posts: vec!["podium".into()], events: vec!["fest".into(), "kurs-2".into()], more: false };
        let german = digest.written(&Locale::german(), "Podium").unwrap();
        assert_eq!(german.subject, "Brief: Podium");
        assert_eq!(german.body, "## Neues\n\n/posts/podium\n\n## Was kommt\n\n/events/fest\n\n/events/kurs-2");
        let english = Digest { posts: Vec::new(), more: true, ..digest }.written(&Locale::english(), "Fest").unwrap();
        assert_eq!(english.body, "## Coming up\n\n/events/fest\n\n/events/kurs-2\n\n[All dates](/events)");
    }
}
