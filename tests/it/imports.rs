//! Moving in: the program reads what an office brings along.

mod readers;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use image::ImageFormat;
use miso_tests::World;
use miso_tests::process::command;
use miso_tests::uploading::picture;
use serde_json::{Value, json};

/// A world with the network and an organisation, and a folder for files.
struct Stage {
    world: World,
    folder: tempfile::TempDir,
}

impl Stage {
    async fn new() -> Self {
        let world = World::new().await;
        world.network().await;
        world.organisation("faust").make().await;
        Self { world, folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn command(&self, what: &str, file: &Path, more: &[&str]) -> std::process::Command {
        let mut command = command(self.world.database_url(), &["import", what]);
        command.arg(file).args(more).env("MISO_DATA_DIR", &self.world.app.config.data_dir).current_dir(self.folder.path());
        command
    }

    /// What is said of an import, or why it was not done.
    fn import(&self, what: &str, file: &Path, more: &[&str]) -> Result<Value, String> {
        let output = self.command(what, file, &[more, &["--json"]].concat()).output().unwrap();
        if output.status.success() {
            Ok(serde_json::from_slice(&output.stdout).unwrap())
        } else {
            Err(String::from_utf8(output.stderr).unwrap())
        }
    }

    fn counts(&self, what: &str, file: &Path, more: &[&str]) -> Value {
        let report = self.import(what, file, more).unwrap();
        assert_eq!(report["refused"], json!([]));
        report["counts"].clone()
    }

    async fn posts(&self) -> i64 {
        self.world.administrator().asks("{ posts { totalCount } }").await.at("posts.totalCount").as_i64().unwrap()
    }
}

const POSTS: &[&str] = &["--organisation", "faust"];
const WRITE: &[&str] = &["--organisation", "faust", "--write"];

/// WordPress's export of so many posts, of which every 25th has a picture.
fn wordpress(posts: usize) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\n<title>Muster</title><link>https://muster.example</link>\n".to_owned();
    for at in 0..posts {
        let status = if at % 10 == 9 { "draft" } else { "publish" };
        write!(
            xml,
            "<item><title>Beitrag {at} &amp; mehr</title><link>https://muster.example/?p={at}</link><pubDate>Tue, 17 May 2016 16:00:00 +0000</pubDate>
<dc:creator><![CDATA[Muster]]></dc:creator><content:encoded><![CDATA[<p>Text <strong>{at}</strong></p><script>x</script>]]></content:encoded>
<excerpt:encoded><![CDATA[Kurz {at}]]></excerpt:encoded><wp:post_id>{at}</wp:post_id><wp:post_name>beitrag-{at}</wp:post_name><wp:status>{status}</wp:status>
<wp:post_type>post</wp:post_type><category domain=\"category\"><![CDATA[Kultur]]></category>"
        )
        .unwrap();
        if at % 25 == 0 {
            write!(xml, "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9{at:05}</wp:meta_value></wp:postmeta>")
                .unwrap();
        }
        xml.push_str("</item>\n");
        if at % 25 == 0 {
            writeln!(xml, "<item><title>Bild {at}</title><wp:post_id>9{at:05}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://muster.example/wp-content/uploads/2016/05/{at}.jpg</wp:attachment_url></item>").unwrap();
        }
    }
    xml.push_str("<item><title>Impressum</title><wp:post_id>99</wp:post_id><wp:post_type>page</wp:post_type></item></channel></rss>\n");
    xml
}

#[tokio::test]
async fn a_wordpress_export_of_500_posts_with_pictures_comes_in_twice_without_a_duplicate() {
    let stage = Stage::new().await;
    let file = stage.file("export.xml", wordpress(500));
    for at in (0..500).step_by(25) {
        stage.file(&format!("uploads/2016/05/{at}.jpg"), picture(20 + at, 20, ImageFormat::Jpeg));
    }
    let rehearsal = stage.import("posts", &file, POSTS).unwrap();
    assert_eq!((&rehearsal["written"], &rehearsal["counts"]["new"]), (&json!(false), &json!(500)));
    assert_eq!(rehearsal["left_out"], json!({ "page": 1, "pictures (see --uploads)": 20 }));
    assert_eq!(stage.posts().await, 0, "it was rehearsed only");
    let before = stage.world.dump().await;
    let with_pictures = [WRITE, &["--uploads", "uploads"]].concat();
    assert_eq!(stage.counts("posts", &file, &with_pictures), json!({ "new": 500 }));
    assert_ne!(stage.world.dump().await, before);
    let after = stage.world.dump().await;
    assert_eq!(stage.counts("posts", &file, &with_pictures), json!({ "unchanged": 500 }));
    assert_eq!(stage.world.dump().await, after);
    assert_eq!(stage.posts().await, 500);
    let shown = stage.world.visitor().asks(r#"{ posts { totalCount } post(slug: "beitrag-25") { title teaser body byline publishedAt sources tags { name } cover { alt width } } }"#).await;
    assert_eq!(shown.at("posts.totalCount"), 450, "drafts stay drafts");
    assert_eq!(
        shown.at("post"),
        &json!({
            "title": "Beitrag 25 & mehr", "teaser": "Kurz 25", "body": "<p>Text <strong>25</strong></p>\n", "byline": "Muster",
            "publishedAt": "2016-05-17T16:00:00Z", "sources": ["https://muster.example/?p=25"], "tags": [{ "name": "Kultur" }],
            "cover": { "alt": "Bild 25", "width": 45 },
        })
    );
    assert!(stage.world.run_jobs().await.failed.is_empty());
    assert!(stage.world.app.mailer.sent().is_empty(), "nobody is told of old news");
}

#[tokio::test]
async fn a_run_that_is_killed_goes_on_where_it_was() {
    let stage = Stage::new().await;
    let file = stage.file("export.xml", wordpress(300));
    let mut run = stage.command("posts", &file, WRITE).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while stage.posts().await < 20 {
        assert!(run.try_wait().unwrap().is_none(), "it ended too soon to be killed");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let done = stage.posts().await;
    assert!(done < 300);
    let counts = stage.counts("posts", &file, WRITE);
    assert_eq!((&counts["new"], &counts["unchanged"]), (&json!(300 - done), &json!(done)));
    assert_eq!(stage.posts().await, 300);
}

#[tokio::test]
async fn what_was_changed_here_stays_and_what_was_deleted_stays_away() {
    let stage = Stage::new().await;
    let feed = |word: &str| {
        let entry = |id: u32| {
            format!(
                "<entry><id>{id}</id><title>Titel {id}</title><updated>2020-01-01T10:00:00Z</updated><content type=\"html\">&lt;p&gt;{word}&lt;/p&gt;</content></entry>"
            )
        };
        format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://muster.example</id>{}{}{}</feed>", entry(1), entry(2), entry(3))
    };
    let file = stage.file("feed.xml", feed("Eins"));
    assert_eq!(stage.counts("posts", &file, WRITE), json!({ "new": 3 }));
    let found = stage.world.administrator().asks("{ posts { nodes { id slug } } }").await;
    let id = |slug: &str| found.at("posts.nodes").as_array().unwrap().iter().find(|post| post["slug"] == slug).unwrap()["id"].clone();
    let office = stage.world.office_editor();
    office.changes_post("postUpdate", json!({ "id": id("titel-2"), "input": { "byline": "Wir" } })).await.unwrap();
    office.changes_post("postUnpublish", json!({ "id": id("titel-3") })).await.unwrap();
    office.deletes_post(&id("titel-3")).await.unwrap();
    stage.file("feed.xml", feed("Zwei"));
    let expected = json!({ "changed": 1, "kept, as changed here since": 1, "left out, as deleted here": 1 });
    assert_eq!(stage.counts("posts", &file, WRITE), expected);
    let shown = stage
        .world
        .visitor()
        .asks(r#"{ one: post(slug: "titel-1") { body } two: post(slug: "titel-2") { body byline } posts { totalCount } }"#)
        .await;
    assert_eq!((shown.at("one.body"), shown.at("two.body")), (&json!("<p>Zwei</p>\n"), &json!("<p>Eins</p>\n")));
    assert_eq!((shown.at("two.byline"), shown.at("posts.totalCount")), (&json!("Wir"), &json!(2)));
}

#[tokio::test]
async fn the_example_tables_of_organisations_and_people_come_in() {
    let stage = Stage::new().await;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/import");
    let (organisations, people) = (examples.join("organisations.csv"), examples.join("people.csv"));
    assert_eq!(stage.counts("organisations", &organisations, &["--write"]), json!({ "new": 2 }));
    assert_eq!(stage.counts("organisations", &organisations, &["--write"]), json!({ "unchanged": 2 }));
    assert_eq!(stage.counts("people", &people, &["--write"]), json!({ "new": 2 }));
    assert_eq!(stage.counts("people", &people, &["--write"]), json!({ "unchanged": 2 }));
    let asked = r#"{ network { memberCount } organisation(slug: "musterverein-fuer-beispiele-e-v") {
        shortName description languages foundedOn focus { name } address { city } membership { joinedOn status } people { edges { role node { name } } } } }"#;
    let shown = stage.world.administrator().asks(asked).await;
    assert_eq!(
        shown.at("organisation"),
        &json!({
            "shortName": "MVB", "description": "<p>Ein <strong>Beispiel</strong>, wie eine Zeile aussieht.</p>\n", "languages": ["de", "tr"],
            "foundedOn": "2009", "focus": [{ "name": "Bildung" }, { "name": "Kultur" }], "address": { "city": "Hannover" },
            "membership": { "joinedOn": "2019-03", "status": "ACTIVE" },
            "people": { "edges": [{ "role": "OWNER", "node": { "name": "Muster Vorstand" } }, { "role": "EDITOR", "node": { "name": "Muster Redaktion" } }] },
        })
    );
    let address = r#"{ organisation(slug: "musterverein-fuer-beispiele-e-v") { address { street } } }"#;
    assert!(!stage.world.visitor().asks(address).await.at("organisation").to_string().contains("Beispielweg"), "it may be somebody's home");
    assert!(stage.world.run_jobs().await.failed.is_empty());
    assert!(stage.world.app.mailer.sent().is_empty(), "nobody is written to");
    // One that is here by its name is that one, and stays as it is.
    stage.world.organisation("alt").with(|row| row.name = "Schon da".to_owned()).make().await;
    let file = stage.file("more.csv", "name;email\nSchon da;neu@example.org\n");
    assert_eq!(stage.counts("organisations", &file, &["--write"]), json!({ "here already by this name": 1 }));
}

#[tokio::test]
async fn a_calendar_comes_in_with_its_rules_and_changed_dates() {
    let stage = Stage::new().await;
    let calendar = |title: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nPRODID:-//Muster\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:kurs@muster.example\r\nSUMMARY:{title}\r\nDTSTART;TZID=Europe/Berlin:20220607T180000\r\nDTEND;TZID=Europe/Berlin:20220607T200000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nLOCATION:Saal am Beispiel\\, Beispielweg 1\r\nDESCRIPTION:Mit *allen*\\nund Kaffee\r\nCATEGORIES:Bildung,Kultur\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:kurs@muster.example\r\nRECURRENCE-ID;TZID=Europe/Berlin:20220614T180000\r\nSUMMARY:{title}\r\nDTSTART;TZID=Europe/Berlin:20220615T190000\r\nDTEND;TZID=Europe/Berlin:20220615T210000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:falsch@muster.example\r\nSUMMARY:Falsch\r\nDTSTART;TZID=Mars/Krater:20220607T180000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    let file = stage.file("calendar.ics", calendar("Kurs"));
    let report = stage.import("events", &file, WRITE).unwrap();
    assert_eq!(report["counts"], json!({ "new": 1, "refused": 1 }));
    assert_eq!(report["refused"][0]["line"], 21);
    assert_eq!(stage.import("events", &file, WRITE).unwrap()["counts"], json!({ "unchanged": 1, "refused": 1 }));
    let asked = r#"{ events { nodes { title description hosts { organisation { slug } } place { venue { name address { street } } } tags { name } occurrences { nodes { startsAt } } } } }"#;
    let shown = stage.world.visitor().asks(asked).await;
    let starts = json!([{ "startsAt": "2022-06-07T18:00:00+02:00" }, { "startsAt": "2022-06-15T19:00:00+02:00" }, { "startsAt": "2022-06-21T18:00:00+02:00" }]);
    assert_eq!(
        shown.at("events.nodes"),
        &json!([{
            "title": "Kurs", "description": "<p>Mit *allen*<br>\nund Kaffee</p>\n", "hosts": [{ "organisation": { "slug": "faust" } }],
            "place": { "venue": { "name": "Saal am Beispiel", "address": { "street": "Beispielweg 1" } } },
            "tags": [{ "name": "Bildung" }, { "name": "Kultur" }], "occurrences": { "nodes": starts },
        }])
    );
    stage.file("calendar.ics", calendar("Neuer Kurs"));
    assert_eq!(stage.import("events", &file, POSTS).unwrap()["counts"], json!({ "changed": 1, "refused": 1 }));
    assert_eq!(stage.world.visitor().asks(asked).await.at("events.nodes")[0]["title"], "Kurs", "it was rehearsed only");
    assert_eq!(stage.import("events", &file, WRITE).unwrap()["counts"], json!({ "changed": 1, "refused": 1 }));
    assert_eq!(stage.world.visitor().asks(asked).await.at("events.nodes")[0]["title"], "Neuer Kurs");
    assert_eq!(stage.import("events", &file, WRITE).unwrap()["counts"], json!({ "unchanged": 1, "refused": 1 }));
}

#[tokio::test]
async fn hostile_and_broken_files_are_refused_with_their_line_and_nothing_comes_in() {
    let stage = Stage::new().await;
    // The first start of the program notes which secret it goes by.
    stage.counts("people", &stage.file("nobody.csv", "email\n"), &["--write"]);
    let before = stage.world.dump().await;
    let good = "<item><guid>1</guid><title>Gut</title></item>";
    let bomb = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<rss><channel><link>x</link>{good}</channel></rss>"
    );
    let foreign = "<?xml version=\"1.0\"?>\n<!DOCTYPE x SYSTEM \"file:///etc/passwd\">\n<rss/>";
    for (what, name, content, line) in [
        ("posts", "bomb.xml", bomb.into_bytes(), 2),
        ("posts", "foreign.xml", foreign.as_bytes().to_vec(), 2),
        ("posts", "cut.xml", format!("<rss><channel><link>x</link>\n{good}\n<item><title>").into_bytes(), 3),
        ("posts", "page.xml", b"<html></html>".to_vec(), 1),
        ("posts", "deep.xml", format!("<rss><channel><link>x</link>\n{good}\n<item>{}", "<a>".repeat(100_000)).into_bytes(), 3),
        ("organisations", "wide.csv", b"name,email\nA,a@example.org\nB,b@example.org,more\n".to_vec(), 3),
        ("organisations", "latin.csv", b"name\nA\nJ\xfcrgen\n".to_vec(), 3),
        ("organisations", "unknown.csv", b"name,colour\nA,b\n".to_vec(), 1),
        ("people", "missing.csv", b"name\nA\n".to_vec(), 1),
        ("people", "nul.csv", b"email,name\na@example.org,A\0B\n".to_vec(), 2),
        ("events", "open.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY\r\n".to_vec(), 3),
        ("events", "latin.ics", b"BEGIN:VCALENDAR\r\nX:J\xfc\r\n".to_vec(), 2),
    ] {
        let file = stage.file(name, content);
        let more = if ["posts", "events"].contains(&what) { WRITE } else { &["--write"] };
        let refused = stage.import(what, &file, more).unwrap_err();
        assert!(refused.contains(&format!("line {line}")) && refused.contains("Nothing was imported"), "{name}: {refused}");
    }
    assert_eq!(stage.world.dump().await, before);
    // What is wrong alone is refused alone.
    let file = stage.file("some.csv", "email;role\na@example.org;\nkeine Adresse;\nb@example.org;KING\n");
    let report = stage.import("people", &file, &["--write"]).unwrap();
    assert_eq!(report["counts"], json!({ "new": 1, "refused": 2 }));
    assert_eq!((&report["refused"][0]["line"], &report["refused"][1]["line"]), (&json!(3), &json!(4)));
    // No way leads out of the folder of uploads.
    let escape = wordpress(1).replace("2016/05/0.jpg", "../../secret.jpg");
    stage.file("secret.jpg", picture(10, 10, ImageFormat::Jpeg));
    std::fs::create_dir_all(stage.folder.path().join("a/uploads")).unwrap();
    let file = stage.file("escape.xml", escape);
    let report = stage.import("posts", &file, &[WRITE, &["--uploads", "a/uploads"]].concat()).unwrap();
    assert!(report["refused"][0]["problem"].as_str().unwrap().contains("not in the folder"), "{report}");
}
