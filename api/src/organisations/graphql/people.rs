//! Who acts for an organisation, in GraphQL.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Object, Result, SimpleObject};
use entity::id::OrganisationId;
use entity::person;
use entity::words;
use uuid::Uuid;

use crate::gql::connection::wants_total;
use crate::gql::{ContextExt, Loaders, PageInfo, or_code};
use crate::kernel::{Cursor, Fault, Page, PageRequest, Slice};
use crate::organisations::store::people;
use crate::people::graphql::{OrganisationRole, Person};

/// Names the list and its order in cursors.
const ORDER: &str = "organisation:people";

/// A page of who acts for an organisation, the longest first.
#[derive(Clone, Debug)]
pub struct OrganisationPersonConnection(Slice<(words::OrganisationRole, person::Model)>);

/// Somebody who acts for an organisation, as what, and their cursor.
#[derive(Debug, SimpleObject)]
pub struct OrganisationPersonEdge {
    /// What to give as `after` or `before` to go on from here.
    cursor: String,
    /// What they may do for it.
    role: OrganisationRole,
    /// They.
    node: Person,
}

/// A page of who acts for an organisation, the longest first.
#[Object]
impl OrganisationPersonConnection {
    /// The people with their roles and cursors.
    async fn edges(&self) -> Vec<OrganisationPersonEdge> {
        let edge = |(cursor, (role, row)): &(Cursor, (words::OrganisationRole, person::Model))| OrganisationPersonEdge {
            cursor: cursor.encode(self.0.order),
            role: (*role).into(),
            node: row.clone().into(),
        };
        self.0.items.iter().map(edge).collect()
    }

    /// The people.
    async fn nodes(&self) -> Vec<Person> {
        self.0.items.iter().map(|(_, (_, row))| row.clone().into()).collect()
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo::of(&self.0)
    }

    /// People of the whole list, counted only when asked for.
    async fn total_count(&self) -> u32 {
        self.0.total.and_then(|total| u32::try_from(total).ok()).unwrap_or(0)
    }
}

impl OrganisationPersonConnection {
    /// A page of who acts for an organisation; the same page of all that ask at once is one statement.
    ///
    /// # Errors
    /// Bad arguments, or a failing database.
    pub async fn of(ctx: &Context<'_>, organisation: OrganisationId, page: Page) -> Result<Self> {
        let page = page.parse(ORDER).map_err(|bad| or_code(ctx.cx(), &bad.into()))?;
        let key = PeopleOf { organisation: organisation.0, of: Which { page, count: wants_total(ctx) } };
        Ok(Self(ctx.load_sure(key).await?))
    }
}

/// Key of a page of who acts for an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PeopleOf {
    organisation: Uuid,
    of: Which,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Which {
    page: PageRequest,
    count: bool,
}

impl Loader<PeopleOf> for Loaders {
    type Value = Slice<(words::OrganisationRole, person::Model)>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[PeopleOf]) -> Result<HashMap<PeopleOf, Self::Value>, Arc<Fault>> {
        let mut asked: HashMap<&Which, Vec<Uuid>> = HashMap::new();
        for key in keys {
            asked.entry(&key.of).or_default().push(key.organisation);
        }
        let mut found = HashMap::new();
        for (of, ids) in asked {
            let slices = people::pages_of(self.cx.db(), &ids, &of.page, of.count).await.map_err(Fault::from)?;
            found.extend(slices.into_iter().map(|(id, slice)| (PeopleOf { organisation: id, of: of.clone() }, slice)));
        }
        Ok(found)
    }
}
