//! Lists of registrations in GraphQL: a person's own, and those for an event.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use entity::id::{EventId, PersonId};
use uuid::Uuid;

use super::Registration;
use super::input::RegistrationWhere;
use crate::gql::connection::wants_total;
use crate::gql::{ContextExt, Loaders, connection, or_code};
use crate::kernel::{Fault, Page, PageRequest, Slice};
use crate::registrations::store::list::{self, Filter};
use crate::registrations::store::own;

/// Names lists of registrations for an event and their order in cursors.
const OF_EVENT: &str = "registrations";

connection! {
    /// A page of registrations.
    RegistrationConnection, RegistrationEdge, Registration
}

impl RegistrationConnection {
    /// A page of a person's own, the latest first.
    ///
    /// # Errors
    /// Bad arguments, or a failing database.
    pub async fn own(ctx: &Context<'_>, person: PersonId, page: Page) -> Result<Self> {
        let load = async {
            let page = page.parse("own registrations")?;
            Ok::<_, Fault>(own::page(ctx.cx().db(), person, &page, wants_total(ctx)).await?)
        };
        Ok(load.await.map_err(|fault| or_code(ctx.cx(), &fault))?.map(Registration::own).into())
    }

    /// A page of those for an event, the earliest first; the same page of all that ask at once is one statement. Who may see them is
    /// for the caller to know.
    ///
    /// # Errors
    /// Bad arguments, or a failing database.
    pub async fn of_event(ctx: &Context<'_>, event: EventId, page: Page, filter: Option<RegistrationWhere>) -> Result<Self> {
        let parsed = || Ok::<_, Fault>((page.parse(OF_EVENT)?, filter.unwrap_or_default().parse()?));
        let (page, filter) = parsed().map_err(|fault| or_code(ctx.cx(), &fault))?;
        Ok(ctx.load_sure(RegistrationsOf { event, of: Which { page, filter, count: wants_total(ctx) } }).await?.into())
    }
}

/// Key of a page of the registrations for an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RegistrationsOf {
    event: EventId,
    of: Which,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Which {
    page: PageRequest,
    filter: Filter,
    count: bool,
}

impl Loader<RegistrationsOf> for Loaders {
    type Value = Slice<Registration>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[RegistrationsOf]) -> Result<HashMap<RegistrationsOf, Self::Value>, Arc<Fault>> {
        let mut asked: HashMap<&Which, Vec<Uuid>> = HashMap::new();
        for key in keys {
            asked.entry(&key.of).or_default().push(key.event.0);
        }
        let mut found = HashMap::new();
        for (of, events) in asked {
            let slices = list::pages_of(self.cx.db(), &events, &of.filter, &of.page, of.count).await.map_err(Fault::from)?;
            let keyed =
                |(id, slice): (Uuid, Slice<_>)| (RegistrationsOf { event: EventId(id), of: of.clone() }, slice.map(Registration::from));
            found.extend(slices.into_iter().map(keyed));
        }
        Ok(found)
    }
}
