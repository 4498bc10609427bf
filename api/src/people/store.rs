//! SQL of people.

use chrono::NaiveDate;
use entity::id::PersonId;
use entity::words::OrganisationKind;
use entity::{organisation, organisation_person, person};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationTrait,
};

use crate::access::{Affiliation, SignedIn, Viewer};
use crate::organisations::store::membership;

/// The viewer that a person is on a day; a visitor where there is no such person. They act for no organisation that left the
/// network, or was not admitted yet: what they edit there waits until it is.
///
/// # Errors
/// Where the database fails.
pub async fn viewer(db: &impl ConnectionTrait, id: PersonId, today: NaiveDate) -> Result<Viewer, DbErr> {
    let Some(person) = person::Entity::find_by_id(id).one(db).await? else { return Ok(Viewer::Visitor) };
    let affiliations = organisation_person::Entity::find()
        .filter(organisation_person::Column::PersonId.eq(id))
        .join(JoinType::InnerJoin, organisation_person::Relation::Organisation.def())
        .filter(organisation::Column::Kind.ne(OrganisationKind::Member).or(membership::is_member_on(today)))
        .select_only()
        .columns([organisation_person::Column::OrganisationId, organisation_person::Column::Role])
        .column_as(organisation::Column::Kind.eq(OrganisationKind::Network).or(membership::is_member_on(today)), "is_of_the_network")
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
