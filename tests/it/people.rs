//! People: how they sign in without a password, stay so, and what others see of them.

mod administering;
mod command_line;
mod entering;
mod guessing;
mod pages;
mod sessions;
mod staying;
mod throttling;
mod tokens;
