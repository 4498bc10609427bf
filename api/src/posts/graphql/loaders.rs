//! What posts load in batches.

use entity::id::{EventId, PostId};
use entity::{organisation, post_text, tag};

use super::Post;
use crate::gql::loader::{objects, parts};
use crate::posts::store::{self, parts};

objects! {
    PostId => Post = |cx, ids| store::by_ids(cx.db(), &cx.viewer, ids);
}

parts! {
    /// What lists show of a post.
    Heads(PostId) => Vec<parts::Head> = |cx, ids| parts::heads(cx.db(), ids);
    /// A post's whole texts.
    Texts(PostId) => Vec<post_text::Model> = |cx, ids| parts::texts(cx.db(), ids);
    /// The organisations that a post speaks of.
    Mentions(PostId) => Vec<organisation::Model> = |cx, ids| parts::mentions(cx.db(), &cx.viewer, ids);
    /// The events that a post speaks of.
    Events(PostId) => Vec<EventId> = |cx, ids| parts::events(cx.db(), ids);
    /// A post's topics.
    Tags(PostId) => Vec<tag::Model> = |cx, ids| parts::tags(cx.db(), ids);
    /// The posts that speak of an event.
    PostsOf(EventId) => Vec<PostId> = |cx, ids| parts::of_events(cx.db(), ids);
}
