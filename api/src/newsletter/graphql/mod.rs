//! Newsletters in GraphQL.

pub mod edit;
pub mod editing;
pub mod issue;
pub mod loaders;
pub mod mutation;
pub mod newsletter;
pub mod preview;
pub mod query;
pub mod subscriber;
pub mod subscribers;
pub mod subscription;
pub mod words;

pub use editing::NewsletterEditing;
pub use issue::NewsletterIssue;
pub use mutation::NewsletterMutation;
pub use newsletter::Newsletter;
pub use preview::NewsletterIssuePreview;
pub use query::NewsletterQuery;
pub use subscriber::{NewsletterSubscription, Subscriber};
pub use subscribers::{NewsletterSubscriptionConnection, NewsletterSubscriptionWhere};
pub use subscription::NewsletterSubscriptions;
