//! Mails are signed where a key is set, and the program starts with sound keys alone. That signatures hold is for the tests of the mailer.

use std::fs;
use std::process::Output;

use mailer::dkim::{Algorithm, Key, Signer};
use miso::newsletter::ops::start;
use miso_tests::World;
use miso_tests::process::command;
use miso_tests::registering::who;

fn run(arguments: &[&str], settings: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = command("sqlite://never-opened.db", arguments);
    command.env("MISO_PUBLIC_URL", "https://miso.example");
    for (name, value) in settings {
        command.env(name, value);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
}

#[tokio::test]
async fn an_issue_and_an_invitation_are_signed_with_every_key() {
    let mut world = World::new().await;
    let key = || ("new".to_owned(), Key::read(&Key::make(Algorithm::Ed25519).unwrap()).unwrap());
    let other = ("other".to_owned(), key().1);
    world.app.mailer = world.app.mailer.clone().signing(Signer::new("miso.example", vec![key(), other]).unwrap());
    world.network().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 1).make().await;
    let date = world.dates_of(&event).await.remove(0);
    world.register(&who("Amal", &date)).await;
    let news = world.newsletter("news", host.id).await;
    world.readers(news.id, 1).await;
    start(&world.app, &world.issue("news-1", news.id).await).await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    let sent: Vec<String> = world.app.mailer.sent().into_iter().map(|mail| String::from_utf8(mail.bytes).unwrap()).collect();
    for needle in ["text/calendar; method=REQUEST", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] {
        let mail = sent.iter().find(|mail| mail.contains(needle)).unwrap();
        assert_eq!(mail.matches("DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=miso.example;\r\n").count(), 2, "{mail}");
        let head = mail.split_once("\r\n\r\n").unwrap().0.replace("\r\n ", "").replace(' ', "");
        let is_covered = |name: &str| head.matches(&format!("{name}:{name}")).count() == 2;
        assert!(["from", "to", "subject", "date", "message-id", "mime-version", "content-type"].into_iter().all(is_covered), "{head}");
        let of_list = ["list-unsubscribe", "list-unsubscribe-post"].into_iter().all(is_covered);
        assert_eq!(of_list, needle.starts_with("List"), "{head}");
    }
}

#[test]
fn a_key_is_made_once_for_its_owner_alone_and_the_name_system_is_told_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (rsa, ed25519) = (path("rsa.pem"), path("ed25519.pem"));
    let (code, said) = run(&["dkim", "new", &rsa], &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("miso-rsa._domainkey.miso.example. IN TXT ( \"v=DKIM1; k=rsa; p=MIIBIjANBgkq"), "{said}");
    assert!(said.contains(&format!("rsa_key = {rsa:?}")), "{said}");
    let (code, said) = run(&["dkim", "new", "--ed25519", "--selector", "s1", "--domain", "example.org", &ed25519], &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("s1._domainkey.example.org. IN TXT \"v=DKIM1; k=ed25519; p="), "{said}");
    let kept = fs::read_to_string(&rsa).unwrap();
    assert_eq!(run(&["dkim", "new", &rsa], &[]).0, Some(1), "no key is lost");
    assert_eq!(fs::read_to_string(&rsa).unwrap(), kept);
    #[cfg(unix)]
    for file in [&rsa, &ed25519] {
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(file).unwrap().permissions()) & 0o777, 0o600);
    }
    assert_eq!(run(&["dkim", "new", "--selector", "a b", &path("none.pem")], &[]).0, Some(1));
    assert!(!folder.path().join("none.pem").exists(), "what cannot be told leaves no file");
    let (_, shown) = run(&["dkim", "show"], &[("MISO_DKIM__RSA_KEY", &rsa), ("MISO_DKIM__ED25519_KEY", &ed25519)]);
    assert!(shown.contains("miso-rsa._domainkey.miso.example.") && shown.contains("miso-ed25519._domainkey.miso.example."), "{shown}");
}

#[test]
fn the_program_starts_with_sound_keys_alone_and_says_in_one_line_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name).display().to_string();
        fs::write(&path, text).unwrap();
        path
    };
    let ed25519 = file("ed25519.pem", &Key::make(Algorithm::Ed25519).unwrap());
    let nothing = file("nothing.pem", "");
    for (settings, line) in [
        (vec![("MISO_DKIM__RSA_KEY", "/nowhere/key.pem")], "miso: dkim.rsa_key: /nowhere/key.pem: No such file or directory"),
        (vec![("MISO_DKIM__RSA_KEY", nothing.as_str())], "this is no private key in PEM"),
        (vec![("MISO_DKIM__RSA_KEY", ed25519.as_str())], "this is an Ed25519 key, and should be an RSA key"),
        (
            vec![("MISO_DKIM__ED25519_KEY", ed25519.as_str()), ("MISO_DKIM__DOMAIN", "example.net")],
            "miso: dkim.domain: must be the domain of",
        ),
        (
            vec![("MISO_DKIM__ED25519_KEY", ed25519.as_str()), ("MISO_DKIM__ED25519_SELECTOR", "a;b")],
            "miso: dkim.ed25519_selector: the selector",
        ),
    ] {
        for program in ["serve", "worker"] {
            let (code, said) = run(&[program], &settings);
            assert_eq!((code, said.lines().count()), (Some(2), 1), "{said}");
            assert!(said.contains(line), "{said}");
        }
    }
}
