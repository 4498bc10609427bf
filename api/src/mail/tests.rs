//! Whole mails: as they look, and what nobody can make of them.
//!
//! The mails in `snapshots/` are what the samples become; `RENEW_SNAPSHOTS=1` writes them anew, to be looked at and committed.

mod every_template;
mod hostile;
mod looks;
mod markup;
pub(crate) mod snapshots;

use serde_json::{Value, json};

use super::{Footer, FooterLink, Frame, Language, Reason, Template, template};

const REGISTERED: Template = template!("samples/registered");

fn values() -> Value {
    json!({
        "name": "Amal Beispiel",
        "event": "Beispiel-Lesung *im* Saal",
        "when": "Dienstag, 17. Mai 2022, 18:00–20:00 Uhr",
        "place": "Beispielhaus, Beispielstraße 1, 30159 Hannover",
        "seats": 2,
        "host": "Beispielverein e.V., besuchen Sie www.boese.example",
        "note": "Bitte bringen Sie\neine Tasse mit.\n\n# Danke",
        "url": "https://example.org/registrations/abc-_123",
        "event_url": "https://example.org/events/beispiel-lesung?a=1&b=(2)",
    })
}

fn frame(reason: Reason<'_>) -> Frame<'_> {
    Frame {
        sender_name: "Beispielnetzwerk",
        public_url: "https://example.org",
        usual_language: Language::De,
        footer: Footer {
            reason,
            imprint: "Beispielnetzwerk e.V.\nBeispielstraße 1, 30159 Hannover\npost@example.org",
            links: vec![FooterLink::Imprint("https://example.org/imprint"), FooterLink::Privacy("https://example.org/privacy")],
        },
    }
}

fn newsletter_frame() -> Frame<'static> {
    let mut frame = frame(Reason::Subscription("Beispielbrief"));
    frame.footer.links = vec![
        FooterLink::Online("https://example.org/issues/sommer"),
        FooterLink::Preferences("https://example.org/subscriptions/abc"),
        FooterLink::Unsubscribe("https://example.org/unsubscribe/abc/beispielbrief"),
    ];
    frame
}
