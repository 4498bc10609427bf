//! Subscribing to newsletters, confirming, choosing, and leaving.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::acting::refusing;
use super::answers::full;
use super::fake::World;

const ONE_CLICK: [(&str, &str); 2] = [
    ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
    ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"),
];

/// A world whose schema does not know the secret any more.
fn forgotten() -> World {
    World::of(|name| {
        let mut answer = full(name);
        if !name.contains('/') {
            answer["subscriber"] = Value::Null;
        }
        answer
    })
}

#[tokio::test]
async fn whoever_subscribes_is_told_to_look_into_the_mailbox() {
    let world = World::of(full);
    let got = world.get("/newsletters").await;
    got.says("name=\"newsletterIds\" value=\"newsletter_kultur\"").says("Ja, ich möchte die gewählten Newsletter").says("Deutsch</option>");
    got.says("<option value=\"de\" selected>").says("autocomplete=\"email\" required").says("aria-current=\"page\">Newsletter");
    let typed = "form=subscribe&newsletterIds=newsletter_monatlich&newsletterIds=newsletter_kultur&email=a%40example.org&name=&locale=de";
    let got = world.post("/newsletters?locale=en", typed).await;
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/newsletters?done=requested&locale=en"));
    let asked = json!({ "newsletterIds": ["newsletter_monatlich", "newsletter_kultur"], "email": "a@example.org", "locale": "de" });
    assert_eq!(world.done(), [("newsletters/subscribe".to_owned(), asked)]);
    let then = world.get("/newsletters?done=requested").await;
    then.says("Sehen Sie in Ihr Postfach").says("role=\"status\"").says_not("<form class=\"form\"");
    let wrong = refusing("newsletters/subscribe", "subscriptionRequest", vec![(json!(["input", "newsletterIds"]), "Bitte wählen.")]);
    wrong
        .post("/newsletters", typed)
        .await
        .says("<a href=\"#in-newsletterIds\">Newsletter – Bitte wählen.</a>")
        .says("value=\"newsletter_kultur\" checked");
}

#[tokio::test]
async fn a_newsletter_shows_its_issues_and_takes_readers() {
    let world = World::of(full);
    let got = world.get("/newsletters/monatlich").await;
    got.says("Der Mai</a>").says("18. Mai 2022").says("type=\"hidden\" name=\"newsletterIds\" value=\"newsletter_monatlich\"");
    got.says("href=\"/newsletters/monatlich?after=e%26e\"");
    assert_eq!(world.get("/newsletters/alt").await.header("location"), "/newsletters/monatlich");
    let sent = world.post("/newsletters/monatlich", "newsletterIds=newsletter_monatlich&email=a%40example.org").await;
    assert_eq!(sent.header("location"), "/newsletters/monatlich?done=requested");
    let issue = world.get("/issues/mai").await;
    issue
        .says("<p>Es war <em>Mai</em>.</p>")
        .says("href=\"/newsletters/monatlich\"")
        .says("href=\"/issues/mai?locale=en\"")
        .says("18. Mai 2022");
}

#[tokio::test]
async fn a_link_confirms_nothing_and_its_button_does() {
    let world = World::of(full);
    world.get("/subscriptions/confirm/secret").await.says("Bestellung bestätigen</button>");
    assert_eq!(world.done(), []);
    let got = world.post("/subscriptions/confirm/secret", "form=confirm").await;
    assert_eq!(got.status, StatusCode::OK);
    got.says("Bestellung bestätigt").says("person@example.org").says("Brief intern").says_not("Brief kultur");
    assert_eq!(world.done(), [("confirmation/confirm".to_owned(), json!({ "token": "secret" }))]);
    let late = refusing("confirmation/confirm", "subscriptionConfirm", vec![(json!(["token"]), "Der Link ist abgelaufen.")]);
    let got = late.post("/subscriptions/confirm/secret", "").await;
    got.says("Der Link ist abgelaufen.").says("href=\"/newsletters\"").says_not("<button>Bestellung");
}

#[tokio::test]
async fn an_invitation_is_accepted_by_its_button_alone() {
    let world = World::of(full);
    world.get("/invitations/secret").await.says("Kargah").says("Einladung annehmen</button>").says("noindex");
    assert_eq!(world.done(), []);
    let got = world.post("/invitations/secret", "form=accept").await;
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/invitations/secret?done=accepted"));
    assert_eq!(world.done(), [("invitation/accept".to_owned(), json!({ "token": "secret" }))]);
}

#[tokio::test]
async fn readers_choose_what_they_get() {
    let world = World::of(full);
    let got = world.get("/subscriptions/secret").await;
    got.says("value=\"newsletter_monatlich\" checked").says("value=\"newsletter_kultur\">").says("value=\"newsletter_intern\" checked");
    got.says("value=\"Beispiel Person\"").says("<option value=\"fa\" selected>فارسی");
    let got = world.post("/subscriptions/secret", "form=update&name=&locale=en&newsletterIds=newsletter_kultur").await;
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/subscriptions/secret?done=updated"));
    let leaving = world.post("/subscriptions/secret", "form=leave").await;
    assert_eq!(leaving.status, StatusCode::OK);
    leaving.says("Sie bekommen keinen unserer Newsletter mehr.");
    let updated = json!({ "token": "secret", "locale": "en", "newsletterIds": ["newsletter_kultur"] });
    let left = json!({ "token": "secret" });
    assert_eq!(world.done(), [("subscription/update".to_owned(), updated), ("subscription/leave".to_owned(), left)]);
    world.get("/subscriptions/secret?done=updated").await.says("Gespeichert.");
    assert_eq!(forgotten().get("/subscriptions/secret").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn mail_programs_leave_with_one_click_in_both_encodings() {
    for (media_type, body) in ONE_CLICK {
        for (address, form, given) in [
            ("/unsubscribe/secret", "unsubscribe/leave", json!({ "token": "secret" })),
            (
                "/unsubscribe/secret/intern",
                "unsubscribe_one/leave_one",
                json!({ "token": "secret", "newsletterIds": ["newsletter_intern"] }),
            ),
            (
                "/unsubscribe/secret/formerly",
                "unsubscribe_one/leave_one",
                json!({ "token": "secret", "newsletterIds": ["newsletter_monatlich"] }),
            ),
        ] {
            let world = World::of(full);
            let headers = [("content-type", media_type), ("sec-fetch-site", "cross-site"), ("origin", "https://mail.example")];
            for _ in 0..2 {
                let got = world.post_as(address, &headers, body).await;
                assert_eq!((got.status, got.header("location"), got.header("set-cookie")), (StatusCode::OK, "", ""), "{address}");
                got.says("Sie sind abgemeldet");
            }
            assert_eq!(world.done(), [(form.to_owned(), given.clone()), (form.to_owned(), given)], "{media_type}");
        }
    }
}

#[tokio::test]
async fn the_link_to_leave_asks_first() {
    let world = World::of(full);
    world.get("/unsubscribe/secret").await.says("person@example.org").says("Alle abbestellen</button>");
    world.get("/unsubscribe/secret/intern").await.says("Brief intern").says("Abbestellen</button>");
    assert_eq!(world.done(), []);
    world.post("/unsubscribe/secret/intern", "form=leave_one").await.says("Sie bekommen diesen Newsletter nicht mehr.");
}

#[tokio::test]
async fn whoever_is_forgotten_already_may_leave_once_more() {
    let world = forgotten();
    assert_eq!(world.get("/unsubscribe/secret").await.status, StatusCode::NOT_FOUND);
    let got = world.post("/unsubscribe/secret", ONE_CLICK[0].1).await;
    assert_eq!(got.status, StatusCode::OK, "it is the schema that knows whether the secret is one");
    got.says("Sie sind abgemeldet");
}

#[tokio::test]
async fn a_secret_that_opens_nothing_is_answered_plainly_when_leaving() {
    let wrong = refusing("unsubscribe/leave", "unsubscribe", vec![(json!(["token"]), "Das gibt es hier nicht.")]);
    wrong.post("/unsubscribe/secret", "").await.says("Das gibt es hier nicht.").says("person@example.org");
    let unknown = World::of(|name| match name {
        "unsubscribe/leave" => {
            json!({ "unsubscribe": { "subscriber": null, "errors": [{ "path": ["token"], "message": "Das gibt es hier nicht." }] } })
        }
        _ => {
            let mut answer = full(name);
            answer["subscriber"] = Value::Null;
            answer
        }
    });
    let got = unknown.post("/unsubscribe/made-up", "").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("<h1>Das hat nicht geklappt</h1>").says("Das gibt es hier nicht.");
}
