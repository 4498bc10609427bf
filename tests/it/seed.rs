//! The starter data, field by field: what the files say, seen through GraphQL.

mod events;
mod files;
mod organisations;
mod posts;
mod samples;

use miso_tests::World;
use miso_tests::db::{Contents, Database};
use miso_tests::world::{installation, instant};

#[tokio::test]
async fn seeding_again_on_any_day_changes_nothing() {
    let world = World::seeded().await;
    let before = world.dump().await;
    for day in ["2022-05-18T08:00:00Z", "2022-05-19T23:59:00Z", "2031-01-01T00:00:00Z"] {
        world.at(day);
        let report = miso::seed::run(&world.app).await.unwrap();
        assert_eq!(report.added(), 0, "on {day}: {report}");
        assert!(world.dump().await == before, "seeding again on {day} changed something");
    }
}

#[tokio::test]
async fn what_was_changed_by_hand_is_never_touched() {
    use entity::event::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
    let world = World::seeded().await;
    let slug = Column::Slug.eq("podium-rassismus-sichtbar-machen-2022");
    Entity::update_many().col_expr(Column::Room, Expr::value("Ein anderer Raum")).filter(slug).exec(world.db()).await.unwrap();
    let before = world.dump().await;
    miso::seed::run(&world.app).await.unwrap();
    assert!(world.dump().await == before);
}

#[tokio::test]
async fn past_events_stay_at_their_dates_on_whatever_day_one_seeds() {
    let database = Database::new(Contents::Tables).await;
    let late = installation(database.connect().await, miso::config::Config::default());
    late.clock.set(instant("2026-11-23T12:00:00Z"));
    miso::seed::run(&late).await.unwrap();
    let world = World::seeded().await;
    let dated = async |app: &miso::app::App| {
        use entity::event::{Column, Entity};
        use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
        let rows = Entity::find().select_only().columns([Column::Slug, Column::StartsAt]).order_by_asc(Column::Slug);
        rows.into_tuple::<(String, chrono::DateTime<chrono::Utc>)>().all(&app.db).await.unwrap()
    };
    let (early, late) = (dated(&world.app).await, dated(&late).await);
    let of_files: Vec<String> =
        files::json("events.json").as_array().unwrap().iter().map(|event| event["slug"].as_str().unwrap().to_owned()).collect();
    let only_files = |rows: &[(String, chrono::DateTime<chrono::Utc>)]| -> Vec<_> {
        rows.iter().filter(|(slug, _)| of_files.contains(slug)).cloned().collect()
    };
    assert_eq!(only_files(&early), only_files(&late));
    assert_eq!(only_files(&early).len(), 30);
    let day = instant("2026-11-23T12:00:00Z");
    for (slug, starts_at) in late.iter().filter(|(slug, _)| !of_files.contains(slug)) {
        assert!(*starts_at > day, "the sample {slug} does not lie ahead");
    }
}
