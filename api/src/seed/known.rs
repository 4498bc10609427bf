//! What is there already, by slug.

use std::collections::HashMap;

use entity::id::{EventId, OrganisationId, PostId, ProgrammeId, TagId, VenueId};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{events, organisations, posts, programmes, tags, venues};

/// What has a slug, or had it before.
pub(super) struct Known {
    pub(super) tags: HashMap<String, TagId>,
    pub(super) organisations: HashMap<String, OrganisationId>,
    pub(super) venues: HashMap<String, VenueId>,
    pub(super) programmes: HashMap<String, ProgrammeId>,
    pub(super) events: HashMap<String, EventId>,
    pub(super) posts: HashMap<String, PostId>,
}

impl Known {
    /// Reads what is there.
    pub(super) async fn read(tx: &impl ConnectionTrait) -> Result<Self, DbErr> {
        Ok(Self {
            tags: tags::store::write::by_slug(tx).await?,
            organisations: organisations::store::write::by_slug(tx).await?,
            venues: venues::store::write::by_slug(tx).await?,
            programmes: programmes::store::write::by_slug(tx).await?,
            events: events::store::write::by_slug(tx).await?,
            posts: posts::store::write::by_slug(tx).await?,
        })
    }
}
