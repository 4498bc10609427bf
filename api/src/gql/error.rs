//! How refusals and faults become GraphQL errors.

use async_graphql::{Error, ErrorExtensions};
use uuid::Uuid;

use crate::app::Cx;
use crate::kernel::Fault;

/// The error of a refusal bears its code and says in the reader's language what to do. That of a fault bears an incident
/// number, which its line in the log bears too, and shows nothing of the inside.
#[must_use]
pub fn or_code(cx: &Cx, fault: &Fault) -> Error {
    match fault {
        Fault::Refused(refused) => {
            let code = refused.code();
            Error::new(refused.message(&cx.spoken())).extend_with(|_, extensions| extensions.set("code", code))
        }
        // Refusals are data of a mutation: what is none gives none.
        Fault::Refusals(_) | Fault::Database(_) | Fault::Broken(_) => internal(cx, fault),
    }
}

fn internal(cx: &Cx, fault: &Fault) -> Error {
    let incident = cx.app.new_id::<Uuid>().simple().to_string();
    tracing::error!(incident, fault = %fault, "a request could not be answered");
    let message = if cx.spoken().is_german() {
        format!("Da ist bei uns etwas schiefgegangen. Bitte später erneut versuchen; Vorfall {incident}.")
    } else {
        format!("Something went wrong on our side. Please try again later; incident {incident}.")
    };
    Error::new(message).extend_with(|_, extensions| {
        extensions.set("code", "INTERNAL");
        extensions.set("incident", incident);
    })
}
