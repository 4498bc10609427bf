//! What a page shows of a form that was sent: what was typed, and what is wrong with it. Of a page that was only opened:
//! nothing of that.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};

use super::fields::Fields;

/// Something to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field; none where it is no single one.
    pub field: Option<String>,
    /// What to say.
    pub message: String,
}

/// The form of a page, as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// Name of the form that was sent; none where none was.
    pub sent: Option<&'static str>,
    /// What was typed.
    pub typed: Fields,
    /// What is to be put right.
    pub faults: Vec<Fault>,
    /// Why it was not taken, where that is no matter of its fields: a word of the section `refused`.
    pub notice: Option<&'static str>,
    /// By which the server knows again that it has done what it is asked for.
    pub key: String,
}

/// In templates: `form.sent`, `form.faults` (`field`, `message`), `form.notice`, `form.key`.
impl Object for Filled {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "sent" => self.sent.into(),
            "notice" => self.notice.into(),
            "key" => self.key.as_str().into(),
            "faults" => {
                let said = |fault: &Fault| minijinja::context! { field => fault.field.as_deref(), message => fault.message.as_str() };
                self.faults.iter().map(said).collect()
            }
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["sent", "notice", "key", "faults"])
    }
}
