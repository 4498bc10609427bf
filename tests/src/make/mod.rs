//! Rows for a world: each begins with what is usual, is changed by a closure, and is entered by `make()`.
//!
//! They are entered as rows and not by use cases, so that a test can set up what no use case would let happen.

mod calendar_source;
mod event;
mod media;
mod organisation;
mod post;
mod venue;

pub use event::EventMaker;
pub use organisation::{NetworkMaker, OrganisationMaker, ProgrammeMaker};
pub use post::PostMaker;
pub use venue::VenueMaker;

use entity::id::TagId;
use entity::words::SluggedKind;
use entity::{former_slug, tag};
use miso::kernel::{Markdown, fold};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};

use crate::world::World;

impl World {
    /// A tag: the one with this slug, entered where it is not there.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn tag(&self, slug: &str) -> tag::Model {
        match tag::Entity::find().filter(tag::Column::Slug.eq(slug)).one(self.db()).await.unwrap() {
            Some(tag) => tag,
            None => {
                self.enter(tag::Model { id: self.app.new_id::<TagId>(), slug: slug.to_owned(), name: slug.to_owned(), merged_into: None })
                    .await
            }
        }
    }

    /// Says that something had a slug before: `own` names what, of the kind given.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn formerly(&self, kind: SluggedKind, slug: &str, own: impl FnOnce(&mut former_slug::ActiveModel)) {
        let mut row = former_slug::ActiveModel {
            kind: Set(kind),
            slug: Set(slug.to_owned()),
            organisation_id: Set(None),
            post_id: Set(None),
            event_id: Set(None),
            programme_id: Set(None),
            created_at: Set(self.app.clock.now()),
        };
        own(&mut row);
        former_slug::Entity::insert(row).exec_without_returning(self.db()).await.unwrap();
    }

    /// Enters a row as it is.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn enter<M, A>(&self, row: M) -> M
    where
        M: Clone + IntoActiveModel<A>,
        A: ActiveModelTrait,
    {
        <A::Entity as EntityTrait>::insert(row.clone().into_active_model()).exec_without_returning(self.db()).await.unwrap();
        row
    }
}

/// Markdown as it is stored, and the HTML beside it.
pub(crate) fn texts(markdown: &str) -> (String, String) {
    let markdown = Markdown::new(markdown);
    (markdown.as_str().to_owned(), markdown.to_html())
}

/// Folded for search.
pub(crate) fn folded<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    fold::for_search(&parts.into_iter().collect::<Vec<_>>().join(" "))
}

/// The place of something in a list.
pub(crate) fn position(at: usize) -> i32 {
    i32::try_from(at).unwrap()
}
