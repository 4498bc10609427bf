//! Who may do and see what. This is the only place that knows roles.
//!
//! [`viewer::Viewer`] is who asks; [`action::Action`] what is asked for; [`policy::decide`] the answer. A list cannot ask for
//! every row: it starts from `visible_to(viewer)` of its store, which is made of what [`viewer::Viewer`] says of itself.

pub mod action;
pub mod policy;
pub mod viewer;

pub use action::Action;
pub use policy::{Decision, decide};
pub use viewer::{ADMINISTRATOR, Affiliation, SignedIn, Viewer};
