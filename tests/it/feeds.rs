//! Feeds: the latest posts, and the podcast of a programme, read by parsers of feeds.

use std::collections::BTreeSet;

use axum::http::Method;
use entity::words::PostStatus;
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::uploading::silence;
use rss::Channel;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

async fn podcast(world: &World) -> Channel {
    let reply = world.get("/programmes/on-air/podcast.xml").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/rss+xml; charset=utf-8"));
    Channel::read_from(&*reply.body).unwrap()
}

#[tokio::test]
async fn a_podcast_program_finds_the_broadcasts_of_a_programme_with_their_recordings() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("radio").with(|row| row.email = Some("radio@example.org".to_owned())).make().await;
    let programme = world.programme("on-air", own.id).with(|row| row.is_broadcast = true).make().await;
    assert_eq!(podcast(&world).await.items.len(), 0, "a feed without episodes is one");
    let answer = world.office_editor().uploads(own.id, &silence(4000), None).await;
    let audio = answer.at("mediaUpload.audio");
    let media =
        entity::id::MediaId::from(miso::gql::id::GlobalId::parse(&async_graphql::ID(audio["id"].as_str().unwrap().into())).unwrap().key);
    for (slug, status, has_audio) in
        [("sendung", PostStatus::Published, true), ("entwurf", PostStatus::Draft, true), ("ohne-ton", PostStatus::Published, false)]
    {
        let post = world.post(slug, own.id).status(status).with(|row| {
            row.programme_id = Some(programme.id);
            row.audio_id = has_audio.then_some(media);
        });
        post.text("de", "Über <uns> & »euch« ]]>", "Ein *Abend* ]]> <script>").make().await;
    }
    let channel = podcast(&world).await;
    assert_eq!((channel.link.as_str(), channel.language.as_deref()), ("https://miso.example/programmes/on-air", Some("de")));
    let [episode] = channel.items.as_slice() else { panic!("{:?}", channel.items) };
    assert_eq!(episode.title.as_deref(), Some("Über <uns> & »euch« ]]>"));
    assert_eq!(episode.link.as_deref(), Some("https://miso.example/posts/sendung"));
    assert!(!episode.guid.as_ref().unwrap().permalink);
    assert!(episode.content.as_deref().unwrap().contains("<em>Abend</em>"));
    let enclosure = episode.enclosure.as_ref().unwrap();
    assert_eq!(json!(enclosure.url), audio["url"]);
    assert_eq!((enclosure.mime_type.as_str(), enclosure.length.as_str()), ("audio/mpeg", "1668000"));
    assert_eq!(episode.itunes_ext.as_ref().unwrap().duration.as_deref(), Some("104"));
    assert_eq!(world.get(&enclosure.url).await.status.as_u16(), 200);
    assert_eq!(channel.itunes_ext.as_ref().unwrap().owner.as_ref().unwrap().email.as_deref(), Some("radio@example.org"));
}

#[tokio::test]
async fn an_unchanged_podcast_is_not_sent_again_and_the_schema_says_where_it_is() {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("radio").make().await;
    let programme = world.programme("on-air", own.id).with(|row| row.is_broadcast = true).make().await;
    world.programme("projekt", own.id).make().await;
    let first = world.get("/programmes/on-air/podcast.xml").await;
    world.at("2022-06-30T10:00:00Z");
    let again = world.get("/programmes/on-air/podcast.xml").await;
    assert_eq!(first.body, again.body);
    let asked = [("if-none-match", first.header("etag"))];
    assert_eq!(world.ask(Method::GET, "/programmes/on-air/podcast.xml", &asked).await.status.as_u16(), 304);
    for missing in ["/programmes/projekt/podcast.xml", "/programmes/nothing/podcast.xml"] {
        assert_eq!(world.get(missing).await.status.as_u16(), 404);
    }
    let answer =
        world.visitor().asks(r#"{ on: programme(slug: "on-air") { podcastUrl } off: programme(slug: "projekt") { podcastUrl } }"#).await;
    assert_eq!(answer.at("on.podcastUrl"), "https://miso.example/programmes/on-air/podcast.xml");
    assert_eq!(answer.at("off.podcastUrl"), &json!(null));
    let page = world.get("/programmes/on-air").await;
    assert!(page.text().contains("application/rss+xml"));
    // By a name that it had before it is found as well.
    let mut row = programme.into_active_model();
    row.slug = sea_orm::Set("neu".to_owned());
    let row = row.update(world.db()).await.unwrap();
    world.formerly(entity::words::SluggedKind::Programme, "on-air", |former| former.programme_id = sea_orm::Set(Some(row.id))).await;
    assert_eq!(world.get("/programmes/on-air/podcast.xml").await.status.as_u16(), 200);
}

/// Posts of two organisations, and a draft.
async fn posts(world: &World) {
    world.network().await;
    let (choir, club) = (world.organisation("chor").make().await, world.organisation("verein").make().await);
    let hostile = "Über <uns> & »euch« ]]> \u{FFFF}\u{202e}עברית 💥";
    let post = world.post("erster", choir.id).with(|row| row.byline = "Amal & Bo".to_owned());
    post.text("de", hostile, "Ein *Abend* ]]> <script>").text("en", "First", "An *evening*").make().await;
    world.post("zweiter", club.id).text("de", "Zweiter", "Text").make().await;
    world.post("entwurf", club.id).status(PostStatus::Draft).text("de", "Geheim", "Text").make().await;
}

#[tokio::test]
async fn the_same_posts_are_followed_as_atom_rss_and_json_and_no_title_breaks_any() {
    let world = World::new().await;
    posts(&world).await;
    let reply = world.get("/posts.atom").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/atom+xml; charset=utf-8"));
    let atom = atom_syndication::Feed::read_from(&*reply.body).unwrap();
    let shown = "Über <uns> & »euch« ]]> \u{202e}עברית 💥";
    let titles: BTreeSet<&str> = atom.entries.iter().map(|entry| entry.title.value.as_str()).collect();
    assert_eq!(titles, BTreeSet::from([shown, "Zweiter"]));
    let first = atom.entries.iter().find(|entry| entry.title.value == shown).unwrap();
    assert_eq!(first.authors[0].name, "Amal & Bo");
    assert!(first.content.as_ref().unwrap().value.as_ref().unwrap().contains("<em>Abend</em>"));
    assert_eq!(first.links[0].href, "https://miso.example/posts/erster");
    let reply = world.get("/posts.rss").await;
    assert_eq!(reply.header("content-type"), "application/rss+xml; charset=utf-8");
    let rss = Channel::read_from(&*reply.body).unwrap();
    rss.items.iter().for_each(|item| assert!(atom.entries.iter().any(|entry| entry.id == item.guid.as_ref().unwrap().value)));
    assert_eq!(rss.items.len(), 2);
    let reply = world.get("/posts.json").await;
    assert_eq!(reply.header("content-type"), "application/feed+json; charset=utf-8");
    let json = reply.json();
    assert_eq!((json["version"].as_str(), json["items"].as_array().unwrap().len()), (Some("https://jsonfeed.org/version/1.1"), 2));
    assert!(json["items"].as_array().unwrap().iter().all(|item| atom.entries.iter().any(|entry| json!(entry.id) == item["id"])));
}

#[tokio::test]
async fn a_feed_is_of_one_organisation_about_one_topic_or_in_a_language_and_says_where_it_is() {
    let world = World::new().await;
    posts(&world).await;
    let titles = async |address: &str| {
        let json = world.get(address).await.json();
        assert_eq!(json["feed_url"], format!("https://miso.example{address}"));
        json["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles("/organisations/verein/posts.json").await, ["Zweiter"]);
    assert_eq!(titles("/organisations/chor/posts.json?locale=en").await, ["First"]);
    assert_eq!(world.get("/organisations/nirgends/posts.atom").await.status.as_u16(), 404);
    assert_eq!(world.get("/posts.rss?tag=nirgends").await.status.as_u16(), 404);
    assert_eq!(world.get("/posts.rss?page=2").await.status.as_u16(), 400);
    let answer = world
        .graphql("{ network { feeds { atomUrl rssUrl jsonUrl } } organisation(slug: \"chor\") { feeds { atomUrl } } }", json!({}))
        .await;
    for address in ["network.feeds.atomUrl", "network.feeds.rssUrl", "network.feeds.jsonUrl", "organisation.feeds.atomUrl"] {
        assert_eq!(world.get(answer.at(address).as_str().unwrap()).await.status.as_u16(), 200, "{address}");
    }
}

#[tokio::test]
async fn a_feed_reader_that_has_everything_is_told_so_and_one_that_has_what_went_is_not() {
    let world = World::new().await;
    posts(&world).await;
    let first = world.get("/posts.atom").await;
    let (tag, date) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    for known in [("if-none-match", tag.as_str()), ("if-modified-since", date.as_str())] {
        assert_eq!(world.ask(Method::GET, "/posts.atom", &[known]).await.status.as_u16(), 304, "{known:?}");
    }
    world.at("2022-05-18T09:00:00Z");
    let post = entity::post::Entity::find().filter(entity::post::Column::Slug.eq("zweiter")).one(world.db()).await.unwrap().unwrap();
    let answer = world
        .administrator()
        .asks_with("mutation($id: ID!) { postUnpublish(id: $id) { errors { code } } }", json!({ "id": post.id.to_global().0 }))
        .await;
    assert_eq!(*answer.at("postUnpublish.errors"), json!([]));
    for known in [("if-none-match", tag.as_str()), ("if-modified-since", date.as_str())] {
        let reply = world.ask(Method::GET, "/posts.atom", &[known]).await;
        assert_eq!((reply.status.as_u16(), reply.text().contains("Zweiter")), (200, false), "{known:?}");
    }
}

#[tokio::test]
async fn the_issues_of_a_newsletter_can_be_followed_without_an_address_and_drafts_and_what_is_for_members_are_not_in() {
    let world = World::new().await;
    let own = world.network().await;
    let news = world.newsletter("brief", own.id).await;
    miso::newsletter::ops::start(&world.app, &world.issue("mai", news.id).await).await.unwrap();
    world.run_jobs().await;
    world.issue("entwurf", news.id).await;
    let intern = world.issue("intern", news.id).await;
    let intern = entity::newsletter_issue::Model { visibility: entity::words::Visibility::Members, ..intern };
    miso::newsletter::store::write::update_issue(world.db(), &intern).await.unwrap();
    miso::newsletter::ops::start(&world.app, &intern).await.unwrap();
    world.run_jobs().await;
    let links = world.visitor().asks("{ newsletter(slug: \"brief\") { feeds { atomUrl rssUrl jsonUrl } } }").await;
    let address = links.at("newsletter.feeds.rssUrl").as_str().unwrap().to_owned();
    let reply = world.get(&address).await;
    let channel = Channel::read_from(&*reply.body).unwrap();
    let titles: Vec<_> = channel.items.iter().map(|item| item.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Neues"]);
    assert_eq!(channel.items[0].link.as_deref(), Some("https://miso.example/issues/mai"));
    let again = world.ask(Method::GET, &address, &[("if-none-match", reply.header("etag"))]).await;
    assert_eq!(again.status.as_u16(), 304);
    let english = world.get(&format!("{}?locale=en", links.at("newsletter.feeds.jsonUrl").as_str().unwrap())).await;
    assert_eq!(english.json()["items"][0]["title"], "News");
    assert_eq!(world.get("/newsletters/nix/issues.atom").await.status.as_u16(), 404);
}
