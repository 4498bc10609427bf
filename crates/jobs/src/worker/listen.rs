//! Hearing on PostgreSQL what other processes enqueue.

use std::convert::Infallible;

use sea_orm::sqlx;
use sea_orm::sqlx::postgres::PgListener;

use super::outage::Outage;
use crate::Queue;
use crate::queue::CHANNEL;

/// Wakes the workers of this process whenever another has enqueued something, for ever and through every outage.
pub(crate) async fn for_ever(url: String, queue: Queue) {
    let mut outage = Outage::none_of("the database that tells of new jobs");
    loop {
        let Err(error) = listen(&url, &queue, &mut outage).await;
        tokio::time::sleep(outage.goes_on(&error)).await;
    }
}

async fn listen(url: &str, queue: &Queue, outage: &mut Outage) -> Result<Infallible, sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    outage.is_over();
    loop {
        // At the beginning too, and after a lost connection, which gives no notification: who knows what was not heard.
        queue.wake();
        listener.try_recv().await?;
    }
}
