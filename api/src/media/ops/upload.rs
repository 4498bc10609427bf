//! Taking in a picture or a recording.

use std::io;

use entity::words::MediaKind;
use entity::{image_variant, media, organisation};
use prepare::{Bounds, Kept, Prepared, Unfit};

use crate::access::Action;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::files::{FileName, Spooled};
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Findings, Refusal, Why};
use crate::media::store;

/// What is uploaded. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct NewMedia {
    /// The file as it came.
    pub file: Option<Spooled>,
    /// What a picture shows, for who does not see it.
    pub alt: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Takes in a picture or a recording of an organisation that the viewer sees.
///
/// # Errors
/// [`Why::NotFound`] for an organisation that they do not see, [`crate::kernel::Refused::Forbidden`] where they do not edit for it;
/// refusals of what was given, all at once.
pub async fn upload(cx: &Cx, organisation: Option<&organisation::Model>, mut new: NewMedia) -> Result<media::Model, Fault> {
    cx.authorise(&Action::UseAccount)?;
    let organisation = organisation.ok_or_else(|| Refusal::at(&["input", "organisationId"], Why::NotFound))?;
    cx.authorise(&Action::UploadMedia(organisation.id))?;
    let Some(spooled) = new.file.take() else {
        new.findings.refuse(&["file"], Why::Required);
        return Err(new.findings.into());
    };
    new.findings.or_refuse()?;
    let mut findings = Findings::of_input();
    let storage = &cx.app.files.storage;
    let bench = storage.bench().map_err(broken)?;
    let prepared = cx.app.files.preparer.prepare(spooled.file, bench.path(), &bounds(cx)).await.map_err(broken)?;
    let prepared = findings.take("file", prepared.map_err(unfit));
    if new.alt.is_none() && matches!(prepared, Some(Prepared::Image { .. })) {
        findings.refuse(&["alt"], Why::Required);
    }
    let Some(prepared) = prepared.filter(|_| findings.is_empty()) else { return Err(findings.into()) };
    let (row, smaller, kept) = rows(cx, organisation, new.alt, new.credit, prepared)?;
    storage.keep(bench.path(), kept, cx.now()).await.map_err(broken)?;
    let writing = cx.begin_write().await?;
    store::insert(&*writing, &row, smaller).await?;
    let changes = Changes::none().field("file", "", &row.media_type);
    audit::ops::record(cx, &writing, Deed::MediaUpload, Subject::Organisation(organisation.id), &organisation.name, changes).await?;
    writing.commit().await?;
    Ok(row)
}

/// How much an upload may ask of us.
fn bounds(cx: &Cx) -> Bounds {
    let limits = &cx.app.config.limits;
    Bounds { image_bytes: limits.image_bytes, audio_bytes: limits.audio_bytes, ..Bounds::default() }
}

fn broken(error: io::Error) -> Fault {
    Fault::Broken(format!("media: {error}"))
}

fn unfit(unfit: Unfit) -> Why {
    match unfit {
        Unfit::UnknownType => Why::UnsupportedType,
        Unfit::TooManyBytes(most) => Why::TooManyBytes(most),
        Unfit::TooWide(most) => Why::TooWide(most),
        Unfit::TooManyPixels(most) => Why::TooManyPixels(most),
        Unfit::Damaged => Why::Invalid(Expected::WholeFile),
    }
}

type Rows = (media::Model, Vec<image_variant::Model>, Vec<FileName>);

fn rows(
    cx: &Cx,
    organisation: &organisation::Model,
    alt: Option<String>,
    credit: Option<String>,
    prepared: Prepared,
) -> Result<Rows, Fault> {
    let (whole, smaller, seconds) = match prepared {
        Prepared::Image { whole, smaller } => ((whole.kept, Some((whole.width, whole.height))), smaller, None),
        Prepared::Audio { kept, seconds } => ((kept, None), Vec::new(), seconds),
    };
    let ((kept, size), id) = (whole, cx.app.new_id());
    let mut names = vec![name(&kept)?];
    let mut variants = Vec::new();
    for picture in smaller {
        names.push(name(&picture.kept)?);
        let (width, height) = (pixels(picture.width)?, pixels(picture.height)?);
        variants.push(image_variant::Model { media_id: id, width, height, file: picture.kept.file, media_type: picture.kept.media_type });
    }
    let row = media::Model {
        id,
        kind: if size.is_some() { MediaKind::Image } else { MediaKind::Audio },
        organisation_id: organisation.id,
        uploaded_by: cx.viewer.person_id(),
        file: kept.file,
        media_type: kept.media_type,
        bytes: i64::try_from(kept.bytes).map_err(|_| too_large())?,
        alt: size.and(alt).unwrap_or_default(),
        credit,
        width: size.map(|(width, _)| pixels(width)).transpose()?,
        height: size.map(|(_, height)| pixels(height)).transpose()?,
        duration_seconds: seconds.map(pixels).transpose()?,
        created_at: cx.now(),
        unused_since: Some(cx.now()),
    };
    Ok((row, variants, names))
}

fn name(kept: &Kept) -> Result<FileName, Fault> {
    kept.file.parse().map_err(|_| Fault::Broken(format!("media: `{}` is no name of a file", kept.file)))
}

fn pixels(number: u32) -> Result<i32, Fault> {
    i32::try_from(number).map_err(|_| too_large())
}

fn too_large() -> Fault {
    Fault::Broken("media: a number is too large".to_owned())
}
