//! What the schema might say where something is done.

use async_graphql::{Response, ServerError, Value as Data};
use serde_json::{Value, json};

use super::answers::{self, date, event, place};
use super::fake::World;

/// The answer to each page's question, and to each form.
pub fn full(name: &str) -> Value {
    match name {
        "registration" => json!({ "registration": registration() }),
        "event/register" => json!({ "registrationCreate": { "receipt": receipt("CONFIRMED"), "errors": [] } }),
        "registration/update" => json!({ "registrationUpdate": { "registration": { "status": "CONFIRMED" }, "errors": [] } }),
        "registration/cancel" => json!({ "registrationCancel": { "registration": { "status": "CANCELLED" }, "errors": [] } }),
        "newsletters" => json!({ "newsletters": [newsletter("monatlich"), newsletter("kultur")] }),
        "newsletter" => json!({ "newsletter": newsletter("monatlich") }),
        "issue" => json!({ "issue": {
            "slug": "mai", "url": "https://miso.example/issues/mai", "subject": "Der Mai", "preheader": "Kurz gesagt", "body": "<p>Es war <em>Mai</em>.</p>",
            "locale": "de", "locales": ["de", "en"], "status": "SENT", "visibility": "PUBLIC", "startedAt": "2022-05-17T22:00:00Z",
            "newsletter": newsletter("monatlich"),
        } }),
        "subscription" => json!({ "newsletters": [newsletter("monatlich"), newsletter("kultur")], "subscriber": subscriber() }),
        "unsubscribe" => json!({ "subscriber": subscriber() }),
        "unsubscribe_one" => json!({ "subscriber": subscriber(), "newsletter": newsletter("monatlich") }),
        "newsletters/subscribe" | "newsletter/subscribe" => json!({ "subscriptionRequest": { "accepted": true, "errors": [] } }),
        "confirmation/confirm" => json!({ "subscriptionConfirm": { "subscriber": subscriber(), "errors": [] } }),
        "subscription/update" => json!({ "subscriberUpdate": { "subscriber": subscriber(), "errors": [] } }),
        "subscription/leave" | "unsubscribe/leave" | "unsubscribe_one/leave_one" => {
            json!({ "unsubscribe": { "subscriber": null, "errors": [] } })
        }
        "invitation" => json!({ "viewer": { "person": { "email": "person@example.org" } }, "invitationByToken": {
            "email": "person@example.org", "role": "EDITOR", "acceptedAt": null, "isOpen": true,
            "organisation": { "name": "Kargah", "url": "https://miso.example/organisations/kargah" },
        } }),
        "invitation/request" => json!({ "signInRequest": { "accepted": true, "errors": [] } }),
        "invitation/enter" => json!({ "signIn": { "viewer": { "person": { "id": "person_1" } }, "errors": [] } }),
        "invitation/accept" => json!({ "invitationAccept": { "organisation": { "id": "organisation_1" }, "errors": [] } }),
        "sign_in" => json!({ "viewer": null }),
        "join/apply" => json!({ "membershipApply": { "accepted": true, "errors": [] } }),
        "sign_in/request" => json!({ "signInRequest": { "accepted": true, "errors": [] } }),
        "sign_in/enter" | "sign_in_link/open" => json!({ "signIn": { "viewer": { "person": { "id": "person_1" } }, "errors": [] } }),
        "account" => json!({ "viewer": {
            "person": {
                "name": "Beispiel Person", "email": "person@example.org", "locale": "fa", "networkRole": "ADMIN",
                "organisations": [{ "role": "OWNER", "organisation": { "name": "MiSO", "url": "https://miso.example/organisations/miso" } }],
            },
            "calendar": own_calendar(), "membersCalendar": own_calendar(),
            "sessions": [session("this", true), session("other", false)],
            "accessTokens": [{ "id": "token_1", "name": "Webseite", "createdAt": "2022-05-17T22:00:00Z", "lastUsedAt": null, "expiresAt": "2023-01-01T00:00:00Z" }],
        } }),
        "account/update" => json!({ "viewerUpdate": { "viewer": { "person": { "id": "person_1" } }, "errors": [] } }),
        "account/sign_out" => json!({ "signOut": { "accepted": true, "errors": [] } }),
        "account/rotate" => json!({ "calendarTokenRotate": { "viewer": { "person": { "id": "person_1" } }, "errors": [] } }),
        "account/revoke" => json!({ "sessionRevoke": { "accepted": true, "errors": [] } }),
        "account/revoke_token" => json!({ "accessTokenRevoke": { "accepted": true, "errors": [] } }),
        _ => json!({}),
    }
}

fn own_calendar() -> Value {
    json!({
        "url": "https://miso.example/calendars/s/registrations.ics", "webcalUrl": "webcal://miso.example/calendars/s/registrations.ics",
        "googleUrl": "https://calendar.google.com/calendar/render?cid=x", "outlookUrl": "https://outlook.live.com/calendar/0/addfromweb?url=x",
    })
}

fn session(id: &str, is_current: bool) -> Value {
    json!({
        "id": format!("session_{id}"), "createdAt": "2022-05-17T22:00:00Z", "lastUsedAt": "2022-05-18T08:00:00Z",
        "expiresAt": "2022-06-17T08:00:00Z", "isCurrent": is_current,
    })
}

/// Questions of every kind.
pub fn questions() -> Value {
    let question = |key: &str, kind: &str, required: bool, choices: &[&str]| json!({ "key": key, "label": format!("Frage {key}"), "help": (key == "age").then_some("In Jahren"), "kind": kind, "required": required, "sensitive": key == "needs", "choices": choices });
    json!([
        question("school", "TEXT", true, &[]),
        question("needs", "LONG_TEXT", false, &[]),
        question("age", "NUMBER", false, &[]),
        question("photos", "YES_NO", true, &[]),
        question("level", "CHOICE", false, &["A1", "B1"]),
        question("diet", "CHOICES", false, &["vegan", "halal"]),
    ])
}

/// What is told of a registration just made.
pub fn receipt(status: &str) -> Value {
    let place = (status == "WAITLISTED").then_some(3);
    json!({ "status": status, "seats": 2, "waitlistPosition": place, "event": event(), "occurrence": null })
}

/// A registration, for who made it.
pub fn registration() -> Value {
    let mut event = answers::event_in_full();
    event["schedule"] = json!({ "allDay": false, "doorsAt": null, "timeNote": null });
    json!({
        "name": "Beispiel Person", "email": "person@example.org", "seats": 2, "status": "CONFIRMED", "note": "Bis dann", "waitlistPosition": null, "declineReason": null,
        "answers": [
            { "question": { "key": "diet", "label": "Essen", "kind": "CHOICES" }, "values": ["vegan", "halal"] },
            { "question": { "key": "photos", "label": "Fotos", "kind": "YES_NO" }, "values": ["no"] },
        ], "occurrence": date("2022-09-28T18:00:00+02:00", Value::Null, false),
        "event": event, "place": place(),
    })
}

fn newsletter(slug: &str) -> Value {
    json!({ "feeds": { "atomUrl": "https://miso.example/newsletters/monatlich/issues.atom" },
        "id": format!("newsletter_{slug}"), "slug": slug, "url": format!("https://miso.example/newsletters/{slug}"), "name": format!("Brief {slug}"),
        "description": "Was war und wird", "visibility": "PUBLIC", "organisation": { "name": "MiSO", "url": "https://miso.example/organisations/miso" },
        "issues": {
            "nodes": [{ "subject": "Der Mai", "preheader": "Kurz gesagt", "url": "https://miso.example/issues/mai", "locale": "de", "startedAt": "2022-05-17T22:00:00Z" }],
            "pageInfo": { "hasNextPage": true, "endCursor": "e&e" },
        },
    })
}

/// A reader, who gets one newsletter that anybody may get and one for members.
pub fn subscriber() -> Value {
    let gets = |slug: &str, status: &str| json!({ "status": status, "newsletter": newsletter(slug) });
    json!({
        "email": "person@example.org", "name": "Beispiel Person", "locale": "fa",
        "subscriptions": [gets("monatlich", "CONFIRMED"), gets("kultur", "ENDED"), gets("intern", "CONFIRMED")],
    })
}

/// A world that answers a form with errors, each a path and what to say.
pub fn refusing(form: &'static str, field: &'static str, errors: Vec<(Value, &'static str)>) -> World {
    let errors: Value = errors.into_iter().map(|(path, message)| json!({ "path": path, "message": message })).collect();
    World::of(move |name| if name == form { json!({ field: { "errors": errors } }) } else { answers::full(name) })
}

/// A world in which a form fails with a code.
pub fn failing(form: &'static str, code: &'static str) -> World {
    World::responding(move |name| {
        if name != form {
            return Response::new(Data::from_json(answers::full(name)).unwrap());
        }
        let mut error = ServerError::new("the inside", None);
        error.extensions.get_or_insert_default().set("code", code);
        Response::from_errors(vec![error])
    })
}
