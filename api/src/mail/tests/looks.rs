//! How mails look: in the colours of the pages, legible, and with nothing fetched from anywhere.

use std::collections::BTreeSet;
use std::path::Path;

/// What is said on what, by the names of the pages' colours.
const SAID_ON: [(&str, &str); 9] = [
    ("ink", "surface"),
    ("ink", "tint"),
    ("quiet", "surface"),
    ("quiet", "ground"),
    ("accent", "surface"),
    ("accent", "ground"),
    ("accent-ink", "accent"),
    ("ink", "ground"),
    ("quiet", "tint"),
];

fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn colours(text: &str) -> BTreeSet<String> {
    let is_colour = |text: &&str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split('#').filter_map(|part| part.get(..6)).filter(is_colour).map(str::to_lowercase).collect()
}

/// The colour of a name in a part of the pages' style sheet.
fn colour(sheet: &str, name: &str) -> [u8; 3] {
    let (_, behind) = sheet.split_once(&format!("--{name}: #")).unwrap();
    [0, 2, 4].map(|at| u8::from_str_radix(&behind[at..at + 2], 16).unwrap())
}

/// WCAG 2.2, relative luminance.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[test]
fn mails_have_the_colours_of_the_pages() {
    let sheet = colours(&file("../web/assets/site.css"));
    for name in ["registered.de", "issue.de", "issue.ar"] {
        let strange: Vec<String> = colours(&file(&format!("src/mail/snapshots/{name}.html"))).difference(&sheet).cloned().collect();
        assert!(strange.is_empty(), "{name}: {strange:?}");
    }
}

#[test]
fn everything_can_be_read_by_day_and_by_night() {
    let sheet = file("../web/assets/site.css");
    let (day, night) = sheet.split_once("@media (prefers-color-scheme: dark)").unwrap();
    for sheet in [day, night] {
        for (words, ground) in SAID_ON {
            let (a, b) = (luminance(colour(sheet, words)), luminance(colour(sheet, ground)));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{words} on {ground}: {contrast}");
        }
    }
}

#[test]
fn nothing_is_fetched_from_anywhere() {
    for name in ["registered.de", "registered.en", "issue.de", "issue.ar"] {
        let html = file(&format!("src/mail/snapshots/{name}.html"));
        for bad in [" src=", "url(", "@import", "<link", "<img", "<script", "background="] {
            assert!(!html.contains(bad), "{name} has {bad}");
        }
    }
}
