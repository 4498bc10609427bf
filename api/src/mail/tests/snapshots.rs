//! The samples as mails, held against the files in `snapshots/`.

use std::path::Path;

use super::super::{Reason, Template, Written, dress, write};
use super::{REGISTERED, frame, newsletter_frame, values};
use crate::kernel::Locale;

fn hold(name: &str, written: &Written) {
    hold_as(&format!("mail/snapshots/{name}.txt"), &written.text);
    hold_as(&format!("mail/snapshots/{name}.html"), &written.html);
}

/// Every message of a feature, in both languages, held as text against the files beside its words; how the frame makes HTML of
/// such a document is held by the samples. `folder` is the feature's, and
/// `values` are all that any of its messages asks for.
pub(crate) fn hold_messages(folder: &str, templates: &[&Template], reason: Reason<'_>, values: &serde_json::Value) {
    for template in templates {
        for locale in [Locale::german(), Locale::english()] {
            let written = write(template, &locale, values, &frame(reason)).unwrap();
            hold_as(&format!("{folder}/{}/{locale}.txt", template.name), &written.text);
        }
    }
}

fn hold_as(file: &str, content: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
    if std::env::var_os("RENEW_SNAPSHOTS").is_some() {
        std::fs::write(&path, content).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(held == content, "{file} is not as it was: look at it with RENEW_SNAPSHOTS=1\n{content}");
}

#[test]
fn a_message_is_as_it_was() {
    for locale in [Locale::german(), Locale::english()] {
        let written = write(&REGISTERED, &locale, values(), &frame(Reason::Registration)).unwrap();
        assert_eq!(written.locale, locale);
        assert!(written.subject.ends_with(": Beispiel-Lesung *im* Saal"));
        hold(&format!("registered.{locale}"), &written);
    }
}

#[test]
fn an_issue_is_as_it_was() {
    let german = dress(
        "Sommer im Beispielnetzwerk",
        Some("Drei Veranstaltungen und eine Ausschreibung"),
        include_str!("../samples/issue.de.md"),
        &Locale::german(),
        &newsletter_frame(),
    );
    hold("issue.de", &german);
    let arabic = "ar".parse().unwrap();
    hold("issue.ar", &dress("الصيف في الشبكة", None, include_str!("../samples/issue.ar.md"), &arabic, &newsletter_frame()));
}

#[test]
fn a_reader_of_another_language_is_written_to_in_the_usual_one() {
    let written = write(&REGISTERED, &"fa".parse().unwrap(), values(), &frame(Reason::Registration)).unwrap();
    assert_eq!(written.locale, Locale::german());
    let british = write(&REGISTERED, &"en-GB".parse().unwrap(), values(), &frame(Reason::Registration)).unwrap();
    assert_eq!(british.locale, Locale::english());
}
