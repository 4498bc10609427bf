//! The edge as a whole, asked as a client would.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use std::time::Duration;

use super::*;
use crate::config::{Config, Limits};
use crate::kernel::Clock;
use crate::secret::SecretKey;

const JSON: (&str, &str) = ("content-type", "application/json");
const NEWER: (&str, &str) = ("accept", "application/graphql-response+json");

async fn edge(config: Config) -> Router {
    let db = crate::db::connect("sqlite::memory:", 1).await.unwrap();
    let schema = crate::schema::build(&config.limits);
    let others = Router::new()
        .route("/page", get(async || "x".repeat(100)).post(async |body: String| body))
        .route("/boom", get(async || -> &'static str { panic!("the inside") }))
        .route("/slow", get(async || tokio::time::sleep(Duration::from_secs(100)).await));
    router(App::new(db, config, Clock::of_the_machine(), SecretKey::of_text("of a test"), mailer::Mailer::memory()), schema, others)
}

async fn ask(method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = if body.is_empty() { Body::empty() } else { Body::from(body.to_owned()) };
    edge(Config::default()).await.oneshot(request.body(body).unwrap()).await.unwrap()
}

async fn post(query: &str, headers: &[(&str, &str)]) -> Response {
    ask("POST", "/graphql", &[&[JSON], headers].concat(), &json!({ "query": query }).to_string()).await
}

async fn text(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn json(response: Response) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn a_query_is_answered_in_the_format_that_is_accepted() {
    let answer = post("{ __typename }", &[]).await;
    assert_eq!((answer.status().as_u16(), header(answer.headers(), "content-type")), (200, "application/json; charset=utf-8"));
    assert!(header(answer.headers(), "vary").contains("accept-language"));
    assert_eq!(json(answer).await, json!({ "data": { "__typename": "Query" } }));
    let newer = post("{ __typename }", &[NEWER]).await;
    assert_eq!(header(newer.headers(), "content-type"), "application/graphql-response+json; charset=utf-8");
    assert_eq!(ask("GET", "/graphql?query=%7B__typename%7D", &[], "").await.status(), 200);
}

#[tokio::test]
async fn a_request_that_cannot_be_executed_has_no_data_and_a_code() {
    for (query, code) in [
        ("{", "BAD_USER_INPUT"),
        ("{ thereIsNoSuchField }", "BAD_USER_INPUT"),
        ("query($a: Int!) { __typename }", "BAD_USER_INPUT"),
        ("query A { __typename } query B { __typename }", "BAD_USER_INPUT"),
        ("{ a { ...F } } fragment F on Query { ...F }", "QUERY_TOO_COMPLEX"),
    ] {
        let (older, newer) = (post(query, &[]).await, post(query, &[NEWER]).await);
        assert_eq!((older.status().as_u16(), newer.status().as_u16()), (200, 400), "{query}");
        for answer in [json(older).await, json(newer).await] {
            assert_eq!((&answer["errors"][0]["extensions"]["code"], answer.get("data")), (&json!(code), None), "{query}");
        }
    }
}

#[tokio::test]
async fn get_only_reads() {
    let answer = ask("GET", "/graphql?query=mutation%7B__typename%7D", &[], "").await;
    assert_eq!((answer.status().as_u16(), header(answer.headers(), "allow")), (405, "POST"));
    let named = "/graphql?query=query%20A%7B__typename%7Dmutation%20B%7B__typename%7D&operationName=";
    assert_eq!(ask("GET", &format!("{named}A"), &[], "").await.status(), 200);
    assert_eq!(ask("GET", &format!("{named}B"), &[], "").await.status(), 405);
}

#[tokio::test]
async fn what_another_sites_form_could_send_is_not_taken() {
    let body = r#"{"query":"{ __typename }"}"#;
    for (content_type, status) in
        [("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("multipart/form-data; boundary=x", 403)]
    {
        assert_eq!(ask("POST", "/graphql", &[("content-type", content_type)], body).await.status(), status, "{content_type}");
    }
    assert_eq!(ask("POST", "/graphql", &[], body).await.status(), 415);
    assert_eq!(ask("POST", "/graphql", &[JSON], &format!("[{body}]")).await.status(), 400);
}

#[tokio::test]
async fn other_sites_may_ask_but_never_with_cookies() {
    let asked = [("origin", "https://a.example"), ("access-control-request-method", "POST")];
    let preflight = ask("OPTIONS", "/graphql", &asked, "").await;
    assert_eq!((preflight.status().as_u16(), header(preflight.headers(), "access-control-allow-origin")), (204, "*"));
    assert!(!preflight.headers().contains_key("access-control-allow-credentials"));
    assert_eq!(header(ask("OPTIONS", "/page", &asked, "").await.headers(), "access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_body_is_bounded_everywhere() {
    let large = "x".repeat(1024 * 1024 + 1);
    let answer = ask("POST", "/graphql", &[JSON], &large).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(json(answer).await["errors"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX");
    assert_eq!(ask("POST", "/page", &[], &large).await.status(), 413);
    assert_eq!(text(ask("POST", "/page", &[], "small").await).await, "small");
}

#[tokio::test]
async fn errors_are_few_and_short_and_the_rest_is_counted() {
    let unknown: String = (0..24).map(|at| format!("unknown{at} ")).collect();
    let answer = json(post(&format!("{{ {unknown} }}"), &[]).await).await;
    assert_eq!((answer["errors"].as_array().unwrap().len(), &answer["extensions"]["errorsLeftOut"]), (20, &json!(4)));
    let long = json(post(&format!("{{ {} {{", "a ".repeat(3000)), &[]).await).await;
    assert_eq!(long["errors"][0]["message"].as_str().unwrap().split(':').next(), Some("Syntax error"));
    let echoed = json(post(&format!("{{ {} }}", "a".repeat(60_000)), &[]).await).await;
    assert!(echoed.to_string().len() < 1000);
}

#[tokio::test]
async fn own_errors_are_in_the_language_asked_for() {
    let said = async |uri: &str, language: &str| {
        let answer = ask("POST", uri, &[JSON, ("accept-language", language)], "{}").await;
        json(answer).await["errors"][0]["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(said("/graphql", "de").await, "`query` fehlt oder ist kein Text.");
    assert_eq!(said("/graphql?locale=en", "de").await, "`query` is missing or no text.");
}

#[tokio::test]
async fn what_takes_too_long_is_given_up() {
    let edge = edge(Config::default()).await;
    tokio::time::pause();
    let request = Request::get("/slow").header("accept-language", "en").body(Body::empty()).unwrap();
    let answer = edge.oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 503);
    assert_eq!(text(answer).await, "That took too long. Please try again later.\n");
}

#[tokio::test]
async fn a_panic_shows_a_number_and_nothing_of_the_inside() {
    let answer = ask("GET", "/boom", &[], "").await;
    assert_eq!((answer.status().as_u16(), header(answer.headers(), "x-content-type-options")), (500, "nosniff"));
    let said = text(answer).await;
    assert!(said.contains("\"incident\"") && !said.contains("the inside"), "{said}");
}

#[tokio::test]
async fn a_browser_gets_graphiql_with_a_policy_of_its_own() {
    let page = ask("GET", "/graphql", &[("accept", "text/html,*/*;q=0.8")], "").await;
    assert_eq!((page.status().as_u16(), header(page.headers(), "content-type")), (200, "text/html; charset=utf-8"));
    assert!(header(page.headers(), "content-security-policy").contains("script-src 'self'"));
    let program = ask("GET", "/graphql?query=%7B__typename%7D", &[("accept", "text/html,*/*;q=0.8")], "").await;
    assert_eq!(header(program.headers(), "content-type"), "application/json; charset=utf-8");
}

#[tokio::test]
async fn every_answer_is_guarded_and_numbered() {
    for uri in ["/page", "/nowhere", "/graphql", "/healthz"] {
        let answer = ask("GET", uri, &[("x-request-id", "with a space")], "").await;
        assert!(header(answer.headers(), "content-security-policy").starts_with("default-src 'none'"), "{uri}");
        assert_eq!(header(answer.headers(), "x-request-id").len(), 32, "{uri}");
        assert!(!answer.headers().contains_key("strict-transport-security"));
    }
    assert_eq!(header(ask("GET", "/page", &[("x-request-id", "abc-12345")], "").await.headers(), "x-request-id"), "abc-12345");
    let secure = Config { public_url: "https://miso.example".into(), ..Config::default() };
    let answer = edge(secure).await.oneshot(Request::get("/page").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(header(answer.headers(), "strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn what_is_not_there_says_so() {
    let answer = ask("GET", "/nowhere", &[("accept-language", "en")], "").await;
    assert_eq!((answer.status().as_u16(), text(answer).await.as_str()), (404, "There is nothing here.\n"));
    let answer = ask("DELETE", "/page", &[], "").await;
    assert_eq!((answer.status().as_u16(), header(answer.headers(), "allow")), (405, "GET,HEAD,POST"));
    let options = ask("OPTIONS", "/page", &[], "").await;
    assert_eq!((options.status().as_u16(), header(options.headers(), "allow")), (204, "GET,HEAD,POST"));
}

#[tokio::test]
async fn the_schema_is_kept_by_who_has_it_compressed_or_not() {
    let mut tags = Vec::new();
    for encoding in ["identity", "gzip", "br"] {
        let answer = ask("GET", "/schema.graphql", &[("accept-encoding", encoding)], "").await;
        assert_eq!(answer.status(), 200);
        let tag = header(answer.headers(), "etag").to_owned();
        for method in ["GET", "HEAD"] {
            let again = ask(method, "/schema.graphql", &[("accept-encoding", encoding), ("if-none-match", &tag)], "").await;
            assert_eq!((again.status().as_u16(), header(again.headers(), "etag")), (304, tag.as_str()), "{encoding}");
            assert!(header(again.headers(), "vary").contains("accept-encoding"));
        }
        let head = ask("HEAD", "/schema.graphql", &[("accept-encoding", encoding)], "").await;
        assert_eq!((head.status().as_u16(), header(head.headers(), "etag")), (200, tag.as_str()), "{encoding}");
        assert_eq!(text(head).await, "");
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "each encoding has a tag of its own: {tags:?}");
}

#[tokio::test]
async fn tools_can_read_the_schema_within_the_limits() {
    let answer = json(post(include_str!("limits/introspection.graphql"), &[]).await).await;
    assert_eq!(answer.get("errors"), None);
    assert_eq!(answer["data"]["__schema"]["queryType"]["name"], "Query");
}

#[tokio::test]
async fn the_process_lives_and_its_database_answers() {
    assert_eq!(ask("GET", "/healthz", &[], "").await.status(), 200);
    assert_eq!(ask("HEAD", "/readyz", &[], "").await.status(), 200);
    let config = Config { limits: Limits::default(), ..Config::default() };
    let db = crate::db::connect("sqlite::memory:", 1).await.unwrap();
    let app = App::new(db.clone(), config, Clock::of_the_machine(), SecretKey::of_text("of a test"), mailer::Mailer::memory());
    let edge = router(app, crate::schema::build(&Limits::default()), Router::new());
    db.close().await.unwrap();
    let answer = edge.oneshot(Request::get("/readyz").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 503);
}
