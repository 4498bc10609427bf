//! Feeds: the podcast of a programme, read by a parser of feeds.

use axum::http::Method;
use entity::words::PostStatus;
use miso_tests::World;
use miso_tests::uploading::silence;
use rss::Channel;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
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
