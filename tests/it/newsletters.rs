//! Newsletters: nobody gets one who did not ask for it, everybody can leave with one click, and nobody is lost.

mod asking;
mod digest;
mod hostile;
mod issues;
mod leaving;
mod pacing;
mod returning;
mod sending;
mod servers;
