//! What nobody can make of a mail, whatever they are called and whatever they write.

use proptest::prelude::*;
use serde_json::Value;

use super::super::escape::line;
use super::super::html::escaped;
use super::super::{Reason, Written, dress, write};
use super::markup::elements;
use super::{REGISTERED, frame, newsletter_frame, values};
use crate::kernel::Locale;

/// Letters that mean something somewhere.
const TELLING: &str = "[<>a-z\"'=/ !\\[\\]()`*_#&;:.@|~\\\\\n\r\t{}%-]{0,60}|\\PC{0,40}";

fn with(name: &str, value: &str) -> Written {
    let mut values = values();
    values[name] = Value::from(value);
    write(&REGISTERED, &Locale::german(), values, &frame(Reason::Registration)).unwrap()
}

fn shape(written: &Written) -> Vec<String> {
    elements(&written.html).unwrap().into_iter().filter(|element| !element.starts_with("div role=\"article\"")).collect()
}

/// What a mail program would make a link of by itself.
fn looks_like_an_address(text: &str) -> bool {
    text.contains("://") || text.contains("www.boese") || text.contains(".example")
}

#[test]
fn a_name_is_no_way_to_phish() {
    for hostile in [
        "http://boese.example/konto",
        "Ihr Konto: www.boese.example",
        "[Konto](https://boese.example)",
        "<https://boese.example>",
        "**[Konto bestätigen](https://boese.example)**",
        "<a href=https://boese.example>",
        "![x](https://boese.example/x.gif)",
        "x\n\n# Achtung\n\n[a]: https://boese.example\n\n[a]",
        "boese.example",
        "&#60;b&#62;",
    ] {
        for name in ["name", "event", "place", "host"] {
            let written = with(name, hostile);
            assert_eq!(shape(&written), shape(&with(name, "Amal")), "{name}: {hostile}");
            let said = written.html.replace("https://example.org", "").replace("http://www.w3.org", "").replace("post@example.org", "");
            let said: String = said.lines().filter(|line| !line.starts_with("<title>") && !line.starts_with("<div ")).collect();
            assert!(!looks_like_an_address(&said), "{name}: {hostile}\n{said}");
        }
    }
}

#[test]
fn a_value_that_is_not_there_is_an_error() {
    let mut without = values();
    without["event"] = Value::Null;
    assert!(write(&REGISTERED, &Locale::german(), &without, &frame(Reason::Registration)).is_err());
    let address = |address: &str| {
        let mut values = values();
        values["url"] = Value::from(address);
        write(&REGISTERED, &Locale::german(), values, &frame(Reason::Registration)).is_ok()
    };
    assert!(address("https://example.org"));
    let mut values = values();
    values["url"] = Value::from("https://example.org/a_(b);c?d=*e*&copy;=\\|<f>");
    let html = write(&REGISTERED, &Locale::german(), values, &frame(Reason::Registration)).unwrap().html;
    assert!(html.contains("href=\"https://example.org/a_%28b%29;c?d=*e*&amp;copy%3B=%5C%7C%3Cf%3E\""), "{html}");
    assert!(!address("javascript:alert(1)") && !address("/registrations/x") && !address(""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_value_adds_an_element(value in TELLING) {
        for name in ["name", "event", "place", "host"] {
            prop_assert_eq!(shape(&with(name, &format!("x{value}"))), shape(&with(name, "Amal")));
        }
    }

    #[test]
    fn every_value_says_its_words(value in TELLING) {
        let unseen = |text: &str| text.replace(['\u{200c}', '\u{2068}', '\u{2069}'], "");
        let value = format!("x{value}y");
        for name in ["name", "event", "place", "host", "note"] {
            let html = unseen(&with(name, &value).html).replace("<br>\n", " ").replace("</p>\n<p style=\"margin:0px 0 0px\">", " ");
            let html = html.replace("</p>\n<p style=\"margin:0px 0 16px\">", " ");
            let words = unseen(&escaped(&line(&value)));
            prop_assert!(html.contains(&words), "{name}: {words}\n{html}");
        }
    }

    #[test]
    fn no_note_adds_more_than_lines(value in TELLING) {
        let known = ["p style=\"margin:0px 0 16px\"", "p style=\"margin:0px 0 0px\"", "br"];
        let of = |value: &str| -> Vec<String> { shape(&with("note", value)).into_iter().filter(|element| !known.contains(&element.as_str())).collect() };
        prop_assert_eq!(of(&format!("x{value}")), of("Amal"));
    }

    #[test]
    fn a_subject_is_one_line(value in TELLING) {
        let written = with("event", &value);
        prop_assert!(!written.subject.chars().any(char::is_control), "{:?}", written.subject);
        prop_assert!(written.subject.chars().count() <= 201);
        let dressed = dress(&value, Some(&value), "", &Locale::german(), &newsletter_frame());
        prop_assert!(!dressed.subject.chars().any(char::is_control), "{:?}", dressed.subject);
        prop_assert!(elements(&dressed.html).is_ok());
    }

    #[test]
    fn any_markdown_becomes_well_formed_html_that_runs_nothing(text in TELLING, more in TELLING) {
        let text = format!("{text}\n{more}");
        let written = dress("Titel", None, &text, &Locale::german(), &newsletter_frame());
        for element in elements(&written.html).map_err(TestCaseError::fail)? {
            let name = element.split_whitespace().next().unwrap_or_default();
            prop_assert!(!["script", "iframe", "img", "svg", "form", "link", "object"].contains(&name), "{element}");
            let outside_of_values: String = element.split('"').step_by(2).collect();
            prop_assert!(!outside_of_values.contains(" on"), "{element}");
            for bad in ["\"javascript:", "\"data:", "\"vbscript:"] {
                prop_assert!(!element.contains(bad), "{element}");
            }
        }
    }
}

#[test]
fn nothing_of_an_editor_runs_or_is_loaded() {
    for hostile in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://tracker.example/x.gif)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](https://example.org/\"onclick=\"x)",
        "<style>*{display:none}</style>",
        "a\u{0}<iframe src=//x>",
    ] {
        let html = dress("Titel", None, hostile, &Locale::german(), &newsletter_frame()).html;
        for bad in ["<script", "<img", "<iframe", "javascript:", "href=\"data:", "\"onclick", "display:none}", "tracker.example"] {
            assert!(!html.contains(bad), "{hostile} gave {html}");
        }
    }
}
