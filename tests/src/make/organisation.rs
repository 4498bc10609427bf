//! Organisations, the network, and programmes.

use entity::id::{OrganisationId, ProgrammeId};
use entity::words::{MembershipDecision, OrganisationKind};
use entity::{
    membership, network, organisation, organisation_language, organisation_tag, organisation_text, programme, programme_funder,
    programme_text,
};
use miso::kernel::fold;

use super::{folded, position, texts};
use crate::world::World;

/// An organisation to be.
pub struct OrganisationMaker<'w> {
    world: &'w World,
    row: organisation::Model,
    texts: Vec<(String, String)>,
    memberships: Vec<membership::Model>,
    tags: Vec<String>,
    languages: Vec<String>,
}

/// The network to be.
pub struct NetworkMaker<'w> {
    world: &'w World,
    row: network::Model,
}

/// A programme to be.
pub struct ProgrammeMaker<'w> {
    world: &'w World,
    row: programme::Model,
    names: Vec<(String, String)>,
    funders: Vec<OrganisationId>,
}

impl World {
    /// A member since 2015, named as its slug.
    #[must_use]
    pub fn organisation(&self, slug: &str) -> OrganisationMaker<'_> {
        let now = self.app.clock.now();
        let row = organisation::Model {
            id: self.app.new_id(),
            revision: 1,
            slug: slug.to_owned(),
            name: slug.to_owned(),
            name_key: String::new(),
            short_name: None,
            aliases: Vec::new().into(),
            kind: OrganisationKind::Member,
            legal_form: None,
            original_locale: "de".to_owned(),
            website: None,
            email: None,
            phone: None,
            street: None,
            address_extra: None,
            postal_code: None,
            city: None,
            district: None,
            country_code: "DE".to_owned(),
            address_is_public: true,
            latitude: None,
            longitude: None,
            founded_on: None,
            publishes_without_review: false,
            sources: Vec::new().into(),
            search_title: String::new(),
            search_text: String::new(),
            created_at: now,
            logo_id: None,
            updated_at: now,
        };
        let maker =
            OrganisationMaker { world: self, row, texts: Vec::new(), memberships: Vec::new(), tags: Vec::new(), languages: Vec::new() };
        maker.member(Some("2015"), None)
    }

    /// The network itself, founded on 3 May 2012, as an organisation `miso`.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn network(&self) -> organisation::Model {
        let itself = self.organisation("miso").never_a_member().with(|row| {
            row.kind = OrganisationKind::Network;
            row.name = "MiSO-Netzwerk".to_owned();
            row.short_name = Some("MiSO".to_owned());
            row.founded_on = Some("2012-05-03".to_owned());
        });
        let itself = itself.make().await;
        self.network_of(itself.id).make().await;
        itself
    }

    /// The network of this organisation.
    #[must_use]
    pub fn network_of(&self, organisation_id: OrganisationId) -> NetworkMaker<'_> {
        let row = network::Model {
            organisation_id,
            revision: 1,
            legal_name: "MiSO-Netzwerk e. V.".to_owned(),
            directions: None,
            opening_hours: Vec::new().into(),
            opening_hours_note: None,
            time_zone: "Europe/Berlin".to_owned(),
            default_locale: "de".to_owned(),
            locales: vec!["de".to_owned(), "en".to_owned()].into(),
            updated_at: self.app.clock.now(),
        };
        NetworkMaker { world: self, row }
    }

    /// A programme of an organisation, named as its slug.
    #[must_use]
    pub fn programme(&self, slug: &str, organisation_id: OrganisationId) -> ProgrammeMaker<'_> {
        let now = self.app.clock.now();
        let row = programme::Model {
            id: self.app.new_id::<ProgrammeId>(),
            revision: 1,
            slug: slug.to_owned(),
            organisation_id,
            is_broadcast: false,
            original_locale: "de".to_owned(),
            started_on: None,
            ended_on: None,
            sources: Vec::new().into(),
            created_at: now,
            updated_at: now,
        };
        ProgrammeMaker { world: self, row, names: vec![("de".to_owned(), slug.to_owned())], funders: Vec::new() }
    }
}

impl OrganisationMaker<'_> {
    /// Changes the row.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut organisation::Model)) -> Self {
        change(&mut self.row);
        self
    }

    /// It is called so.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.with(|row| row.name = name.to_owned())
    }

    /// It is of this kind, and never was a member.
    #[must_use]
    pub fn kind(self, kind: OrganisationKind) -> Self {
        self.never_a_member().with(|row| row.kind = kind)
    }

    /// It has no membership.
    #[must_use]
    pub fn never_a_member(mut self) -> Self {
        self.memberships.clear();
        self
    }

    /// Its only membership so far is this.
    #[must_use]
    pub fn member(self, joined_on: Option<&str>, left_on: Option<&str>) -> Self {
        self.never_a_member().and_member(joined_on, left_on)
    }

    /// It was a member in this period, too.
    #[must_use]
    pub fn and_member(mut self, joined_on: Option<&str>, left_on: Option<&str>) -> Self {
        let mut one = self.membership(MembershipDecision::Admitted);
        one.joined_on = joined_on.map(str::to_owned);
        one.left_on = left_on.map(str::to_owned);
        self.memberships.push(one);
        self
    }

    /// It only applied.
    #[must_use]
    pub fn applicant(mut self) -> Self {
        let application = membership::Model { applied_on: Some("2022-05".to_owned()), ..self.membership(MembershipDecision::Applied) };
        self.memberships = vec![application];
        self
    }

    /// It says this of itself in a language.
    #[must_use]
    pub fn saying(mut self, locale: &str, markdown: &str) -> Self {
        self.texts.push((locale.to_owned(), markdown.to_owned()));
        self
    }

    /// It works on this topic.
    #[must_use]
    pub fn tagged(mut self, slug: &str) -> Self {
        self.tags.push(slug.to_owned());
        self
    }

    /// It works in this language.
    #[must_use]
    pub fn speaking(mut self, locale: &str) -> Self {
        self.languages.push(locale.to_owned());
        self
    }

    /// Enters it.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn make(mut self) -> organisation::Model {
        let id = self.row.id;
        self.row.name_key = fold::for_sorting(&self.row.name);
        let aliases = self.row.aliases.0.iter().map(String::as_str);
        self.row.search_title =
            folded([self.row.name.as_str(), self.row.short_name.as_deref().unwrap_or_default()].into_iter().chain(aliases));
        let said = self.texts.iter().map(|(_, markdown)| markdown.as_str());
        self.row.search_text = folded([self.row.search_title.as_str()].into_iter().chain(said));
        let row = self.world.enter(self.row).await;
        for one in self.memberships {
            self.world.enter(one).await;
        }
        for (locale, markdown) in self.texts {
            let (description_markdown, description_html) = texts(&markdown);
            self.world.enter(organisation_text::Model { organisation_id: id, locale, description_markdown, description_html }).await;
        }
        for (at, slug) in self.tags.iter().enumerate() {
            let tag_id = self.world.tag(slug).await.id;
            self.world.enter(organisation_tag::Model { organisation_id: id, tag_id, position: position(at) }).await;
        }
        for (at, locale) in self.languages.into_iter().enumerate() {
            self.world.enter(organisation_language::Model { organisation_id: id, locale, position: position(at) }).await;
        }
        row
    }

    fn membership(&self, decision: MembershipDecision) -> membership::Model {
        membership::Model {
            id: self.world.app.new_id(),
            organisation_id: self.row.id,
            decision,
            applied_on: None,
            joined_on: None,
            left_on: None,
            is_founding: false,
            created_at: self.world.app.clock.now(),
        }
    }
}

impl NetworkMaker<'_> {
    /// Changes the row.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut network::Model)) -> Self {
        change(&mut self.row);
        self
    }

    /// Enters it.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn make(self) -> network::Model {
        self.world.enter(self.row).await
    }
}

impl ProgrammeMaker<'_> {
    /// Changes the row.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut programme::Model)) -> Self {
        change(&mut self.row);
        self
    }

    /// It is called so in a language.
    #[must_use]
    pub fn named(mut self, locale: &str, name: &str) -> Self {
        self.names.retain(|(known, _)| known != locale);
        self.names.push((locale.to_owned(), name.to_owned()));
        self
    }

    /// This organisation pays for it.
    #[must_use]
    pub fn funded_by(mut self, funder: OrganisationId) -> Self {
        self.funders.push(funder);
        self
    }

    /// Enters it.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn make(self) -> programme::Model {
        let row = self.world.enter(self.row).await;
        for (locale, name) in self.names {
            let (description_markdown, description_html) = texts("Was es ist.");
            self.world.enter(programme_text::Model { programme_id: row.id, locale, name, description_markdown, description_html }).await;
        }
        for (at, organisation_id) in self.funders.into_iter().enumerate() {
            self.world.enter(programme_funder::Model { programme_id: row.id, organisation_id, position: position(at) }).await;
        }
        row
    }
}
