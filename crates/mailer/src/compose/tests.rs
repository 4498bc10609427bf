//! No words break a mail, whatever they are.

use chrono::DateTime;
use proptest::prelude::*;

use super::Unsendable;
use crate::{Attachment, Invitation, ListHeaders, Mailbox, Message, Nature, Picture};

/// A mail that says little.
pub(crate) fn message_to(address: &str) -> Message {
    Message {
        from: Mailbox::named("Beispielverein", "verein@example.org".parse().unwrap()),
        to: Mailbox::from(address.parse::<crate::Address>().unwrap()),
        reply_to: None,
        envelope_sender: None,
        subject: "Beispiel".into(),
        text: "Guten Tag!\n".into(),
        html: "<p>Guten Tag!</p>\n".into(),
        language: "de".into(),
        message_id: "1@example.org".into(),
        date: DateTime::from_timestamp(1_767_225_600, 0).unwrap(),
        nature: Nature::Automatic,
        invitation: None,
        pictures: Vec::new(),
        attachments: Vec::new(),
    }
}

fn list() -> ListHeaders {
    ListHeaders {
        name: Some("Beispiel, Rundbrief".into()),
        id: "rundbrief.example.org".into(),
        unsubscribe: format!("https://example.org/unsubscribe/{}", "x".repeat(60)),
        unsubscribe_by_mail: Some("unsubscribe+1@example.org".parse().unwrap()),
        archive: Some("https://example.org/newsletters/rundbrief".into()),
        help: None,
        feedback_id: Some("rundbrief:example.org".into()),
    }
}

/// A mail to one of many.
pub(crate) fn list_message() -> Message {
    Message { nature: Nature::List(list()), ..message_to("amal@example.org") }
}

fn invitation() -> Invitation {
    let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Über alles reden\r\nEND:VCALENDAR\r\n".into();
    Invitation { method: "REQUEST".into(), calendar, filename: "event.ics".into() }
}

/// All lines of the headers, unfolded, before the first empty line.
fn headers(bytes: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(bytes).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let unfolded = head.replace("\r\n ", " ");
    unfolded.split("\r\n").map(|line| line.split_once(": ").map(|(name, value)| (name.into(), value.into())).unwrap()).collect()
}

fn header_names(message: &Message) -> Vec<String> {
    headers(&message.compose().unwrap().bytes).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_mail_of_a_program_says_so() {
    let mail = message_to("amal@example.org").compose().unwrap();
    let head = String::from_utf8(mail.bytes).unwrap();
    let head = head.split_once("\r\n\r\n").unwrap().0;
    assert_eq!(
        head.split("\r\n").collect::<Vec<_>>(),
        [
            "Date: Thu, 01 Jan 2026 00:00:00 +0000",
            "From: \"Beispielverein\" <verein@example.org>",
            "To: amal@example.org",
            "Subject: Beispiel",
            "Message-ID: <1@example.org>",
            "MIME-Version: 1.0",
            "Content-Language: de",
            "Auto-Submitted: auto-generated",
            "Content-Type: multipart/alternative;",
            " boundary=\"=_bf55bf924eca1fa1666ce9b295bb5844\"",
        ]
    );
}

#[test]
fn a_mail_to_many_says_how_to_leave() {
    let message = Message { nature: Nature::List(list()), ..message_to("amal@example.org") };
    let found = headers(&message.compose().unwrap().bytes);
    let value = |name: &str| found.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    let page = list().unsubscribe;
    assert_eq!(value("List-Id"), "\"Beispiel, Rundbrief\" <rundbrief.example.org>");
    assert_eq!(value("List-Unsubscribe"), format!("<{page}>, <mailto:unsubscribe+1@example.org>"));
    assert_eq!(value("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert_eq!(value("List-Archive"), "<https://example.org/newsletters/rundbrief>");
    assert_eq!(value("Precedence"), "bulk");
    assert_eq!(value("Auto-Submitted"), "");

    let insecure = ListHeaders { unsubscribe: "http://localhost:8080/unsubscribe/x".into(), ..list() };
    assert!(!header_names(&Message { nature: Nature::List(insecure), ..message }).contains(&"List-Unsubscribe-Post".to_owned()));
}

#[test]
fn an_invitation_stands_beside_the_text_and_is_a_file_too() {
    let attachment =
        Attachment { filename: "Plan (große Halle).pdf".into(), media_type: "application/pdf".into(), content: (0..=255).collect() };
    let message = Message { invitation: Some(invitation()), attachments: vec![attachment.clone()], ..message_to("amal@example.org") };
    let mail = message.compose().unwrap();
    let letter = mail.letter();
    assert_eq!(letter.text.as_deref(), Some("Guten Tag!\r\n"));
    assert_eq!(letter.html.as_deref(), Some("<p>Guten Tag!</p>\r\n"));
    let parts: Vec<_> = letter.parts.iter().map(|part| (part.media_type.as_str(), part.filename.as_deref())).collect();
    assert_eq!(
        parts,
        [("text/calendar", None), ("application/ics", Some("event.ics")), ("application/pdf", Some("Plan (große Halle).pdf"))]
    );
    assert_eq!(letter.parts[0].content, invitation().calendar.as_bytes());
    assert_eq!(letter.parts[1].content, letter.parts[0].content);
    assert_eq!(letter.parts[2].content, attachment.content);
    assert!(String::from_utf8(mail.bytes).unwrap().contains("Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n"));
}

#[test]
fn a_picture_travels_with_the_html_that_shows_it() {
    let content: Vec<u8> = (0..=255).collect();
    let picture =
        Picture { id: "code.1@example.org".into(), filename: "code.png".into(), media_type: "image/png".into(), content: content.clone() };
    let html = "<p><img src=\"cid:code.1@example.org\" alt=\"Code\"></p>\n".to_owned();
    let message = Message { invitation: Some(invitation()), pictures: vec![picture.clone()], html, ..message_to("amal@example.org") };
    let mail = message.compose().unwrap();
    let letter = mail.letter();
    assert!(letter.html.as_deref().unwrap().contains("cid:code.1@example.org"));
    let shown = letter.parts.iter().find(|part| part.media_type == "image/png").unwrap();
    assert_eq!((shown.filename.as_deref(), &shown.content), (Some("code.png"), &content));
    let text = String::from_utf8(mail.bytes).unwrap();
    assert!(text.contains("Content-ID: <code.1@example.org>\r\n") && text.contains("Content-Disposition: inline"), "{text}");
    let order: Vec<_> =
        ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "text/calendar"]
            .iter()
            .map(|kind| text.find(kind).unwrap_or_else(|| panic!("{kind}")))
            .collect();
    assert!(order.is_sorted(), "{text}");
    let evil = Picture { id: "a>\r\nBcc: x@example.org".into(), ..picture };
    assert_eq!(Message { pictures: vec![evil], ..message }.compose(), Err(Unsendable::PictureId));
}

#[test]
fn a_file_keeps_its_ending_and_no_folder() {
    for (given, named) in [
        ("../../etc/pw", "-.-etc-pw"),
        (".htaccess", "file.htaccess"),
        ("C:\\x.pdf", "C--x.pdf"),
        ("a\r\nb.ics", "a b.ics"),
        (" ", "file"),
        (&format!("{}.pdf", "ü".repeat(300)), &format!("{}.pdf", "ü".repeat(100))),
    ] {
        let file = Attachment { filename: given.into(), media_type: "application/pdf".into(), content: Vec::new() };
        let mail = Message { attachments: vec![file], ..message_to("amal@example.org") }.compose().unwrap();
        assert_eq!(mail.letter().parts[0].filename.as_deref(), Some(named));
    }
}

#[test]
fn the_same_message_makes_the_same_bytes_and_another_id_makes_others() {
    let message = Message { invitation: Some(invitation()), ..message_to("amal@example.org") };
    assert_eq!(message.compose(), message.clone().compose());
    let other = Message { message_id: "2@example.org".into(), ..message.clone() };
    assert_ne!(message.compose(), other.compose());
}

#[test]
fn what_would_end_a_header_is_refused_where_no_person_writes() {
    let with_list = |list| Message { nature: Nature::List(list), ..message_to("amal@example.org") };
    let method = |method: &str| Some(Invitation { method: method.into(), ..invitation() });
    let file = |media_type: &str| vec![Attachment { filename: "x".into(), media_type: media_type.into(), content: Vec::new() }];
    let plain = message_to("amal@example.org");
    for evil in ["", "x\r\nBcc: all@example.org", "x y", "ü", "x\0"] {
        assert_eq!(Message { message_id: format!("{evil}@example.org"), ..plain.clone() }.compose(), Err(Unsendable::MessageId));
        assert_eq!(Message { language: evil.into(), ..plain.clone() }.compose(), Err(Unsendable::Language));
        assert_eq!(Message { invitation: method(evil), ..plain.clone() }.compose(), Err(Unsendable::Method));
        assert_eq!(Message { attachments: file(&format!("text/{evil}")), ..plain.clone() }.compose(), Err(Unsendable::MediaType));
        assert_eq!(with_list(ListHeaders { id: evil.into(), ..list() }).compose(), Err(Unsendable::ListId));
        let unsubscribe = if evil.is_empty() { String::new() } else { format!("https://example.org/{evil}") };
        let refused = with_list(ListHeaders { unsubscribe, ..list() }).compose();
        assert_eq!(refused, Err(Unsendable::Link { header: "List-Unsubscribe" }));
    }
    assert!(Message { attachments: file("text/csv; charset=utf-8"), ..plain }.compose().is_ok());
}

/// What people write, and what nobody should: any letters, and often those that mean something to mail.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~äöüßñéعربي👋🏽\u{200f}\r\n\t\0\"\\\\,;:<>@=?()_.]{0,120}",
        "(\r\n)?[A-Za-z-]{1,12}: [ -~]{0,40}(\r\n){0,2}",
        "[a-zA-Z]{0,1500}",
        "[ا-ي ]{0,400}",
        "(=\\?utf-8\\?[qb]\\?[ -~]{0,20}\\?=){1,3}",
        "(--=_[0-9a-f]{32}(--)?\r\n|\\.\r\n|From |\n){0,6}",
    ]
}

/// What is left of words on one line.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter == ' ' || letter.is_control() || "\u{2028}\u{2029}".contains(letter))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

proptest! {
    #[test]
    fn no_words_add_a_header_and_all_of_them_arrive(
        name in words(), subject in words(), text in words(), html in words(), list_name in words(), feedback in words(), filename in words(),
        of_list in any::<bool>(), invited in any::<bool>(), content in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let list = ListHeaders { name: Some(list_name), feedback_id: Some(feedback), ..list() };
        let nature = if of_list { Nature::List(list) } else { Nature::Automatic };
        let message = Message {
            from: Mailbox::named(name.clone(), "verein@example.org".parse().unwrap()),
            to: Mailbox::named(name.clone(), "amal@example.org".parse().unwrap()),
            reply_to: Some(Mailbox::named(name.clone(), "answer@example.org".parse().unwrap())),
            subject: subject.clone(),
            text: text.clone(),
            html: format!("<p>{html}"),
            nature: nature.clone(),
            invitation: invited.then(|| Invitation { filename: filename.clone(), ..invitation() }),
            attachments: vec![Attachment { filename: filename.clone(), media_type: "image/png".into(), content: content.clone() }],
            ..message_to("amal@example.org")
        };
        let bytes = message.compose().unwrap().bytes;

        prop_assert!(bytes.is_ascii());
        prop_assert!(!bytes.contains(&0));
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            prop_assert!(line.ends_with(b"\r\n") && line.len() <= 80 || line.starts_with(b"List-Unsubscribe: "), "{}", line.escape_ascii());
            prop_assert_eq!(line.iter().filter(|byte| **byte == b'\r').count(), 1);
        }
        let harmless = Message { reply_to: Some("answer@example.org".parse::<crate::Address>().unwrap().into()), nature, ..message_to("amal@example.org") };
        let mut expected = header_names(&harmless);
        let found: Vec<_> = headers(&bytes).into_iter().map(|(name, _)| name).collect();
        expected.retain(|name| name != "Content-Type");
        expected.push("Content-Type".into());
        prop_assert_eq!(found, expected);

        let letter = crate::Letter::read(&bytes);
        prop_assert_eq!(&letter.subject, &one_line(&subject));
        let name: String = one_line(&name).chars().take(200).collect();
        let named = |address: &str| if name.is_empty() { address.to_owned() } else { format!("{name} <{address}>") };
        prop_assert_eq!(&letter.from, &named("verein@example.org"));
        prop_assert_eq!(&letter.to, &named("amal@example.org"));
        prop_assert_eq!(letter.reply_to, Some(named("answer@example.org")));
        prop_assert_eq!(letter.text.unwrap_or_default(), super::parts::lines(&text));
        prop_assert_eq!(letter.html.unwrap_or_default(), super::parts::lines(&format!("<p>{html}")));
        prop_assert_eq!(&letter.parts.last().unwrap().content, &content);
        prop_assert_eq!(letter.parts.len(), if invited { 3 } else { 1 });
    }
}

/// Writes more than a thousand mails into a folder, and beside each what it should say: `tests/readers/mails.py` has another program read
/// them. `MAILS=/tmp/mails cargo test -p mailer -- --ignored every_sort`.
#[tokio::test]
#[ignore = "writes into the folder that MAILS names"]
async fn every_sort_of_mail_for_others_to_read() {
    let folder = std::path::PathBuf::from(std::env::var("MAILS").unwrap());
    let mailer = crate::Mailer::files(&folder);
    for (at, word) in scripts().into_iter().chain(attempts()).enumerate() {
        for (kind, nature) in
            [Nature::Automatic, Nature::List(ListHeaders { name: Some(word.clone()), feedback_id: Some(word.clone()), ..list() })]
                .into_iter()
                .enumerate()
        {
            for form in 0..3 {
                let file =
                    Attachment { filename: format!("{word}.png"), media_type: "image/png".into(), content: word.as_bytes().to_vec() };
                let message = Message {
                    from: Mailbox::named(word.clone(), "verein@example.org".parse().unwrap()),
                    to: Mailbox::named(word.clone(), "amal@example.org".parse().unwrap()),
                    reply_to: Some(Mailbox::named(word.clone(), "answer@example.org".parse().unwrap())),
                    subject: word.clone(),
                    text: format!("{word}\n{word}"),
                    html: if form == 2 { String::new() } else { format!("<p>{word}</p>") },
                    message_id: format!("{at}.{kind}.{form}@example.org"),
                    nature: nature.clone(),
                    invitation: (form == 1).then(|| Invitation { filename: format!("{word}.ics"), ..invitation() }),
                    attachments: if form == 1 { vec![file] } else { Vec::new() },
                    ..message_to("amal@example.org")
                };
                let name = mailer.send(&message).await.unwrap().receipt;
                let said = one_line(&word);
                let expected = serde_json::json!({
                    "subject": said,
                    "name": said.chars().take(200).collect::<String>(),
                    "text": super::parts::lines(&message.text),
                    "of_list": kind == 1,
                    "files": if form == 1 { 2 } else { 0 },
                });
                std::fs::write(folder.join(name).with_extension("json"), expected.to_string()).unwrap();
            }
        }
    }
}

/// Words in twenty scripts.
const SCRIPTS: [&str; 20] = [
    "Große Straßenfeste, Ärger & Übermut",
    "Świętujemy żółwie; đường phố Hà Nội",
    "Ελληνικά γλυκά στο φεστιβάλ",
    "Праздник на улице, щедрый",
    "Հայերեն տոնակատարություն",
    "ქართული დღესასწაული",
    "חגיגה בעברית",
    "أهلاً وسهلاً بكم في المهرجان",
    "جشن فارسی نوروز \u{200c}ها",
    "ܣܘܪܝܝܐ ܥܐܕܐ",
    "ትግርኛ በዓል",
    "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⴰⴼⵙⵓⵜ",
    "हिन्दी उत्सव क्षेत्र",
    "বাংলা উৎসব",
    "தமிழ் திருவிழா",
    "ไทยเทศกาลน้ำ",
    "ខ្មែរ ពិធីបុណ្យ",
    "中文节日活动",
    "日本語のお祭り カタカナ",
    "한국어 축제 👩🏽\u{200d}🚀🎉",
];

/// Each script, short, long, between others, and beside what tries to break out.
fn scripts() -> Vec<String> {
    let of = |word: &str| {
        [
            word.to_owned(),
            format!("{word} ").repeat(12),
            format!("Beispiel {word} (2026), \"{word}\""),
            format!("{word}\r\nBcc: all@example.org\r\n\r\n{word}"),
            format!("\u{202e}{word}\u{202c}\u{2066}{word}"),
            format!("{word} =?utf-8?q?=0D=0ABcc:_x?= {word}"),
            format!("{word}\0\u{7f}\u{85}\u{2028}\t{word}"),
        ]
    };
    SCRIPTS.iter().flat_map(|word| of(word)).collect()
}

/// What somebody might try, and what nobody would think of.
fn attempts() -> Vec<String> {
    let fixed = [
        "Beispiel",
        "Name, with \"quotes\", \\ and commas; (comment) <a@b.de>",
        "a\r\nBcc: all@example.org\r\n\r\nbody",
        "a\nTo: b@example.org",
        "a\r\n\tfolded\r\n X-Added: yes",
        "a\rCc: b@example.org",
        "=?utf-8?q?=0D=0ABcc:_x?=",
        "=?utf-8?b?DQpCY2M6IHg=?=",
        "=?utf-7?q?+AA0ACg-?= =?",
        "  ",
        "",
        "--=_bf55bf924eca1fa1666ce9b295bb5844--",
        "'; DROP",
        "=",
        "noreply@example.org",
        "a.b",
        "(x",
        "\"",
        "\\",
        ".",
        "\u{feff}\u{200b}\u{200e}\u{200f}",
        "\u{202a}\u{202b}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}",
        "\u{10ffff}\u{fdd0}\u{e000}",
    ];
    let long = ["x".repeat(1500), "ü".repeat(1500), "👋🏽".repeat(400), "a b ".repeat(500), "\"\\".repeat(200), "=?".repeat(300)];
    fixed.into_iter().map(str::to_owned).chain(long).collect()
}
