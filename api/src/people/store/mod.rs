//! SQL of people. Every read starts from [`visible_to`], but for what signing in and rights are made of.

pub mod credentials;
pub mod list;
pub mod parts;
pub mod sign_in;
pub mod write;

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::id::PersonId;
use entity::person::{Column, Entity, Model};
use entity::words::OrganisationKind;
use entity::{organisation, organisation_person};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
};

use crate::access::viewer::Organisations;
use crate::access::{Affiliation, SignedIn, Viewer};
use crate::kernel::EmailAddress;
use crate::organisations::store::membership;

/// The people whom a viewer may see at all: themself, and those who act for an organisation that they act for; the office sees
/// everybody. What else than the name is seen of them is another matter.
#[must_use]
pub fn visible_to(viewer: &Viewer) -> Select<Entity> {
    let Some(own) = viewer.person_id() else { return Entity::find().filter(Expr::val(1).eq(0)) };
    let organisations = match viewer.belongs_to() {
        Organisations::All => return Entity::find(),
        Organisations::These(ids) => ids,
    };
    let own = Condition::any().add(Column::Id.eq(own));
    Entity::find().filter(if organisations.is_empty() { own } else { own.add(acts_for_one_of(organisations)) })
}

fn acts_for_one_of(organisations: Vec<entity::id::OrganisationId>) -> sea_orm::sea_query::SimpleExpr {
    use organisation_person::{Column as Acts, Entity as Table};
    let colleagues =
        Query::select().expr(Expr::col((Table, Acts::PersonId))).from(Table).and_where(Acts::OrganisationId.is_in(organisations)).take();
    Column::Id.in_subquery(colleagues)
}

/// Those of these ids whom the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<PersonId>) -> Result<HashMap<PersonId, Model>, DbErr> {
    Ok(visible_to(viewer).filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The person whom this address belongs to, as they proved by signing in; none where nobody did.
///
/// # Errors
/// Where the database fails.
pub async fn by_email(db: &impl ConnectionTrait, email: &EmailAddress) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Email.eq(email.as_str().to_lowercase())).one(db).await
}

/// The person with this id, for whatever is no matter of who sees whom.
///
/// # Errors
/// Where the database fails.
pub async fn by_id(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The viewer that a person is on a day; a visitor where there is no such person. They act for no organisation that left the
/// network, or was not admitted yet: what they edit there waits until it is.
///
/// # Errors
/// Where the database fails.
pub async fn viewer(db: &impl ConnectionTrait, id: PersonId, today: NaiveDate) -> Result<Viewer, DbErr> {
    let Some(person) = Entity::find_by_id(id).one(db).await? else { return Ok(Viewer::Visitor) };
    let affiliations = organisation_person::Entity::find()
        .filter(organisation_person::Column::PersonId.eq(id))
        .join(JoinType::InnerJoin, organisation_person::Relation::Organisation.def())
        .filter(organisation::Column::Kind.ne(OrganisationKind::Member).or(membership::is_member_on(today)))
        .select_only()
        .columns([organisation_person::Column::OrganisationId, organisation_person::Column::Role])
        .column_as(organisation::Column::Kind.eq(OrganisationKind::Network).or(membership::is_member_on(today)), "is_of_the_network")
        .order_by_asc(organisation_person::Column::OrganisationId)
        .into_model::<AffiliationRow>()
        .all(db)
        .await?;
    Ok(Viewer::Person(SignedIn {
        id,
        network_role: person.network_role,
        affiliations: affiliations.into_iter().map(AffiliationRow::into).collect(),
    }))
}

#[derive(FromQueryResult)]
struct AffiliationRow {
    organisation_id: entity::id::OrganisationId,
    role: entity::words::OrganisationRole,
    is_of_the_network: bool,
}

impl From<AffiliationRow> for Affiliation {
    fn from(row: AffiliationRow) -> Self {
        Self { organisation_id: row.organisation_id, role: row.role, is_of_the_network: row.is_of_the_network }
    }
}
