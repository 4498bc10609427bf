//! Pictures, as rows: no file lies behind them. For files see [`crate::uploading`].

use entity::id::OrganisationId;
use entity::words::MediaKind;
use entity::{image_variant, media};

use crate::world::World;

impl World {
    /// A picture of an organisation in two sizes.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn picture(&self, organisation_id: OrganisationId) -> media::Model {
        let size = Some((640, 480));
        let row = self.media(MediaKind::Image, organisation_id, "image/jpeg", size).await;
        let file = format!("{:064x}.jpg", row.id.0.as_u128() + 1);
        self.enter(image_variant::Model { media_id: row.id, width: 320, height: 240, file, media_type: "image/jpeg".to_owned() }).await;
        row
    }

    /// A recording of an organisation.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn recording(&self, organisation_id: OrganisationId) -> media::Model {
        self.media(MediaKind::Audio, organisation_id, "audio/mpeg", None).await
    }

    async fn media(&self, kind: MediaKind, organisation_id: OrganisationId, media_type: &str, size: Option<(i32, i32)>) -> media::Model {
        let id: entity::id::MediaId = self.app.new_id();
        let ending = if kind == MediaKind::Image { "jpg" } else { "mp3" };
        let row = media::Model {
            id,
            kind,
            organisation_id,
            uploaded_by: None,
            file: format!("{:064x}.{ending}", id.0.as_u128()),
            media_type: media_type.to_owned(),
            bytes: 1000,
            alt: if kind == MediaKind::Image { "Ein Saal".to_owned() } else { String::new() },
            credit: None,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            duration_seconds: (kind == MediaKind::Audio).then_some(60),
            created_at: self.app.clock.now(),
            unused_since: None,
        };
        self.enter(row).await
    }
}
