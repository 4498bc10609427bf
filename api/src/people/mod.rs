//! People with an account, and what makes their rights. (Signing in comes with the step on people.)

pub mod store;
