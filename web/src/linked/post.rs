//! Posts, and the programmes that some belong to.

use serde_json::{Value, json};

use super::{each, named, picture};

/// A post as its page shows it; none where it is not published.
pub fn post(post: &Value) -> Option<Value> {
    if post["status"] != "PUBLISHED" {
        return None;
    }
    let people = |wanted: &[&str]| -> Value {
        let those = post["contributors"].as_array().into_iter().flatten();
        let those = those.filter(|person| person["role"].as_str().is_some_and(|role| wanted.contains(&role)));
        those.map(|person| json!({ "@type": "Person", "name": person["name"], "jobTitle": person["function"] })).collect()
    };
    let writers = people(&["AUTHOR", "INTERVIEWER", "HOST"]);
    let is_heard = !post["audio"].is_null();
    Some(json!({
        "@type": sort(post["kind"].as_str().unwrap_or_default()), "@id": post["url"], "url": post["url"], "mainEntityOfPage": post["url"],
        "headline": post["title"], "name": post["title"], "description": post["teaser"], "abstract": post["plainSummary"],
        "inLanguage": post["locale"], "datePublished": post["publishedAt"], "dateModified": post["updatedAt"],
        "timeRequired": post["readingMinutes"].as_i64().map(|minutes| format!("PT{minutes}M")),
        "author": if writers == json!([]) { named(&post["organisation"]) } else { writers },
        "contributor": people(&["GUEST", "INTERVIEWEE", "PHOTOGRAPHER", "TRANSLATOR"]),
        "publisher": named(&post["organisation"]), "image": picture(&post["cover"]),
        "keywords": each(&post["tags"], |tag| tag["name"].clone()), "citation": post["sources"],
        "about": each(&post["events"], |event| json!({ "@type": "Event", "name": event["title"], "url": event["url"], "startDate": event["startsAt"] })),
        "mentions": each(&post["mentions"], named),
        "isPartOf": json!({ "@type": "CreativeWorkSeries", "name": post["programme"]["name"], "url": post["programme"]["url"] }),
        "audio": is_heard.then(|| recording(post)),
    }))
}

/// A programme: a series where it broadcasts, else a project.
pub fn programme(programme: &Value) -> Value {
    let (of, funders) = (named(&programme["organisation"]), each(&programme["funders"], named));
    if programme["isBroadcast"] == true {
        return json!({
            "@type": "RadioSeries", "@id": programme["url"], "url": programme["url"], "name": programme["name"], "publisher": of,
            "funder": funders, "startDate": programme["startedOn"], "endDate": programme["endedOn"],
            "workExample": json!({ "@type": "PodcastSeries", "name": programme["name"], "webFeed": programme["podcastUrl"] }),
        });
    }
    json!({
        "@type": "Project", "@id": programme["url"], "url": programme["url"], "name": programme["name"], "parentOrganization": of,
        "funder": funders, "foundingDate": programme["startedOn"], "dissolutionDate": programme["endedOn"],
    })
}

fn sort(kind: &str) -> &'static str {
    match kind {
        "NEWS" => "NewsArticle",
        "REPORT" => "Report",
        _ => "Article",
    }
}

fn recording(post: &Value) -> Value {
    let audio = &post["audio"];
    json!({
        "@type": "AudioObject", "name": post["title"], "contentUrl": audio["url"], "encodingFormat": audio["mediaType"],
        "duration": audio["durationSeconds"].as_i64().map(|seconds| format!("PT{seconds}S")), "uploadDate": post["publishedAt"],
    })
}
