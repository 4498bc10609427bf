//! Signatures hold, by a reader of signatures of the tests' own, which is held against the example of the standard (RFC 8463 appendix A).

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey, LineEnding};
use sha2::{Digest, Sha256};

use super::{Algorithm, Key, NotAKey, NotASigner, Signer};
use crate::compose::tests::{list_message, message_to};
use crate::{Mailer, Message};

/// Made once, as it takes a while.
static RSA: LazyLock<String> = LazyLock::new(|| Key::make(Algorithm::Rsa).unwrap());

/// The example of RFC 8463.
const STANDARDS_OWN: &str = include_str!("tests/rfc8463.eml");

fn without_gaps(text: &str) -> String {
    text.split_ascii_whitespace().collect()
}

fn tag<'a>(signature: &'a str, name: &str) -> &'a str {
    let tags = signature.split_once(':').unwrap().1.split(';').filter_map(|tag| tag.split_once('='));
    tags.map(|(name, value)| (name.trim(), value.trim())).find(|(other, _)| *other == name).unwrap().1
}

/// "relaxed": the standard's words, line by line, and nothing of what signs.
fn relaxed(field: &str) -> String {
    let (name, value) = field.split_once(':').unwrap();
    let mut value = value.replace("\r\n", "").replace('\t', " ");
    while value.contains("  ") {
        value = value.replace("  ", " ");
    }
    format!("{}:{}", name.trim_end().to_lowercase(), value.trim())
}

fn relaxed_body(body: &str) -> String {
    let mut lines: Vec<String> = body.split("\r\n").map(|line| line.replace('\t', " ")).collect();
    for line in &mut lines {
        while line.contains("  ") {
            *line = line.replace("  ", " ");
        }
        *line = line.trim_end_matches(' ').to_owned();
    }
    let text = lines.join("\r\n");
    let text = text.trim_end_matches("\r\n");
    if text.is_empty() { String::new() } else { format!("{text}\r\n") }
}

/// The signatures of a mail that hold, with what each covers: its algorithm, selector, and the names of the headers.
fn holding(mail: &[u8], key: impl Fn(&str) -> Vec<u8>) -> Vec<(String, String, Vec<String>)> {
    let text = std::str::from_utf8(mail).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut fields: Vec<String> = Vec::new();
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) { fields.last_mut().unwrap().push_str(&format!("\r\n{line}")) } else { fields.push(line.into()) }
    }
    let signatures = fields.iter().filter(|field| field.starts_with("DKIM-Signature:"));
    let good = signatures.filter(|signature| {
        let digest = STANDARD.encode(Sha256::digest(relaxed_body(body)));
        let (mut left, mut input) = (fields.clone(), String::new());
        for name in tag(signature, "h").split(':') {
            let is_it = |field: &String| field.split_once(':').unwrap().0.eq_ignore_ascii_case(name.trim());
            if let Some(at) = left.iter().rposition(is_it) {
                input += &format!("{}\r\n", relaxed(&left.remove(at)));
            }
        }
        let b = tag(signature, "b");
        let at = signature.rfind(b).unwrap();
        input += &relaxed(&signature[..at]);
        let (sent, public) = (STANDARD.decode(without_gaps(b)).unwrap(), key(tag(signature, "s")));
        let holds = match tag(signature, "a") {
            "ed25519-sha256" => UnparsedPublicKey::new(&ED25519, public).verify(&Sha256::digest(input), &sent),
            _ => UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public).verify(input.as_bytes(), &sent),
        };
        holds.is_ok() && digest == without_gaps(tag(signature, "bh"))
    });
    let names = |signature: &str| tag(signature, "h").split(':').map(|name| name.trim().to_owned()).collect();
    good.map(|signature| (tag(signature, "a").to_owned(), tag(signature, "s").to_owned(), names(signature))).collect()
}

/// The octets of a record's key; of an RSA key, what follows its name.
fn published(signer: &Signer, selector: &str) -> Vec<u8> {
    let (_, text) = signer.records().into_iter().find(|(name, _)| name.starts_with(&format!("{selector}._domainkey."))).unwrap();
    let (head, key) = text.split_once("; p=").unwrap();
    let key = STANDARD.decode(key).unwrap();
    if head.ends_with("k=rsa") { key[24..].to_vec() } else { key }
}

fn signer() -> Signer {
    let ed25519 = Key::read(&Key::make(Algorithm::Ed25519).unwrap()).unwrap();
    Signer::new("example.org", vec![("old".into(), Key::read(&RSA).unwrap()), ("new".into(), ed25519)]).unwrap()
}

async fn sent(signer: &Signer, message: &Message) -> Vec<u8> {
    let mailer = Mailer::memory().signing(signer.clone());
    mailer.send(message).await.unwrap();
    mailer.sent().remove(0).bytes
}

#[test]
fn the_reader_of_signatures_agrees_with_the_standards_example() {
    let key = STANDARD.decode("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=").unwrap();
    let mail = STANDARDS_OWN.replace("\r\n", "\n").replace('\n', "\r\n");
    let found = holding(mail.as_bytes(), |_| key.clone());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("ed25519-sha256", "brisbane"));
    assert!(holding(mail.replace("Joe.", "Jim.").as_bytes(), |_| key.clone()).is_empty());
    assert!(holding(mail.replace("dinner", "supper").as_bytes(), |_| key.clone()).is_empty());
}

#[tokio::test]
async fn two_keys_make_two_signatures_over_all_that_says_who_wrote_what_to_whom_and_how_to_leave() {
    let signer = signer();
    let mail = sent(&signer, &list_message()).await;
    let found = holding(&mail, |selector| published(&signer, selector));
    let made: Vec<_> = found.iter().map(|(algorithm, selector, _)| (algorithm.as_str(), selector.as_str())).collect();
    assert_eq!(made, [("rsa-sha256", "old"), ("ed25519-sha256", "new")]);
    let told = ["from", "to", "subject", "date", "message-id", "mime-version", "content-type"];
    for (_, _, names) in &found {
        for name in told.into_iter().chain(["list-unsubscribe", "list-unsubscribe-post"]) {
            assert_eq!(names.iter().filter(|other| *other == name).count(), 2, "{name}: nobody can add another");
        }
    }
    assert_eq!(mail, sent(&signer, &list_message()).await, "the same mail is the same bytes");
    let text = String::from_utf8(mail).unwrap();
    let ours = text.lines().take_while(|line| !line.starts_with("Date: "));
    assert!(ours.clone().count() > 10 && ours.clone().all(|line| line.len() <= 78), "{text}");
}

#[tokio::test]
async fn whatever_is_changed_or_added_on_the_way_ends_the_signatures() {
    let signer = signer();
    let mail = String::from_utf8(sent(&signer, &list_message()).await).unwrap();
    let holds = |mail: &str| holding(mail.as_bytes(), |selector| published(&signer, selector)).len();
    assert_eq!(holds(&mail), 2);
    for (from, to) in [
        ("\r\nFrom: ", "\r\nFrom: x@example.org\r\nFrom: "),
        ("\r\nFrom: ", "\r\nReply-To: x@example.org\r\nFrom: "),
        ("\r\nFrom: ", "\r\nCc: x@example.org\r\nFrom: "),
        ("Subject: ", "Subject: Not "),
        ("List-Unsubscribe: <https://example.org", "List-Unsubscribe: <https://example.net"),
        ("List-Unsubscribe-Post: ", "List-Unsubscribe-Post: x"),
        ("Guten Tag", "Guten Abend"),
    ] {
        let other = mail.replacen(from, to, 1);
        assert!(other != mail && holds(&other) == 0, "{from} {to}");
    }
    // What servers do on the way: their own headers before ours, and gaps.
    assert_eq!(holds(&format!("Received: from us\r\n{mail}\r\n\r\n")), 2);
    assert_eq!(holds(&mail.replace("Subject: ", "SUBJECT:   ")), 2);
}

#[test]
fn a_key_that_was_made_is_read_and_what_is_none_says_why() {
    for algorithm in [Algorithm::Rsa, Algorithm::Ed25519] {
        let pem = Key::make(algorithm).unwrap();
        assert_eq!(Key::read(&pem).unwrap().algorithm(), algorithm);
        assert_ne!(pem, Key::make(algorithm).unwrap());
    }
    let record = Key::read(&RSA).unwrap().record();
    // As older programs write it (PKCS #1).
    let older = RsaPrivateKey::from_pkcs8_pem(&RSA).unwrap().to_pkcs1_pem(LineEnding::CRLF).unwrap();
    assert!(older.starts_with("-----BEGIN RSA PRIVATE KEY-----"));
    assert_eq!(Key::read(&older).unwrap().record(), record);
    assert!(record.starts_with("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"), "{record}");
    for (pem, why) in [
        ("", NotAKey::Pem),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", NotAKey::Pem),
        ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", NotAKey::Encrypted),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", NotAKey::Unfit),
        ("-----BEGIN PRIVATE KEY-----\nAA!A\n-----END PRIVATE KEY-----", NotAKey::Pem),
    ] {
        assert_eq!(Key::read(pem).unwrap_err(), why, "{pem}");
    }
}

#[test]
fn what_cannot_stand_in_the_name_system_is_no_signer() {
    let made = |domain: &str, selectors: &[&str]| {
        let keys = selectors.iter().map(|selector| ((*selector).to_owned(), Key::read(&RSA).unwrap())).collect();
        Signer::new(domain, keys).map(|signer| signer.records()[0].0.clone())
    };
    assert_eq!(made("Bücher.example", &["a.b-c"]), Ok("a.b-c._domainkey.xn--bcher-kva.example".into()));
    for domain in ["", "a b", "example.org; s=x", "example..org"] {
        assert_eq!(made(domain, &["a"]), Err(NotASigner::Domain), "{domain}");
    }
    for selector in ["", "a b", "a;b", "-a", "a..b", "ä"] {
        assert_eq!(made("example.org", &[selector]), Err(NotASigner::Selector), "{selector}");
    }
    assert_eq!(made("example.org", &["a", "A"]), Err(NotASigner::SameSelector));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn whatever_a_mail_says_its_signatures_hold(subject in "\\PC{0,300}", name in "\\PC{0,80}", text in "(\\PC|[ \t\r\n]){0,300}") {
        let signer = signer();
        let mut message = message_to("amal@example.org");
        (message.subject, message.text, message.html) = (subject, text.clone(), format!("<p>{text}"));
        message.to.name = Some(name);
        let mail = signer.sign(&message.compose().unwrap().bytes, message.date);
        prop_assert_eq!(holding(&mail, |selector| published(&signer, selector)).len(), 2);
    }
}
