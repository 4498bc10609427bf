//! What a page is about, for search engines and other programs: JSON-LD (W3C) in the words of schema.org.
//!
//! It says no more than the page: it is made of the answer that the page shows. What is not for everybody is not described.

mod event;
mod lists;
mod organisation;
mod post;

use serde_json::{Value, json};

use crate::site::Site;

/// The description of a page, from what the schema answered to its question, in its `<script>`; none for pages that are about
/// nothing which schema.org has a word for.
pub fn of(page: &str, answer: &Value, site: &Site) -> Option<String> {
    let about = &answer[page];
    let described = match page {
        "home" => organisation::network(&answer["network"], &site.public_url),
        "organisation" => organisation::organisation(about, &answer["network"], &site.public_url),
        "event" => event::event(about)?,
        "post" => post::post(about)?,
        "programme" => post::programme(about),
        "newsletter" => lists::newsletter(about)?,
        "issue" => lists::issue(about)?,
        "organisations" => lists::list(about),
        "posts" => lists::list(about),
        "events" => lists::dates(&answer["occurrences"]),
        _ => return None,
    };
    let mut described = stripped(described)?;
    described.as_object_mut()?.insert("@context".to_owned(), json!("https://schema.org"));
    Some(format!("<script type=\"application/ld+json\">{}</script>", in_script(&described.to_string())))
}

/// JSON that ends no `<script>` and begins no comment in one.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            // They stand within texts alone, where JSON has another way to write them.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(letter))),
            other => safe.push(other),
        }
    }
    safe
}

/// Without what says nothing: nulls, empty texts and empty lists.
fn stripped(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(items) => {
            let items: Vec<Value> = items.into_iter().filter_map(stripped).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(fields) => {
            let fields: serde_json::Map<_, _> = fields.into_iter().filter_map(|(name, value)| Some((name, stripped(value)?))).collect();
            // What is only called by its type is nothing.
            fields.keys().any(|name| name != "@type").then_some(Value::Object(fields))
        }
        other => Some(other),
    }
}

/// What each item of a list is described as.
fn each(list: &Value, describe: impl Fn(&Value) -> Value) -> Value {
    list.as_array().into_iter().flatten().map(describe).collect()
}

/// An organisation by its name and page.
fn named(organisation: &Value) -> Value {
    json!({ "@type": "Organization", "name": organisation["name"], "url": organisation["url"] })
}

/// A picture with its size.
fn picture(picture: &Value) -> Value {
    json!({
        "@type": "ImageObject", "url": picture["url"], "width": picture["width"], "height": picture["height"],
        "caption": picture["alt"], "creditText": picture["credit"],
    })
}

/// A postal address.
fn address(address: &Value) -> Value {
    if address.is_null() {
        return Value::Null;
    }
    json!({
        "@type": "PostalAddress", "streetAddress": address["street"], "postalCode": address["postalCode"],
        "addressLocality": address["city"], "addressCountry": address["countryCode"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_that_it_stands_in() {
        let json = json!({ "name": "</script><!-- & \u{2028}" }).to_string();
        let safe = in_script(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<Value>(&safe).unwrap(), serde_json::from_str::<Value>(&json).unwrap());
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let value = json!({ "@type": "Place", "name": null, "address": { "@type": "PostalAddress", "street": "" }, "tags": [null] });
        assert_eq!(stripped(value), None);
        assert_eq!(stripped(json!({ "a": [0, null, ""], "b": false })), Some(json!({ "a": [0], "b": false })));
    }
}
