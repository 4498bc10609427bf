//! Lists by the Relay connection specification, cut by keyset.

use async_graphql::{Context, SimpleObject};

use crate::kernel::Slice;

/// Where a page stands in its list.
#[derive(Clone, Debug, SimpleObject)]
pub struct PageInfo {
    /// Whether something follows this page.
    pub has_next_page: bool,
    /// Whether something goes before this page.
    pub has_previous_page: bool,
    /// Cursor of the first item; null where the page is empty.
    pub start_cursor: Option<String>,
    /// Cursor of the last item; null where the page is empty.
    pub end_cursor: Option<String>,
}

impl PageInfo {
    /// Where a slice stands in its list.
    #[must_use]
    pub fn of<T>(slice: &Slice<T>) -> Self {
        let cursor = |item: Option<&(crate::kernel::Cursor, T)>| item.map(|(cursor, _)| cursor.encode(slice.order));
        Self {
            has_next_page: slice.has_next,
            has_previous_page: slice.has_previous,
            start_cursor: cursor(slice.items.first()),
            end_cursor: cursor(slice.items.last()),
        }
    }
}

/// Whether the query asks for the number of all items, which is else not counted.
#[must_use]
pub fn wants_total(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists()
}

/// Whether the query asks, of the items of a connection, for the field at the end of `path`.
#[must_use]
pub fn wants_of_items(ctx: &Context<'_>, path: &[&str]) -> bool {
    let below = |start: async_graphql::Lookahead<'_>| path.iter().fold(start, |at, name| at.field(name)).exists();
    below(ctx.look_ahead().field("nodes")) || below(ctx.look_ahead().field("edges").field("node"))
}

/// Defines a connection and its edge around a type made from a [`crate::kernel::Slice`] of its items.
macro_rules! connection {
    ($(#[$doc:meta])* $connection:ident, $edge:ident, $node:ty) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $connection($crate::kernel::Slice<$node>);

        $(#[$doc])*
        #[async_graphql::Object]
        impl $connection {
            /// The items with their cursors.
            async fn edges(&self) -> Vec<$edge> {
                let edge = |(cursor, node): &($crate::kernel::Cursor, $node)| $edge { cursor: cursor.encode(self.0.order), node: node.clone() };
                self.0.items.iter().map(edge).collect()
            }

            /// The items.
            async fn nodes(&self) -> Vec<&$node> {
                self.0.items.iter().map(|(_, node)| node).collect()
            }

            /// Where this page stands in the list.
            async fn page_info(&self) -> $crate::gql::PageInfo {
                $crate::gql::PageInfo::of(&self.0)
            }

            /// Items of the whole list, counted only when asked for.
            async fn total_count(&self) -> u32 {
                self.0.total.and_then(|total| u32::try_from(total).ok()).unwrap_or(0)
            }
        }

        /// An item of a list, and its cursor.
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// What to give as `after` or `before` to go on from here.
            cursor: String,
            /// The item.
            node: $node,
        }

        impl From<$crate::kernel::Slice<$node>> for $connection {
            fn from(slice: $crate::kernel::Slice<$node>) -> Self {
                Self(slice)
            }
        }
    };
}

pub(crate) use connection;
