//! Pictures and recordings in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use entity::id::{MediaId, OrganisationId};
use entity::words::MediaKind;
use entity::{image_variant, media};

use super::ops::{self, NewMedia};
use super::store;
use crate::files::name::address;
use crate::gql::id::Global;
use crate::gql::input::optional_line;
use crate::gql::loader::{objects, parts};
use crate::gql::scalars::WebUrl;
use crate::gql::upload::Upload;
use crate::gql::user_error::done_or_refused;
use crate::gql::{ContextExt, UserError, or_code};
use crate::kernel::{Findings, text};
use crate::organisations::graphql::Organisation;

/// A picture. It never changes: another picture has another address.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Image {
    /// Global id.
    pub id: ID,
    /// What it shows, for who does not see it.
    alt: String,
    /// Who made it, and under which licence.
    credit: Option<String>,
    /// Pixels, up to 2,560.
    width: i32,
    /// Pixels, up to 2,560.
    height: i32,
    #[graphql(skip)]
    row: Arc<media::Model>,
}

#[ComplexObject]
impl Image {
    /// Where it is, in its largest size.
    async fn url(&self, ctx: &Context<'_>) -> WebUrl {
        address_of(ctx, &self.row.file)
    }

    /// Smaller sizes, ascending, for `srcset`.
    async fn variants(&self, ctx: &Context<'_>) -> Result<Vec<ImageVariant>> {
        let variants = ctx.load(Variants(self.row.id)).await?.unwrap_or_default();
        Ok(variants.iter().map(|row| ImageVariant::of(ctx, row)).collect())
    }
}

/// A picture in a smaller size.
#[derive(Clone, Debug, SimpleObject)]
pub struct ImageVariant {
    /// Where it is.
    url: WebUrl,
    /// Media type, e.g. `image/jpeg`.
    media_type: String,
    /// Pixels.
    width: i32,
    /// Pixels.
    height: i32,
}

impl ImageVariant {
    fn of(ctx: &Context<'_>, row: &image_variant::Model) -> Self {
        Self { url: address_of(ctx, &row.file), media_type: row.media_type.clone(), width: row.width, height: row.height }
    }
}

/// A recording. It never changes: another recording has another address.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Audio {
    /// Global id.
    pub id: ID,
    /// Media type: `audio/mpeg`, `audio/mp4`, or `audio/ogg`.
    media_type: String,
    /// Size in bytes, up to 200 MiB.
    bytes: i32,
    /// How long it lasts, in seconds; null where the file does not say.
    duration_seconds: Option<i32>,
    #[graphql(skip)]
    row: Arc<media::Model>,
}

#[ComplexObject]
impl Audio {
    /// Where it is. Parts of it can be asked for (RFC 9110 section 14).
    async fn url(&self, ctx: &Context<'_>) -> WebUrl {
        address_of(ctx, &self.row.file)
    }
}

fn address_of(ctx: &Context<'_>, file: &str) -> WebUrl {
    WebUrl(ctx.cx().app.url(&address(file)))
}

/// What was uploaded, before it is known what it is.
#[derive(Clone, Debug)]
pub struct Media(Arc<media::Model>);

impl From<media::Model> for Media {
    fn from(row: media::Model) -> Self {
        Self(Arc::new(row))
    }
}

impl Media {
    /// The picture that something shows; null where it shows none.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn image(ctx: &Context<'_>, id: Option<MediaId>) -> Result<Option<Image>> {
        Ok(Self::load(ctx, id).await?.and_then(Self::into_image))
    }

    /// The recording that something plays; null where it plays none.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audio(ctx: &Context<'_>, id: Option<MediaId>) -> Result<Option<Audio>> {
        Ok(Self::load(ctx, id).await?.and_then(Self::into_audio))
    }

    async fn load(ctx: &Context<'_>, id: Option<MediaId>) -> Result<Option<Self>> {
        match id {
            Some(id) => ctx.load(id).await,
            None => Ok(None),
        }
    }

    fn into_image(self) -> Option<Image> {
        let Self(row) = self;
        let (width, height) = row.width.zip(row.height).filter(|_| row.kind == MediaKind::Image)?;
        Some(Image { id: row.id.to_global(), alt: row.alt.clone(), credit: row.credit.clone(), width, height, row })
    }

    fn into_audio(self) -> Option<Audio> {
        let Self(row) = self;
        (row.kind == MediaKind::Audio).then(|| Audio {
            id: row.id.to_global(),
            media_type: row.media_type.clone(),
            bytes: i32::try_from(row.bytes).unwrap_or(i32::MAX),
            duration_seconds: row.duration_seconds,
            row,
        })
    }
}

objects! {
    MediaId => Media = |cx, ids| store::by_ids(cx.db(), ids);
}

parts! {
    /// The smaller sizes of a picture.
    Variants(MediaId) => Vec<image_variant::Model> = |cx, ids| store::variants(cx.db(), ids);
}

/// A file to be uploaded: JPEG, PNG, WebP or GIF up to 15 MiB; MP3, M4A, Ogg Vorbis or Opus up to 200 MiB.
#[derive(Debug, InputObject)]
pub struct MediaUploadInput {
    /// Whose it is.
    organisation_id: ID,
    /// The file.
    file: Upload,
    /// What a picture shows, for who does not see it, up to 500 characters. A picture needs it.
    alt: Option<String>,
    /// Who made it, and under which licence, up to 200 characters.
    credit: Option<String>,
}

/// What was uploaded, or what to put right.
#[derive(Debug, SimpleObject)]
pub struct MediaUploadPayload {
    /// Where it is a picture.
    image: Option<Image>,
    /// Where it is a recording.
    audio: Option<Audio>,
    /// What the caller can put right; empty where all is well.
    errors: Vec<UserError>,
}

/// Mutations of media.
#[derive(Debug, Default)]
pub struct MediaMutation;

#[Object]
impl MediaMutation {
    /// Uploads a picture or a recording (editors of the organisation, network staff), to be shown by `coverId`, `logoId` or `audioId`. What
    /// it is says its content. Pictures are made anew in several sizes, recordings lose their tags; nothing else of the file remains. What
    /// nothing shows for a week is deleted.
    ///
    /// The request is one of the GraphQL multipart request specification, with one file, and has the header `GraphQL-Preflight: 1`.
    async fn media_upload(&self, ctx: &Context<'_>, #[graphql(desc = "The file.")] input: MediaUploadInput) -> Result<MediaUploadPayload> {
        let cx = ctx.cx();
        let organisation: Option<Organisation> = match OrganisationId::from_global(&input.organisation_id) {
            Ok(id) => ctx.load(id).await?,
            Err(_) => None,
        };
        let mut findings = Findings::of_input();
        let new = NewMedia {
            file: input.file.take(ctx),
            alt: optional_line(&mut findings, "alt", input.alt, text::ALT),
            credit: optional_line(&mut findings, "credit", input.credit, text::TITLE),
            findings,
        };
        let outcome = ops::upload(cx, organisation.as_ref().map(|own| &*own.row), new).await;
        match done_or_refused(outcome, &cx.spoken()).map_err(|fault| or_code(cx, &fault))? {
            Ok(row) => {
                let media = Media::from(row);
                Ok(MediaUploadPayload { image: media.clone().into_image(), audio: media.into_audio(), errors: Vec::new() })
            }
            Err(errors) => Ok(MediaUploadPayload { image: None, audio: None, errors }),
        }
    }
}
