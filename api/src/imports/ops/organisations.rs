//! Organisations from a table.

use entity::id::OrganisationId;
use entity::words::{ImportedKind, MembershipDecision, OrganisationKind};

use super::{Outcome, Problem, Run, Standing, fingerprint};
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::imports::read::Wrong;
use crate::imports::read::table::Row;
use crate::kernel::{EmailAddress, Locale, Markdown, PartialDate, Slug, WebAddress, text};
use crate::organisations::store::write::{self, NewAddress, NewMembership, NewOrganisation, NewOrganisationText, SLUGGED};
use crate::organisations::store::{self, content};
use crate::tags;

/// The columns of a table of organisations.
pub const COLUMNS: &[&str] = &[
    "id",
    "name",
    "short_name",
    "slug",
    "kind",
    "joined_on",
    "legal_form",
    "locale",
    "description",
    "focus",
    "languages",
    "website",
    "email",
    "phone",
    "street",
    "postal_code",
    "city",
    "district",
    "founded_on",
];

const KIND: ImportedKind = ImportedKind::Organisation;

/// Takes an organisation over. One of its name that is here already is that one.
///
/// # Errors
/// What is wrong with its row.
pub async fn take(cx: &Cx, run: &Run, row: &Row) -> Result<Outcome, Problem> {
    let name = row.required("name")?;
    let (id, fingerprint) = (row.get("id").unwrap_or(name), fingerprint(&row.said()));
    let writing = cx.begin_write().await?;
    let (target, outcome) = match run.standing(&writing, KIND, id).await? {
        Standing::New => match store::by_name(&*writing, name).await? {
            Some(there) => ((there.id.0, there.revision), Outcome::Present),
            None => (enter(cx, &writing, row).await?, Outcome::Added),
        },
        Standing::Came(before) => {
            let now = store::locked(&writing, &cx.viewer, OrganisationId(before.target_id)).await?;
            let Some(now) = now else { return Ok(Outcome::Gone) };
            if before.fingerprint == fingerprint {
                return Ok(Outcome::Unchanged);
            }
            if now.revision != before.revision {
                return Ok(Outcome::Kept);
            }
            let mut new = over(row, content::of(&*writing, &now).await?)?;
            new.tags = tags::store::write::of_names(&*writing, &cx.app, &row.list("focus")).await?;
            let changed = write::replace(&*writing, &cx.app, &now, &new).await?;
            let subject = Subject::Organisation(changed.id);
            audit::ops::record(cx, &writing, Deed::OrganisationUpdate, subject, &changed.name, Changes::none()).await?;
            ((changed.id.0, changed.revision), Outcome::Changed)
        }
    };
    run.finish(cx, writing, (KIND, id), target, fingerprint).await?;
    Ok(outcome)
}

async fn enter(cx: &Cx, writing: &Writing, row: &Row) -> Result<(uuid::Uuid, i32), Problem> {
    let joined_on = row.read("joined_on", |text| text.parse::<PartialDate>().ok(), "a day, month or year, e.g. 2012-05-03 or 2012")?;
    let otherwise: Slug = "organisation".parse().map_err(|_| Wrong::at(row.line, "it has no name"))?;
    let mut new = over(row, empty(otherwise.clone()))?;
    if row.get("slug").is_none() {
        new.slug = SLUGGED.free_for(&**writing, &new.name, otherwise).await?;
    } else if SLUGGED.is_taken(&**writing, &new.slug, None).await? {
        return Err(Wrong::at(row.line, format!("the slug `{}` is taken: please choose another, or leave it empty", new.slug)).into());
    }
    new.tags = tags::store::write::of_names(&**writing, &cx.app, &row.list("focus")).await?;
    let id = write::insert(&**writing, &cx.app, &new).await?;
    if new.kind == OrganisationKind::Member {
        let decision = MembershipDecision::Admitted;
        let membership = NewMembership { decision, applied_on: None, joined_on, left_on: None, is_founding: false };
        write::insert_membership(&**writing, &cx.app, id, &membership).await?;
    }
    audit::ops::record(cx, writing, Deed::OrganisationCreate, Subject::Organisation(id), &new.name, Changes::none()).await?;
    Ok((id.0, 1))
}

/// What a row says, over what is known. An empty cell says nothing.
fn over(row: &Row, known: NewOrganisation) -> Result<NewOrganisation, Problem> {
    let line = |column: &str, most: usize| row.read(column, |given| text::line(given, most).ok().flatten(), "a shorter text");
    let kinds = "one of MEMBER, PARTNER, FUNDER, UMBRELLA, PUBLIC_BODY";
    let kind = row.read("kind", kind, kinds)?;
    let locale = row.read("locale", |text| text.parse::<Locale>().ok(), "a language such as de")?.unwrap_or(known.original_locale);
    let description = row.get("description").map(Markdown::new);
    let texts = description.map(|description| vec![NewOrganisationText { locale: locale.clone(), description }]);
    let languages: Option<Vec<Locale>> = row.list("languages").iter().map(|tag| tag.parse().ok()).collect();
    let languages = languages.ok_or_else(|| Wrong::at(row.line, "`languages` are tags such as de;tr"))?;
    let (old, address) = (known.address, |column: &str| line(column, text::TITLE));
    Ok(NewOrganisation {
        slug: row.read("slug", |text| text.parse().ok(), "small letters, digits and hyphens")?.unwrap_or(known.slug),
        name: line("name", text::TITLE)?.unwrap_or(known.name),
        short_name: line("short_name", 50)?.or(known.short_name),
        kind: kind.unwrap_or(known.kind),
        legal_form: line("legal_form", 50)?.or(known.legal_form),
        texts: texts.unwrap_or(known.texts),
        original_locale: locale,
        languages: if languages.is_empty() { known.languages } else { languages },
        website: row.read("website", |text| text.parse::<WebAddress>().ok(), "an address such as https://example.org")?.or(known.website),
        email: row.read("email", |text| text.parse::<EmailAddress>().ok(), "an address such as info@example.org")?.or(known.email),
        phone: line("phone", 50)?.or(known.phone),
        address: NewAddress {
            street: address("street")?.or(old.street),
            postal_code: address("postal_code")?.or(old.postal_code),
            city: address("city")?.or(old.city),
            district: address("district")?.or(old.district),
            ..old
        },
        founded_on: row.read("founded_on", |text| text.parse().ok(), "a day, month or year, e.g. 2012-05-03 or 2012")?.or(known.founded_on),
        ..known
    })
}

fn kind(text: &str) -> Option<OrganisationKind> {
    let kind = serde_json::from_value(serde_json::Value::String(text.to_uppercase())).ok()?;
    // The network is one, and there.
    (kind != OrganisationKind::Network).then_some(kind)
}

fn empty(slug: Slug) -> NewOrganisation {
    NewOrganisation {
        slug,
        name: String::new(),
        short_name: None,
        aliases: Vec::new(),
        kind: OrganisationKind::Member,
        legal_form: None,
        original_locale: Locale::german(),
        texts: Vec::new(),
        languages: Vec::new(),
        tags: Vec::new(),
        website: None,
        email: None,
        phone: None,
        address: NewAddress::default(),
        // Many are registered at a private home: that is for them to say.
        address_is_public: false,
        location: None,
        founded_on: None,
        publishes_without_review: false,
        logo_id: None,
        sources: Vec::new(),
    }
}
