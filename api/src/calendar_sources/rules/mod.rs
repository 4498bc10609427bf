//! Pure decisions: when to ask, what to follow, what to believe, what to say.

mod due;
mod field;
mod loss;
mod problem;
mod said;

pub use due::due_after;
pub use field::{Turn, turn};
pub use loss::believed_after;
pub use problem::{message, problem_of};
pub use said::{Field, date_key, said, said_of_date, said_of_status};
