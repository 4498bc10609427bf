//! Taking things over, one by one.

pub mod announcing;
pub mod events;
pub mod organisations;
pub mod people;
pub mod posts;
pub mod readers;

use entity::imported;
use entity::words::ImportedKind;
use uuid::Uuid;

use super::read::Wrong;
use super::read::unreadable::Unreadable;
use super::rules::fingerprint;
use super::store;
use crate::app::{Cx, Writing};
use crate::kernel::Fault;
use crate::kernel::refusal::Refusal;

/// One import.
#[derive(Clone, Debug)]
pub struct Run {
    /// Where things come from: what they are called there is their own within it.
    pub source: String,
    /// Whether it is done; or rehearsed, and taken back.
    pub writes: bool,
}

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new here.
    Added,
    /// It said something new, which was taken over.
    Changed,
    /// It says nothing new.
    Unchanged,
    /// It says something new, but was changed here since: that stays.
    Kept,
    /// It came in before and was deleted here: it does not come back.
    Gone,
    /// There was one of its name: that one is it from now on, and stays as it is.
    Present,
    /// A reader who left here: they stay away.
    Left,
    /// A reader whose address bounced, or who complained.
    Suppressed,
}

/// Why a thing was not taken over.
#[derive(Debug)]
pub enum Problem {
    /// What it says is wrong: the others can go on.
    Wrong(Wrong),
    /// Something is wrong with us: nothing goes on.
    Fault(Fault),
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

impl From<Unreadable> for Problem {
    fn from(unreadable: Unreadable) -> Self {
        Self::Wrong(unreadable.into())
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<sea_orm::DbErr> for Problem {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Fault(error.into())
    }
}

/// What stands between a thing that comes and its being taken over.
enum Standing {
    /// It is new.
    New,
    /// It came before, as this.
    Came(imported::Model),
}

impl Run {
    async fn standing(&self, writing: &Writing, kind: ImportedKind, id: &str) -> Result<Standing, Problem> {
        let known = store::known(&**writing, kind, &self.source, id).await?;
        Ok(known.map_or(Standing::New, Standing::Came))
    }

    /// Remembers a thing, and makes what was written of it lasting, or takes it back.
    async fn finish(
        &self,
        cx: &Cx,
        writing: Writing,
        (kind, id): (ImportedKind, &str),
        (target_id, revision): (Uuid, i32),
        fingerprint: String,
    ) -> Result<(), Problem> {
        let now = cx.now();
        let row = imported::Model {
            kind,
            source: self.source.clone(),
            source_id: id.to_owned(),
            target_id,
            fingerprint,
            revision,
            created_at: now,
            updated_at: now,
            fields: None,
            seen_in: None,
            missing_since: None,
            withdrawn_at: None,
        };
        store::remember(&*writing, row).await?;
        self.end(writing).await
    }

    async fn end(&self, writing: Writing) -> Result<(), Problem> {
        if self.writes {
            writing.commit().await?
        } else {
            writing.undo().await?
        }
        Ok(())
    }
}

/// A fault on a line, where what was given is refused.
fn on(line: usize, fault: Fault) -> Problem {
    match fault {
        Fault::Refusals(refusals) => {
            let said =
                |refusal: &Refusal| format!("{}: {}", refusal.path.join("."), refusal.why.message(&crate::kernel::Locale::english()));
            Wrong::at(line, refusals.iter().map(said).collect::<Vec<_>>().join("; ")).into()
        }
        fault => Problem::Fault(fault),
    }
}
