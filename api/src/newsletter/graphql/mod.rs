//! Newsletters in GraphQL.

pub mod issue;
pub mod loaders;
pub mod mutation;
pub mod newsletter;
pub mod query;
pub mod subscriber;
pub mod words;

pub use issue::NewsletterIssue;
pub use mutation::NewsletterMutation;
pub use newsletter::Newsletter;
pub use query::NewsletterQuery;
pub use subscriber::{NewsletterSubscription, Subscriber};
