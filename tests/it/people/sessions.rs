//! Sessions: whose they are, and what a browser does and does not do with their cookie.

use miso_tests::World;
use miso_tests::signing_in::SIGN_IN;
use serde_json::json;

const AMAL: &str = "amal@example.org";
const WHO: &str = "{ viewer { person { email } } }";

#[tokio::test]
async fn looking_by_get_does_not_make_a_session_last() {
    let world = World::new().await;
    let amal = world.signs_in(AMAL).await;
    world.at("2022-06-17T07:59:59Z");
    let before = world.dump().await;
    assert_eq!(amal.get("/graphql?query=%7Bviewer%7Bperson%7Bemail%7D%7D%7D").await.json()["data"]["viewer"]["person"]["email"], AMAL);
    assert_eq!(world.dump().await, before);
    world.at("2022-06-17T08:00:00Z");
    assert_eq!(amal.graphql(WHO, json!({})).await.codes(), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn nobody_else_sees_where_somebody_is_signed_in_or_by_which_programs() {
    let world = World::new().await;
    let amal = world.signs_in(AMAL).await;
    let make = "mutation { accessTokenCreate(input: { name: \"Webseite\" }) { accessToken { id } } }";
    let token = amal.graphql(make, json!({})).await.at("accessTokenCreate.accessToken.id").clone();
    let session = amal.graphql("{ viewer { sessions { id } } }", json!({})).await.at("viewer.sessions.0.id").clone();
    let see = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Session { createdAt } ... on AccessToken { name } } }";
    let ids = json!({ "ids": [session, token] });
    for outsider in [world.administrator(), world.office_editor(), world.stranger(), world.visitor()] {
        assert_eq!(*outsider.asks_with(see, ids.clone()).await.at("nodes"), json!([null, null]));
    }
    assert_eq!(*amal.graphql(see, ids).await.at("nodes.1.name"), "Webseite");
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_from_other_sites_and_from_plain_http() {
    let world = World::new().await;
    world.asks_to_sign_in(AMAL).await;
    let by = json!({ "code": { "email": AMAL, "code": world.code_mailed(AMAL) } });
    let reply = world.post_graphql(&[], &json!({ "query": SIGN_IN, "variables": { "by": by } })).await;
    let secret = reply.json()["data"]["signIn"]["sessionToken"].as_str().unwrap().to_owned();
    let attributes = "Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure";
    assert_eq!(reply.header("set-cookie"), format!("__Host-miso_session={secret}; {attributes}"));
    assert_eq!(reply.headers.get_all("set-cookie").iter().count(), 1);
    let reply = world.with_secret(&secret).post(&json!({ "query": "mutation { signOut { accepted } }" })).await;
    assert_eq!(reply.header("set-cookie"), "__Host-miso_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    let refused = world.post_graphql(&[], &json!({ "query": SIGN_IN, "variables": { "by": { "token": "x" } } })).await;
    assert_eq!(refused.header("set-cookie"), "");
}

#[tokio::test]
async fn pages_of_other_sites_do_nothing_with_a_persons_cookie() {
    let world = World::new().await;
    world.network().await;
    let browser = world.browser_of(AMAL).await;
    assert_eq!(browser.graphql(WHO).await.at("viewer.person.email"), AMAL);
    let before = world.dump().await;
    let rename = "mutation { viewerUpdate(input: { name: \"Other\" }) { viewer { person { name } } } }";
    for site in ["cross-site", "same-site"] {
        assert_eq!(browser.graphql_from(site, rename).await.codes(), ["UNAUTHENTICATED"], "{site}");
        let headers = [("cookie", browser.cookie.as_str()), ("sec-fetch-site", site)];
        let reply = world.post_form_with(&headers, "/account", &[("form", "update"), ("name", "Other"), ("locale", "de")]).await;
        assert_eq!(reply.status, 403, "{site}");
    }
    // What a form of another site can send is no JSON, and has no header of ours, whether or not the browser says whence it comes.
    for (kind, status) in [("application/x-www-form-urlencoded", 415), ("text/plain", 415), ("multipart/form-data; boundary=x", 403)] {
        let body = json!({ "query": rename });
        let reply = world.post_graphql(&[("cookie", &browser.cookie), ("content-type", kind)], &body).await;
        assert_eq!(reply.status, status, "{kind}");
    }
    assert_eq!(world.dump().await, before);
}
