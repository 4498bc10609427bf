//! SQL of the lists that editors have of who reads their newsletters.

use std::collections::HashMap;

use entity::id::{NewsletterId, SubscriptionId};
use entity::newsletter_subscription::{Column, Entity, Model};
use entity::words::{ConsentChannel, ConsentStep, SubscriptionStatus};
use entity::{consent, consent_wording, subscriber};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::keyset::Direction;
use crate::db::partition::{self, ITEM, OWNER, SORT_KEY};
use crate::kernel::{PageRequest, Slice};

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// How it stands.
    pub status: Option<SubscriptionStatus>,
    /// In which language the reader is written to.
    pub locale: Option<String>,
    /// Words in name and address.
    pub search: Option<String>,
}

/// The same page of the readers of each of many newsletters, the latest request first.
///
/// # Errors
/// Where the database fails.
pub async fn pages_of(
    db: &impl ConnectionTrait,
    newsletters: &[Uuid],
    filter: &Filter,
    page: &PageRequest,
    count: bool,
) -> Result<HashMap<Uuid, Slice<(Model, subscriber::Model)>>, DbErr> {
    let pages = partition::pages(db, &matching(newsletters, filter), page, Direction::Descending, count).await?;
    let ids: Vec<SubscriptionId> = pages.items().into_iter().map(SubscriptionId).collect();
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    let readers = subscriber::Entity::find().filter(subscriber::Column::Id.is_in(rows.iter().map(|row| row.subscriber_id))).all(db).await?;
    let readers: HashMap<_, _> = readers.into_iter().map(|reader| (reader.id, reader)).collect();
    let rows: HashMap<Uuid, _> =
        rows.into_iter().filter_map(|row| Some((row.id.0, (row.clone(), readers.get(&row.subscriber_id)?.clone())))).collect();
    Ok(pages.into_slices(newsletters, page, |id| rows.get(&id).cloned()))
}

fn matching(newsletters: &[Uuid], filter: &Filter) -> SelectStatement {
    let col = |column: Column| Expr::col((Entity, column));
    let reader = |column: subscriber::Column| Expr::col((subscriber::Entity, column));
    let mut query = Query::select();
    query
        .expr_as(col(Column::NewsletterId), OWNER)
        .expr_as(col(Column::Id), ITEM)
        .expr_as(col(Column::RequestedAt), SORT_KEY)
        .from(Entity)
        .inner_join(subscriber::Entity, reader(subscriber::Column::Id).equals((Entity, Column::SubscriberId)))
        .and_where(col(Column::NewsletterId).is_in(newsletters.iter().copied()))
        .and_where_option(filter.status.map(|status| col(Column::Status).eq(status)))
        .and_where_option(filter.locale.as_deref().map(|locale| reader(subscriber::Column::Locale).eq(locale)));
    for word in filter.search.as_deref().unwrap_or_default().split_whitespace() {
        query.cond_where(says(word));
    }
    query.take()
}

/// That a name or an address has a word. Databases differ in which letters they know to be the same, so that a name is also found as it
/// was typed.
fn says(word: &str) -> Condition {
    let reader = |column: subscriber::Column| Expr::col((subscriber::Entity, column));
    let like = |word: &str| {
        let word = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        LikeExpr::new(format!("%{word}%")).escape('\\')
    };
    let small = word.to_lowercase();
    Condition::any()
        .add(reader(subscriber::Column::Email).like(like(&small)))
        .add(Expr::expr(Func::lower(reader(subscriber::Column::Name))).like(like(&small)))
        .add(reader(subscriber::Column::Name).like(like(word)))
}

/// Somebody who reads a newsletter, or did, with what they agreed to last.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The subscription.
    pub subscription: Model,
    /// The reader.
    pub reader: subscriber::Model,
    /// By what they agreed.
    pub channel: Option<ConsentChannel>,
    /// The words that they agreed to.
    pub wording: Option<String>,
}

/// The next of those who read a newsletter or did, behind one, in the order of their ids.
///
/// # Errors
/// Where the database fails.
pub async fn next(
    db: &impl ConnectionTrait,
    newsletter: NewsletterId,
    after: Option<SubscriptionId>,
    most: u64,
) -> Result<Vec<Kept>, DbErr> {
    let its = Entity::find().filter(Column::NewsletterId.eq(newsletter));
    let behind = Condition::all().add_option(after.map(|after| Column::Id.gt(after)));
    let rows = its.filter(behind).order_by_asc(Column::Id).limit(most).all(db).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.subscriber_id).collect();
    let readers = subscriber::Entity::find().filter(subscriber::Column::Id.is_in(ids.clone())).all(db).await?;
    let readers: HashMap<_, _> = readers.into_iter().map(|reader| (reader.id, reader)).collect();
    let agreed = consent::Entity::find()
        .filter(consent::Column::NewsletterId.eq(newsletter))
        .filter(consent::Column::SubscriberId.is_in(ids))
        .filter(consent::Column::Step.eq(ConsentStep::Confirmed))
        .order_by_asc(consent::Column::At)
        .order_by_asc(consent::Column::Id);
    // The last of each stays.
    let agreed: HashMap<_, _> = agreed.all(db).await?.into_iter().map(|step| (step.subscriber_id, step)).collect();
    let words = consent_wording::Entity::find()
        .filter(consent_wording::Column::Id.is_in(agreed.values().filter_map(|step| step.wording_id)))
        .all(db)
        .await?;
    let words: HashMap<_, _> = words.into_iter().map(|wording| (wording.id, wording.text)).collect();
    let kept = |row: Model| {
        let step = agreed.get(&row.subscriber_id);
        Some(Kept {
            reader: readers.get(&row.subscriber_id)?.clone(),
            channel: step.map(|step| step.channel),
            wording: step.and_then(|step| words.get(&step.wording_id?).cloned()),
            subscription: row,
        })
    };
    Ok(rows.into_iter().filter_map(kept).collect())
}
