//! The sample newsletter of the network, with an issue in its archive and one to be sent.

use entity::newsletter;
use entity::words::Visibility;

use super::parse::Entry;
use super::sample_file::{SAMPLES, SampleIssue, SampleNewsletter};
use super::{SeedError, Seeding};
use crate::kernel::Markdown;
use crate::newsletter::store::write::{self, NewIssue, NewText};

/// Writes those that are missing.
pub(super) async fn all(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    for sample in &seeding.samples.newsletters {
        one(seeding, sample).await?;
    }
    Ok(())
}

async fn one(seeding: &mut Seeding<'_>, sample: &SampleNewsletter) -> Result<(), SeedError> {
    let (entry, now) = (Entry { file: SAMPLES, slug: &sample.slug }, seeding.app.clock.now());
    let row = newsletter::Model {
        id: seeding.app.new_id(),
        revision: 1,
        slug: entry.slug()?.to_string(),
        organisation_id: entry.find(&seeding.known.organisations, "organisation", &seeding.files.network.slug)?,
        name: sample.name.clone(),
        description: sample.description.clone(),
        visibility: Visibility::Public,
        reply_to: None,
        created_at: now,
        updated_at: now,
    };
    let id = row.id;
    if !write::insert(seeding.tx, row).await? {
        seeding.report.count_present("newsletters");
        return Ok(());
    }
    for issue in &sample.issues {
        let texts = texts(issue)?;
        let issue_id = seeding.app.new_id();
        let new = NewIssue { newsletter_id: id, slug: &issue.slug, visibility: Visibility::Public, texts: &texts };
        write::insert_issue(seeding.tx, issue_id, &new, now).await?;
        if issue.is_sent {
            // It went to nobody: nobody reads this newsletter yet.
            write::put_into_archive(seeding.tx, issue_id, now).await?;
        }
    }
    seeding.report.count_added("newsletters");
    Ok(())
}

fn texts(issue: &SampleIssue) -> Result<Vec<NewText>, SeedError> {
    let entry = Entry { file: SAMPLES, slug: &issue.slug };
    let text = |text: &super::sample_file::SampleIssueText| {
        Ok(NewText {
            locale: entry.parse(&text.locale)?,
            subject: text.subject.clone(),
            preheader: text.preheader.clone(),
            body: Markdown::new(&text.body),
        })
    };
    issue.texts.iter().map(text).collect()
}
