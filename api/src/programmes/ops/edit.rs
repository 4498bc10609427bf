//! A change of a programme, and the programme that comes of it. To enter one is to change an empty one.

use entity::id::OrganisationId;

use crate::kernel::{Findings, PartialDate, Patch, Slug, Why, translations};
use crate::programmes::store::write::{NewProgramme, NewProgrammeText};

/// What becomes of a programme. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Edit {
    /// What it is called and does.
    pub texts: translations::Change<NewProgrammeText>,
    /// Readable part of its address.
    pub slug: Patch<Slug>,
    /// Whether its posts are broadcasts.
    pub is_broadcast: Patch<bool>,
    /// Who pays for it.
    pub funders: Patch<Vec<OrganisationId>>,
    /// When it began.
    pub started_on: Patch<PartialDate>,
    /// When it ended.
    pub ended_on: Patch<PartialDate>,
    /// What is wrong already.
    pub findings: Findings,
}

impl Edit {
    /// The programme that comes of a change. What is wrong with it is added to the findings.
    pub fn apply(&mut self, mut programme: NewProgramme) -> NewProgramme {
        let findings = &mut self.findings;
        let texts = translations::Change {
            given: std::mem::take(&mut self.texts.given),
            removed: std::mem::take(&mut self.texts.removed),
            original: std::mem::take(&mut self.texts.original),
        };
        translations::apply(&mut programme.texts, &mut programme.original_locale, texts, findings);
        if programme.texts.is_empty() {
            findings.refuse(&["texts"], Why::Required);
        }
        if let Some(slug) = findings.take("slug", std::mem::take(&mut self.slug).over_required(programme.slug.clone())) {
            programme.slug = slug;
        }
        let broadcast = std::mem::take(&mut self.is_broadcast).over_required(programme.is_broadcast);
        programme.is_broadcast = findings.take("isBroadcast", broadcast).unwrap_or_default();
        programme.funders = std::mem::take(&mut self.funders).over_list(programme.funders);
        programme.started_on = std::mem::take(&mut self.started_on).over(programme.started_on);
        programme.ended_on = std::mem::take(&mut self.ended_on).over(programme.ended_on);
        if let (Some(started_on), Some(ended_on)) = (&programme.started_on, &programme.ended_on)
            && ended_on.is_before(started_on)
        {
            findings.refuse(&["endedOn"], Why::EndsBeforeStart);
        }
        programme
    }
}
