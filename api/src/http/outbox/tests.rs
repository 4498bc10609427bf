//! The outbox as a browser sees it.

use axum::http::HeaderMap;
use http_body_util::BodyExt;
use mailer::{Attachment, Invitation, Mailbox, Mailer, Message, Nature};
use tower::ServiceExt;

use super::*;

/// A folder of a test's own, which is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("miso-outbox-{name}-{}", std::process::id())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn message() -> Message {
    Message {
        from: Mailbox::named("Beispielverein", "verein@example.org".parse().unwrap()),
        to: Mailbox::named("<Amal>", "amal@example.org".parse().unwrap()),
        reply_to: None,
        envelope_sender: None,
        subject: "Grüße & <script>".into(),
        text: "Bitte hier bestätigen: https://localhost/subscriptions/confirm/x\n<script>".into(),
        html: "<!doctype html><html><head></head><body><script>alert(1)</script></body></html>".into(),
        language: "de".into(),
        message_id: "1@example.org".into(),
        date: chrono::DateTime::from_timestamp(1_767_225_600, 0).unwrap(),
        nature: Nature::Automatic,
        invitation: Some(Invitation { method: "REQUEST".into(), calendar: "BEGIN:VCALENDAR\r\n".into(), filename: "Fest.ics".into() }),
        pictures: Vec::new(),
        attachments: vec![Attachment { filename: "böse\".html".into(), media_type: "text/html".into(), content: b"<script>".to_vec() }],
    }
}

async fn ask_as(host: &str, folder: &Folder, path: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::get(path).header("host", host).body(Body::empty()).unwrap();
    let response = router(folder.0.clone()).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, headers, String::from_utf8(body.to_vec()).unwrap())
}

async fn ask(folder: &Folder, path: &str) -> (StatusCode, HeaderMap, String) {
    ask_as("localhost:8080", folder, path).await
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[test]
fn mails_are_shown_only_by_a_site_that_nobody_else_reaches() {
    for near in ["http://localhost:8080", "http://127.0.0.1:8080", "http://127.1.2.3", "http://[::1]:8080", "http://miso.localhost"] {
        assert!(may_be_shown(near), "{near}");
    }
    for far in [
        "https://miso.example.org",
        "http://10.0.0.1",
        "http://localhost.example.org",
        "http://notlocalhost",
        "http://localhost@example.org",
        "",
    ] {
        assert!(!may_be_shown(far), "{far}");
    }
}

#[tokio::test]
async fn a_name_that_leads_here_from_elsewhere_is_told_nothing() {
    let folder = Folder::new("hosts");
    let name = Mailer::files(&folder.0).send(&message()).await.unwrap().receipt;
    for path in ["/outbox".to_owned(), format!("/outbox/{name}"), format!("/outbox/{name}/source")] {
        assert_eq!(ask_as("rebound.example.org:8080", &folder, &path).await.0, 404);
        assert_eq!(ask_as("", &folder, &path).await.0, 404);
        assert_eq!(ask_as("127.0.0.1:8080", &folder, &path).await.0, 200);
    }
}

#[tokio::test]
async fn mails_are_listed_and_shown_and_nothing_in_them_is_markup() {
    let folder = Folder::new("shown");
    assert!(ask(&folder, "/outbox").await.2.contains("No mail was written yet."));
    let name = Mailer::files(&folder.0).send(&message()).await.unwrap().receipt;

    let (_, headers, list) = ask(&folder, "/outbox").await;
    assert!(list.contains(&format!("<a href=\"/outbox/{name}\">Grüße &amp; &lt;script&gt;</a>")), "{list}");
    assert!(list.contains("&lt;Amal&gt; &lt;amal@example.org&gt;") && list.contains("2026-01-01 00:00:00 UTC"));
    assert_eq!(header(&headers, "cache-control"), "no-store");

    let (_, headers, mail) = ask(&folder, &format!("/outbox/{name}")).await;
    assert!(mail.contains("<a href=\"https://localhost/subscriptions/confirm/x\""), "{mail}");
    assert!(mail.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));
    assert!(!mail.contains("<script") && !header(&headers, "content-security-policy").contains("script-src"));

    let (_, headers, html) = ask(&folder, &format!("/outbox/{name}/html")).await;
    assert!(html.contains("<head><base target=\"_blank\"></head>") && html.contains("<script>alert(1)"));
    let policy = header(&headers, "content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("sandbox") && !policy.contains("allow-scripts"), "{policy}");

    let (_, headers, source) = ask(&folder, &format!("/outbox/{name}/source")).await;
    assert!(source.contains("\r\nMessage-ID: <1@example.org>\r\n"));
    assert_eq!(header(&headers, "content-type"), "text/plain; charset=utf-8");
}

#[tokio::test]
async fn files_are_saved_and_never_shown() {
    let folder = Folder::new("files");
    let name = Mailer::files(&folder.0).send(&message()).await.unwrap().receipt;
    let (_, headers, calendar) = ask(&folder, &format!("/outbox/{name}/parts/1")).await;
    assert_eq!(calendar, "BEGIN:VCALENDAR\r\n");
    assert_eq!(header(&headers, "content-disposition"), "attachment; filename=\"Fest.ics\"");
    assert_eq!(header(&headers, "content-type"), "application/ics");
    let (_, headers, _) = ask(&folder, &format!("/outbox/{name}/parts/2")).await;
    assert_eq!(header(&headers, "content-disposition"), "attachment; filename=\"b_se-.html\"");
    assert_eq!((header(&headers, "x-content-type-options"), header(&headers, "content-type")), ("nosniff", "text/html"));
    assert!(header(&headers, "content-security-policy").ends_with("sandbox"));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let folder = Folder::new("nothing");
    let name = Mailer::files(&folder.0).send(&Message { html: String::new(), ..message() }).await.unwrap().receipt;
    std::fs::write(folder.0.join("../miso-outbox-beside.eml"), "x").unwrap();
    let beside = ["..%2Fmiso-outbox-beside.eml", "%2e%2e%2fmiso-outbox-beside.eml", "..%5Cmiso-outbox-beside.eml"]
        .map(|path| format!("/outbox/{path}"));
    let of_mail = ["parts/3", "parts/-1", "parts/x", "html"].map(|path| format!("/outbox/{name}/{path}"));
    for path in beside.iter().chain(&of_mail).chain(&["/outbox/nothing.eml".to_owned()]) {
        assert_eq!(ask(&folder, path).await.0, 404, "{path}");
    }
    std::fs::remove_file(folder.0.join("../miso-outbox-beside.eml")).unwrap();
}
