//! Who answers for a mail.

use entity::organisation;

/// Name, address and e-mail of an organisation, a line each; `legal_name` is the network's, where it is the network itself.
#[must_use]
pub fn imprint(legal_name: Option<&str>, own: &organisation::Model) -> String {
    let city = [own.postal_code.as_deref(), own.city.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let address = [own.street.as_deref(), Some(city.as_str())].into_iter().flatten().filter(|part| !part.is_empty());
    let address = address.collect::<Vec<_>>().join(", ");
    let lines = [Some(legal_name.unwrap_or(&own.name)), Some(address.as_str()).filter(|_| own.address_is_public), own.email.as_deref()];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
