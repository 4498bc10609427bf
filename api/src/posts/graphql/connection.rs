//! Lists of posts, and those that belong to something else.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use entity::id::{OrganisationId, ProgrammeId};
use uuid::Uuid;

use super::Post;
use crate::gql::connection::wants_total;
use crate::gql::{ContextExt, Loaders, connection, or_code};
use crate::kernel::{Fault, Page, PageRequest, Slice};
use crate::posts::store::list::{self, Owner};

/// Names the list and its order in cursors.
pub const ORDER: &str = "posts";

connection! {
    /// A page of posts.
    PostConnection, PostEdge, Post
}

/// Whose posts.
#[derive(Clone, Copy, Debug)]
pub enum Parent {
    /// What an organisation wrote.
    Organisation(OrganisationId),
    /// What belongs to a programme.
    Programme(ProgrammeId),
}

impl PostConnection {
    /// A page of the posts of something; the same page of all that ask at once is one statement.
    ///
    /// # Errors
    /// Bad arguments, or a failing database.
    pub async fn of(ctx: &Context<'_>, parent: Parent, page: Page) -> Result<Self> {
        let page = page.parse(ORDER).map_err(|bad| or_code(ctx.cx(), &bad.into()))?;
        let (owner, id) = match parent {
            Parent::Organisation(id) => (Owner::Organisations, id.0),
            Parent::Programme(id) => (Owner::Programmes, id.0),
        };
        Ok(ctx.load_sure(PageOf { id, of: Which { owner, page, count: wants_total(ctx) } }).await?.into())
    }
}

/// Key of a page of the posts of something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageOf {
    id: Uuid,
    of: Which,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Which {
    owner: Owner,
    page: PageRequest,
    count: bool,
}

impl Loader<PageOf> for Loaders {
    type Value = Slice<Post>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[PageOf]) -> Result<HashMap<PageOf, Self::Value>, Arc<Fault>> {
        let mut asked: HashMap<&Which, Vec<Uuid>> = HashMap::new();
        for key in keys {
            asked.entry(&key.of).or_default().push(key.id);
        }
        let mut found = HashMap::new();
        for (of, ids) in asked {
            let slices = list::pages_of(self.cx.db(), &self.cx.viewer, of.owner, &ids, &of.page, of.count).await.map_err(Fault::from)?;
            found.extend(slices.into_iter().map(|(id, slice)| (PageOf { id, of: of.clone() }, slice.map(Post::from))));
        }
        Ok(found)
    }
}
