//! Queries of people.

use async_graphql::{Context, Object, Result};

use super::{Person, Viewer};
use crate::access::Action;
use crate::gql::connection::wants_total;
use crate::gql::{ContextExt, bounded, connection, or_code};
use crate::kernel::{Fault, Page};
use crate::people::store;
use crate::people::store::list::Filter;

connection! {
    /// A page of people.
    PersonConnection, PersonEdge, Person
}

/// Queries of people.
#[derive(Debug, Default)]
pub struct PeopleQuery;

#[Object]
impl PeopleQuery {
    /// The signed-in person; null for a visitor.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        let cx = ctx.cx();
        let Some(id) = cx.viewer.person_id() else { return Ok(None) };
        let found = store::by_id(cx.db(), id).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(found.map(|row| Viewer::of(row, cx.caller.session())))
    }

    /// People with an account, the latest first (network staff).
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Words in their names, and for administrators in their addresses, up to 200 characters; all must occur.")]
        search: Option<String>,
    ) -> Result<Option<PersonConnection>> {
        let cx = ctx.cx();
        let load = async {
            cx.authorise(&Action::ListPeople)?;
            let page = Page { first, after, last, before }.parse("people")?;
            let words = bounded(search, 200)?.unwrap_or_default().split_whitespace().map(str::to_owned).collect();
            let filter = Filter { words, in_addresses: cx.may(&Action::SetNetworkRole).is_allowed() };
            Ok::<_, Fault>(store::list::page(cx.db(), &cx.viewer, &filter, &page, wants_total(ctx)).await?)
        };
        Ok(Some(load.await.map_err(|fault| or_code(cx, &fault))?.map(Person::from).into()))
    }
}
