//! Pictures and recordings.

mod collecting;
mod receiving;
mod servers;
mod showing;

use axum::http::Method;
use entity::words::OrganisationRole;
use image::ImageFormat;
use miso_tests::World;
use miso_tests::uploading::{picture, silence};
use serde_json::json;

#[tokio::test]
async fn a_picture_is_made_anew_in_the_sizes_that_pages_need() {
    let world = World::new().await;
    let own = world.organisation("faust").make().await;
    let editor = world.person_of(own.id, OrganisationRole::Editor);
    let answer = editor.uploads(own.id, &picture(1000, 500, ImageFormat::Png), Some("  Ein   Saal ")).await;
    assert_eq!(answer.at("mediaUpload.errors"), &json!([]));
    assert_eq!(answer.at("mediaUpload.audio"), &json!(null));
    let image = answer.at("mediaUpload.image");
    assert_eq!((&image["alt"], &image["width"], &image["height"]), (&json!("Ein Saal"), &json!(1000), &json!(500)));
    let variants = image["variants"].as_array().unwrap();
    assert_eq!(variants.iter().map(|variant| variant["width"].as_i64().unwrap()).collect::<Vec<_>>(), [320, 640]);
    for (size, width) in variants.iter().chain([image]).zip([320, 640, 1000]) {
        let reply = world.get(size["url"].as_str().unwrap()).await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "image/jpeg"));
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(image::load_from_memory(&reply.body).unwrap().width(), width);
        let again = world.ask(Method::GET, size["url"].as_str().unwrap(), &[("if-none-match", reply.header("etag"))]).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    }
    assert_eq!(world.stored_files().len(), 3, "nothing else is left of it");
}

#[tokio::test]
async fn a_recording_is_played_in_parts() {
    let world = World::new().await;
    let own = world.organisation("radio").make().await;
    let tagged = [b"ID3\x03\0\0\0\0\0\x0fTIT2\0\0\0\x05\0\0\0Home".as_slice(), &silence(400)].concat();
    let answer = world.office_editor().uploads(own.id, &tagged, None).await;
    let audio = answer.at("mediaUpload.audio");
    assert_eq!((&audio["mediaType"], &audio["bytes"], &audio["durationSeconds"]), (&json!("audio/mpeg"), &json!(400 * 417), &json!(10)));
    let url = audio["url"].as_str().unwrap();
    let whole = world.get(url).await;
    assert_eq!((&*whole.body, whole.header("content-type"), whole.header("accept-ranges")), (&*silence(400), "audio/mpeg", "bytes"));
    let part = world.ask(Method::GET, url, &[("range", "bytes=417-833"), ("accept-encoding", "gzip, br")]).await;
    assert_eq!((part.status.as_u16(), part.header("content-range")), (206, "bytes 417-833/166800"));
    assert_eq!(&*part.body, &*silence(1));
    let end = world.ask(Method::GET, url, &[("range", "bytes=-10")]).await;
    assert_eq!((end.status.as_u16(), end.body.len()), (206, 10));
    let beyond = world.ask(Method::GET, url, &[("range", "bytes=999999-")]).await;
    assert_eq!((beyond.status.as_u16(), beyond.header("content-range")), (416, "bytes */166800"));
    let head = world.ask(Method::HEAD, url, &[]).await;
    assert_eq!((head.status.as_u16(), head.header("content-length"), head.body.len()), (200, "166800", 0));
}

#[tokio::test]
async fn what_is_not_taken_is_refused_with_a_reason_that_helps() {
    let world = World::new().await;
    let own = world.organisation("faust").make().await;
    let editor = world.person_of(own.id, OrganisationRole::Editor).reading("de");
    let mut wide = picture(1, 1, ImageFormat::Gif);
    wide[6..8].copy_from_slice(&30_000_u16.to_le_bytes());
    let whole = picture(300, 300, ImageFormat::Jpeg);
    let (png, cut) = (picture(10, 10, ImageFormat::Png), &whole[..whole.len() / 2]);
    let large = [png.clone(), vec![0; 15 * 1024 * 1024]].concat();
    for (bytes, alt, code, path, said) in [
        (b"<svg onload='alert(1)'/>".as_slice(), Some("x"), "UNSUPPORTED_TYPE", "file", "JPEG"),
        (b"", Some("x"), "UNSUPPORTED_TYPE", "file", "JPEG"),
        (&wide, Some("x"), "TOO_LARGE", "file", "höchstens 12000 Pixel"),
        (&large, Some("x"), "TOO_LARGE", "file", "höchstens 15 MiB"),
        (cut, Some("x"), "INVALID", "file", "nicht vollständig"),
        (&png, None, "REQUIRED", "alt", "Bitte ausfüllen."),
        (&png, Some(" \n "), "REQUIRED", "alt", "Bitte ausfüllen."),
        (&png, Some(&"x".repeat(501)), "TOO_LONG", "alt", "höchstens 500"),
    ] {
        let answer = editor.uploads(own.id, bytes, alt).await;
        let error = &answer.at("mediaUpload.errors")[0];
        assert_eq!((&error["code"], &error["path"]), (&json!(code), &json!(["input", path])), "{said}");
        assert!(error["message"].as_str().unwrap().contains(said), "{error}");
        assert_eq!(answer.at("mediaUpload.image"), &json!(null));
    }
    assert_eq!(world.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn an_upload_stands_in_the_log() {
    let world = World::new().await;
    let own = world.organisation("faust").make().await;
    world.office_editor().uploads_picture(own.id).await;
    let answer = world.administrator().asks("{ auditLog(first: 1) { nodes { action summary changes { field before after } } } }").await;
    let entry = &answer.at("auditLog.nodes")[0];
    assert_eq!(entry["action"], "mediaUpload");
    assert!(entry.to_string().contains("image/jpeg") && !entry.to_string().contains("Saal"), "{entry}");
}

#[tokio::test]
async fn nothing_else_is_ever_given() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("faust").make().await;
    let image = world.office_editor().uploads_picture(own.id).await;
    let url = image["url"].as_str().unwrap().to_owned();
    let name = url.rsplit('/').next().unwrap();
    std::fs::write(world.app.config.media().join("page.html"), "<script>").unwrap();
    for path in [
        "/media/".to_owned(),
        format!("/media/{name}"),
        format!("/media/00/{name}"),
        format!("/media/{}/..%2f{}/{name}", &name[..2], &name[..2]),
        "/media/../miso.db".to_owned(),
        "/media/%2e%2e/%2e%2e/etc/passwd".to_owned(),
        "/media/incoming/page.html".to_owned(),
        "/media/pa/page.html".to_owned(),
        format!("/media/{}/{}.jpg", "ab", "ab".repeat(32)),
    ] {
        let reply = world.get(&path).await;
        assert_eq!(reply.status.as_u16(), 404, "{path}");
    }
    assert_eq!(world.ask(Method::POST, &url, &[]).await.status.as_u16(), 405);
}
