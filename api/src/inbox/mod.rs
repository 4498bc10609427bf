//! What comes to our mailbox: answers of calendars, reports of what could not be delivered, complaints, wishes to leave. A mail server pipes
//! each into `miso mail receive`, or the mailbox is read every few minutes.

pub mod jobs;
pub mod ops;
pub mod work;
