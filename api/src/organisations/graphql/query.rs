//! Queries of organisations and the network.

use async_graphql::{Context, InputObject, Object, Result};

use super::Organisation;
use super::network::Network;
use super::words::{OrganisationKind, OrganisationOrder};
use crate::gql::connection::wants_total;
use crate::gql::scalars::{Date, Locale};
use crate::gql::{ContextExt, bounded, connection, or_code};
use crate::kernel::{Fault, Page};
use crate::organisations::store;
use crate::organisations::store::list::{By, Filter};

connection! {
    /// A page of organisations.
    OrganisationConnection, OrganisationEdge, Organisation
}

/// What the directory is narrowed to. All that is given must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrganisationWhere {
    /// What they are in the network's life.
    kind: Option<OrganisationKind>,
    /// Members on this day, counted as `Network.memberCount` counts them.
    member_on: Option<Date>,
    /// District of their address, spelled as there.
    district: Option<String>,
    /// A language that they work in.
    language: Option<Locale>,
    /// Slug of a topic that they work on.
    tag: Option<String>,
    /// Words in their names, other spellings, texts and topics, up to 200 characters; all must occur.
    search: Option<String>,
}

/// Queries of organisations and the network.
#[derive(Debug, Default)]
pub struct OrganisationQuery;

#[Object]
impl OrganisationQuery {
    /// The network whose public life this is.
    async fn network(&self, ctx: &Context<'_>) -> Result<Network> {
        let cx = ctx.cx();
        let found = store::network::the_network(cx.db()).await.map_err(|error| or_code(cx, &error.into()))?;
        let (network, organisation) = found.ok_or_else(|| or_code(cx, &crate::kernel::Refused::NotFound.into()))?;
        Ok(Network::of(network, organisation))
    }

    /// The organisation with this slug, now or before.
    async fn organisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Readable part of its address.")] slug: String,
    ) -> Result<Option<Organisation>> {
        let cx = ctx.cx();
        let found = store::by_slug(cx.db(), &cx.viewer, &slug).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(found.map(Organisation::from))
    }

    /// The directory.
    #[expect(clippy::too_many_arguments, reason = "a connection has four, and the contract two more")]
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "What it is narrowed to.")] filter: Option<OrganisationWhere>,
        #[graphql(desc = "What it is ordered by.", default_with = "OrganisationOrder::Name")] order_by: OrganisationOrder,
    ) -> Result<OrganisationConnection> {
        let cx = ctx.cx();
        let by = By::from(order_by);
        let order = if by == By::Name { "organisations:name" } else { "organisations:joined" };
        let load = async {
            let page = Page { first, after, last, before }.parse(order)?;
            let filter = filter.unwrap_or_default().parse()?;
            Ok::<_, Fault>(store::list::page(cx.db(), &cx.viewer, &filter, by, &page, wants_total(ctx)).await?)
        };
        Ok(load.await.map_err(|fault| or_code(cx, &fault))?.map(Organisation::from).into())
    }
}

impl OrganisationWhere {
    fn parse(self) -> Result<Filter, Fault> {
        Ok(Filter {
            kind: self.kind.map(Into::into),
            member_on: self.member_on.map(|day| day.0),
            district: bounded(self.district, 200)?,
            language: self.language.map(|locale| locale.0.into_owned()),
            tag: bounded(self.tag, 200)?,
            search: bounded(self.search, 200)?,
        })
    }
}
