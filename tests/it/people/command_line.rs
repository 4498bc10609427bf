//! `miso person`, the program itself; and what a server that runs writes into its log.

use std::fs;
use std::process::Output;

use entity::person;
use entity::words::NetworkRole;
use miso_tests::World;
use miso_tests::process::{Server, command};
use sea_orm::EntityTrait;
use serde_json::json;

const AMAL: &str = "amal@example.org";

fn run(world: &World, arguments: &[&str]) -> Output {
    command(world.database_url(), arguments).env("MISO_PUBLIC_URL", "https://miso.example").env("RUST_LOG", "debug").output().unwrap()
}

/// What it says, where all was well.
fn said(world: &World, arguments: &[&str]) -> String {
    let output = run(world, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn token_in(said: &str) -> &str {
    said.lines().find_map(|line| line.strip_prefix("https://miso.example/sign-in/")).unwrap_or_else(|| panic!("no link in {said}"))
}

#[tokio::test]
async fn it_makes_the_first_administrator_who_signs_in_by_the_link_once() {
    let world = World::new().await;
    let told = said(&world, &["person", "add", "Amal@Example.org", "--admin", "--name", "Amal Beispiel"]);
    assert!(told.starts_with("amal@example.org has an account now, admin.\n"), "{told}");
    let entered = world.tries_link(token_in(&told)).await;
    let person = json!({ "id": entered.at("signIn.viewer.person.id"), "name": "Amal Beispiel", "email": AMAL, "locale": "de", "networkRole": "ADMIN" });
    assert_eq!(*entered.at("signIn.viewer.person"), person);
    assert_eq!(world.tries_link(token_in(&told)).await.at("signIn.errors.0.code"), "EXPIRED");
}

#[tokio::test]
async fn again_it_changes_nothing_and_prints_another_link() {
    let world = World::new().await;
    let people = async || person::Entity::find().all(world.db()).await.unwrap();
    let first = said(&world, &["person", "add", AMAL]);
    assert_eq!(people().await.iter().find(|row| row.email == AMAL).unwrap().network_role, None);
    said(&world, &["person", "add", AMAL, "--admin"]);
    let promoted = people().await;
    assert_eq!(promoted.iter().find(|row| row.email == AMAL).unwrap().network_role, Some(NetworkRole::Admin));
    // Without the word it takes nothing away.
    for arguments in [&["person", "add", AMAL, "--admin"][..], &["person", "add", AMAL]] {
        let told = said(&world, arguments);
        assert!(told.starts_with("amal@example.org has an account already, admin.\n"), "{told}");
        assert_ne!(token_in(&told), token_in(&first));
        assert_eq!(people().await, promoted);
    }
}

#[tokio::test]
async fn it_lists_who_has_an_account() {
    let world = World::new().await;
    said(&world, &["person", "add", AMAL, "--admin", "--name", "Amal Beispiel"]);
    let told = said(&world, &["person", "list"]);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        ["amal@example.org (Amal Beispiel), admin, never signed in", "beispiel@example.org (Beispielperson), never signed in"]
    );
}

#[tokio::test]
async fn what_is_no_address_or_no_name_is_told_in_one_line() {
    let world = World::new().await;
    let long = "x".repeat(201);
    for arguments in [&["person", "add", "nobody", "--admin"][..], &["person", "add", AMAL, "--name", &long]] {
        let output = run(&world, arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && output.stdout.is_empty(), "{told}");
        assert!(told.lines().filter(|line| !line.contains(" DEBUG ") && !line.contains(" INFO ")).count() == 1, "{told}");
    }
}

#[tokio::test]
async fn no_log_tells_of_an_address_or_a_secret() {
    let world = World::new().await;
    world.network().await;
    let told = run(&world, &["person", "add", AMAL, "--admin"]);
    let stdout = String::from_utf8(told.stdout).unwrap();
    let token = token_in(&stdout);
    let (server, log) = Server::start_with_log(world.database_url(), &[("RUST_LOG", "debug")]).await;
    let ask = "mutation($email: EmailAddress!) { signInRequest(email: $email) { accepted } }";
    server.graphql(ask, &json!({ "email": "bojan@example.org" })).await;
    assert!(server.get(&format!("/sign-in/{token}")).await.starts_with("HTTP/1.1 200"));
    let enter = "mutation($token: String!) { signIn(by: { token: $token }) { sessionToken } }";
    let entered = server.graphql(enter, &json!({ "token": token })).await;
    let secret = entered.at("signIn.sessionToken").as_str().unwrap();
    let wrong = "mutation($by: SignInBy!) { signIn(by: $by) { errors { code } } }";
    let by = json!({ "by": { "code": { "email": "bojan@example.org", "code": "739146" } } });
    assert_eq!(server.graphql(wrong, &by).await.at("signIn.errors.0.code"), "INVALID");
    drop(server);
    let lines = fs::read_to_string(log).unwrap() + &String::from_utf8(told.stderr).unwrap();
    assert!(lines.contains(" INFO ") && lines.contains(" DEBUG "), "it logs: {lines}");
    for kept in [AMAL, "bojan", token, secret, "739146"] {
        assert!(!lines.contains(kept), "{kept} is in {lines}");
    }
}
