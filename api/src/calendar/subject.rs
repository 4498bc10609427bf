//! What a calendar is of: the network, an organisation, and what it is narrowed to, looked up as everybody sees it.

use chrono::{DateTime, Utc};
use entity::{network, organisation, programme, programme_text};

use super::narrowing::Narrowing;
use super::store;
use crate::access::Viewer;
use crate::app::App;
use crate::events::ics::words;
use crate::events::store::filter::Filter;
use crate::kernel::{Fault, Locale, Refused, Wanted};
use crate::{organisations, programmes};

/// What a calendar is of.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The network's settings.
    pub network: network::Model,
    /// The network as an organisation.
    pub own: organisation::Model,
    /// The organisation whose events alone are in it.
    pub organisation: Option<organisation::Model>,
    programme: Option<(programme::Model, Vec<programme_text::Model>)>,
    tag: Option<String>,
    /// What it is narrowed to, by the slugs of today.
    pub narrowing: Narrowing,
}

impl Subject {
    /// Looks up what an address names, by slugs of today or of before.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for an organisation or a programme that there is not, or not for everybody.
    pub async fn find(app: &App, mut narrowing: Narrowing) -> Result<Self, Fault> {
        let (network, own) = organisations::store::network::the_network(&app.db).await?.ok_or(Refused::NotFound)?;
        let organisation = match &narrowing.organisation {
            Some(slug) => Some(organisations::store::by_slug(&app.db, &Viewer::Visitor, slug).await?.ok_or(Refused::NotFound)?),
            None => None,
        };
        let programme = match &narrowing.programme {
            Some(slug) => {
                let programme = programmes::store::by_slug(&app.db, slug).await?.ok_or(Refused::NotFound)?;
                let texts = programmes::store::texts(&app.db, vec![programme.id]).await?.remove(&programme.id);
                Some((programme, texts.unwrap_or_default()))
            }
            None => None,
        };
        // A topic that there is not yet may be there tomorrow: its calendar is empty.
        let tag = match &narrowing.tag {
            Some(slug) => store::name_of_tag(&app.db, slug).await?.or_else(|| Some(slug.clone())),
            None => None,
        };
        narrowing.organisation = organisation.as_ref().map(|organisation| organisation.slug.clone());
        narrowing.programme = programme.as_ref().map(|(programme, _)| programme.slug.clone());
        Ok(Self { network, own, organisation, programme, tag, narrowing })
    }

    /// Which dates make an event part of it.
    #[must_use]
    pub fn filter(&self, not_over_before: DateTime<Utc>) -> Filter {
        Filter {
            not_over_before: Some(not_over_before),
            organisation_id: self.organisation.as_ref().map(|organisation| organisation.id),
            programme_id: self.programme.as_ref().map(|(programme, _)| programme.id),
            category: self.narrowing.category,
            tag: self.narrowing.tag.clone(),
            district: self.narrowing.district.clone(),
            language: self.narrowing.language.clone(),
            features: self.narrowing.features.clone(),
            ..Filter::default()
        }
    }

    /// What it is called: as whose events are in it, and what it is narrowed to.
    #[must_use]
    pub fn name(&self) -> String {
        let is_german = self.is_german();
        let programme = self.programme.as_ref().and_then(|(programme, texts)| {
            self.wanted().pick(&programme.original_locale, texts, |text| &text.locale).map(|text| text.name.clone())
        });
        let category = self.narrowing.category.map(|category| words::category(category, is_german).to_owned());
        let given = [programme, category, self.tag.clone(), self.narrowing.district.clone(), self.narrowing.language.clone()];
        let features = self.narrowing.features.iter().map(|feature| words::feature(*feature, is_german).to_owned());
        let words: Vec<String> = given.into_iter().flatten().chain(features).collect();
        let whose = &self.organisation.as_ref().unwrap_or(&self.own).name;
        if words.is_empty() { whose.clone() } else { format!("{whose} – {}", words.join(", ")) }
    }

    /// In which language texts are given; in their originals where none is asked for.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        self.narrowing.locale.clone().map_or_else(Wanted::default, |locale| Wanted::default().led_by(locale))
    }

    /// Whether what is added to texts is said in German.
    #[must_use]
    pub fn is_german(&self) -> bool {
        match &self.narrowing.locale {
            Some(locale) => locale.is_german(),
            None => self.network.default_locale.parse::<Locale>().is_ok_and(|locale| locale.is_german()),
        }
    }
}
