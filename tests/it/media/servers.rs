//! What the largest files cost a server.

use std::path::Path;

use entity::words::OrganisationRole;
use image::ImageFormat;
use miso::kernel::Clock;
use miso_tests::World;
use miso_tests::process::Server;
use miso_tests::uploading::{UPLOAD, in_parts, input, picture, silence};
use serde_json::{Value, json};

/// What a server has ever held at the same time, in MiB.
fn most_memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc").join(server.id().to_string()).join("status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

#[tokio::test]
async fn the_largest_files_leave_the_servers_memory_small() {
    let world = World::new().await;
    // The server goes by the machine's clock.
    world.app.clock.set(Clock::of_the_machine().now());
    let own = world.organisation("radio").make().await;
    world.account("editor@example.org", own.id, OrganisationRole::Editor).await;
    let secret = world.signs_in("editor@example.org").await.secret;
    let data = world.app.config.data_dir.to_str().unwrap();
    let server = Server::start(world.database_url(), &[("MISO_DATA_DIR", data), ("MISO_SERVE_JOBS", "false")]).await;
    let uploads = async |bytes: Vec<u8>| -> Value {
        let operations = json!({ "query": UPLOAD, "variables": { "input": input(own.id, Some("x")) } }).to_string();
        let parts = [("operations", operations.as_bytes()), ("map", br#"{"0":["variables.input.file"]}"#), ("0", bytes.as_slice())];
        let (content_type, body) = in_parts(&parts);
        let bearer = format!("Bearer {secret}");
        let headers = [("Content-Type", content_type.as_str()), ("Authorization", &bearer), ("GraphQL-Preflight", "1")];
        server.post("/graphql", &headers, &body).await["data"]["mediaUpload"].clone()
    };
    let before = most_memory(&server);
    let frames = 200 * 1024 * 1024 / 417;
    let broadcast = uploads(silence(frames)).await;
    assert_eq!(broadcast["audio"]["bytes"], json!(frames * 417));
    let photo = uploads(picture(8160, 6000, ImageFormat::Jpeg)).await;
    assert_eq!((&photo["errors"], &photo["image"]["width"]), (&json!([]), &json!(2560)));
    let many = uploads(picture(9000, 9000, ImageFormat::Png)).await;
    assert_eq!(many["errors"][0]["code"], "TOO_LARGE");
    let grown = most_memory(&server) - before;
    assert!(grown < 48, "{grown} MiB more than {before}");
}
