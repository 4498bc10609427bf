//! People: how they sign in without a password, stay so, and what others see of them.

mod entering;
mod guessing;
mod staying;
