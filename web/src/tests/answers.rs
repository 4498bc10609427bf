//! What the schema might say, in full.

use serde_json::{Value, json};

/// The answer to each page's question.
pub fn full(page: &str) -> Value {
    let mut answer = match page {
        "home" => json!({
            "ahead": { "nodes": [date("2022-05-20T18:00:00+02:00", Value::Null, false), date("2022-05-17T18:00:00+02:00", Value::Null, false)] },
            "past": { "nodes": [date("2022-05-03T00:00:00+02:00", json!("2022-05-04T00:00:00+02:00"), true)] },
            "posts": { "nodes": [post()] },
        }),
        "events" => json!({ "occurrences": {
            "totalCount": 2,
            "nodes": [date("2022-05-18T00:00:00+02:00", json!("2022-05-20T00:00:00+02:00"), true), date("2022-06-01T18:00:00+02:00", Value::Null, false)],
            "pageInfo": { "hasNextPage": true, "hasPreviousPage": true, "startCursor": "s&s", "endCursor": "e&e" },
        } }),
        "event" => json!({ "event": event_in_full() }),
        "organisations" => json!({ "organisations": {
            "totalCount": 1,
            "nodes": [{ "name": "kargah e. V.", "shortName": "kargah", "url": "https://miso.example/organisations/kargah", "address": { "city": "Hannover", "district": "Linden" }, "focus": [{ "slug": "bildung", "name": "Bildung" }], "languages": ["fa", "de"] }],
            "pageInfo": { "hasNextPage": true, "endCursor": "e&e" },
        }, "all": { "nodes": [
            { "address": { "district": "Linden" }, "focus": [{ "slug": "bildung", "name": "Bildung" }], "languages": ["fa", "de"] },
            { "address": null, "focus": [{ "slug": "bildung", "name": "Bildung" }], "languages": ["fa"] },
        ] } }),
        "calendar" => json!({ "calendar": {
            "name": "MiSO – Konzert", "isSecret": false, "totalCount": 18,
            "links": {
                "url": "https://miso.example/calendar.ics?category=concert", "webcalUrl": "webcal://miso.example/calendar.ics?category=concert",
                "googleUrl": "https://calendar.google.com/calendar/render?cid=x", "outlookUrl": "https://outlook.live.com/calendar/0/addfromweb?url=x",
            },
            "ahead": [
                { "title": "Fest", "locale": "de", "url": "https://miso.example/events/fest", "startsAt": "2022-09-28T18:00:00+02:00", "endsAt": null, "allDay": false, "cancelled": true, "waiting": false },
                { "title": "جشن", "locale": "fa", "url": "https://miso.example/events/jashn", "startsAt": "2022-10-01T00:00:00+02:00", "endsAt": "2022-10-02T00:00:00+02:00", "allDay": true, "cancelled": false, "waiting": true },
            ],
        } }),
        "organisation" => json!({ "organisation": organisation_in_full() }),
        "posts" => json!({ "posts": { "totalCount": 1, "nodes": [post()], "pageInfo": { "hasNextPage": false, "endCursor": "e" } } }),
        "post" => json!({ "post": post_in_full() }),
        "programme" => json!({ "programme": {
            "slug": "on-air", "url": "https://miso.example/programmes/on-air", "name": "MiSO on air", "description": "<p>Radio</p>", "isBroadcast": true, "podcastUrl": "https://miso.example/programmes/on-air/podcast.xml",
            "organisation": link("MiSO"), "funders": [link("BAMF")], "startedOn": "2021-03", "endedOn": null,
            "posts": { "nodes": [post()] }, "ahead": { "nodes": [event()] }, "past": { "nodes": [event()] },
        } }),
        "search" => json!({ "found": {
            "totalCount": 3,
            "nodes": [
                { "__typename": "Post", "title": "Podium", "url": "https://miso.example/posts/podium", "teaser": "…", "locale": "de", "publishedAt": null },
                { "__typename": "Event", "title": "Fest", "url": "https://miso.example/events/fest", "summary": "…", "locale": "de", "status": "CANCELLED", "startsAt": "2022-09-28T18:00:00+02:00", "endsAt": null, "schedule": { "allDay": false } },
                { "__typename": "Organisation", "name": "kargah", "url": "https://miso.example/organisations/kargah", "address": null, "focus": [] },
            ],
            "pageInfo": { "hasNextPage": false, "endCursor": null },
        } }),
        other => super::acting::full(other),
    };
    // Only questions ask for what stands around every page.
    if !page.contains('/') {
        answer["network"] = network();
    }
    answer
}

fn network() -> Value {
    json!({
        "name": "MiSO-Netzwerk Hannover e. V.", "shortName": "MiSO", "timeZone": "Europe/Berlin", "locales": ["de", "en"], "description": "<p>Netzwerk</p>",
        "foundedOn": "2012-05-03", "memberCount": 46, "organisation": { "locale": "de", "url": "https://miso.example/organisations/miso" },
        "address": address(), "directions": null, "phone": "+49 511 1", "email": "info@miso.example", "website": "https://www.miso.example/",
        "openingHours": [
            { "weekday": "MONDAY", "opensAt": "09:00", "closesAt": "17:00" },
            { "weekday": "TUESDAY", "opensAt": "09:00", "closesAt": "17:00" },
            { "weekday": "FRIDAY", "opensAt": "09:00", "closesAt": "14:00" },
        ],
        "openingHoursNote": "und nach Vereinbarung", "programmes": [link("MiSO on air")], "umbrellas": [link("BV NeMO")], "funders": [link("BMI")],
        "calendar": calendar(), "feeds": feeds(),
    })
}

fn calendar() -> Value {
    json!({ "url": "https://miso.example/calendar.ics", "webcalUrl": "webcal://miso.example/calendar.ics", "googleUrl": "https://g.example/", "outlookUrl": "https://o.example/" })
}

fn address() -> Value {
    json!({ "street": "Mengendamm 12", "extra": null, "postalCode": "30177", "city": "Hannover", "district": "List", "countryCode": "DE" })
}

fn link(name: &str) -> Value {
    json!({ "name": name, "url": "https://miso.example/organisations/x" })
}

/// A place.
pub fn place() -> Value {
    json!({
        "mode": "HYBRID", "room": "Saal", "onlineUrl": "https://meet.example/",
        "venue": { "name": "Koki", "address": address(), "directions": "Linie 10", "website": "https://koki.example" },
    })
}

/// A picture.
fn picture() -> Value {
    json!({
        "url": "https://miso.example/media/ab/ab.jpg", "alt": "Ein Saal", "credit": "Foto: Muster", "width": 700, "height": 400,
        "variants": [{ "url": "https://miso.example/media/cd/cd.jpg", "width": 320 }],
    })
}

/// A date of an event.
pub fn date(start: &str, end: Value, all_day: bool) -> Value {
    json!({ "id": format!("occurrence_{start}"), "startsAt": start, "endsAt": end, "doorsAt": null, "allDay": all_day, "cancelled": false, "cancellationReason": null, "place": place(), "event": event(), "seats": null })
}

/// An event in a list.
pub fn event() -> Value {
    json!({
        "title": "Fest", "url": "https://miso.example/events/fest", "locale": "de", "status": "PUBLISHED", "category": "CELEBRATION",
        "startsAt": "2022-09-28T18:00:00+02:00", "endsAt": null, "schedule": { "allDay": false, "timeNote": "Uhrzeit folgt" }, "place": place(),
        "hosts": [{ "organisation": { "name": "MiSO", "shortName": null } }],
    })
}

/// An event as its own page asks for it.
pub fn event_in_full() -> Value {
    let seats = json!({ "capacity": 40, "left": 5, "state": "OPEN" });
    let mut moved = date("2022-09-30T18:00:00+02:00", Value::Null, false);
    (moved["cancelled"], moved["cancellationReason"]) = (json!(true), json!("krank"));
    let next = json!({ "startsAt": "2022-09-28T18:00:00+02:00", "endsAt": "2022-09-28T21:00:00+02:00", "doorsAt": "2022-09-28T17:30:00+02:00", "allDay": false, "place": place(), "seats": seats });
    json!({
        "id": "event_1", "slug": "fest", "url": "https://miso.example/events/fest", "status": "PUBLISHED", "visibility": "PUBLIC", "category": "CELEBRATION",
        "title": "10 Jahre Vielfalt", "summary": "Wir feiern.", "description": "<p>Mit Musik.</p>", "locale": "de", "locales": ["de", "fa"],
        "startsAt": "2022-09-28T18:00:00+02:00", "endsAt": null, "schedule": { "allDay": false, "doorsAt": null, "timeNote": "pünktlich" },
        "nextOccurrence": next, "ahead": { "nodes": [date("2022-09-28T18:00:00+02:00", Value::Null, false), moved], "pageInfo": { "hasNextPage": true } },
        "past": { "nodes": [date("2022-01-01T18:00:00+01:00", Value::Null, false)] }, "place": place(),
        "hosts": [{ "role": "HOST", "organisation": link("MiSO") }, { "role": "CO_HOST", "organisation": link("kargah") }],
        "programme": link("Vielfalt"),
        "agenda": [
            { "at": "2022-09-28T18:00:00+02:00", "title": "Grußworte", "speaker": "Vorstand" },
            { "at": "2022-09-29T09:00:00+02:00", "title": "Frühstück", "speaker": null },
        ],
        "accessibility": {
            "languages": ["de"], "interpretation": ["fa", "gsg"], "childcare": null, "audience": "alle", "entryConditions": null,
            "features": [{ "feature": "STEP_FREE", "available": true, "note": "Rampe" }, { "feature": "QUIET_ROOM", "available": false, "note": null }, { "feature": "NEW_ONE", "available": true, "note": null }],
        },
        "price": { "kind": "PAID", "tiers": [{ "name": "Ermäßigt", "amount": 550, "currency": "EUR" }], "note": "Abendkasse" },
        "registrationPolicy": {
            "mode": "OPEN", "scope": "WHOLE_EVENT", "walkInsWelcome": true, "opensAt": "2022-08-01T12:00:00+02:00", "closesAt": null,
            "closesMinutesBefore": 120, "capacity": 40, "waitlist": true, "maxSeats": 4, "externalUrl": null,
            "questions": super::acting::questions(),
        },
        "seats": seats, "contact": { "name": "Büro", "email": "info@miso.example", "phone": "0511 1" }, "website": "https://fest.example",
        "tags": [{ "slug": "vielfalt", "name": "Vielfalt" }], "posts": [{ "title": "Rückblick", "url": "https://miso.example/posts/r", "locale": "de" }],
        "cover": picture(),
        "icsUrl": "https://miso.example/events/fest/calendar.ics", "cancellationReason": null,
        "outcome": { "guests": 100, "onlineGuests": 1, "donations": 120_000, "currency": "EUR", "note": "schön" },
        "sources": ["https://www.source.example/a"],
    })
}

/// An organisation as its own page asks for it.
pub fn organisation_in_full() -> Value {
    json!({
        "logo": picture(),
        "slug": "kargah", "url": "https://miso.example/organisations/kargah", "name": "kargah e. V.", "shortName": "kargah", "aliases": ["Kargah"],
        "kind": "MEMBER", "legalForm": "e. V.", "description": "<p>درباره</p>", "locale": "fa", "locales": ["de", "fa"], "focus": [{ "slug": "bildung", "name": "Bildung" }],
        "languages": ["fa", "de-simple"], "website": "https://kargah.example", "email": "a@kargah.example", "phone": "0511 2", "address": address(),
        "foundedOn": "1980", "membership": { "status": "ACTIVE", "joinedOn": "2012-05-03", "leftOn": null, "isFounding": true },
        "posts": { "nodes": [post()] }, "ahead": { "nodes": [event()] }, "past": { "nodes": [event()] }, "calendar": calendar(), "feeds": feeds(), "sources": [],
    })
}

fn post() -> Value {
    json!({ "title": "Podium", "url": "https://miso.example/posts/podium", "teaser": "Ein Abend", "kind": "REPORT", "publishedAt": "2022-05-17T22:00:00Z", "readingMinutes": 2, "locale": "de" })
}

/// A post as its own page asks for it.
pub fn post_in_full() -> Value {
    json!({
        "cover": picture(), "audio": { "url": "https://miso.example/media/ab/a.mp3", "mediaType": "audio/mpeg", "durationSeconds": 60 },
        "slug": "podium", "url": "https://miso.example/posts/podium", "kind": "REPORT", "status": "PUBLISHED", "title": "Podium", "teaser": "Ein Abend",
        "body": "<p>Es war <em>voll</em>.</p>", "plainSummary": "Es waren viele da.", "readingMinutes": 1, "locale": "de", "locales": ["de", "en", "fa"],
        "byline": "MiSO e. V.", "contributors": [{ "name": "Anja", "role": "INTERVIEWER", "function": "Vorstand" }], "organisation": link("MiSO"),
        "mentions": [link("kargah")], "programme": link("Vielfalt"), "tags": [{ "slug": "a", "name": "A" }], "events": [event()],
        "sources": ["https://source.example/"], "publishedAt": "2022-05-17T22:00:00Z", "updatedAt": "2022-05-18T06:00:00Z",
    })
}

fn feeds() -> Value {
    json!({
        "atomUrl": "https://miso.example/posts.atom", "rssUrl": "https://miso.example/posts.rss", "jsonUrl": "https://miso.example/posts.json",
    })
}
