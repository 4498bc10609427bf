//! From the words of the files to what the house knows, with the entry named where something is wrong.

use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

use super::SeedError;
use crate::kernel::{Slug, WebAddress};

/// An entry of a file.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) file: &'static str,
    pub(super) slug: &'a str,
}

impl Entry<'_> {
    /// Something is wrong with it.
    pub(super) fn wrong(&self, problem: impl Display) -> SeedError {
        SeedError::Entry { file: self.file, slug: self.slug.to_owned(), problem: problem.to_string() }
    }

    /// Its own slug.
    pub(super) fn slug(&self) -> Result<Slug, SeedError> {
        self.parse(self.slug)
    }

    /// One of its words.
    pub(super) fn parse<T: FromStr<Err: Display>>(&self, text: &str) -> Result<T, SeedError> {
        text.parse().map_err(|error| self.wrong(format!("`{text}`: {error}")))
    }

    /// One of its words that may be missing.
    pub(super) fn parse_some<T: FromStr<Err: Display>>(&self, text: Option<&str>) -> Result<Option<T>, SeedError> {
        text.filter(|text| !text.is_empty()).map(|text| self.parse(text)).transpose()
    }

    /// Several of its words.
    pub(super) fn parse_all<T: FromStr<Err: Display>>(&self, texts: &[String]) -> Result<Vec<T>, SeedError> {
        texts.iter().map(|text| self.parse(text)).collect()
    }

    /// Where its facts were found: addresses, each once, in order.
    pub(super) fn sources<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Result<Vec<WebAddress>, SeedError> {
        let mut sources: Vec<WebAddress> = Vec::new();
        for text in texts {
            let source = self.parse(text)?;
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        Ok(sources)
    }

    /// What it refers to by slug.
    pub(super) fn find<Id: Copy>(&self, known: &HashMap<String, Id>, what: &str, slug: &str) -> Result<Id, SeedError> {
        known.get(slug).copied().ok_or_else(|| self.wrong(format!("there is no {what} `{slug}`")))
    }

    /// What it refers to by slugs, in their order.
    pub(super) fn find_all<Id: Copy>(&self, known: &HashMap<String, Id>, what: &str, slugs: &[String]) -> Result<Vec<Id>, SeedError> {
        slugs.iter().map(|slug| self.find(known, what, slug)).collect()
    }
}

/// A text that is there and not empty.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
