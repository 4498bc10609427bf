//! What a post, an event or an organisation may show.

use entity::id::MediaId;
use entity::words::MediaKind;
use sea_orm::DbErr;

use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Why};
use crate::media::store;

/// Something that is to show a picture or play a recording.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The field of the input that names it.
    pub field: &'a str,
    /// What it must be.
    pub kind: MediaKind,
    /// What it showed before: that may stay, whoever changes the rest.
    pub before: Option<MediaId>,
    /// What it is to show.
    pub now: Option<MediaId>,
}

/// Looks up what something is to show: it must be of an organisation for which the viewer uploads, and a picture or a recording.
///
/// # Errors
/// Where the database fails.
pub async fn check(cx: &Cx, writing: &Writing, shown: &[Shown<'_>], findings: &mut Findings) -> Result<(), DbErr> {
    let new: Vec<_> = shown.iter().filter(|one| one.now != one.before).collect();
    let known = store::by_ids(&**writing, new.iter().filter_map(|one| one.now).collect()).await?;
    for one in new {
        let Some(id) = one.now else { continue };
        match known.get(&id).filter(|row| cx.may(&Action::UploadMedia(row.organisation_id)).is_allowed()) {
            None => findings.refuse(&[one.field], Why::NotFound),
            Some(row) if row.kind != one.kind => {
                let expected = if one.kind == MediaKind::Image { Expected::Picture } else { Expected::Recording };
                findings.refuse(&[one.field], Why::Invalid(expected));
            }
            Some(_) => {}
        }
    }
    Ok(())
}
