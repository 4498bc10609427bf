//! Readers of a newsletter from a table, with what they agreed to, and how. Nobody is written to.

use chrono::{DateTime, NaiveDate, Utc};
use entity::newsletter;

use super::{Outcome, Problem, Run};
use crate::app::Cx;
use crate::imports::read::Wrong;
use crate::imports::read::table::Row;
use crate::kernel::{EmailAddress, Locale, PersonName};
use crate::newsletter::ops::{Became, Brought, bring};
use crate::newsletter::wording::Wording;

/// The columns of a table of readers.
pub const COLUMNS: &[&str] = &["email", "name", "locale", "agreed_on"];

/// Letters that tell how readers agreed, at the least: "yes" tells nothing.
const SHORTEST_BASIS: usize = 20;
/// And at the most.
const LONGEST_BASIS: usize = 2000;

/// What readers are taken over into.
#[derive(Clone, Debug)]
pub struct Into {
    /// The newsletter.
    pub newsletter: newsletter::Model,
    /// How they agreed to get it (GDPR article 7): what they were told, where, and when.
    pub basis: Wording,
}

impl Into {
    /// Into a newsletter, on a legal basis.
    ///
    /// # Errors
    /// Where the basis says too little, or too much to be one.
    pub fn new(newsletter: newsletter::Model, basis: &str) -> Result<Self, String> {
        let basis = basis.split_whitespace().collect::<Vec<_>>().join(" ");
        match basis.chars().count() {
            SHORTEST_BASIS..=LONGEST_BASIS => Ok(Self { newsletter, basis: Wording { locale: Locale::german(), text: basis.into() } }),
            _ => Err(format!(
                "please say in {SHORTEST_BASIS} to {LONGEST_BASIS} letters how these people agreed: what they were told, where, and when"
            )),
        }
    }
}

/// Takes a reader over. Who left here stays away; who reads it already stays as they are.
///
/// # Errors
/// What is wrong with their row.
pub async fn take(cx: &Cx, run: &Run, into: &Into, row: &Row) -> Result<Outcome, Problem> {
    row.required("email")?;
    let email = row.read("email", |text| text.parse::<EmailAddress>().ok(), "an address such as name@example.org")?;
    let email = email.ok_or_else(|| Wrong::at(row.line, "`email` is empty"))?;
    let name = row.read("name", |text| PersonName::parse(text).ok(), "a name of 1 to 200 characters")?;
    let locale = row.read("locale", |text| text.parse::<Locale>().ok(), "a language such as de")?.unwrap_or_else(Locale::german);
    let day = |text: &str| {
        let day = text.parse::<NaiveDate>().or_else(|_| NaiveDate::parse_from_str(text, "%d.%m.%Y")).ok()?;
        Some(DateTime::<Utc>::from_naive_utc_and_offset(day.and_hms_opt(12, 0, 0)?, Utc)).filter(|at| *at <= cx.now())
    };
    let agreed_at = row.read("agreed_on", day, "a day that is not ahead, such as 2021-05-31")?;
    let writing = cx.begin_write().await?;
    let brought = Brought { email, name, locale, agreed_at };
    let became = bring(cx, &writing, into.newsletter.id, brought, &into.basis).await?;
    if run.writes && became == Became::Reader {
        writing.commit().await?;
    } else {
        writing.undo().await?;
    }
    Ok(match became {
        Became::Reader => Outcome::Added,
        Became::Unchanged => Outcome::Unchanged,
        Became::Left => Outcome::Left,
        Became::Suppressed => Outcome::Suppressed,
    })
}
