//! How files come in: by the GraphQL multipart request specification, through the public door.

use axum::http::Method;
use entity::words::OrganisationRole;
use image::ImageFormat;
use miso::gql::upload::MARK;
use miso_tests::World;
use miso_tests::uploading::{UPLOAD, in_parts, input, picture};
use serde_json::json;

const EMAIL: &str = "editor@example.org";

#[tokio::test]
async fn an_editor_uploads_through_the_public_door_and_no_place_is_told() {
    let world = World::new().await;
    let own = world.organisation("faust").make().await;
    world.account(EMAIL, own.id, OrganisationRole::Editor).await;
    let client = world.signs_in(EMAIL).await;
    let plain = picture(50, 40, ImageFormat::Jpeg);
    let tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0GPS 52.3744N";
    let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
    let tagged = [&plain[..2], &[0xFF, 0xE1], &length, tiff, &plain[2..]].concat();
    let reply = world.uploads(&client.secret, &input(own.id, Some("Ein Saal")), &tagged).await;
    assert_eq!(reply.status.as_u16(), 200);
    let image = &reply.json()["data"]["mediaUpload"]["image"];
    let kept = world.get(image["url"].as_str().unwrap()).await;
    assert!(!String::from_utf8_lossy(&kept.body).contains("GPS"));
    assert_eq!(world.stored_files().len(), 1);
}

#[tokio::test]
async fn a_file_comes_only_with_its_header_and_from_whom_we_know() {
    let world = World::new().await;
    let own = world.organisation("faust").make().await;
    world.account(EMAIL, own.id, OrganisationRole::Editor).await;
    let client = world.signs_in(EMAIL).await;
    let operations = json!({ "query": UPLOAD, "variables": { "input": input(own.id, Some("x")) } }).to_string();
    let map = json!({ "0": ["variables.input.file"] }).to_string();
    let parts = [("operations", operations.as_bytes()), ("map", map.as_bytes()), ("0", b"x".as_slice())];
    let (content_type, body) = in_parts(&parts);
    let bearer = format!("Bearer {}", client.secret);
    let send = async |headers: &[(&str, &str)]| {
        let all = [&[("content-type", content_type.as_str())], headers].concat();
        let reply = world.send(Method::POST, "/graphql", &all, body.clone()).await;
        (reply.status.as_u16(), reply.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(send(&[("authorization", &bearer)]).await, (403, "FORBIDDEN".to_owned()), "what any form could send");
    assert_eq!(send(&[("graphql-preflight", "1")]).await, (401, "UNAUTHENTICATED".to_owned()));
    let cookie = format!("miso_session={}", client.secret);
    let from_elsewhere = [("cookie", cookie.as_str()), ("sec-fetch-site", "cross-site"), ("graphql-preflight", "1")];
    assert_eq!(send(&from_elsewhere).await, (401, "UNAUTHENTICATED".to_owned()));
    assert_eq!(send(&[("authorization", &bearer), ("graphql-preflight", "1")]).await.0, 200);
}

#[tokio::test]
async fn what_is_no_such_request_is_refused_and_leaves_nothing() {
    let world = World::new().await;
    let own = world.organisation("faust").make().await;
    world.account(EMAIL, own.id, OrganisationRole::Editor).await;
    let client = world.signs_in(EMAIL).await;
    let operations = json!({ "query": UPLOAD, "variables": { "input": input(own.id, Some("x")) } }).to_string();
    let (operations, file) = (("operations", operations.as_bytes()), ("0", b"x".as_slice()));
    let map = |text: &'static str| ("map", text.as_bytes());
    let right = map(r#"{"0":["variables.input.file"]}"#);
    for (parts, why) in [
        (vec![], "nothing"),
        (vec![operations], "no map"),
        (vec![operations, right], "no file"),
        (vec![operations, file, right], "the file too soon"),
        (vec![right, operations, file], "the map too soon"),
        (vec![operations, right, file, file], "two files"),
        (vec![("operations", b"[]"), right, file], "no object"),
        (vec![operations, map(r#"{"0":["variables.input.alt"]}"#), file], "not null there"),
        (vec![operations, map(r#"{"0":["query"]}"#), file], "no variable"),
        (vec![operations, map(r#"{"0":["variables.input.file","variables.input.file"]}"#), file], "twice"),
        (vec![operations, map(r#"{"1":["variables.input.file"]}"#), file], "another name"),
    ] {
        let reply = world.sends_parts(&client.secret, &parts).await;
        assert_eq!(reply.status.as_u16(), 400, "{why}");
    }
    let (content_type, body) = in_parts(&[operations, right, ("0", &[7; 100_000])]);
    let bearer = format!("Bearer {}", client.secret);
    let headers = [("content-type", content_type.as_str()), ("authorization", &bearer), ("graphql-preflight", "1")];
    let cut = world.send(Method::POST, "/graphql", &headers, body[..50_000].to_vec()).await;
    assert_eq!(cut.status.as_u16(), 400, "the connection broke");
    assert_eq!(world.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn what_stands_for_a_file_is_none_without_one() {
    let world = World::new().await;
    let own = world.organisation("faust").make().await;
    world.account(EMAIL, own.id, OrganisationRole::Editor).await;
    let client = world.signs_in(EMAIL).await;
    let mut given = input(own.id, Some("x"));
    given["file"] = json!(MARK);
    let answer = client.graphql(UPLOAD, json!({ "input": given })).await;
    assert_eq!(answer.at("mediaUpload.errors")[0]["path"], json!(["input", "file"]));
    given["file"] = json!("#__graphql_file__:0");
    let reply = client.post(&json!({ "query": UPLOAD, "variables": { "input": given } })).await;
    assert_eq!(reply.json()["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}
