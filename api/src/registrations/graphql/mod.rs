//! Registrations in GraphQL.

pub mod connection;
pub mod input;
pub mod loaders;
pub mod mutation;
pub mod query;
pub mod receipt;
pub mod registration;
pub mod subscription;
pub mod words;

pub use mutation::RegistrationMutation;
pub use query::RegistrationQuery;
pub use registration::Registration;
pub use subscription::RegistrationSubscription;
