//! People in GraphQL.

mod input;
mod loaders;
mod mutation;
mod person;
mod query;
mod sign_in;
mod viewer;
mod words;

pub use mutation::{PeopleMutation, PersonPayload};
pub use person::{OrganisationAffiliation, Person};
pub use query::{PeopleQuery, PersonConnection};
pub use sign_in::SignInMutation;
pub use viewer::{AccessToken, Session, Viewer};
pub use words::{NetworkRole, OrganisationRole};
