//! What is written stays written, whoever is given up meanwhile.

use std::time::{Duration, Instant};

use entity::tag;
use miso_tests::World;
use sea_orm::{EntityTrait, PaginatorTrait};

/// Changes that are given up while they begin: as a client goes away, or a request takes too long.
const GIVEN_UP: u32 = 200;

#[tokio::test]
async fn a_change_that_is_given_up_while_it_begins_swallows_nothing_that_is_written_after_it() {
    let world = World::new().await;
    for turn in 0..GIVEN_UP {
        let patience = Duration::from_micros(u64::from(turn % 50) * 12);
        tokio::select! {
            biased;
            begun = world.app.begin_write() => drop(begun.unwrap()),
            () = passing(patience) => {}
        }
        world.tag(&format!("topic-{turn}")).await;
    }
    let another = world.another_process().await;
    assert_eq!(tag::Entity::find().count(&another.db).await.unwrap(), u64::from(GIVEN_UP));
}

/// Lets others go on until so much time has passed: less than what timers tell.
async fn passing(time: Duration) {
    let began = Instant::now();
    while began.elapsed() < time {
        tokio::task::yield_now().await;
    }
}
